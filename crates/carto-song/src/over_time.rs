use carto_types::{ShiftReach, SongOverTime};

use crate::bars::{WINDOW_BARS, bars};
use crate::moments::moments;
use crate::pair::SongPair;
use crate::sections::sections;
use crate::windows::{window_reaches, windows};

impl SongPair {
    /// All of the pair but its strips.
    #[must_use]
    pub fn over_time(&self) -> SongOverTime {
        let mut song = self.over_time_without_reach();
        let reaches = self.reaches(&song);
        for (window, reach) in song.windows.iter_mut().zip(reaches) {
            window.reach = reach;
        }
        song
    }

    /// What whole-bar shifts of B reach on each window of a song, `[n_windows]`: all that
    /// [`Self::over_time_without_reach`] leaves out, since it takes as much work as the square of
    /// the number of bars.
    ///
    /// - `song`: this pair over time
    #[must_use]
    pub fn reaches(&self, song: &SongOverTime) -> Vec<Option<ShiftReach>> {
        window_reaches(self, &song.bars, &song.windows)
    }

    /// All of the pair but its strips and what shifts reach, which every window lacks.
    #[must_use]
    pub fn over_time_without_reach(&self) -> SongOverTime {
        let (a, b, lag_ms) = (self.a().evidence(), self.b().evidence(), self.lag().lag_ms);
        let span_ms = self.span_ms();
        let whole_ms =
            [a.first_ms().min(b.first_ms() + lag_ms), a.end_ms().max(b.end_ms() + lag_ms)];
        let points = &a.signal().beatmap().uninherited_points;
        let bars = bars(points, whole_ms[0].min(0.0), whole_ms[1]);
        let sections = sections(points, self.a().marks(), whole_ms);
        let windows = windows(self, &bars);
        let moments = moments(&windows);
        SongOverTime {
            lag: self.lag().clone(),
            bpm: [self.a().bpm(), self.b().bpm()],
            whole_ms,
            span_ms,
            song: self.agreement(span_ms[0], span_ms[1]),
            bars,
            sections,
            window_bars: WINDOW_BARS as u32,
            windows,
            moments,
        }
    }
}

//! Two maps of a song over time: agreement through the song, and the nine channels of both.

use carto_types::{
    AgreementWindow, AlignmentClass, MomentKind, SignalChannel, SongBar, SongMapTexts, SongMoment,
    SongOverTime, SongTexts, StretchAgreement, Strips,
};

use crate::axis::TenthsAxis;
use crate::evidence_words::{alignment_text, lag_text};
use crate::number::{clock, fixed, minutes};
use crate::song_words::{moment_text, section_name, song_finding};
use crate::text::{ChartText, shortened};

/// Steps between labelled times, ms.
const TIME_STEPS_MS: [f64; 12] = [
    100.0, 500.0, 1_000.0, 2_000.0, 5_000.0, 10_000.0, 15_000.0, 30_000.0, 60_000.0, 120_000.0,
    300_000.0, 600_000.0,
];

/// Labelled times and bars of a picture, at most.
const MAX_LABELS: usize = 10;

/// Bar lines of a picture, at most.
const MAX_LINES: usize = 64;

/// What is drawn of two maps over time.
#[derive(Debug, Clone, Copy)]
pub struct SongChart<'a> {
    /// What the song and its maps are called.
    pub texts: &'a SongTexts,
    /// Agreement through the song.
    pub song: &'a SongOverTime,
    /// The nine channels of both.
    pub strips: &'a Strips,
    /// Agreement on the stretch that the strips show; that of the song where they show all of it.
    pub here: StretchAgreement,
}

/// Agreement at one place of the song.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProfilePoint {
    /// The middle of the window, as a share of the span.
    pub at: f64,
    /// Mean r of the window.
    pub mean: f64,
    /// Lower and upper end of what shifts by whole bars reach, where that is known.
    pub reach: Option<[f64; 2]>,
}

/// A place with its text.
#[derive(Debug, Clone, PartialEq)]
pub struct SongMark {
    /// As a share of the span, or of the visible stretch.
    pub at: f64,
    /// What stands there; `None` for a line alone.
    pub text: Option<String>,
}

/// How high a value of a channel stands in its strip, in `[0, 1]`; an event is a fall to −1 that
/// climbs back, and stands as a peak with its decay. 0 for NaN.
#[must_use]
pub fn strip_height(channel: SignalChannel, value: f32) -> f64 {
    let value = f64::from(value);
    let height = match SignalChannel::EVENTS.contains(&channel) {
        true => (1.0 - value) / 2.0,
        false => (1.0 + value) / 2.0,
    };
    if height.is_nan() { 0.0 } else { height.clamp(0.0, 1.0) }
}

/// The smallest step between labelled times that fits, 0.1 s to 10 min, in ms; 10 min where none
/// does.
#[must_use]
pub fn time_step_ms(fits: impl Fn(f64) -> bool) -> f64 {
    TIME_STEPS_MS.into_iter().find(|&step_ms| fits(step_ms)).unwrap_or(600_000.0)
}

/// Windows that follow each other and have a mean r, run by run.
pub fn window_runs(windows: &[AgreementWindow]) -> impl Iterator<Item = &[AgreementWindow]> {
    let has_mean = |window: &AgreementWindow| window.agreement.mean.is_some();
    let runs = windows.chunk_by(move |a, b| has_mean(a) == has_mean(b));
    runs.filter(move |run| run.first().is_some_and(has_mean))
}

impl SongChart<'_> {
    /// The axis of r: it holds every window and what shifts reach on it.
    #[must_use]
    pub fn axis(&self) -> TenthsAxis {
        let values = self.points().flat_map(|point| {
            let [low, high] = point.reach.unwrap_or([point.mean; 2]);
            [point.mean, low, high]
        });
        TenthsAxis::covering((-1, 5), (-10, 10), &values.collect::<Vec<_>>())
    }

    /// Agreement through the song, in runs of windows that follow each other and have a mean r.
    #[must_use]
    pub fn profile(&self) -> Vec<Vec<ProfilePoint>> {
        let points = |run: &[_]| run.iter().filter_map(|window| self.point(window)).collect();
        window_runs(&self.song.windows).map(points).collect()
    }

    /// Where sections begin, as a share of the span, with their names; none of what begins outside.
    #[must_use]
    pub fn sections(&self) -> Vec<SongMark> {
        let begins = self.song.sections.iter().map(|section| (section.from_ms, section));
        let inside = begins.filter(|&(from_ms, section)| {
            let [start_ms, end_ms] = self.song.span_ms;
            from_ms < end_ms && section.to_ms > start_ms
        });
        let mark = |(from_ms, section): (f64, _)| SongMark {
            at: share(self.song.span_ms, from_ms).max(0.0),
            text: section_name(section),
        };
        inside.map(mark).collect()
    }

    /// The middles of the moments, as shares of the span, with their mean r and kind.
    #[must_use]
    pub fn moments(&self) -> Vec<(SongMark, f64, MomentKind)> {
        let moments = self.song.moments.iter().map(|moment| {
            let middle_ms = f64::midpoint(moment.from_ms, moment.to_ms);
            let at = share(self.song.span_ms, middle_ms);
            (SongMark { at, text: Some(moment.number.to_string()) }, moment.mean, moment.kind)
        });
        moments.collect()
    }

    /// The moments as lines of a list: number, time, what it is about, r.
    #[must_use]
    pub fn moment_rows(&self) -> Vec<[String; 4]> {
        let row = |moment: &SongMoment| {
            let SongMoment { number, from_ms, mean, .. } = moment;
            [number.to_string(), clock(*from_ms), moment_text(moment), fixed(*mean, 2)]
        };
        self.song.moments.iter().map(row).collect()
    }

    /// The stretch that the strips show, ms.
    #[must_use]
    pub fn visible_ms(&self) -> [f64; 2] {
        [self.here.from_ms, self.here.to_ms]
    }

    /// Whether the strips show less than the whole span.
    #[must_use]
    pub fn is_zoomed(&self) -> bool {
        self.visible_ms() != self.song.span_ms
    }

    /// Labelled times of a stretch, as shares of it.
    ///
    /// - `stretch_ms`: from and to
    #[must_use]
    pub fn times(stretch_ms: [f64; 2]) -> Vec<SongMark> {
        let [from_s, to_s] = stretch_ms.map(|ms| ms / 1000.0);
        // Times are written in whole seconds.
        let fits = |step: f64| step >= 1.0 && (to_s - from_s) / step <= MAX_LABELS as f64;
        let step = time_step_ms(|step_ms| fits(step_ms / 1000.0)) / 1000.0;
        let first = (from_s / step).ceil() as i64;
        let times = (first..).map(|n| n as f64 * step).take_while(|&time| time <= to_s);
        let mark = |seconds: f64| SongMark {
            at: share(stretch_ms, seconds * 1000.0),
            text: Some(minutes(seconds)),
        };
        times.take(2 * MAX_LABELS).map(mark).collect()
    }

    /// Bar lines of the visible stretch, as shares of it, some of them with their numbers: every
    /// bar, or every second, fourth, .. where there are many.
    #[must_use]
    pub fn bars(&self) -> Vec<SongMark> {
        let [from_ms, to_ms] = self.visible_ms();
        let bars = self.song.bars.iter();
        let inside: Vec<_> =
            bars.filter(|bar| bar.start_ms >= from_ms && bar.start_ms <= to_ms).collect();
        let every = |most: usize| {
            let mut step = 1;
            while inside.len() / step > most {
                step *= 2;
            }
            step as i32
        };
        let (line_step, label_step) = (every(MAX_LINES), every(MAX_LABELS));
        // Numbers are counted from 1: bars 1, 5, 9 begin phrases.
        let is_on = |number: i32, step: i32| (number - 1).rem_euclid(step) == 0;
        let lines = inside.iter().filter(|bar| is_on(bar.number, line_step));
        let mark = |bar: &&SongBar| SongMark {
            at: share([from_ms, to_ms], bar.start_ms),
            text: is_on(bar.number, label_step).then(|| bar.number.to_string()),
        };
        lines.map(mark).collect()
    }

    /// Lower and upper edge of a channel's strip in each of some columns of the visible stretch,
    /// in `[0, 1]`.
    ///
    /// - `map_idx`: 0 is A, 1 is B
    #[must_use]
    pub fn edges(&self, map_idx: usize, channel: SignalChannel, n_columns: u32) -> Vec<[f64; 2]> {
        let [from_ms, to_ms] = self.visible_ms();
        let (first, last) = (self.strips.frame_at(from_ms), self.strips.frame_at(to_ms));
        let frames_per_column = (last - first) / f64::from(n_columns.max(1));
        let edge = |column: u32| {
            let at = first + f64::from(column) * frames_per_column;
            let (from, to) = (at.max(0.0) as u32, (at + frames_per_column).max(0.0) as u32);
            let extent = self.strips.extent(map_idx, channel, from..to.max(from + 1));
            let [one, other] = extent.unwrap_or([f32::NAN; 2]).map(|it| strip_height(channel, it));
            [one.min(other), one.max(other)]
        };
        (0..n_columns).map(edge).collect()
    }

    /// r of a channel on the visible stretch and over the song.
    #[must_use]
    pub fn r(&self, channel: SignalChannel) -> [Option<f64>; 2] {
        [*self.here.r.get(channel), *self.song.song.r.get(channel)]
    }

    /// What a map is called: `Ann [Insane]`.
    ///
    /// - `map_idx`: 0 is A, 1 is B
    #[must_use]
    pub fn map_name(&self, map_idx: usize) -> String {
        let map = self.texts.maps.get(map_idx);
        map.map_or_else(String::new, |SongMapTexts { mapper, difficulty }| {
            format!("{} [{}]", shortened(mapper, 24), shortened(difficulty, 24))
        })
    }

    /// What the song shows, as a sentence.
    #[must_use]
    pub fn finding(&self) -> String {
        song_finding(self.song)
    }

    /// What is written around the picture.
    #[must_use]
    pub fn text(&self) -> ChartText {
        let (a, b) = (self.map_name(0), self.map_name(1));
        let heading = format!(
            "{} by {}",
            shortened(&self.texts.title, 40),
            shortened(&self.texts.artist, 28)
        );
        let lag = match self.song.lag.class {
            AlignmentClass::Aligned => {
                format!("lag {}, {}", lag_text(&self.song.lag), alignment_text(&self.song.lag))
            }
            _ => format!("not aligned, {}", alignment_text(&self.song.lag)),
        };
        let caption = vec![
            format!("Above each line {a}, mirrored below it {b}: {lag}."),
            format!(
                "Profile: mean Pearson r of the nine channels in windows of {} bars, moving by a bar.",
                self.song.window_bars
            ),
            "Hatched: what 90% of all shifts by whole bars reach; brown where r lies beyond it, \
             blue where it lies within."
                .to_owned(),
        ];
        let r = |name: &str, r: Option<f64>| match r {
            Some(r) => format!("{name} {}", fixed(r, 2)),
            None => format!("{name} none"),
        };
        let channels = self.song.song.r.iter().map(|(channel, value)| r(channel.name(), *value));
        let channels = channels.collect::<Vec<_>>().join(", ");
        let moments = self
            .moment_rows()
            .into_iter()
            .map(|[number, time, what, r]| format!(" Moment {number}, {time}: {what}, r {r}."));
        let numbers = format!("r over the song: {channels}.{}", moments.collect::<String>());
        let finding = Some(format!("{a} and {b}. {}", self.finding()));
        ChartText::new(heading, finding, caption, &numbers)
    }

    fn points(&self) -> impl Iterator<Item = ProfilePoint> {
        self.song.windows.iter().filter_map(|window| self.point(window))
    }

    fn point(&self, window: &AgreementWindow) -> Option<ProfilePoint> {
        let agreement = &window.agreement;
        let middle_ms = f64::midpoint(agreement.from_ms, agreement.to_ms);
        Some(ProfilePoint {
            at: share(self.song.span_ms, middle_ms),
            mean: agreement.mean?,
            reach: window.reach.map(|reach| [reach.low, reach.high]),
        })
    }
}

/// Where a time stands in a stretch, as a share of it.
fn share([from_ms, to_ms]: [f64; 2], time_ms: f64) -> f64 {
    let length_ms = to_ms - from_ms;
    if length_ms > 0.0 { (time_ms - from_ms) / length_ms } else { 0.0 }
}

#[cfg(test)]
#[path = "song_tests.rs"]
pub(crate) mod tests;

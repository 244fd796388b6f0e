use carto_beatmap::signal::FrameClock;
use carto_evidence::{Alignment, PairFrames};
use carto_types::{AudioLag, PairLag, StretchAgreement, Strips};

use crate::map::SongMap;
use crate::pyramid::strips;

/// The grid of frames.
const CLOCK: FrameClock = FrameClock::OSU_DREAMER;

/// Why two maps cannot be shown over time.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SongError {
    /// Less than 1,000 frames lie where both have begun and none has ended.
    #[error("the two maps have less than six seconds in common at a lag of {lag_ms:.1} ms")]
    NothingShared {
        /// The lag at which it was tried, ms.
        lag_ms: f64,
    },
}

/// By how much the times of two maps lie apart, by the best that is known of them.
///
/// - `shares_audio`: whether both are difficulties of one set that play one audio file
/// - `heard`: what their recordings say, where they were heard
#[must_use]
pub fn pair_lag(a: &SongMap, b: &SongMap, shares_audio: bool, heard: Option<AudioLag>) -> PairLag {
    Alignment::of_pair(a.evidence(), b.evidence(), shares_audio, heard).into()
}

/// Two maps of a song at a lag, sampled once.
#[derive(Debug)]
pub struct SongPair {
    a: SongMap,
    b: SongMap,
    lag: PairLag,
    frames: PairFrames,
}

impl SongPair {
    /// Brings two maps together.
    ///
    /// - `lag`: what is added to the times of `b`: [`pair_lag`], or what a run has settled
    ///
    /// # Errors
    ///
    /// [`SongError::NothingShared`].
    pub fn new(a: SongMap, b: SongMap, lag: PairLag) -> Result<Self, SongError> {
        let frames = PairFrames::new(a.evidence(), b.evidence(), lag.lag_ms)
            .ok_or(SongError::NothingShared { lag_ms: lag.lag_ms })?;
        Ok(Self { a, b, lag, frames })
    }

    /// The first map, whose clock it is.
    #[must_use]
    pub fn a(&self) -> &SongMap {
        &self.a
    }

    /// The second map.
    #[must_use]
    pub fn b(&self) -> &SongMap {
        &self.b
    }

    /// What is added to the times of B.
    #[must_use]
    pub fn lag(&self) -> &PairLag {
        &self.lag
    }

    /// From where both have begun to where one ends, ms.
    #[must_use]
    pub fn span_ms(&self) -> [f64; 2] {
        self.frames.span_ms()
    }

    /// Agreement on the frames in `[from_ms, to_ms)` inside the span; from its start to its end or
    /// beyond, on all of it, as `carto pair` compares it.
    ///
    /// Everything about r in a song comes from here.
    #[must_use]
    pub fn agreement(&self, from_ms: f64, to_ms: f64) -> StretchAgreement {
        let ([start_ms, end_ms], all) = (self.span_ms(), self.frames.frames());
        let from_ms = from_ms.clamp(start_ms, end_ms);
        let to_ms = to_ms.clamp(from_ms, end_ms);
        let from = CLOCK.frame_at_or_after(from_ms, all.end).max(all.start);
        // The span holds its last frame, also where that stands on its end.
        let to = match to_ms >= end_ms {
            true => all.end,
            false => CLOCK.frame_at_or_after(to_ms, all.end).max(from),
        };
        let r = self.frames.r(from..to);
        let (mut sum, mut n_channels) = (0.0, 0.0);
        for r in r.iter().filter_map(|(_, r)| *r) {
            sum += r;
            n_channels += 1.0;
        }
        let mean = (n_channels > 0.0).then(|| sum / n_channels);
        StretchAgreement { from_ms, to_ms, n_frames: (to - from) as u32, r, mean }
    }

    /// Whether A and whether B has an object that begins in `[from_ms, to_ms)`.
    pub(crate) fn have_objects(&self, from_ms: f64, to_ms: f64) -> [bool; 2] {
        [(&self.a, 0.0), (&self.b, self.lag.lag_ms)].map(|(map, lag_ms)| {
            let onsets_ms = map.evidence().distinct_onsets_ms();
            let n_before = |time_ms: f64| onsets_ms.partition_point(|it| it + lag_ms < time_ms);
            n_before(from_ms) < n_before(to_ms)
        })
    }

    /// The nine channels of both over the span.
    #[must_use]
    pub fn strips(&self) -> Strips {
        strips(&self.frames)
    }
}

//! What the recordings of two maps say of their lag, with the timing points as the check.

use carto_types::{AlignmentClass, AlignmentSource, AudioLag};

use crate::tempo::wrap;
use crate::{Alignment, EvidenceMap};

/// A beat of the timing points is the one that is heard up to this distance, ms.
///
/// Programs that play an mp3 without notes on its gaps differ by up to 2,257 samples, 51.2 ms at
/// 44.1 kHz: a first frame without music (1,152), the encoder's delay (576) and the decoder's
/// (529). Chosen: that, and what two mappers may be off.
const SAME_BEAT_MS: f64 = 55.0;

/// The same as a share of a beat, whichever is less; chosen so that at no tempo every lag has a beat.
const SAME_BEAT_SHARE: f64 = 0.25;

impl Alignment {
    /// The lag of two maps by the best that is known of them: that they play one audio file, else
    /// what was heard of their recordings, else their timing points.
    #[must_use]
    pub fn of_pair(
        a: &EvidenceMap,
        b: &EvidenceMap,
        shares_audio: bool,
        heard: Option<AudioLag>,
    ) -> Self {
        match heard {
            _ if shares_audio => Self::of_one_file(a, b),
            Some(heard) => Self::of_audio(a, b, heard),
            None => Self::of_timing_points(a, b),
        }
    }

    /// The lag of two recordings, held against the timing points of both maps.
    ///
    /// One clear lag settles that the recordings are one version, and which beat: the beat of the
    /// timing points nearest to it gives the lag, to their precision. Where none lies near it, what
    /// was heard is the lag, and the warning gives both. A lag that changes between an early and
    /// a late stretch makes the two another version of the song. Where the recordings say nothing
    /// clear, this is [`Self::of_timing_points`], with a warning.
    #[must_use]
    pub fn of_audio(a: &EvidenceMap, b: &EvidenceMap, heard: AudioLag) -> Self {
        let read = Self::of_timing_points(a, b);
        match heard {
            AudioLag::Same { lag_ms } => read.settled(Beat::nearest(a, b, lag_ms), lag_ms),
            AudioLag::OtherCut { early_ms, late_ms } => {
                let smallest = Beat::nearest(a, b, 0.0);
                Self {
                    class: AlignmentClass::OtherVersion,
                    source: AlignmentSource::Audio,
                    lag_ms: smallest.map_or(0.0, |beat| beat.lag_ms),
                    k: smallest.map_or(0, |beat| beat.k),
                    grid_share: read.grid_share,
                    warning: Some(format!(
                        "the recordings fit at lag {early_ms:.1} ms early and {late_ms:.1} ms late"
                    )),
                }
            }
            AudioLag::OneStretch { lag_ms } => read.with_warning(format!(
                "the recordings fit clearly at one of two stretches only, at lag {lag_ms:.1} ms"
            )),
            AudioLag::Unclear => {
                read.with_warning("the recordings fit clearly at no lag".to_owned())
            }
        }
    }

    /// Aligned by what was heard.
    ///
    /// - `self`: as read from the timing points alone
    /// - `beat`: the nearest of the timing points
    fn settled(self, beat: Option<Beat>, heard_ms: f64) -> Self {
        let is_same = |beat: &Beat| {
            let limit_ms = SAME_BEAT_MS.min(SAME_BEAT_SHARE * beat.beat_ms);
            (beat.lag_ms - heard_ms).abs() <= limit_ms
        };
        let by_timing_points =
            format!("{}, lag {:.1} ms, k {}", self.class.name(), self.lag_ms, self.k);
        let (lag_ms, k, warning) = match (beat.filter(is_same), beat) {
            (Some(Beat { lag_ms, k, .. }), _) => {
                let is_confirmed = self.class == AlignmentClass::Aligned && self.k == k;
                let warning = (!is_confirmed)
                    .then(|| format!("by the timing points and objects alone: {by_timing_points}"));
                (lag_ms, k, warning)
            }
            (None, Some(beat)) => {
                let off_ms = (beat.lag_ms - heard_ms).abs();
                let warning = format!(
                    "the timing points say otherwise: {by_timing_points}; their nearest beat lies \
                     {off_ms:.1} ms off"
                );
                (heard_ms, beat.k, Some(warning))
            }
            (None, None) => {
                let warning = format!("the timing points say otherwise: {by_timing_points}");
                (heard_ms, 0, Some(warning))
            }
        };
        Self {
            class: AlignmentClass::Aligned,
            source: AlignmentSource::Audio,
            lag_ms,
            k,
            grid_share: self.grid_share,
            warning,
        }
    }

    fn with_warning(self, more: String) -> Self {
        let warning = match self.warning {
            Some(warning) => format!("{warning}; {more}"),
            None => more,
        };
        Self { warning: Some(warning), ..self }
    }
}

/// A lag at which the main beats of two maps lie on each other.
#[derive(Debug, Clone, Copy)]
struct Beat {
    lag_ms: f64,
    /// Whole beats in it, counted from the phase alone.
    k: i32,
    beat_ms: f64,
}

impl Beat {
    /// The one nearest to a lag; `None` where the maps have no common main tempo.
    fn nearest(a: &EvidenceMap, b: &EvidenceMap, lag_ms: f64) -> Option<Self> {
        let (a, b) = (a.tempo()?, b.tempo()?);
        if !a.is_that_of(b) {
            return None;
        }
        let beat_ms = a.beat_ms;
        let phase_ms = wrap(a.offset_ms - b.offset_ms, beat_ms);
        // Of two that are equally near the lesser.
        let k = ((lag_ms - phase_ms) / beat_ms - 0.5).ceil();
        Some(Self { lag_ms: phase_ms + k * beat_ms, k: k as i32, beat_ms })
    }
}

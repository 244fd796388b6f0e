//! Which stretches of the recordings of a song are heard.

use std::ops::Range;

use crate::HearingError;
use crate::onset_strength::HOPS_PER_SECOND;

/// Duration of a stretch where the recordings are long enough, in hops: 24 s. Chosen: at a lag of
/// 15 s nine seconds of it still overlap.
const STRETCH_HOPS: u64 = 24 * HOPS_PER_SECOND;

/// Share of a recording that is left out at its start and at its end, where there are silence,
/// applause and faded endings; chosen.
const LEFT_OUT_SHARE: f64 = 0.1;

/// A stretch has at least this duration, in hops: 10 s. Chosen: below it music that repeats itself
/// fits in too many places.
const LEAST_HOPS: u64 = 10 * HOPS_PER_SECOND;

/// Two stretches of one song, at the same times in all its recordings.
///
/// In units of 5 ms from the start of the audio.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretches {
    early: Range<u64>,
    late: Range<u64>,
}

impl Stretches {
    /// Two stretches of 24 s: one that begins after a tenth of the shortest recording, one that
    /// ends a tenth before its end. Below 30 s both are the middle of it, and shorter.
    ///
    /// - `shortest_ms`: duration of the shortest of the recordings, ms
    ///
    /// # Errors
    ///
    /// [`HearingError::TooShort`] below 12.5 s, and for what is no duration.
    pub fn within(shortest_ms: f64) -> Result<Self, HearingError> {
        let hop_ms = 1000.0 / HOPS_PER_SECOND as f64;
        let first = (LEFT_OUT_SHARE * shortest_ms / hop_ms).ceil() as u64;
        let end = ((1.0 - LEFT_OUT_SHARE) * shortest_ms / hop_ms).floor() as u64;
        let n_hops = end.saturating_sub(first).min(STRETCH_HOPS);
        if n_hops < LEAST_HOPS {
            let least_ms = LEAST_HOPS as f64 * hop_ms / (1.0 - 2.0 * LEFT_OUT_SHARE);
            return Err(HearingError::TooShort {
                length_ms: shortest_ms as u64,
                least_ms: least_ms as u64,
            });
        }
        Ok(Self { early: first..first + n_hops, late: end - n_hops..end })
    }

    /// The early one, then the late one.
    pub(crate) fn both(&self) -> [Range<u64>; 2] {
        [self.early.clone(), self.late.clone()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_lie_a_tenth_from_both_ends_and_share_a_short_recording() {
        let of = |shortest_ms| Stretches::within(shortest_ms).map(|it| it.both());
        let seconds = |hops: Range<u64>| [hops.start, hops.end].map(|hop| hop / HOPS_PER_SECOND);
        assert_eq!(of(100_000.0).map(|both| both.map(seconds)), Ok([[10, 34], [66, 90]]));
        assert_eq!(of(20_000.0).map(|both| both.map(seconds)), Ok([[2, 18], [2, 18]]));
        assert!(of(12_500.0).is_ok());
        for too_short in [12_000.0, 0.0, -5.0, f64::NAN] {
            let error = of(too_short);
            assert!(matches!(error, Err(HearingError::TooShort { .. })), "{too_short}: {error:?}");
        }
    }
}

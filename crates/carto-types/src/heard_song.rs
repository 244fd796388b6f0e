//! What was heard of a song, and which of its pairs are worth hearing.

use serde::{Deserialize, Serialize};

use crate::{
    AlignmentClass, AlignmentSource, Cause, Issue, PairAudio, PairLag, PlannedMap, PlannedPair,
    SongOutcome, SongPlan,
};

/// What was heard of a song.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct HeardSong {
    /// For [`EvidencePlan::audio`](crate::EvidencePlan::audio).
    pub pairs: Vec<PairAudio>,
    /// Recordings that could not be heard; their pairs are aligned by their timing points.
    pub issues: Vec<Issue>,
}

impl HeardSong {
    /// A warning of a recording that cannot be heard.
    ///
    /// - `subject`: the map or song that it is of
    /// - `why`: the reason, and what to do
    #[must_use]
    pub fn issue(subject: &str, cause: Cause, why: &str) -> Issue {
        let message = format!("its audio is not heard, so lags come from timing points: {why}");
        Issue::warning(subject, cause, message)
    }
}

impl PlannedMap {
    /// Whether the lag between both maps can be heard: each has an audio file, and not the same.
    #[must_use]
    pub fn has_other_audio(&self, other: &Self) -> bool {
        self.audio_idx.is_some() && other.audio_idx.is_some() && !self.shares_audio(other)
    }
}

impl PairLag {
    /// Whether timing points and objects leave open how the two maps lie on each other, so that
    /// their recordings may say more: the main tempos differ, another cut of the song fits better, no
    /// lag is known, or another beat fits better, but not clearly.
    #[must_use]
    pub fn is_open(&self) -> bool {
        match self.source {
            AlignmentSource::TimingPoints | AlignmentSource::None => {
                self.class != AlignmentClass::Aligned || self.warning.is_some()
            }
            AlignmentSource::SameFile | AlignmentSource::Audio => false,
        }
    }
}

impl SongPlan {
    /// The compared pairs whose lag timing points leave open, as far as it can be heard.
    ///
    /// - `outcome`: of a comparison by timing points alone
    #[must_use]
    pub fn pairs_to_hear(&self, outcome: &SongOutcome) -> Vec<PlannedPair> {
        let is_open = |pair: &PlannedPair| {
            let compared = outcome.pairs.iter().find(|it| (it.a, it.b) == (pair.a, pair.b));
            compared.and_then(|it| it.lag.as_ref()).is_some_and(PairLag::is_open)
        };
        let has_other_audio = |pair: &PlannedPair| {
            let maps = self.map(pair.a).zip(self.map(pair.b));
            maps.is_some_and(|(a, b)| a.has_other_audio(b))
        };
        self.pairs.iter().filter(|pair| has_other_audio(pair) && is_open(pair)).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lag(class: AlignmentClass, source: AlignmentSource, warning: Option<&str>) -> PairLag {
        PairLag { class, source, lag_ms: 0.0, warning: warning.map(str::to_owned) }
    }

    #[test]
    fn only_what_timing_points_do_not_settle_is_open() {
        use AlignmentClass::{Aligned, OtherTempo, OtherVersion, Unknown};
        use AlignmentSource::{Audio, None as Nothing, SameFile, TimingPoints};
        let unclear = Some("another beat fits better, but not clearly: k 1, lag 300.0 ms");
        let open = [
            lag(Aligned, TimingPoints, unclear),
            lag(OtherVersion, TimingPoints, Some("fits at k 30, lag 9000.0 ms")),
            lag(OtherTempo, Nothing, None),
            lag(Unknown, Nothing, None),
        ];
        assert!(open.iter().all(PairLag::is_open), "{open:?}");
        let settled = [
            lag(Aligned, TimingPoints, None),
            lag(Aligned, SameFile, Some("the timing points of the two differ")),
            lag(Aligned, Audio, Some("by the timing points and objects alone: unknown")),
            lag(OtherVersion, Audio, Some("the recordings fit at two lags")),
        ];
        assert!(!settled.iter().any(PairLag::is_open), "{settled:?}");
    }
}

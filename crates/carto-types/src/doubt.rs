//! Pairs whose agreement may say something else than how two mappers map one song.

use serde::{Deserialize, Serialize};

use crate::{AudioRelation, PairOutcome, SongPlan};

/// Why a pair is no plain comparison of two mappers of the same audio.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PairDoubt {
    /// One person made both maps, or had a hand in both: a guest difficulty in another's set
    /// against that guest's own. Only the published rules compare such maps, since they know
    /// hosts alone.
    OneMapper,
    /// Their audio differs in length by more than 50 ms, or no length is known: one time may be
    /// two places of the music.
    OtherAudio,
}

impl PairDoubt {
    /// Every doubt; of a pair with both, the first counts.
    pub const ALL: [Self; 2] = [Self::OneMapper, Self::OtherAudio];

    /// What is wrong with a pair, in a few words: `audio of another or unknown length`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::OneMapper => "one mapper on both sides",
            Self::OtherAudio => "audio of another or unknown length",
        }
    }
}

/// How many pairs are doubtful, each counted once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoubtCounts {
    /// Pairs with one mapper on both sides.
    pub n_one_mapper: u32,
    /// Other pairs, with audio of different or unknown lengths.
    pub n_other_audio: u32,
}

impl DoubtCounts {
    /// Counts one more.
    pub fn add(&mut self, doubt: PairDoubt) {
        match doubt {
            PairDoubt::OneMapper => self.n_one_mapper += 1,
            PairDoubt::OtherAudio => self.n_other_audio += 1,
        }
    }

    /// All doubtful pairs.
    #[must_use]
    pub fn n_pairs(self) -> u32 {
        self.n_one_mapper.saturating_add(self.n_other_audio)
    }

    /// What they are, without their sum: `3 with audio of another or unknown length, 2 with one
    /// mapper on both sides`; empty without any.
    #[must_use]
    pub fn text(self) -> String {
        let counts = [
            (self.n_other_audio, PairDoubt::OtherAudio),
            (self.n_one_mapper, PairDoubt::OneMapper),
        ];
        let counts = counts.into_iter().filter(|(n, _)| *n > 0);
        counts.map(|(n, doubt)| format!("{n} with {}", doubt.name())).collect::<Vec<_>>().join(", ")
    }
}

impl SongPlan {
    /// Why a compared pair of the song is doubtful; `None` where it is not.
    #[must_use]
    pub fn doubt(&self, pair: &PairOutcome) -> Option<PairDoubt> {
        // Pairs of a plan are in order.
        let place = self.pairs.binary_search_by_key(&(pair.a, pair.b), |pair| (pair.a, pair.b));
        let is_by_one_mapper = place.is_ok_and(|place| self.pairs[place].is_by_one_mapper);
        match pair.audio {
            _ if is_by_one_mapper => Some(PairDoubt::OneMapper),
            AudioRelation::Other => Some(PairDoubt::OtherAudio),
            AudioRelation::SameFile | AudioRelation::SameLength => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PairAgreement, PlannedPair};

    #[test]
    fn each_doubtful_pair_counts_once() {
        let planned = |a, b, is_by_one_mapper| PlannedPair { a, b, is_by_one_mapper };
        let plan = SongPlan {
            song_idx: 0,
            title: String::new(),
            artist: String::new(),
            archives: Vec::new(),
            maps: Vec::new(),
            pairs: vec![planned(0, 1, false), planned(0, 2, true), planned(1, 2, false)],
            evidence: None,
        };
        let pair = |a, b, audio| PairOutcome {
            a,
            b,
            audio,
            agreement: PairAgreement::default(),
            lag: None,
            evidence: None,
        };
        let pairs = [
            pair(0, 1, AudioRelation::SameLength),
            pair(0, 2, AudioRelation::Other),
            pair(1, 2, AudioRelation::Other),
        ];
        let doubts: Vec<_> = pairs.iter().map(|pair| plan.doubt(pair)).collect();
        assert_eq!(doubts, [None, Some(PairDoubt::OneMapper), Some(PairDoubt::OtherAudio)]);
        let mut counts = DoubtCounts::default();
        assert_eq!(counts.text(), "");
        doubts.into_iter().flatten().for_each(|doubt| counts.add(doubt));
        assert_eq!(counts.n_pairs(), 2);
        assert_eq!(
            counts.text(),
            "1 with audio of another or unknown length, 1 with one mapper on both sides"
        );
    }
}

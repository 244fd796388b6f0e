//! The evidence of a run: what it keeps of each pair, and what all pairs say together.

use serde::{Deserialize, Serialize};

use crate::{
    AlignmentClass, AlignmentSource, ByChannel, EvidenceTable, EvidenceTableKind, ExpectedSigns,
    PairEvidence, PairKind, SetEvidence, SignalChannel,
};

/// What the layout of `evidence.json`, and of the evidence in a result file, is called.
pub const EVIDENCE_FORMAT: &str = "carto-evidence/1";

/// How often a figure takes which values when the bars of one map are shifted against those of
/// the other: counts in 40 equal parts of `[-1, 1]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ShiftCounts(Vec<u32>);

impl ShiftCounts {
    /// Parts of `[-1, 1]`.
    pub const N_BINS: usize = 40;

    /// Counts figures; what lies outside `[-1, 1]` by rounding counts in the part at that end.
    #[must_use]
    pub fn of(figures: &[f64]) -> Self {
        let mut counts = vec![0; Self::N_BINS];
        for figure in figures {
            let bin = (figure + 1.0) / 2.0 * Self::N_BINS as f64;
            counts[(bin.max(0.0) as usize).min(Self::N_BINS - 1)] += 1;
        }
        Self(counts)
    }

    /// The counts, from -1 to 1; of a file as many as it has.
    #[must_use]
    pub fn counts(&self) -> &[u32] {
        &self.0
    }

    /// Adds the counts of another pair.
    pub fn add(&mut self, other: &Self) {
        for (count, more) in self.0.iter_mut().zip(&other.0) {
            *count = count.saturating_add(*more);
        }
    }
}

/// What a run keeps of the evidence of a pair.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairFinding {
    /// Which two maps it is.
    pub kind: PairKind,
    /// What was found of it.
    pub evidence: PairEvidence,
    /// Of each channel the figure that is judged at all shifts by whole bars: phi for events, r
    /// on bars for the others. Missing where the figure is.
    pub shifts: ByChannel<Option<ShiftCounts>>,
}

/// By how much the times of two maps lie apart, and whether that can be said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairLag {
    /// Whether the pair takes part in aligned figures.
    pub class: AlignmentClass,
    /// What the lag was read from.
    pub source: AlignmentSource,
    /// What is added to the times of the second map, ms.
    pub lag_ms: f64,
    /// What is doubtful about it, in words.
    pub warning: Option<String>,
}

impl From<&PairEvidence> for PairLag {
    fn from(evidence: &PairEvidence) -> Self {
        let &PairEvidence { class, source, lag_ms, .. } = evidence;
        Self { class, source, lag_ms, warning: evidence.warning.clone() }
    }
}

/// The evidence of a run, without that of its single pairs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunEvidence {
    /// [`EVIDENCE_FORMAT`].
    pub format: String,
    /// Every table, and which pairs are behind it. Songs are told by their places in the index,
    /// in files by their places in the list of songs.
    pub set: SetEvidence,
    /// The shifts of all aligned pairs of two mappers and two sets, as in
    /// [`PairFinding::shifts`].
    pub shifts: ByChannel<Option<ShiftCounts>>,
    /// What random weights give in the place of the counted signs of latents, pairs of channels
    /// and then triples; empty without latents.
    pub signs: Vec<ExpectedSigns>,
}

impl Default for RunEvidence {
    /// The evidence of no pair.
    fn default() -> Self {
        Self {
            format: EVIDENCE_FORMAT.to_owned(),
            set: SetEvidence::default(),
            shifts: ByChannel::default(),
            signs: Vec::new(),
        }
    }
}

impl RunEvidence {
    /// The table of agreement that a place between floor and ceiling is from: phi for events, r
    /// on bars for the others.
    #[must_use]
    pub fn placed_in(channel: SignalChannel) -> EvidenceTableKind {
        match SignalChannel::EVENTS.contains(&channel) {
            true => EvidenceTableKind::Phi,
            false => EvidenceTableKind::BarsR,
        }
    }

    /// Puts other numbers in the place of those of songs.
    ///
    /// - `number_of`: the new number of a song; a song without one is named no more
    pub fn renumber_songs(&mut self, number_of: impl Fn(u32) -> Option<u32>) {
        let tables = self.set.tables.iter_mut();
        for dimension in tables.flat_map(|EvidenceTable { dimensions, .. }| dimensions) {
            dimension.influences.retain_mut(|influence| match number_of(influence.song_idx) {
                Some(number) => {
                    influence.song_idx = number;
                    true
                }
                None => false,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DimensionEvidence, SongInfluence};

    #[test]
    fn every_figure_counts_once_in_its_part() {
        let counts = ShiftCounts::of(&[-1.0, -1.0 - 1e-12, 0.0, 0.049, 1.0, 1.0 + 1e-12]);
        let mut expected = [0; ShiftCounts::N_BINS];
        (expected[0], expected[20], expected[39]) = (2, 2, 2);
        assert_eq!(counts.counts(), expected);
        let mut both = counts.clone();
        both.add(&counts);
        assert_eq!(both.counts().iter().sum::<u32>(), 12);
    }

    #[test]
    fn songs_without_a_number_are_named_no_more() {
        let influence = |song_idx| SongInfluence { song_idx, n_pairs: 1, value: 0.0, change: 0.0 };
        let influences = vec![influence(4), influence(5), influence(6)];
        let dimension = DimensionEvidence { influences, ..DimensionEvidence::default() };
        let table = EvidenceTable { kind: EvidenceTableKind::Phi, dimensions: vec![dimension] };
        let mut evidence = RunEvidence::default();
        evidence.set.tables.push(table);
        evidence.renumber_songs(|song_idx| (song_idx != 5).then(|| song_idx - 4));
        let left = &evidence.set.tables[0].dimensions[0].influences;
        assert_eq!(left.iter().map(|it| it.song_idx).collect::<Vec<_>>(), [0, 2]);
    }
}

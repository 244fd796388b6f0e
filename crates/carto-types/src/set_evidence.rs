//! The evidence of a whole set of pairs: every table of dimensions, and which pairs are behind.

use serde::{Deserialize, Serialize};

use crate::{
    AlignmentClass, CountsLine, MeanOverSongs, Placement, SignalChannel, SongInfluence, Verdict,
};

/// Which two maps a pair is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PairKind {
    /// Maps of two mappers, each from a set of their own.
    #[serde(rename = "cross")]
    Cross,
    /// Difficulties of one set by two mappers.
    #[serde(rename = "guest")]
    Guest,
    /// Difficulties of one set by one mapper.
    #[serde(rename = "same mapper")]
    SameMapper,
}

impl PairKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Cross, Self::Guest, Self::SameMapper];

    /// The words in files and texts: `same mapper`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Cross => "cross",
            Self::Guest => "guest",
            Self::SameMapper => "same mapper",
        }
    }
}

/// How many pairs of one kind take part in aligned figures, and why the others do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PairCounts {
    /// Pairs that take part.
    pub n_aligned: u32,
    /// Of those, pairs of which one map may be a copy of the other.
    pub n_possible_copies: u32,
    /// Left out: [`AlignmentClass::OtherTempo`].
    pub n_other_tempo: u32,
    /// Left out: [`AlignmentClass::OtherVersion`].
    pub n_other_version: u32,
    /// Left out: [`AlignmentClass::Unknown`].
    pub n_unknown: u32,
    /// Left out: aligned, and with less than 1,000 frames of both maps.
    pub n_too_short: u32,
}

impl PairCounts {
    /// Counts a pair.
    ///
    /// - `has_span`: whether there is a span of both maps to measure
    pub fn add(&mut self, class: AlignmentClass, has_span: bool, is_possible_copy: bool) {
        let n = match class {
            AlignmentClass::Aligned if has_span => {
                self.n_possible_copies += u32::from(is_possible_copy);
                &mut self.n_aligned
            }
            AlignmentClass::Aligned => &mut self.n_too_short,
            AlignmentClass::OtherTempo => &mut self.n_other_tempo,
            AlignmentClass::OtherVersion => &mut self.n_other_version,
            AlignmentClass::Unknown => &mut self.n_unknown,
        };
        *n += 1;
    }

    /// Pairs that take no part.
    #[must_use]
    pub fn n_left_out(self) -> u32 {
        [self.n_other_tempo, self.n_other_version, self.n_unknown, self.n_too_short]
            .into_iter()
            .fold(0, u32::saturating_add)
    }

    /// All pairs.
    #[must_use]
    pub fn n_pairs(self) -> u32 {
        self.n_aligned.saturating_add(self.n_left_out())
    }

    /// Why pairs are left out, the most frequent reason first: `2 of another tempo, 1 too
    /// short together`; empty where none is.
    #[must_use]
    pub fn text(self) -> String {
        let mut reasons = [
            (self.n_other_tempo, "of another tempo"),
            (self.n_other_version, "of another version of the song"),
            (self.n_unknown, "without a known lag"),
            (self.n_too_short, "too short together"),
        ];
        reasons.sort_by_key(|&(n, _)| std::cmp::Reverse(n));
        let reasons = reasons.into_iter().filter(|&(n, _)| n > 0);
        reasons.map(|(n, reason)| format!("{n} {reason}")).collect::<Vec<_>>().join(", ")
    }
}

/// One value for each kind of pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ByPairKind<T> {
    /// Of [`PairKind::Cross`].
    pub cross: T,
    /// Of [`PairKind::Guest`].
    pub guest: T,
    /// Of [`PairKind::SameMapper`].
    pub same_mapper: T,
}

impl<T> ByPairKind<T> {
    /// The value of a kind, to be changed.
    pub fn get_mut(&mut self, kind: PairKind) -> &mut T {
        match kind {
            PairKind::Cross => &mut self.cross,
            PairKind::Guest => &mut self.guest,
            PairKind::SameMapper => &mut self.same_mapper,
        }
    }
}

/// What is measured of each pair in one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EvidenceTableKind {
    /// Pearson's r as published: lag 0, from the start.
    #[serde(rename = "r as published")]
    PublishedR,
    /// Pearson's r at lag 0, over the span of both maps.
    #[serde(rename = "r as is")]
    AsIsR,
    /// Pearson's r at the lag of the pair, over the span of both.
    #[serde(rename = "r aligned")]
    AlignedR,
    /// Pearson's r on the bars in which both maps have objects.
    #[serde(rename = "r on active bars")]
    BarsR,
    /// What of it is left when whole bars are shifted.
    #[serde(rename = "r after whole-bar shifts")]
    BarShiftMean,
    /// r on bars less that.
    #[serde(rename = "excess over whole-bar shifts")]
    BarShiftExcess,
    /// r on bars less what is left when bars are permuted within sections of 8.
    #[serde(rename = "excess over bars permuted within 8")]
    PermutedBarsExcess,
    /// Agreement given metrical slot and section.
    #[serde(rename = "phi")]
    Phi,
    /// The same over all bars with objects.
    #[serde(rename = "phi on active bars")]
    PhiObjectBars,
    /// Onset F-measure at the lag of the pair, within 25, 50 and 70 ms.
    #[serde(rename = "onset F aligned")]
    OnsetF,
    /// Onset F-measure within 50 ms on bars, its chance value, and the difference.
    #[serde(rename = "onset F on active bars")]
    BarsF,
    /// Distances and turns between objects at the same times.
    #[serde(rename = "spacing and turn")]
    Placing,
    /// Pearson's r of latents at lag 0, over the span of both maps.
    #[serde(rename = "latent r as is")]
    LatentAsIsR,
    /// Pearson's r of latents at the lag of the pair, on the bars in which both maps have objects.
    #[serde(rename = "latent r aligned, on active bars")]
    LatentBarsR,
    /// What of it is left when whole bars are shifted.
    #[serde(rename = "latent r after whole-bar shifts")]
    LatentBarShiftMean,
    /// r of latents on bars less that.
    #[serde(rename = "latent excess over whole-bar shifts")]
    LatentBarShiftExcess,
    /// r of latents on bars less what is left when bars are permuted within sections of 8.
    #[serde(rename = "latent excess over bars permuted within 8")]
    LatentPermutedBarsExcess,
    /// Columns that are compared on bars.
    #[serde(rename = "latent columns")]
    LatentColumns,
    /// The share of those columns that would say as much of r if no column were like the next.
    #[serde(rename = "effective share of latent columns")]
    LatentEffectiveShare,
}

impl EvidenceTableKind {
    /// Every table of channels, in the order in which they are shown.
    pub const ALL: [Self; 12] = [
        Self::PublishedR,
        Self::AsIsR,
        Self::AlignedR,
        Self::BarsR,
        Self::BarShiftMean,
        Self::BarShiftExcess,
        Self::PermutedBarsExcess,
        Self::Phi,
        Self::PhiObjectBars,
        Self::OnsetF,
        Self::BarsF,
        Self::Placing,
    ];

    /// Every table of latents, in the order in which they are shown, behind those of channels.
    pub const LATENTS: [Self; 7] = [
        Self::LatentAsIsR,
        Self::LatentBarsR,
        Self::LatentBarShiftMean,
        Self::LatentBarShiftExcess,
        Self::LatentPermutedBarsExcess,
        Self::LatentColumns,
        Self::LatentEffectiveShare,
    ];

    /// The table's name in files and headings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PublishedR => "r as published",
            Self::AsIsR => "r as is",
            Self::AlignedR => "r aligned",
            Self::BarsR => "r on active bars",
            Self::BarShiftMean => "r after whole-bar shifts",
            Self::BarShiftExcess => "excess over whole-bar shifts",
            Self::PermutedBarsExcess => "excess over bars permuted within 8",
            Self::Phi => "phi",
            Self::PhiObjectBars => "phi on active bars",
            Self::OnsetF => "onset F aligned",
            Self::BarsF => "onset F on active bars",
            Self::Placing => "spacing and turn",
            Self::LatentAsIsR => "latent r as is",
            Self::LatentBarsR => "latent r aligned, on active bars",
            Self::LatentBarShiftMean => "latent r after whole-bar shifts",
            Self::LatentBarShiftExcess => "latent excess over whole-bar shifts",
            Self::LatentPermutedBarsExcess => "latent excess over bars permuted within 8",
            Self::LatentColumns => "latent columns",
            Self::LatentEffectiveShare => "effective share of latent columns",
        }
    }
}

/// All that the pairs of many songs say of one dimension.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DimensionEvidence {
    /// `ONSET` to `Y`, `SPACING`, `z7` for the latent of number 7, or what else the table has.
    pub name: String,
    /// The mean over the pairs of two mappers.
    pub mean: MeanOverSongs,
    /// Its p-value after Benjamini and Hochberg's correction over the dimensions of the table;
    /// `None` where there is no p-value.
    pub q_value: Option<f64>,
    /// Whether the mean is above [`AGREEMENT_MARGIN`](crate::AGREEMENT_MARGIN); `None` in tables
    /// whose values are not in excess of what a grid gives.
    pub verdict: Option<Verdict>,
    /// How the value changes with the counts of objects; `None` with fewer than ten songs, or
    /// where all ratios are equal.
    pub counts_line: Option<CountsLine>,
    /// Between floor and ceiling; `None` in tables without a floor.
    pub placement: Option<Placement>,
    /// The same with guest difficulties in the place of pairs of two sets; `None` also for hit
    /// sounds, which are copied within a set.
    pub guest_placement: Option<Placement>,
    /// The songs whose absence changes the mean most, at most ten, the greatest change first;
    /// empty in tables without verdicts.
    pub influences: Vec<SongInfluence>,
}

/// What stands for a shared grid: the floor of a placement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum EvidenceFloor {
    /// The mean over all shifts by whole bars, of the pair itself.
    #[serde(rename = "whole-bar shifts")]
    #[default]
    BarShifts,
    /// The mean over maps of other songs on the bars of the pair's first map.
    #[serde(rename = "other songs")]
    OtherSongs,
}

impl EvidenceFloor {
    /// The words in files and texts: `whole-bar shifts`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::BarShifts => "whole-bar shifts",
            Self::OtherSongs => "other songs",
        }
    }
}

/// The dimensions of one table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EvidenceTable {
    /// What is measured.
    pub kind: EvidenceTableKind,
    /// In the order of channels, or of latents.
    pub dimensions: Vec<DimensionEvidence>,
}

/// The evidence of all pairs of a run.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SetEvidence {
    /// Pairs behind the tables, and pairs left out.
    pub counts: ByPairKind<PairCounts>,
    /// From what the floor of placements is, of all pairs; of latents it is always that of the
    /// shifts.
    pub floor: EvidenceFloor,
    /// One of each kind, in the order of [`EvidenceTableKind::ALL`], and with latents behind them
    /// those of [`EvidenceTableKind::LATENTS`].
    pub tables: Vec<EvidenceTable>,
}

impl SetEvidence {
    /// One dimension of one table.
    #[must_use]
    pub fn dimension(&self, table: EvidenceTableKind, name: &str) -> Option<&DimensionEvidence> {
        let table = self.tables.iter().find(|found| found.kind == table)?;
        table.dimensions.iter().find(|dimension| dimension.name == name)
    }

    /// Whether there are tables of latents.
    #[must_use]
    pub fn has_latents(&self) -> bool {
        self.tables.iter().any(|table| EvidenceTableKind::LATENTS.contains(&table.kind))
    }

    /// The dimensions from which the verdicts of latents are, by number of the latent: the excess
    /// over whole-bar shifts. Empty without latents.
    #[must_use]
    pub fn judged_latents(&self) -> &[DimensionEvidence] {
        let is_it = |table: &&EvidenceTable| table.kind == EvidenceTableKind::LatentBarShiftExcess;
        self.tables.iter().find(is_it).map_or(&[], |table| &table.dimensions)
    }

    /// The dimension from which the verdict of a channel is: phi for events, the excess over
    /// permuted bars for the others.
    #[must_use]
    pub fn judged(&self, channel: SignalChannel) -> Option<&DimensionEvidence> {
        let table = if SignalChannel::EVENTS.contains(&channel) {
            EvidenceTableKind::Phi
        } else {
            EvidenceTableKind::PermutedBarsExcess
        };
        self.dimension(table, channel.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "json")]
    #[test]
    fn words_in_files_are_those_in_texts() {
        use crate::{MeanTest, PlacementClass};
        let json = |text: &str| format!("\"{text}\"");
        for kind in EvidenceTableKind::ALL.into_iter().chain(EvidenceTableKind::LATENTS) {
            assert_eq!(serde_json::to_string(&kind).unwrap(), json(kind.name()));
        }
        for kind in PairKind::ALL {
            assert_eq!(serde_json::to_string(&kind).unwrap(), json(kind.name()));
        }
        for verdict in [Verdict::Agree, Verdict::NoAgreement, Verdict::Undetermined] {
            assert_eq!(serde_json::to_string(&verdict).unwrap(), json(verdict.name()));
        }
        for test in [MeanTest::SignFlip, MeanTest::T] {
            assert_eq!(serde_json::to_string(&test).unwrap(), json(test.name()));
        }
        for floor in [EvidenceFloor::BarShifts, EvidenceFloor::OtherSongs] {
            assert_eq!(serde_json::to_string(&floor).unwrap(), json(floor.name()));
        }
        let classes =
            [PlacementClass::Placed, PlacementClass::NotReproducible, PlacementClass::Undetermined];
        for class in classes {
            assert_eq!(serde_json::to_string(&class).unwrap(), json(class.name()));
        }
    }

    #[test]
    fn left_out_pairs_are_counted_by_reason() {
        let mut counts = PairCounts::default();
        assert_eq!(counts.text(), "");
        counts.add(AlignmentClass::Aligned, true, true);
        counts.add(AlignmentClass::Aligned, true, false);
        counts.add(AlignmentClass::Aligned, false, true);
        counts.add(AlignmentClass::OtherTempo, true, true);
        counts.add(AlignmentClass::OtherTempo, true, true);
        counts.add(AlignmentClass::OtherVersion, true, true);
        assert_eq!((counts.n_aligned, counts.n_possible_copies), (2, 1));
        assert_eq!((counts.n_left_out(), counts.n_pairs()), (4, 6));
        let text = "2 of another tempo, 1 of another version of the song, 1 too short together";
        assert_eq!(counts.text(), text);
    }
}

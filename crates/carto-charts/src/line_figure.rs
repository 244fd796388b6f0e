//! Which figure stands on a line of the evidence, and from which tables it is.

use carto_types::{EvidenceTableKind, RunEvidence, SignalChannel};

/// Which figure of a dimension stands on its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineFigure {
    /// Agreement given metrical slot and section, of channels of events.
    Phi,
    /// Pearson's r on the bars in which both maps have objects, of all other channels.
    BarsR,
    /// The same of a latent.
    LatentR,
}

impl LineFigure {
    /// The figure of a dimension, by its name.
    pub(crate) fn of(name: &str) -> Self {
        match SignalChannel::named(name).map(RunEvidence::placed_in) {
            Some(EvidenceTableKind::Phi) => Self::Phi,
            Some(_) => Self::BarsR,
            None => Self::LatentR,
        }
    }

    /// The word for it: `phi`, `r on bars`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Phi => "phi",
            Self::BarsR | Self::LatentR => "r on bars",
        }
    }

    /// What the verdict takes away of it: what is held against each other then.
    pub(crate) fn judged_against(self) -> &'static str {
        match self {
            Self::Phi => "Given the place in the bar and the section of 8 bars",
            Self::BarsR => "With the bars in any order within sections of 8",
            Self::LatentR => "With one map shifted by whole bars",
        }
    }

    /// The table of what whole-bar shifts keep of it; of phi no table has that.
    pub(crate) fn shift_mean_table(self) -> Option<EvidenceTableKind> {
        match self {
            Self::Phi => None,
            Self::BarsR => Some(EvidenceTableKind::BarShiftMean),
            Self::LatentR => Some(EvidenceTableKind::LatentBarShiftMean),
        }
    }

    /// The table that the line is from.
    pub(crate) fn table(self) -> EvidenceTableKind {
        match self {
            Self::Phi => EvidenceTableKind::Phi,
            Self::BarsR => EvidenceTableKind::BarsR,
            Self::LatentR => EvidenceTableKind::LatentBarsR,
        }
    }

    /// The table that the verdict is from: what is left of the figure beyond the grid.
    pub(crate) fn judged_table(self) -> EvidenceTableKind {
        match self {
            Self::Phi => EvidenceTableKind::Phi,
            Self::BarsR => EvidenceTableKind::PermutedBarsExcess,
            Self::LatentR => EvidenceTableKind::LatentBarShiftExcess,
        }
    }
}

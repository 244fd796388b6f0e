//! Measures of a dimension with their intervals: as is against aligned, by density, song by song.

use carto_types::{
    CountsLine, DimensionEvidence, Estimate, EvidenceTableKind, Interval, RunEvidence,
    SignalChannel, SongInfluence,
};

use crate::axis::TenthsAxis;
use crate::number::fixed;

/// A mean with its interval, as a row of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// What is measured.
    pub name: String,
    /// What that means.
    pub explained: &'static str,
    /// The mean; `None` without a value.
    pub mean: Option<f64>,
    /// Its 95 % interval.
    pub interval: Option<Interval>,
}

/// Means with their intervals over one axis.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasuresChart {
    /// The axis of all rows.
    pub axis: TenthsAxis,
    /// The rows.
    pub rows: Vec<Measure>,
}

/// A song that carries more of a mean than others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CarryingSong {
    /// Its number, as in the evidence.
    pub song_idx: u32,
    /// Its pairs.
    pub n_pairs: u32,
    /// Mean over its pairs.
    pub value: f64,
    /// The mean over all other songs.
    pub without: f64,
}

/// The songs that carry a mean, highest value first.
#[derive(Debug, Clone, PartialEq)]
pub struct CarryingSongs {
    /// The axis of the values.
    pub axis: TenthsAxis,
    /// The mean over all songs; `None` without songs.
    pub mean: Option<f64>,
    /// The songs whose absence changes it most.
    pub songs: Vec<CarryingSong>,
}

/// What is measured of a dimension, and what that means, in the order of its rows.
const MEASURES: [(EvidenceTableKind, &str); 11] = [
    (EvidenceTableKind::PublishedR, "lag 0, from the start of the audio"),
    (EvidenceTableKind::AsIsR, "lag 0, over the span of both maps"),
    (EvidenceTableKind::AlignedR, "at the lag of the pair"),
    (EvidenceTableKind::BarsR, "aligned, where both have objects"),
    (EvidenceTableKind::BarShiftExcess, "of that r, what shifts do not keep"),
    (EvidenceTableKind::PermutedBarsExcess, "of that r, what permuted bars do not keep"),
    (EvidenceTableKind::Phi, "given the place in the bar and the section"),
    (EvidenceTableKind::LatentAsIsR, "lag 0, over the span of both maps"),
    (EvidenceTableKind::LatentBarsR, "aligned, where both have objects"),
    (EvidenceTableKind::LatentBarShiftExcess, "of that r, what shifts do not keep"),
    (EvidenceTableKind::LatentPermutedBarsExcess, "of that r, what permuted bars do not keep"),
];

/// A table, the name of a dimension in it, what it is called here, and what that means.
type OtherMeasure = (EvidenceTableKind, &'static str, &'static str, &'static str);

/// Measures of other names that say of onsets and of places what their channels do not.
fn other_measures(name: &str) -> &'static [OtherMeasure] {
    use EvidenceTableKind::{BarsF, Placing};
    match SignalChannel::named(name) {
        Some(SignalChannel::Onset) => &[
            (BarsF, "F", "onset F within 50 ms", "on active bars, as mir_eval defines it"),
            (BarsF, "CHANCE", "its chance value", "the same F after shifts by whole bars"),
        ],
        Some(SignalChannel::X | SignalChannel::Y) => &[
            (Placing, "SPACING", "spacing", "distances at the same times, instead of places"),
            (Placing, "TURN", "turn", "angles at the same times"),
        ],
        _ => &[],
    }
}

/// A dimension as is and aligned, on bars and beyond the grid.
pub(crate) fn measures(evidence: &RunEvidence, name: &str) -> MeasuresChart {
    let measure = |kind, dimension: &str, shown: &str, explained| {
        let found = evidence.set.dimension(kind, dimension)?.mean;
        found.mean?;
        Some(Measure {
            name: shown.to_owned(),
            explained,
            mean: found.mean,
            interval: found.interval,
        })
    };
    let own = MEASURES
        .iter()
        .filter_map(|&(kind, explained)| measure(kind, name, kind.name(), explained));
    let others = other_measures(name).iter().filter_map(|&(kind, dimension, shown, explained)| {
        measure(kind, dimension, shown, explained)
    });
    MeasuresChart::of(own.chain(others).collect())
}

impl MeasuresChart {
    /// The chart of these rows.
    fn of(rows: Vec<Measure>) -> Self {
        let reach = |row: &Measure| {
            let bounds = row.interval.map(|it| [it.low, it.high]);
            row.mean.into_iter().chain(bounds.into_iter().flatten())
        };
        let values: Vec<f64> = rows.iter().flat_map(reach).collect();
        Self { axis: TenthsAxis::covering((-1, 8), (-10, 10), &values), rows }
    }
}

impl CarryingSongs {
    /// The songs of a dimension.
    pub(crate) fn of(found: Option<&DimensionEvidence>) -> Self {
        let mean = found.and_then(|found| found.mean.mean);
        let song = |influence: &SongInfluence| {
            let &SongInfluence { song_idx, n_pairs, value, change } = influence;
            Some(CarryingSong { song_idx, n_pairs, value, without: mean? - change })
        };
        let influences = found.map_or(&[][..], |found| &found.influences);
        let mut songs: Vec<_> = influences.iter().filter_map(song).collect();
        songs.sort_by(|a, b| b.value.total_cmp(&a.value));
        let values: Vec<f64> = songs.iter().map(|song| song.value).chain(mean).collect();
        Self { axis: TenthsAxis::covering((0, 4), (-10, 10), &values), mean, songs }
    }

    /// Whether one song decides: between what the mean stays without any one of them.
    #[must_use]
    pub fn sentence(&self) -> String {
        let without = || self.songs.iter().map(|song| song.without);
        let (least, most) = (without().reduce(f64::min), without().reduce(f64::max));
        match (self.mean, least.zip(most)) {
            (Some(_), Some((least, most))) => format!(
                "Without any one song the mean stays between {} and {}.",
                fixed(least, 2),
                fixed(most, 2)
            ),
            _ => "An influence needs two songs.".to_owned(),
        }
    }
}

/// How r aligned changes with the counts of objects; without rows where there are too few songs.
pub(crate) fn density(evidence: &RunEvidence, name: &str) -> MeasuresChart {
    let aligned = evidence.set.dimension(EvidenceTableKind::AlignedR, name);
    let rows = |line: CountsLine| {
        let row = |name: &str, explained, estimate: Estimate| Measure {
            name: name.to_owned(),
            explained,
            mean: Some(estimate.value),
            interval: estimate.interval,
        };
        vec![
            row("at equal counts", "r aligned, by a line over pairs", line.at_equal_counts),
            row("at 2:1", "one map with twice the objects", line.at_two_to_one),
        ]
    };
    MeasuresChart::of(aligned.and_then(|found| found.counts_line).map_or_else(Vec::new, rows))
}

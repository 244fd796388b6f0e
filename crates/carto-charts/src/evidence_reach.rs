//! What the grid reaches: the mean of a dimension beside what it shares without a common song.

use carto_types::{EvidenceFloor, EvidenceTableKind, Interval, RunEvidence, ShiftCounts};

use crate::axis::TenthsAxis;
use crate::evidence::{EvidenceRow, shifts_of, whole_bar_mean};
use crate::line_figure::LineFigure;

/// One part of the range of a figure, and how many shifts fell into it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShiftBin {
    /// Lower end, as a share of the axis.
    pub from: f64,
    /// Upper end, as a share of the axis.
    pub to: f64,
    /// Shifts, as a share of those in the fullest part.
    pub height: f64,
}

/// What something else than a common song gives in the place of a mean.
#[derive(Debug, Clone, PartialEq)]
pub struct NullRow {
    /// What is held against each other.
    pub name: &'static str,
    /// What the two still share.
    pub keeps: &'static str,
    /// The mean over songs; `None` where it is not known.
    pub mean: Option<f64>,
    /// The shifts behind it, where they were counted.
    pub bins: Vec<ShiftBin>,
}

/// What the grid reaches: the mean of a dimension beside its nulls.
#[derive(Debug, Clone, PartialEq)]
pub struct ReachChart {
    /// The axis of all marks.
    pub axis: TenthsAxis,
    /// The figure on it.
    pub figure: LineFigure,
    /// Mean over songs.
    pub mean: Option<f64>,
    /// Its 95 % interval.
    pub interval: Option<Interval>,
    /// From the weakest null to the strongest.
    pub nulls: Vec<NullRow>,
    /// Shifts that are counted, of all pairs.
    pub n_shifts: u64,
}

impl ReachChart {
    /// The chart of a dimension.
    pub(crate) fn of(evidence: &RunEvidence, row: &EvidenceRow) -> Self {
        let shifts = shifts_of(evidence, &row.name);
        let floor = row.place.means.map(|means| means.floor);
        let is_of_others =
            evidence.set.floor == EvidenceFloor::OtherSongs && row.figure != LineFigure::LatentR;
        let other_songs = floor.filter(|_| is_of_others);
        let within_8 = match row.figure {
            LineFigure::BarsR => row.mean.zip(row.judged.mean).map(|(mean, left)| mean - left),
            LineFigure::LatentR => {
                let left = EvidenceTableKind::LatentPermutedBarsExcess;
                let left =
                    evidence.set.dimension(left, &row.name).and_then(|found| found.mean.mean);
                row.mean.zip(left).map(|(mean, left)| mean - left)
            }
            LineFigure::Phi => None,
        };
        let whole_bars = whole_bar_mean(evidence, &row.name);
        let mut values: Vec<f64> =
            [row.mean, whole_bars, within_8, other_songs].into_iter().flatten().collect();
        values.extend(row.interval.map_or([0.0; 2], |interval| [interval.low, interval.high]));
        values.extend(shifts.into_iter().flat_map(filled_ends));
        let axis = TenthsAxis::covering((-2, 6), (-10, 10), &values);
        let null = |name, keeps, mean| NullRow { name, keeps, mean, bins: Vec::new() };
        let mut nulls = Vec::new();
        if other_songs.is_some() {
            nulls.push(null(
                "Other songs",
                "stretched onto the bars of the first map",
                other_songs,
            ));
        }
        let bins = shifts.map_or_else(Vec::new, |shifts| bins(shifts, axis));
        nulls.push(NullRow {
            bins,
            ..null("Shifted by whole bars", "keeps the bar grid", whole_bars)
        });
        if within_8.is_some() {
            nulls.push(null("Bars permuted within 8", "keeps bar grid and sections", within_8));
        }
        Self {
            axis,
            figure: row.figure,
            mean: row.mean,
            interval: row.interval,
            nulls,
            n_shifts: shifts
                .map_or(0, |shifts| shifts.counts().iter().copied().map(u64::from).sum()),
        }
    }
}

/// Both ends of a part of `[-1, 1]`.
fn ends(bin: usize, n_bins: usize) -> [f64; 2] {
    [bin, bin + 1].map(|edge| 2.0 * edge as f64 / n_bins as f64 - 1.0)
}

/// The ends of the parts that hold a shift.
fn filled_ends(shifts: &ShiftCounts) -> impl Iterator<Item = f64> {
    let counts = shifts.counts();
    let filled = counts.iter().enumerate().filter(|&(_, &count)| count > 0);
    filled.flat_map(|(bin, _)| ends(bin, counts.len()))
}

fn bins(shifts: &ShiftCounts, axis: TenthsAxis) -> Vec<ShiftBin> {
    let counts = shifts.counts();
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let bin = |(bin, &count): (usize, &u32)| {
        let [from, to] = ends(bin, counts.len()).map(|end| axis.share(end));
        ShiftBin { from, to, height: f64::from(count) / f64::from(most) }
    };
    counts.iter().enumerate().filter(|&(_, &count)| count > 0).map(bin).collect()
}

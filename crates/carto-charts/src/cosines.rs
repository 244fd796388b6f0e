//! The histogram of pairs by the cosine of their latents, with mean cosine and mean r.

use carto_types::TrackB;

use crate::axis::TenthsAxis;
use crate::mean::correlation;
use crate::number::{counted, fixed};
use crate::text::{COSINE_NOTE, ChartText};

/// Bins in a tenth: each is 0.02 wide.
const BINS_PER_TENTH: i32 = 5;

/// How far rounding may carry a cosine below the end of its bin.
const ROUNDING: f64 = 1e-9;

/// Pairs counted by cosine, from 0 or lower to 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CosineBins {
    from_tenth: i32,
    /// Pairs in each bin; a bin holds its lower end, the last one both.
    counts: Vec<u32>,
    /// Pairs without a cosine.
    n_left_out: usize,
}

impl CosineBins {
    /// Counts the cosines of pairs; what is no cosine is left out.
    #[must_use]
    pub fn of(cosines: &[f64]) -> Self {
        let kept: Vec<f64> = cosines.iter().filter_map(|&cosine| correlation(cosine)).collect();
        let from_tenth = (kept.iter().copied().fold(0.0, f64::min) * 10.0).floor() as i32;
        let n_bins = (10 - from_tenth) * BINS_PER_TENTH;
        let mut counts = vec![0; n_bins as usize];
        for value in &kept {
            // A hair below a bound is that bound: decimals are rarely exact.
            let place = (value * f64::from(10 * BINS_PER_TENTH) + ROUNDING).floor() as i32;
            let idx = (place - from_tenth * BINS_PER_TENTH).clamp(0, n_bins - 1);
            counts[idx as usize] += 1;
        }
        Self { from_tenth, counts, n_left_out: cosines.len() - kept.len() }
    }

    fn lower_end(&self, idx: usize) -> f64 {
        let place = self.from_tenth * BINS_PER_TENTH + idx as i32;
        f64::from(place) / f64::from(10 * BINS_PER_TENTH)
    }

    /// Pairs in all bins.
    #[must_use]
    pub fn n_counted(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// Bins that hold pairs, from the lowest: both ends and pairs.
    pub fn filled(&self) -> impl Iterator<Item = (f64, f64, u32)> {
        let counts = self.counts.iter().enumerate().filter(|&(_, &count)| count > 0);
        counts.map(|(idx, &count)| (self.lower_end(idx), self.lower_end(idx + 1), count))
    }
}

/// One bin of the histogram as a bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CosineBar {
    /// Left end, as a share of the axis.
    pub from: f64,
    /// Right end, as a share of the axis.
    pub to: f64,
    /// Pairs in the bin.
    n_pairs: u32,
    /// Pairs in the fullest bin.
    n_most: u32,
}

impl CosineBar {
    /// The height of the bar where that of the fullest bin is `full`.
    #[must_use]
    pub fn height(self, full: f64) -> f64 {
        full * f64::from(self.n_pairs) / f64::from(self.n_most)
    }
}

/// A mean as an upright line through the histogram.
#[derive(Debug, Clone, PartialEq)]
pub struct CosineMean {
    /// Place of the line, as a share of the axis.
    pub at: f64,
    /// What it is the mean of.
    pub name: &'static str,
    /// The mean, with three decimals.
    pub value: String,
    /// Standard deviation across pairs with three decimals; `None` for a mean over latents.
    pub std: Option<String>,
}

/// The cosines of one run.
///
/// Cosine also rewards what stays constant, so it never stands without the correlation of the
/// same latents.
#[derive(Debug, Clone, PartialEq)]
pub struct CosineChart {
    /// Pairs by cosine; all empty where only the mean over pairs is known.
    pub bins: CosineBins,
    /// The axis of cosine and r.
    pub axis: TenthsAxis,
    /// Mean cosine over pairs.
    mean: f64,
    /// Population standard deviation of the cosine across pairs.
    std: f64,
    /// Mean over latents of their mean r; `None` without latents.
    mean_r: Option<f64>,
    n_pairs: usize,
    n_songs: u32,
    /// What the picture's caption says of the encoder.
    pub encoder: String,
}

impl CosineChart {
    /// What is printed above the picture, and claims nothing.
    const HEADING: &str = "Cosine between two maps of one song";

    /// The chart of a run.
    #[must_use]
    pub fn new(track: &TrackB) -> Self {
        let bins = CosineBins::of(&track.cosines);
        let sum: f64 = track.dims.iter().map(|dim| dim.pearson_mean).sum();
        let mean_r = (!track.dims.is_empty()).then(|| sum / track.dims.len() as f64);
        let least = f64::from(bins.from_tenth) / 10.0;
        let reach: Vec<f64> = [least].into_iter().chain(mean_r).collect();
        Self {
            axis: TenthsAxis::covering((0, 10), (-10, 10), &reach),
            mean: track.cosine_mean,
            std: track.cosine_std,
            mean_r,
            n_pairs: match track.cosines.len() {
                0 => track.pairs_compared as usize,
                n => n,
            },
            n_songs: track.songs_analyzed,
            encoder: String::new(),
            bins,
        }
    }

    /// Bins that hold pairs, from the left.
    pub fn bars(&self) -> impl Iterator<Item = CosineBar> {
        let n_most = self.fullest().map_or(1, |(.., n_most)| n_most);
        self.bins.filled().map(move |(from, to, n_pairs)| CosineBar {
            from: self.axis.share(from),
            to: self.axis.share(to),
            n_pairs,
            n_most,
        })
    }

    fn fullest(&self) -> Option<(f64, f64, u32)> {
        self.bins.filled().reduce(|fullest, bin| if bin.2 > fullest.2 { bin } else { fullest })
    }

    /// The left end of the fullest bin, the first of equals, as a share of the axis, and its
    /// pairs in words: the one height that is written out gives the scale of all.
    #[must_use]
    pub fn scale(&self) -> Option<(f64, String)> {
        let (from, _, n_pairs) = self.fullest()?;
        Some((self.axis.share(from), counted(n_pairs, "pair", "pairs")))
    }

    /// Mean r and mean cosine; without what is no correlation.
    pub fn means(&self) -> impl Iterator<Item = CosineMean> {
        let means = [
            (self.mean_r.unwrap_or(f64::NAN), "mean r", None),
            (self.mean, "mean cosine", Some(self.std)),
        ];
        means.into_iter().filter_map(|(value, name, std)| {
            let at = self.axis.share(correlation(value)?);
            Some(CosineMean { at, name, value: fixed(value, 3), std: std.map(|std| fixed(std, 3)) })
        })
    }

    /// Both means as a sentence, and how many pairs have no cosine.
    #[must_use]
    pub fn sentence(&self) -> String {
        let left_out = match self.bins.n_left_out {
            0 => String::new(),
            n => format!(" {} had none.", counted(n, "pair", "pairs")),
        };
        format!(
            "Mean cosine {} ±{} over {}; mean r of the same latents {}.{left_out}",
            fixed(self.mean, 3),
            fixed(self.std, 3),
            counted(self.n_pairs, "pair", "pairs"),
            self.mean_r.map_or_else(|| "unknown".to_owned(), |r| fixed(r, 3)),
        )
    }

    /// The bins of the table: both ends, and pairs.
    pub fn table_rows(&self) -> impl Iterator<Item = [String; 2]> {
        self.bins.filled().map(|(from, to, n_pairs)| {
            [format!("{} to {}", fixed(from, 2), fixed(to, 2)), n_pairs.to_string()]
        })
    }

    /// What is written around the picture.
    #[must_use]
    pub fn text(&self) -> ChartText {
        let (pairs, songs) = (
            counted(self.bins.n_counted(), "pair", "pairs"),
            counted(self.n_songs, "song", "songs"),
        );
        let left_out = match self.bins.n_left_out {
            0 => String::new(),
            n => format!(" Left out without a cosine: {}.", counted(n, "pair", "pairs")),
        };
        let caption = vec![
            format!("All latents of a column at once, {pairs} of {songs}, bins of 0.02.{left_out}"),
            COSINE_NOTE.to_owned(),
            self.encoder.clone(),
        ];
        let (mean, std) = (fixed(self.mean, 3), fixed(self.std, 3));
        let mean_r = fixed(self.mean_r.unwrap_or_default(), 3);
        let finding = format!("mean cosine {mean} ± {std}, mean r {mean_r}");
        let counts = self.bins.filled().map(|(from, _, n)| format!("from {}: {n}", fixed(from, 2)));
        let counts: Vec<_> = counts.collect();
        let numbers = match counts.is_empty() {
            true => String::new(),
            false => format!("Pairs by cosine, {}.", counts.join(", ")),
        };
        let finding = (!counts.is_empty()).then_some(finding);
        ChartText::new(Self::HEADING.to_owned(), finding, caption, &numbers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::track;

    fn counts(cosines: &[f64]) -> Vec<(f64, u32)> {
        CosineBins::of(cosines).filled().map(|(from, _, count)| (from, count)).collect()
    }

    #[test]
    fn a_bin_holds_its_lower_end_and_the_last_one_both() {
        let filled = counts(&[0.0, 0.019, 0.02, 0.58, 0.98, 1.0]);
        assert_eq!(filled, [(0.0, 2), (0.02, 1), (0.58, 1), (0.98, 2)]);
    }

    #[test]
    fn bins_reach_as_far_down_as_cosines_do() {
        let bins = CosineBins::of(&[-0.31, 0.5]);
        assert_eq!((bins.from_tenth, bins.counts.len()), (-4, 70));
        assert_eq!((bins.counts[4], bins.lower_end(0)), (1, -0.4));
    }

    #[test]
    fn what_is_no_cosine_is_counted_apart() {
        let bins = CosineBins::of(&[f64::NAN, 1.5, f64::NEG_INFINITY, 0.5]);
        assert_eq!((bins.n_left_out, bins.n_counted()), (3, 1));
        assert_eq!(counts(&[]), []);
    }

    #[test]
    fn the_axis_holds_cosines_and_the_mean_r() {
        let mut track = track(9);
        assert_eq!(CosineChart::new(&track).axis.n_segments(), 10);
        track.dims.iter_mut().for_each(|dim| dim.pearson_mean = -0.05);
        assert_eq!(CosineChart::new(&track).axis.n_segments(), 11);
        track.cosines[0] = -0.31;
        let chart = CosineChart::new(&track);
        assert_eq!(chart.axis.n_segments(), 14);
        let bars: Vec<_> = chart.bars().map(|bar| bar.height(16.0)).collect();
        assert_eq!(bars, [2.0, 16.0]);
        let (at, pairs) = chart.scale().unwrap();
        assert_eq!((at, pairs.as_str()), (chart.axis.share(0.76), "8 pairs"));
    }

    #[test]
    fn cosine_never_stands_without_correlation() {
        let chart = CosineChart::new(&track(9));
        let sentence = "Mean cosine 0.774 ±0.039 over 9 pairs; mean r of the same latents 0.200.";
        assert_eq!(chart.sentence(), sentence);
        let means: Vec<_> =
            chart.means().map(|mean| format!("{} {}", mean.name, mean.value)).collect();
        assert_eq!(means, ["mean r 0.200", "mean cosine 0.774"]);
        let rows: Vec<_> = chart.table_rows().collect();
        assert_eq!(rows, [["0.76 to 0.78".to_owned(), "9".to_owned()]]);
        let mut track = track(9);
        track.cosines.clear();
        assert_eq!(CosineChart::new(&track).sentence(), sentence);
    }
}

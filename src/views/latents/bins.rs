//! Pairs counted by their full cosine.

/// Bins in a tenth: each is 0.02 wide.
const BINS_PER_TENTH: i32 = 5;

/// A histogram over one scale bar, from 0 or lower to 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CosineBins {
    lo_tenths: i32,
    /// Pairs in each bin; a bin holds its lower end, the last one both.
    pub(crate) counts: Vec<u32>,
    /// Pairs that have no cosine.
    pub(crate) n_left_out: usize,
}

impl CosineBins {
    /// - `also`: another value that must lie on the bar, the mean r
    pub(crate) fn new(cosines: &[f64], also: Option<f64>) -> Self {
        const ROUNDING: f64 = 1e-9;
        let is_cosine = |value: &f64| value.abs() <= 1.0 + ROUNDING;
        let kept: Vec<f64> = cosines.iter().copied().filter(is_cosine).collect();
        let least = kept.iter().copied().chain(also.filter(is_cosine)).fold(0.0, f64::min);
        let lo_tenths = (least.max(-1.0) * 10.0).floor() as i32;
        let n_bins = (10 - lo_tenths) * BINS_PER_TENTH;
        let mut counts = vec![0; n_bins as usize];
        for value in &kept {
            // A hair below a bound is that bound: decimals are rarely exact.
            let place = (value * f64::from(10 * BINS_PER_TENTH) + ROUNDING).floor() as i32;
            let idx = (place - lo_tenths * BINS_PER_TENTH).clamp(0, n_bins - 1);
            counts[idx as usize] += 1;
        }
        Self { lo_tenths, counts, n_left_out: cosines.len() - kept.len() }
    }

    /// Segments of the scale bar.
    pub(crate) fn n_segments(&self) -> i32 {
        10 - self.lo_tenths
    }

    /// Where a value stands, in percent of the bar.
    pub(crate) fn percent(&self, value: f64) -> f64 {
        let share = (value * 10.0 - f64::from(self.lo_tenths)) / f64::from(self.n_segments());
        (share.clamp(0.0, 1.0) * 1e4).round() / 1e2
    }

    /// Lower end of a bin.
    pub(crate) fn from(&self, idx: usize) -> f64 {
        let place = self.lo_tenths * BINS_PER_TENTH + idx as i32;
        f64::from(place) / f64::from(10 * BINS_PER_TENTH)
    }

    /// Pairs in the fullest bin.
    pub(crate) fn most(&self) -> u32 {
        self.counts.iter().copied().max().unwrap_or(0)
    }

    /// Bins that hold pairs: lower end and pairs.
    pub(crate) fn filled(&self) -> impl Iterator<Item = (f64, u32)> + '_ {
        let counts = self.counts.iter().copied().enumerate();
        counts.filter(|&(_, count)| count > 0).map(|(idx, count)| (self.from(idx), count))
    }

    /// Every second tenth, in tenths.
    pub(crate) fn label_tenths(&self) -> impl Iterator<Item = i32> {
        (self.lo_tenths..=10).filter(|tenths| tenths % 2 == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bin_holds_its_lower_end_and_the_last_one_both() {
        let bins = CosineBins::new(&[0.0, 0.019, 0.02, 0.58, 0.98, 1.0], Some(0.27));
        assert_eq!((bins.n_segments(), bins.most()), (10, 2));
        let filled: Vec<_> = bins.filled().collect();
        assert_eq!(filled, [(0.0, 2), (0.02, 1), (0.58, 1), (0.98, 2)]);
        assert_eq!(bins.percent(0.58), 58.0);
    }

    #[test]
    fn the_bar_reaches_as_far_down_as_cosines_and_the_mean_r() {
        assert_eq!(CosineBins::new(&[-0.31, 0.5], None).n_segments(), 14);
        assert_eq!(CosineBins::new(&[0.5], Some(-0.05)).n_segments(), 11);
        assert_eq!(CosineBins::new(&[], Some(f64::NAN)).n_segments(), 10);
    }

    #[test]
    fn what_is_no_cosine_is_counted_apart() {
        let bins = CosineBins::new(&[f64::NAN, 1.5, 0.5], None);
        assert_eq!((bins.n_left_out, bins.filled().count()), (2, 1));
    }
}

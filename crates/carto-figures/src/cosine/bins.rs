/// Bins per tenth: 0.02 wide.
const BINS_PER_TENTH: i32 = 5;

/// How far rounding may carry a cosine beyond 1.
const ROUNDING: f64 = 1e-9;

/// Pairs counted by cosine, in bins of 0.02; a bin holds its lower end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bins {
    /// Lower end of the first bin, in tenths.
    pub(super) from_tenth: i32,
    /// Pairs in each bin, up to 1, which the last one holds too.
    pub(super) counts: Vec<u32>,
    /// Values that are no cosine.
    pub(super) n_left_out: u32,
}

impl Bins {
    /// From 0, or as far below as values lie.
    pub(super) fn of(cosines: &[f64]) -> Self {
        let is_cosine = |value: &&f64| value.abs() <= 1.0 + ROUNDING;
        let kept: Vec<f64> = cosines.iter().filter(is_cosine).copied().collect();
        let least = kept.iter().copied().fold(0.0, f64::min).max(-1.0);
        let from_tenth = (least * 10.0).floor() as i32;
        let n_bins = (10 - from_tenth) * BINS_PER_TENTH;
        let mut counts = vec![0; usize::try_from(n_bins).unwrap_or(0)];
        for value in &kept {
            // A hair below a bound is that bound: decimals are rarely exact.
            let place = value * f64::from(10 * BINS_PER_TENTH) + ROUNDING;
            let idx = place.floor() as i32 - from_tenth * BINS_PER_TENTH;
            let idx = usize::try_from(idx.clamp(0, n_bins - 1)).unwrap_or(0);
            if let Some(count) = counts.get_mut(idx) {
                *count += 1;
            }
        }
        Self { from_tenth, counts, n_left_out: (cosines.len() - kept.len()) as u32 }
    }

    /// Lower end of a bin.
    pub(super) fn from(&self, idx: usize) -> f64 {
        let place = self.from_tenth * BINS_PER_TENTH + idx as i32;
        f64::from(place) / f64::from(10 * BINS_PER_TENTH)
    }

    /// Pairs in all bins.
    pub(super) fn n_counted(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// The fullest bin: its place and its pairs; the first of equals.
    pub(super) fn fullest(&self) -> Option<(usize, u32)> {
        let mut fullest = None;
        for (idx, &count) in self.counts.iter().enumerate() {
            if count > fullest.map_or(0, |(_, most)| most) {
                fullest = Some((idx, count));
            }
        }
        fullest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bin_holds_its_lower_end_and_the_last_one_both() {
        let bins = Bins::of(&[0.0, 0.019, 0.02, 0.58, 0.98, 1.0]);
        assert_eq!((bins.from_tenth, bins.counts.len()), (0, 50));
        assert_eq!((bins.counts[0], bins.counts[1], bins.counts[29]), (2, 1, 1));
        assert_eq!(bins.counts[49], 2);
        assert_eq!(bins.fullest(), Some((0, 2)));
        assert_eq!(bins.from(29), 0.58);
    }

    #[test]
    fn bins_reach_as_far_down_as_cosines_do() {
        let bins = Bins::of(&[-0.31, 0.5]);
        assert_eq!((bins.from_tenth, bins.counts.len()), (-4, 70));
        assert_eq!(bins.counts[4], 1);
        assert_eq!(bins.from(0), -0.4);
    }

    #[test]
    fn what_is_no_cosine_is_counted_apart() {
        let bins = Bins::of(&[f64::NAN, 1.5, f64::NEG_INFINITY, 0.5]);
        assert_eq!((bins.n_left_out, bins.n_counted()), (3, 1));
        assert_eq!(Bins::of(&[]).fullest(), None);
    }
}

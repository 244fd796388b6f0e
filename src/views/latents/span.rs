//! Where a mean r stands on the scale bar of Part B.

use crate::format::fixed;

/// Bounds of the classes: below the first a latent is stylistic, above the
/// second perceptual; both belong to what lies between. `run_analysis.py` of
/// osu-dreamer-cartography @ 7ec522b, Track B.
pub(crate) const LATENT_BOUNDS: (f64, f64) = (0.05, 0.3);

/// A scale bar: its ends, in steps of a tenth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RSpan {
    lo_tenths: i32,
    hi_tenths: i32,
}

impl RSpan {
    /// From −0.1 to 0.6, and further where means with their spreads lie.
    pub(crate) fn holding(marks: impl Iterator<Item = (f64, f64)>) -> Self {
        const HAIR: f64 = 1e-9;
        let (mut lo, mut hi) = (-1.0_f64, 6.0_f64);
        for (mean, std) in marks.filter(|(mean, std)| mean.is_finite() && std.is_finite()) {
            lo = lo.min(((mean - std) * 10.0 + HAIR).floor());
            hi = hi.max(((mean + std) * 10.0 - HAIR).ceil());
        }
        Self { lo_tenths: lo.max(-10.0) as i32, hi_tenths: hi.min(10.0) as i32 }
    }

    /// Segments of the bar.
    pub(crate) fn n_segments(self) -> i32 {
        self.hi_tenths - self.lo_tenths
    }

    /// Where a value stands, in percent of the bar, its ends included.
    pub(crate) fn percent(self, value: f64) -> f64 {
        let share = (value * 10.0 - f64::from(self.lo_tenths)) / f64::from(self.n_segments());
        (share.clamp(0.0, 1.0) * 1e4).round() / 1e2
    }

    /// Whether a value lies on the bar.
    pub(crate) fn holds(self, value: f64) -> bool {
        let tenths = value * 10.0;
        tenths >= f64::from(self.lo_tenths) && tenths <= f64::from(self.hi_tenths)
    }

    /// Every second tenth: place in percent, and figure.
    pub(crate) fn labels(self) -> Vec<(f64, String)> {
        (self.lo_tenths..=self.hi_tenths)
            .filter(|tenths| tenths % 2 == 0)
            .map(|tenths| f64::from(tenths) / 10.0)
            .map(|value| (self.percent(value), fixed(value, 1)))
            .collect()
    }

    /// Places of zero and of the two bounds between the classes, in percent.
    pub(crate) fn grounds(self) -> [f64; 3] {
        let (low, high) = LATENT_BOUNDS;
        [0.0, low, high].map(|value| self.percent(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_grows_in_tenths_and_ends_where_correlation_does() {
        let usual = RSpan { lo_tenths: -1, hi_tenths: 6 };
        assert_eq!(RSpan::holding([(0.4, 0.2), (f64::NAN, 0.1)].into_iter()), usual);
        let wider = RSpan { lo_tenths: -3, hi_tenths: 7 };
        assert_eq!(RSpan::holding([(0.45, 0.17), (-0.1, 0.15)].into_iter()), wider);
        let widest = RSpan { lo_tenths: -10, hi_tenths: 10 };
        assert_eq!(RSpan::holding([(0.0, 2.0)].into_iter()), widest);
    }

    #[test]
    fn places_are_shares_of_the_bar() {
        let span = RSpan { lo_tenths: -1, hi_tenths: 9 };
        assert_eq!(span.grounds(), [10.0, 15.0, 40.0]);
        assert!(span.holds(-0.1) && !span.holds(0.91));
        assert_eq!(span.labels()[0], (10.0, "0.0".to_owned()));
        assert_eq!(span.labels().len(), 5);
    }
}

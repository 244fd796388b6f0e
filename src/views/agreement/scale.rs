//! What the chart measures, and where its values stand.

use carto_types::ChannelSummary;

use crate::format::fixed;
use crate::views::words::AgreementClass;

/// Which of the three published figures the marks show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Metric {
    /// Pearson's r.
    Correlation,
    /// Cosine.
    Cosine,
    /// Mean absolute difference.
    Distance,
}

impl Metric {
    /// In the order of the buttons.
    pub(crate) const ALL: [Self; 3] = [Self::Correlation, Self::Cosine, Self::Distance];

    /// On its button.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Correlation => "Correlation",
            Self::Cosine => "Cosine",
            Self::Distance => "Distance",
        }
    }

    /// Above the column of its means.
    pub(crate) fn column(self) -> &'static str {
        match self {
            Self::Correlation => "mean r",
            Self::Cosine => "cosine",
            Self::Distance => "distance",
        }
    }

    /// The figure that stands beside it: correlation is never left out.
    pub(crate) fn companion(self) -> Self {
        match self {
            Self::Correlation => Self::Cosine,
            Self::Cosine | Self::Distance => Self::Correlation,
        }
    }

    /// What its axis says, as a sentence.
    pub(crate) fn caption(self) -> &'static str {
        match self {
            Self::Correlation => {
                "Correlation of two mappers’ signals over time, averaged over all pairs: 0 is unrelated, 1 is identical."
            }
            Self::Cosine => {
                "Cosine between two mappers’ signals. It also rewards what stays constant, so read it beside r."
            }
            Self::Distance => {
                "Mean absolute difference of two mappers’ signals, which run from −1 to 1: 0 is identical."
            }
        }
    }

    /// Mean and population standard deviation over pairs.
    pub(crate) fn of(self, channel: &ChannelSummary) -> (f64, f64) {
        match self {
            Self::Correlation => (channel.pearson_mean, channel.pearson_std),
            Self::Cosine => (channel.cosine_mean, channel.cosine_std),
            Self::Distance => (channel.mad_mean, channel.mad_std),
        }
    }
}

/// A scale bar: its ends, in steps of a tenth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Axis {
    lo_tenths: i32,
    hi_tenths: i32,
}

impl Axis {
    /// An axis that holds every mean with its spread.
    ///
    /// Correlation runs from −0.1 to 1 and goes lower only where data do, so
    /// that the ground does not shift while marks arrive.
    pub(crate) fn spanning(metric: Metric, marks: &[(f64, f64)]) -> Self {
        let (lo, hi, floor, ceiling) = match metric {
            Metric::Correlation => (-1, 10, -10, 10),
            Metric::Cosine => (0, 10, -10, 10),
            Metric::Distance => (0, 10, 0, 20),
        };
        let tenths = |value: f64| value * 10.0;
        let lowest =
            marks.iter().map(|(mean, std)| tenths(mean - std)).fold(f64::from(lo), f64::min);
        let highest =
            marks.iter().map(|(mean, std)| tenths(mean + std)).fold(f64::from(hi), f64::max);
        Self {
            lo_tenths: (lowest.floor() as i32).max(floor),
            hi_tenths: (highest.ceil() as i32).min(ceiling),
        }
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
        let (low, high) = AgreementClass::BOUNDS;
        [0.0, low, high].map(|value| self.percent(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn correlation_keeps_its_scale_until_data_fall_below() {
        let still = Axis::spanning(Metric::Correlation, &[(0.5, 0.2), (0.0, 0.07)]);
        assert_eq!(still, Axis { lo_tenths: -1, hi_tenths: 10 });
        let lower = Axis::spanning(Metric::Correlation, &[(-0.2, 0.15)]);
        assert_eq!(lower, Axis { lo_tenths: -4, hi_tenths: 10 });
        let lowest = Axis::spanning(Metric::Correlation, &[(-0.9, 0.5)]);
        assert_eq!(lowest, Axis { lo_tenths: -10, hi_tenths: 10 });
    }

    #[test]
    fn distance_grows_upwards() {
        let axis = Axis::spanning(Metric::Distance, &[(1.1, 0.25)]);
        assert_eq!(axis, Axis { lo_tenths: 0, hi_tenths: 14 });
    }

    #[test]
    fn places_are_shares_of_the_bar() {
        let axis = Axis { lo_tenths: -1, hi_tenths: 9 };
        assert_eq!(axis.grounds(), [10.0, 20.0, 40.0]);
        assert_eq!(axis.percent(2.0), 100.0);
        assert!(axis.holds(0.9) && !axis.holds(0.95));
        let labels = axis.labels();
        assert_eq!(labels[0], (10.0, "0.0".to_owned()));
        assert_eq!(labels.len(), 5);
    }
}

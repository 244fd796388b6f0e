//! What the chart of part A measures.

use carto_types::ChannelSummary;

use crate::mean::PairMean;

/// Which of the three published figures the marks show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Pearson's r, in `[-1, 1]`; 0 is unrelated.
    Correlation,
    /// The cosine of two signals, in `[-1, 1]`; 1 is identical up to scale.
    Cosine,
    /// The mean absolute difference of two signals that run from -1 to 1, in `[0, 2]`; 0 is
    /// identical.
    Distance,
}

impl Metric {
    /// All three, in the order of their buttons.
    pub const ALL: [Self; 3] = [Self::Correlation, Self::Cosine, Self::Distance];

    /// The word on its button.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Correlation => "Correlation",
            Self::Cosine => "Cosine",
            Self::Distance => "Distance",
        }
    }

    /// The head of the column of its means.
    #[must_use]
    pub fn column(self) -> &'static str {
        match self {
            Self::Correlation => "mean r",
            Self::Cosine => "cosine",
            Self::Distance => "distance",
        }
    }

    /// The figure that stands beside it: correlation is never left out.
    #[must_use]
    pub fn companion(self) -> Self {
        match self {
            Self::Correlation => Self::Cosine,
            Self::Cosine | Self::Distance => Self::Correlation,
        }
    }

    /// What the axis measures, below the page's chart.
    #[must_use]
    pub fn caption(self) -> &'static str {
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

    /// What stands below the axis of a picture.
    #[must_use]
    pub fn axis_title(self) -> &'static str {
        match self {
            Self::Correlation => "mean Pearson r",
            Self::Cosine => "mean cosine",
            Self::Distance => "mean absolute difference",
        }
    }

    /// The mean of this metric over the pairs of one channel.
    ///
    /// - `n_songs`: songs that its pairs are of
    #[must_use]
    pub fn of(self, channel: &ChannelSummary, n_songs: u32) -> PairMean {
        let mean_and_std = match self {
            Self::Correlation => (channel.pearson_mean, channel.pearson_std),
            Self::Cosine => (channel.cosine_mean, channel.cosine_std),
            Self::Distance => (channel.mad_mean, channel.mad_std),
        };
        let (least, most) = self.range_tenths();
        let range = (f64::from(least) / 10.0, f64::from(most) / 10.0);
        // Two signals without any distance have r = 1, but where they are constant.
        let is_unused = channel.mad_mean == 0.0 && channel.pearson_mean == 0.0;
        let mean = PairMean::new(mean_and_std, channel.n_pairs, range).of_songs(n_songs);
        PairMean { is_unused, ..mean }
    }

    /// Least and greatest value of the metric, in tenths.
    pub(crate) fn range_tenths(self) -> (i32, i32) {
        match self {
            Self::Correlation | Self::Cosine => (-10, 10),
            Self::Distance => (0, 20),
        }
    }

    /// What the axis of the metric shows at least, in tenths.
    pub(crate) fn least_tenths(self) -> (i32, i32) {
        match self {
            Self::Correlation => (-1, 9),
            Self::Cosine => (0, 10),
            Self::Distance => (0, 8),
        }
    }
}

//! A mean over pairs with its standard deviation: where it stands, and its text.

use carto_types::{AgreementClass, ClassBounds, LatentSummary};

use crate::axis::TenthsAxis;
use crate::class::{MANY_SONGS, MIN_SONGS, class_word};
use crate::number::{NO_VALUE, fixed, spread};

/// How far rounding may carry a mean beyond the range of its values.
const ROUNDING: f64 = 1e-9;

/// A correlation, or `None` for what is none.
#[must_use]
pub fn correlation(r: f64) -> Option<f64> {
    within((-1.0, 1.0), r)
}

fn within((least, most): (f64, f64), value: f64) -> Option<f64> {
    let is_one = (least - ROUNDING..=most + ROUNDING).contains(&value);
    // Not `clamp`: its panic would bring the formatting of floats into the page.
    is_one.then(|| value.max(least).min(most))
}

/// The 97.5% quantiles of Student's t with 2, 3, ... 28 degrees of freedom.
///
/// # Source
///
/// Any table of the distribution; the test integrates its density.
const T_QUANTILES: [f64; (MANY_SONGS - MIN_SONGS) as usize] = [
    4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145,
    2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052,
    2.048,
];

/// The word for what no map of any pair uses.
pub(crate) const NOT_USED: &str = "not used";

/// A mean over pairs and its population standard deviation across pairs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairMean {
    /// The mean; `None` for what is no value of its measure.
    pub mean: Option<f64>,
    /// The standard deviation; `None` where one pair has none, and for what is none.
    pub std: Option<f64>,
    /// Pairs behind it.
    pub n_pairs: u32,
    /// Songs that these pairs are of; 0 where that is not known.
    pub n_songs: u32,
    /// Whether no map of any pair uses what is compared: then its r of 0 is no disagreement.
    pub is_unused: bool,
}

/// The line from one standard deviation below a mean to one above, in shares of the axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Whisker {
    /// Lower end.
    pub from: f64,
    /// Upper end.
    pub to: f64,
    /// Whether the axis ends before the lower end, which then has no tick.
    pub is_cut_low: bool,
    /// Whether the axis ends before the upper end, which then has no tick.
    pub is_cut_high: bool,
}

impl PairMean {
    /// The mean of a measure.
    ///
    /// - `range`: least and greatest value of the measure, at most 2 apart
    #[must_use]
    pub fn new((mean, std): (f64, f64), n_pairs: u32, range: (f64, f64)) -> Self {
        // Values that are at most 2 apart deviate by at most 1.
        let std = Some(std).filter(|&std| n_pairs > 1 && (0.0..=1.0 + ROUNDING).contains(&std));
        Self { mean: within(range, mean), std, n_pairs, n_songs: 0, is_unused: false }
    }

    /// The mean of a correlation.
    #[must_use]
    pub fn of_r(mean_and_std: (f64, f64), n_pairs: u32) -> Self {
        Self::new(mean_and_std, n_pairs, (-1.0, 1.0))
    }

    /// The mean r of a latent.
    ///
    /// - `n_songs`: songs that its pairs are of
    #[must_use]
    pub fn of_latent(dim: &LatentSummary, n_songs: u32) -> Self {
        Self::of_r((dim.pearson_mean, dim.pearson_std), dim.n_pairs).of_songs(n_songs)
    }

    /// The same mean, over the pairs of so many songs.
    #[must_use]
    pub fn of_songs(self, n_songs: u32) -> Self {
        // A song without a pair says nothing.
        Self { n_songs: n_songs.min(self.n_pairs), ..self }
    }

    /// The mean one standard deviation less and one more; nothing without a mean.
    pub(crate) fn reach(self) -> impl Iterator<Item = f64> {
        let ends = self.mean.map(|mean| {
            let std = self.std.unwrap_or(0.0);
            [mean - std, mean + std]
        });
        ends.into_iter().flatten()
    }

    /// Where the mean stands, as a share of the axis.
    #[must_use]
    pub fn share(self, axis: TenthsAxis) -> Option<f64> {
        self.mean.map(|mean| axis.share(mean))
    }

    /// The whisker through the mean; `None` without a standard deviation.
    #[must_use]
    pub fn whisker(self, axis: TenthsAxis) -> Option<Whisker> {
        let (mean, std) = (self.mean?, self.std?);
        let (low, high) = (mean - std, mean + std);
        Some(Whisker {
            from: axis.share(low),
            to: axis.share(high),
            is_cut_low: !axis.holds(low),
            is_cut_high: !axis.holds(high),
        })
    }

    /// The 95% confidence interval of the mean, of means over 3 to 29 songs; `None` where there
    /// are fewer, where there are more, which need none to be classed, and for what nobody uses.
    ///
    /// By Student's t, each song taken as one observation, however many pairs it has: pairs of
    /// one song share maps and music, so that they tell little more than one of them. Songs are
    /// taken to spread as pairs do, so it is rather too wide than too narrow.
    #[must_use]
    pub fn interval(self) -> Option<(f64, f64)> {
        let (mean, std) = (self.mean?, self.std.filter(|_| !self.is_unused)?);
        let quantile = T_QUANTILES.get(self.n_songs.checked_sub(MIN_SONGS)? as usize)?;
        // The population's deviation over the root of n - 1 is the sample's over that of n.
        let half = quantile * std / f64::from(self.n_songs - 1).sqrt();
        Some((mean - half, mean + half))
    }

    /// The ends of [`Self::interval`] as they are told, `0.42 to 0.71`, within the range of a
    /// correlation.
    #[must_use]
    pub fn interval_text(self) -> Option<String> {
        let (low, high) = self.interval()?;
        Some(format!("{} to {}", fixed(low.max(-1.0), 2), fixed(high.min(1.0), 2)))
    }

    /// The class of a mean r; `None` for what nobody uses, and where there are too few songs to
    /// speak of one: below 3, and below 30 where the interval reaches beyond the class of the mean.
    #[must_use]
    pub fn class(self, bounds: ClassBounds) -> Option<AgreementClass> {
        let class = bounds.class_of(self.mean?);
        let is_sure = match self.interval() {
            Some((low, high)) => [low, high].iter().all(|&end| bounds.class_of(end) == class),
            None => self.n_songs >= MANY_SONGS && !self.is_unused,
        };
        is_sure.then_some(class)
    }

    /// The word for its class, for there being too few songs, or for nobody using what is
    /// compared.
    #[must_use]
    pub fn class_text(self, bounds: ClassBounds) -> &'static str {
        if self.is_unused { NOT_USED } else { class_word(self.class(bounds)) }
    }

    /// The mean with two decimals: `0.58`.
    #[must_use]
    pub fn mean_text(self) -> String {
        self.mean.map_or_else(|| NO_VALUE.to_owned(), |mean| fixed(mean, 2))
    }

    /// The standard deviation with its sign, `±0.22`, or why there is none.
    #[must_use]
    pub fn spread_text(self) -> String {
        self.std.map_or_else(|| self.no_spread().to_owned(), spread)
    }

    /// Why there is no standard deviation.
    #[must_use]
    pub fn no_spread(self) -> &'static str {
        if self.n_pairs == 1 { "one pair" } else { "no value" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis() -> TenthsAxis {
        TenthsAxis::covering((0, 10), (-10, 10), &[])
    }

    #[test]
    fn a_whisker_is_cut_where_the_axis_ends() {
        let value = PairMean::of_r((0.75, 0.5), 9);
        assert_eq!(value.share(axis()), Some(0.75));
        let whisker = value.whisker(axis()).unwrap();
        assert_eq!((whisker.from, whisker.to), (0.25, 1.0));
        assert!(!whisker.is_cut_low && whisker.is_cut_high);
        assert_eq!(value.reach().collect::<Vec<_>>(), [0.25, 1.25]);
    }

    #[test]
    fn what_is_no_correlation_has_no_place() {
        for mean in [f64::NAN, 1.5, f64::NEG_INFINITY] {
            let value = PairMean::of_r((mean, 0.1), 9);
            assert_eq!((value.share(axis()), value.whisker(axis())), (None, None));
            assert_eq!(value.mean_text(), "none");
        }
        assert_eq!(correlation(1.0 + 1e-12), Some(1.0));
        assert_eq!(PairMean::new((1.12, 0.0), 2, (0.0, 2.0)).mean, Some(1.12));
    }

    #[test]
    fn one_pair_does_not_spread_and_few_say_only_what_their_interval_says() {
        let value = |n_pairs, std| PairMean::of_r((0.5, std), n_pairs).of_songs(n_pairs);
        assert_eq!(value(1, 0.0).spread_text(), "one pair");
        assert_eq!(value(2, f64::NAN).spread_text(), "no value");
        assert_eq!(value(2, -0.1).std, None);
        assert_eq!(value(2, 0.1).spread_text(), "±0.10");
        let class = |n_pairs, std| value(n_pairs, std).class(ClassBounds::CHANNELS);
        assert_eq!(class(2, 0.001), None);
        assert_eq!((class(3, 0.1), class(3, 0.05)), (None, Some(AgreementClass::Perceptual)));
        assert_eq!((class(29, 0.6), class(30, 0.6)), (None, Some(AgreementClass::Perceptual)));
        assert_eq!(value(3, 0.1).interval_text().unwrap(), "0.20 to 0.80");
        assert_eq!(value(4, 0.4).interval_text().unwrap(), "−0.23 to 1.00");
        assert_eq!((value(2, 0.1).interval(), value(30, 0.1).interval()), (None, None));
    }

    #[test]
    fn songs_count_and_not_their_pairs() {
        let of_songs = |n_songs| PairMean::of_r((0.5, 0.05), 49).of_songs(n_songs);
        let class = |n_songs| of_songs(n_songs).class(ClassBounds::CHANNELS);
        assert_eq!((class(0), class(1), class(2)), (None, None, None));
        assert_eq!(class(3), Some(AgreementClass::Perceptual));
        assert_eq!(of_songs(3).interval_text().unwrap(), "0.35 to 0.65");
        assert_eq!(PairMean::of_r((0.5, 0.05), 2).of_songs(40).n_songs, 2);
    }

    #[test]
    fn what_nobody_uses_is_of_no_class() {
        for n_songs in [1, 9, 40] {
            let value = PairMean::of_r((0.0, 0.0), 40).of_songs(n_songs);
            let unused = PairMean { is_unused: true, ..value };
            assert_eq!(unused.class(ClassBounds::CHANNELS), None);
            assert_eq!(unused.class_text(ClassBounds::CHANNELS), "not used");
            assert_eq!(unused.interval(), None);
        }
    }

    #[test]
    fn quantiles_are_those_of_students_t() {
        for (df, quantile) in (2..).map(f64::from).zip(T_QUANTILES) {
            let density = |t: f64| (1.0 + t * t / df).powf(-(df + 1.0) / 2.0);
            // Simpson's rule, after t = u / (1 - u), which brings the whole line within reach.
            let area = |to: f64| {
                let n = 20_000;
                let (end, mut sum) = (to / (1.0 + to), 0.0);
                for step in 0..=n {
                    let u = end * f64::from(step) / f64::from(n);
                    let weight = match step {
                        0 => 1.0,
                        _ if step == n => 1.0,
                        _ if step % 2 == 1 => 4.0,
                        _ => 2.0,
                    };
                    sum += weight * density(u / (1.0 - u)) / (1.0 - u).powi(2);
                }
                sum * end / f64::from(n) / 3.0
            };
            let share = area(quantile) / area(1e7);
            assert!((share - 0.95).abs() < 2e-4, "{df} degrees of freedom: {share}");
        }
    }
}

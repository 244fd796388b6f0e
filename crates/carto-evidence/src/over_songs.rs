//! Means over songs: intervals, p-values, verdicts.

use carto_types::{
    AGREEMENT_MARGIN, Estimate, FEWEST_SONGS, Interval, MeanOverSongs, MeanPValue, MeanTest,
    SongInfluence, Verdict, WANTED_HALF_WIDTH,
};

use crate::SongValues;
use crate::sign_flip::{MOST_SONGS, sign_flip_p};
use crate::song_values::mean;
use crate::student_t::{critical_t, two_sided_p};

/// The mean of a dimension over songs, and over pairs with errors clustered by song.
///
/// Pairs of one song share maps and music, so the song is what is drawn: its value is the mean
/// over its pairs, and the interval is that of Student's t over songs. The mean over pairs is
/// what the study has; its residuals are summed by song before they are squared.
#[must_use]
pub fn mean_over_songs(values: &SongValues) -> MeanOverSongs {
    let mut found = untested_mean(values);
    if let Some(interval) = found.interval {
        found.p_value = p_value(&values.song_means(), interval.se);
    }
    found
}

/// The same without a p-value, which takes far longer than all else.
#[must_use]
pub fn untested_mean(values: &SongValues) -> MeanOverSongs {
    let n_songs = values.n_songs();
    let mut found =
        MeanOverSongs { n_songs, n_pairs: values.n_pairs(), ..MeanOverSongs::default() };
    let song_means = values.song_means();
    let song_mean = mean(&song_means);
    found.mean = finite(song_mean);
    let pair_mean = values.pair_mean();
    found.pair_mean = finite(pair_mean);
    if n_songs < 2 {
        return found;
    }
    let sd = standard_deviation(&song_means);
    let se = sd / f64::from(n_songs).sqrt();
    let half_width = half_width(n_songs);
    found.interval = half_width.and_then(|t| interval(song_mean, se, t));
    found.pair_interval = half_width.and_then(|t| pair_interval(values, pair_mean, t));
    found.songs_needed = finite((1.96 * sd / WANTED_HALF_WIDTH).powi(2)).map(songs_from);
    found
}

/// Half the width of an interval of 95 % over songs, in standard errors; `None` with fewer than
/// two.
pub(crate) fn half_width(n_songs: u32) -> Option<f64> {
    critical_t(0.05, n_songs.checked_sub(1)?)
}

/// The interval of a mean over songs; `None` where it would not be finite.
///
/// - `song_means`: one value a song
/// - `half_width`: that of their number
pub(crate) fn interval_over_songs(song_means: &[f64], half_width: f64) -> Option<Interval> {
    let se = standard_deviation(song_means) / (song_means.len() as f64).sqrt();
    interval(mean(song_means), se, half_width)
}

/// The interval of a mean over pairs: residuals are summed by song before they are squared.
pub(crate) fn pair_interval(
    values: &SongValues,
    pair_mean: f64,
    half_width: f64,
) -> Option<Interval> {
    let residual = |values: &[f64]| values.iter().map(|value| value - pair_mean).sum::<f64>();
    let squares: f64 = values.songs().map(|(_, values)| residual(values).powi(2)).sum();
    let n = f64::from(values.n_songs());
    let se = (squares * n / (n - 1.0)).sqrt() / f64::from(values.n_pairs());
    interval(pair_mean, se, half_width)
}

/// The standard deviation of a sample of two or more.
fn standard_deviation(values: &[f64]) -> f64 {
    let middle = mean(values);
    let squares: f64 = values.iter().map(|value| (value - middle) * (value - middle)).sum();
    (squares / (values.len() as f64 - 1.0)).sqrt()
}

/// Whole songs, two at least: one has no interval.
fn songs_from(needed: f64) -> u32 {
    needed.ceil().max(2.0) as u32
}

/// The p-value of a mean over songs being 0, by the test that the number of songs allows.
fn p_value(song_means: &[f64], se: f64) -> Option<MeanPValue> {
    if song_means.len() <= MOST_SONGS {
        return sign_flip_p(song_means).map(|p| MeanPValue { p, test: MeanTest::SignFlip });
    }
    let t = match mean(song_means) {
        0.0 => 0.0,
        mean => mean / se,
    };
    let p = two_sided_p(t, song_means.len() as u32 - 1);
    se.is_finite().then_some(MeanPValue { p, test: MeanTest::T })
}

/// What the interval of a mean over songs says: whether the agreement is above
/// [`AGREEMENT_MARGIN`].
///
/// It means something for values in excess of a null: phi given slot and section, or r less
/// that of permuted bars.
#[must_use]
pub fn verdict(n_songs: u32, interval: Option<Interval>) -> Verdict {
    match interval {
        Some(_) if n_songs < FEWEST_SONGS => Verdict::Undetermined,
        Some(interval) if interval.low > AGREEMENT_MARGIN => Verdict::Agree,
        Some(interval) if interval.high < AGREEMENT_MARGIN => Verdict::NoAgreement,
        _ => Verdict::Undetermined,
    }
}

/// How much each song carries of the mean over songs: the mean less that without the song.
///
/// - returns: every song with a value, the greatest change first, of equal ones the lower
///   number; empty with fewer than two songs, since nothing is left without one
#[must_use]
pub fn influences(values: &SongValues) -> Vec<SongInfluence> {
    let n_songs = values.n_songs();
    if n_songs < 2 {
        return Vec::new();
    }
    let song_mean = mean(&values.song_means());
    let influence = |(song_idx, values): (u32, &[f64])| {
        let value = mean(values);
        let change = (value - song_mean) / f64::from(n_songs - 1);
        SongInfluence { song_idx, n_pairs: values.len() as u32, value, change }
    };
    let mut all: Vec<SongInfluence> = values.songs().map(influence).collect();
    all.retain(|song| song.change.is_finite());
    all.sort_by(|a, b| b.change.abs().total_cmp(&a.change.abs()));
    all
}

/// The interval around an estimate; `None` where it would not be finite.
fn interval(estimate: f64, se: f64, half_width: f64) -> Option<Interval> {
    let (low, high) = (estimate - half_width * se, estimate + half_width * se);
    (low.is_finite() && high.is_finite()).then_some(Interval { se, low, high })
}

/// An estimate with its interval over songs; `None` where the estimate is not finite.
pub(crate) fn estimate(value: f64, se: f64, n_songs: u32) -> Option<Estimate> {
    let interval = half_width(n_songs).and_then(|half_width| interval(value, se, half_width));
    Some(Estimate { value: finite(value)?, interval })
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(values: &[(u32, f64)]) -> SongValues {
        SongValues::of(values.iter().map(|&(song_idx, value)| (song_idx, Some(value))))
    }

    #[test]
    fn without_a_song_there_is_no_number() {
        let found = mean_over_songs(&SongValues::default());
        assert_eq!(found, MeanOverSongs::default());
        assert_eq!(verdict(found.n_songs, found.interval), Verdict::Undetermined);
        assert!(influences(&SongValues::default()).is_empty());
    }

    #[test]
    fn one_song_has_a_mean_and_no_interval() {
        let values = of(&[(3, 0.25), (3, 0.75)]);
        let found = mean_over_songs(&values);
        assert_eq!((found.n_songs, found.n_pairs, found.mean), (1, 2, Some(0.5)));
        assert_eq!((found.interval, found.p_value, found.songs_needed), (None, None, None));
        assert!(influences(&values).is_empty());
    }

    #[test]
    fn equal_songs_have_an_interval_of_width_0() {
        let equal = |n| of(&(0..n).map(|song| (song, 0.5)).collect::<Vec<_>>());
        let found = mean_over_songs(&equal(10));
        assert_eq!(found.interval, Some(Interval { se: 0.0, low: 0.5, high: 0.5 }));
        assert_eq!(
            (verdict(found.n_songs, found.interval), found.songs_needed),
            (Verdict::Agree, Some(2))
        );
        let p_value = found.p_value.unwrap();
        assert_eq!((p_value.p, p_value.test), (2.0 / 1024.0, MeanTest::SignFlip));
        let many = mean_over_songs(&equal(41)).p_value.unwrap();
        assert_eq!((many.p, many.test), (0.0, MeanTest::T));
        let zeros = of(&(0..41).map(|song| (song, 0.0)).collect::<Vec<_>>());
        assert_eq!(mean_over_songs(&zeros).p_value.unwrap().p, 1.0);
    }

    #[test]
    fn nine_songs_are_too_few_for_a_verdict() {
        let songs = |n| of(&(0..n).map(|song| (song, 0.5)).collect::<Vec<_>>());
        let verdict_of = |values: &SongValues| {
            let mean = mean_over_songs(values);
            verdict(mean.n_songs, mean.interval)
        };
        assert_eq!(verdict_of(&songs(9)), Verdict::Undetermined);
        assert_eq!(verdict_of(&songs(10)), Verdict::Agree);
        let low: Vec<_> = (0..10).map(|song| (song, 0.001 * f64::from(song))).collect();
        assert_eq!(verdict_of(&of(&low)), Verdict::NoAgreement);
    }

    #[test]
    fn what_is_no_number_is_missing() {
        let some = [Some(0.5), None, Some(f64::NAN), Some(f64::INFINITY), Some(0.25)];
        let values = SongValues::of((0..5).zip(some));
        assert_eq!((values.n_songs(), mean_over_songs(&values).mean), (2, Some(0.375)));
    }

    #[test]
    fn the_song_that_carries_the_mean_comes_first() {
        let values = of(&[(0, 0.1), (1, 0.9), (1, 1.1), (2, 0.2)]);
        let all = influences(&values);
        assert_eq!(all.iter().map(|song| song.song_idx).collect::<Vec<_>>(), [1, 0, 2]);
        let without = mean_over_songs(&of(&[(0, 0.1), (2, 0.2)])).mean.unwrap();
        let mean = mean_over_songs(&values).mean.unwrap();
        assert!((all[0].change - (mean - without)).abs() < 1e-15);
        assert_eq!((all[0].n_pairs, all[0].value), (2, 1.0));
    }

    proptest! {
        #[test]
        fn every_number_is_finite_and_the_order_of_pairs_changes_nothing(
            pairs in prop::collection::vec((0..60_u32, prop::num::f64::ANY), 0..120),
        ) {
            let some = |&(song, value): &(u32, f64)| (song, Some(value));
            let values = SongValues::of(pairs.iter().map(some));
            let found = mean_over_songs(&values);
            let mut numbers: Vec<f64> = [found.mean, found.pair_mean].into_iter().flatten().collect();
            for interval in [found.interval, found.pair_interval].into_iter().flatten() {
                numbers.extend([interval.se, interval.low, interval.high]);
            }
            numbers.extend(found.p_value.map(|p_value| p_value.p));
            numbers.extend(influences(&values).iter().flat_map(|song| [song.value, song.change]));
            prop_assert!(numbers.iter().all(|number| number.is_finite()), "{found:?}");
            prop_assert!(found.p_value.is_none_or(|p_value| (0.0..=1.0).contains(&p_value.p)));
            // Songs keep the order of their own pairs.
            let mut sorted = pairs.clone();
            sorted.sort_by_key(|&(song, _)| std::cmp::Reverse(song));
            prop_assert_eq!(mean_over_songs(&SongValues::of(sorted.iter().map(some))), found);
        }

        #[test]
        fn the_influence_is_the_mean_less_that_without_the_song(
            pairs in prop::collection::vec((0..12_u32, -1.0..1.0_f64), 2..40),
        ) {
            let values = of(&pairs);
            let mean = mean_over_songs(&values).mean.unwrap();
            for song in influences(&values) {
                let rest: Vec<_> =
                    pairs.iter().copied().filter(|pair| pair.0 != song.song_idx).collect();
                let without = mean_over_songs(&of(&rest)).mean.unwrap();
                prop_assert!((song.change - (mean - without)).abs() < 1e-12);
            }
        }
    }
}

//! One dimension: the difference over songs, how it stands to the spread of all pairs, and its
//! verdict.

use carto_evidence::{SongValues, mean_over_songs, untested_mean};
use carto_types::{
    DifferenceVerdict, DimensionDifference, DimensionGroup, Estimate, FEWEST_SONGS, Interval,
    MOST_Q, MeanOverSongs, SongSigns, WhyUndetermined,
};

use crate::compared::Pair;
use crate::dimensions::{is_difficulty, value_of};

/// The mapper's value less that of the other; `None` where a map has none.
pub(crate) fn difference_of(pair: &Pair<'_>, dimension_idx: usize) -> Option<f64> {
    Some(value_of(pair.own, dimension_idx)? - value_of(pair.other, dimension_idx)?)
}

/// What all pairs of a run say of one dimension.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Background {
    /// The root of the mean over songs of the mean square of the song's differences; `None` where
    /// no pair differs.
    spread: Option<f64>,
    /// How much the value changes with a star: least squares through 0, each song counting once,
    /// since of two maps either could be first. 0 where all pairs have equal stars.
    per_star: f64,
}

impl Background {
    /// - `all`: the pairs of like stars of the whole run
    fn of(all: &[Pair<'_>], dimension_idx: usize) -> Self {
        let mean_over_songs = |value: &dyn Fn(f64, f64) -> f64| {
            let of_pair = |pair: &Pair<'_>| {
                let known = difference_of(pair, dimension_idx).zip(pair.stars());
                (pair.song.song_idx, known.map(|(difference, stars)| value(difference, stars)))
            };
            let means = SongValues::of(all.iter().map(of_pair)).song_means();
            means.iter().sum::<f64>() / means.len().max(1) as f64
        };
        let square = mean_over_songs(&|difference, _| difference * difference);
        let stars_square = mean_over_songs(&|_, stars| stars * stars);
        let product = mean_over_songs(&|difference, stars| difference * stars);
        let is_there = |value: f64| value.is_finite() && value > 0.0;
        Self {
            spread: Some(square.sqrt()).filter(|&spread| is_there(spread)),
            per_star: if is_there(stars_square) { product / stars_square } else { 0.0 },
        }
    }
}

/// The difference of a mapper in one dimension, still without the correction for the number of
/// dimensions and without verdict.
///
/// - `pairs`: of the mapper, of like stars
/// - `all`: of the whole run, of like stars
pub(crate) fn difference(
    (group, name): (DimensionGroup, &str),
    dimension_idx: usize,
    pairs: &[Pair<'_>],
    all: &[Pair<'_>],
) -> DimensionDifference {
    let background = Background::of(all, dimension_idx);
    let values = |at_equal_stars: bool| {
        let of_pair = |pair: &Pair<'_>| {
            let explained = if at_equal_stars { background.per_star } else { 0.0 };
            let known = difference_of(pair, dimension_idx).zip(pair.stars());
            let value = known.map(|(difference, stars)| difference - explained * stars);
            (pair.song.song_idx, value)
        };
        SongValues::of(pairs.iter().map(of_pair))
    };
    let as_it_is = values(false);
    let signs = signs(&as_it_is.song_means());
    // What never differs has nothing to be tested.
    let differs = signs.n_above + signs.n_below > 0;
    let difference = if differs { mean_over_songs(&as_it_is) } else { untested_mean(&as_it_is) };
    let at_equal_stars = (!is_difficulty(name)).then(|| untested_mean(&values(true)));
    DimensionDifference {
        group,
        name: name.to_owned(),
        signs,
        q_value: None,
        at_equal_stars: at_equal_stars.and_then(|mean| estimate(&mean, 1.0)),
        spread: background.spread,
        standardised: background.spread.and_then(|spread| estimate(&difference, spread)),
        difference,
        verdict: DifferenceVerdict::default(),
        why_undetermined: None,
    }
}

/// The mean with its interval, in so many units.
fn estimate(mean: &MeanOverSongs, unit: f64) -> Option<Estimate> {
    let divided =
        |it: Interval| Interval { se: it.se / unit, low: it.low / unit, high: it.high / unit };
    Some(Estimate { value: mean.mean? / unit, interval: mean.interval.map(divided) })
}

fn signs(song_means: &[f64]) -> SongSigns {
    let count = |is_in: fn(f64) -> bool| song_means.iter().filter(|&&mean| is_in(mean)).count();
    SongSigns {
        n_above: count(|mean| mean > 0.0) as u32,
        n_below: count(|mean| mean < 0.0) as u32,
        n_equal: count(|mean| mean == 0.0) as u32,
    }
}

/// Gives a difference its verdict; its p-value has been corrected.
///
/// A direction needs ten songs, an interval on one side of 0, a corrected p-value of at most
/// [`MOST_Q`], and the interval at equal stars on the same side.
pub(crate) fn judge(found: &mut DimensionDifference) {
    let judged = verdict(found);
    found.verdict = judged.unwrap_or_default();
    found.why_undetermined = judged.err();
}

fn verdict(found: &DimensionDifference) -> Result<DifferenceVerdict, WhyUndetermined> {
    if found.difference.n_songs < FEWEST_SONGS {
        return Err(WhyUndetermined::FewSongs);
    }
    if found.signs.n_above + found.signs.n_below == 0 {
        return Err(WhyUndetermined::NoDifference);
    }
    let side = side(found.difference.interval).ok_or(WhyUndetermined::HoldsZero)?;
    if found.q_value.is_none_or(|q| q > MOST_Q) {
        return Err(WhyUndetermined::OneOfMany);
    }
    let at_equal_stars = found.at_equal_stars.map(|estimate| estimate.interval);
    if at_equal_stars.is_some_and(|interval| self::side(interval) != Some(side)) {
        return Err(WhyUndetermined::Stars);
    }
    Ok(side)
}

/// On which side of 0 an interval lies; `None` where it holds 0.
fn side(interval: Option<Interval>) -> Option<DifferenceVerdict> {
    match interval? {
        interval if interval.low > 0.0 => Some(DifferenceVerdict::Higher),
        interval if interval.high < 0.0 => Some(DifferenceVerdict::Lower),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(n_songs: u32, low: f64, high: f64) -> DimensionDifference {
        let interval = Some(Interval { se: 0.1, low, high });
        let mean = Some((low + high) / 2.0);
        DimensionDifference {
            group: DimensionGroup::Channel,
            name: "ONSET".to_owned(),
            difference: MeanOverSongs { n_songs, mean, interval, ..MeanOverSongs::default() },
            signs: SongSigns { n_above: n_songs, n_below: 0, n_equal: 0 },
            q_value: Some(0.01),
            at_equal_stars: Some(Estimate { value: 0.0, interval }),
            spread: Some(1.0),
            standardised: None,
            verdict: DifferenceVerdict::default(),
            why_undetermined: None,
        }
    }

    #[test]
    fn each_condition_of_a_verdict_is_needed() {
        let sure = found(10, 0.1, 0.3);
        assert_eq!(verdict(&sure), Ok(DifferenceVerdict::Higher));
        assert_eq!(verdict(&found(10, -0.3, -0.1)), Ok(DifferenceVerdict::Lower));
        assert_eq!(verdict(&found(9, 0.1, 0.3)), Err(WhyUndetermined::FewSongs));
        assert_eq!(verdict(&found(10, 0.0, 0.3)), Err(WhyUndetermined::HoldsZero));
        let equal = DimensionDifference {
            signs: SongSigns { n_equal: 10, ..SongSigns::default() },
            ..sure.clone()
        };
        assert_eq!(verdict(&equal), Err(WhyUndetermined::NoDifference));
        for q_value in [None, Some(0.051)] {
            let one_of_many = DimensionDifference { q_value, ..sure.clone() };
            assert_eq!(verdict(&one_of_many), Err(WhyUndetermined::OneOfMany));
        }
        for (low, high) in [(-0.1, 0.1), (-0.3, -0.1)] {
            let at_equal_stars = found(10, low, high).at_equal_stars;
            let explained = DimensionDifference { at_equal_stars, ..sure.clone() };
            assert_eq!(verdict(&explained), Err(WhyUndetermined::Stars));
        }
        let difficulty = DimensionDifference { at_equal_stars: None, ..sure };
        assert_eq!(verdict(&difficulty), Ok(DifferenceVerdict::Higher));
    }
}

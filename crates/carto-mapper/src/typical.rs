//! What is typical of a mapper: the dimensions that set them apart most, with examples.

use carto_types::{
    DifferenceExample, DifferenceVerdict, DimensionDifference, ExampleMap, MapValues,
    TypicalDimension,
};

use crate::compared::Pair;
use crate::difference::difference_of;
use crate::dimensions::{can_be_typical, value_of};

/// The most dimensions that are named.
const MOST_TYPICAL: usize = 8;

/// The most examples of a dimension.
const MOST_EXAMPLES: usize = 3;

/// The dimensions with a direction, the greatest standardised difference first; the star rating and
/// tags, which are the set's, are left out.
///
/// - `dimensions`: with their verdicts
/// - `pairs`: those that the differences are from
pub(crate) fn typical(
    dimensions: &[DimensionDifference],
    pairs: &[Pair<'_>],
) -> Vec<TypicalDimension> {
    let size = |idx: usize| {
        dimensions.get(idx).and_then(|it| it.standardised).map_or(0.0, |it| it.value.abs())
    };
    let is_in = |(_, dimension): &(usize, &DimensionDifference)| {
        dimension.verdict != DifferenceVerdict::Undetermined && can_be_typical(&dimension.name)
    };
    let mut found: Vec<(usize, &DimensionDifference)> =
        dimensions.iter().enumerate().filter(is_in).collect();
    found.sort_by(|a, b| size(b.0).total_cmp(&size(a.0)));
    found.truncate(MOST_TYPICAL);
    found
        .into_iter()
        .map(|(idx, dimension)| TypicalDimension {
            dimension_idx: idx as u32,
            examples: examples(idx, dimension.verdict, pairs),
        })
        .collect()
}

/// Of each song the pair that shows a direction most, the greatest difference first.
fn examples(
    dimension_idx: usize,
    direction: DifferenceVerdict,
    pairs: &[Pair<'_>],
) -> Vec<DifferenceExample> {
    let sign = if direction == DifferenceVerdict::Lower { -1.0 } else { 1.0 };
    let shown = |pair: &Pair<'_>| {
        let difference = difference_of(pair, dimension_idx)?;
        (sign * difference > 0.0).then(|| example(pair, dimension_idx, difference)).flatten()
    };
    let mut all: Vec<DifferenceExample> = pairs.iter().filter_map(shown).collect();
    all.sort_by(|a, b| (sign * b.difference).total_cmp(&(sign * a.difference)));
    let mut one_a_song: Vec<DifferenceExample> = Vec::new();
    for example in all {
        if !one_a_song.iter().any(|other| other.song_idx == example.song_idx) {
            one_a_song.push(example);
        }
    }
    one_a_song.truncate(MOST_EXAMPLES);
    one_a_song
}

fn example(pair: &Pair<'_>, dimension_idx: usize, difference: f64) -> Option<DifferenceExample> {
    let map = |map: &MapValues| {
        Some(ExampleMap {
            map_idx: map.map_idx,
            mapper: map.mapper.clone(),
            version: map.version.clone(),
            star_rating: map.star_rating,
            value: value_of(map, dimension_idx)?,
        })
    };
    Some(DifferenceExample {
        song_idx: pair.song.song_idx,
        title: pair.song.title.clone(),
        artist: pair.song.artist.clone(),
        own: map(pair.own)?,
        other: map(pair.other)?,
        difference,
        moments_ms: Vec::new(),
    })
}

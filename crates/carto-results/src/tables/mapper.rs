//! The fingerprint of a mapper: each dimension, and what is typical with its examples.

use carto_types::csv::{Cell, Csv};
use carto_types::{DifferenceExample, DimensionDifference, MapperFingerprint};

use super::cells::{estimate_cells, interval_cells};

/// One row a dimension; intervals are of 95 %, over songs.
pub(crate) fn dimensions(found: &MapperFingerprint) -> String {
    let heads = ["group", "dimension", "n_songs", "n_pairs", "difference", "se", "low", "high"];
    let tests = ["p", "p_test", "q", "verdict", "why_undetermined"];
    let signs = ["songs_above", "songs_below", "songs_equal"];
    let standardised = ["spread", "standardised", "standardised_low", "standardised_high"];
    let stars = ["at_equal_stars", "at_equal_stars_low", "at_equal_stars_high"];
    let heads = heads.into_iter().chain(tests).chain(signs).chain(standardised).chain(stars);
    let mut csv = Csv::new(heads);
    for dimension in &found.dimensions {
        csv.row(dimension_cells(dimension));
    }
    csv.into_text()
}

fn dimension_cells(found: &DimensionDifference) -> Vec<Cell<'_>> {
    let mean = &found.difference;
    let mut cells = vec![
        Cell::Text(found.group.name()),
        Cell::Text(&found.name),
        Cell::Count(mean.n_songs),
        Cell::Count(mean.n_pairs),
        Cell::from(mean.mean),
    ];
    cells.extend(interval_cells(mean.interval));
    cells.push(Cell::from(mean.p_value.map(|p_value| p_value.p)));
    cells.push(mean.p_value.map_or(Cell::Empty, |p_value| Cell::Text(p_value.test.name())));
    cells.push(Cell::from(found.q_value));
    cells.push(Cell::Text(found.verdict.name()));
    cells.push(found.why_undetermined.map_or(Cell::Empty, |why| Cell::Text(why.name())));
    let signs = found.signs;
    cells.extend([signs.n_above, signs.n_below, signs.n_equal].map(Cell::Count));
    cells.push(Cell::from(found.spread));
    cells.extend(estimate_cells(found.standardised));
    cells.extend(estimate_cells(found.at_equal_stars));
    cells
}

/// One row an example: dimensions in the order in which they set the mapper apart, and of each the
/// examples. Moments are ms on the time line of the mapper's map, with `;` between.
pub(crate) fn typical(found: &MapperFingerprint) -> String {
    let heads = ["rank", "group", "dimension", "verdict", "standardised", "title", "artist"];
    let own = ["difficulty", "stars", "value"];
    let other = ["other_mapper", "other_difficulty", "other_stars", "other_value"];
    let last = ["difference", "moments_ms"];
    let mut csv = Csv::new(heads.into_iter().chain(own).chain(other).chain(last));
    for (rank, (dimension, examples)) in (1..).zip(found.typical()) {
        for example in examples {
            let moments = moments_text(example);
            csv.row(example_cells(rank, dimension, example, &moments));
        }
    }
    csv.into_text()
}

fn moments_text(example: &DifferenceExample) -> String {
    let texts: Vec<String> =
        example.moments_ms.iter().map(|moment_ms| format!("{moment_ms:?}")).collect();
    texts.join(";")
}

/// - `moments`: those of the example, written out
fn example_cells<'a>(
    rank: u32,
    dimension: &'a DimensionDifference,
    example: &'a DifferenceExample,
    moments: &'a str,
) -> [Cell<'a>; 16] {
    let (own, other) = (&example.own, &example.other);
    [
        Cell::Count(rank),
        Cell::Text(dimension.group.name()),
        Cell::Text(&dimension.name),
        Cell::Text(dimension.verdict.name()),
        Cell::from(dimension.standardised.map(|it| it.value)),
        Cell::Text(&example.title),
        Cell::Text(&example.artist),
        Cell::Text(&own.version),
        Cell::from(own.star_rating),
        Cell::Number(own.value),
        Cell::Text(&other.mapper),
        Cell::Text(&other.version),
        Cell::from(other.star_rating),
        Cell::Number(other.value),
        Cell::Number(example.difference),
        Cell::Written(moments),
    ]
}

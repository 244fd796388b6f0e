//! Queries that lead to other places of the page.

use carto_types::{DifferenceExample, ExampleMap, song_name};
use carto_ui::{encoded, query_of};

/// The list of all mappers, where `mapper` is empty; else one of them.
///
/// - `against`: the other of a head-to-head; empty for nobody
pub(crate) fn mapper_query(mapper: &str, against: &str) -> String {
    query_of(&[("view", "mapper"), ("mapper", mapper), ("against", against)])
}

/// The song of an example, with the mapper's map as A and the other as B.
///
/// - `at_ms`: the moment that it opens at, ms on the time line of A
pub(crate) fn song_query(example: &DifferenceExample, at_ms: Option<f64>) -> String {
    let song = song_name(&example.title, &example.artist);
    let song = query_of(&[("view", "song"), ("song", &song)]);
    let map = |map: &ExampleMap| format!("{}/{}", encoded(&map.mapper), encoded(&map.version));
    let at = at_ms.map_or_else(String::new, |at_ms| format!("&at={at_ms:.0}"));
    // Between mapper and difficulty stands a bare `/`, as that view writes it.
    format!("{song}&a={}&b={}{at}", map(&example.own), map(&example.other))
}

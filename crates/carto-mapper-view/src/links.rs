//! Queries that lead to other places of the page.

use carto_types::{DifferenceExample, ExampleMap, song_name};
use js_sys::encode_uri_component;

/// The list of all mappers, where `mapper` is empty; else one of them.
///
/// - `against`: the other of a head-to-head; empty for nobody
pub(crate) fn mapper_query(mapper: &str, against: &str) -> String {
    let part = |key: &str, name: &str| match name.is_empty() {
        true => String::new(),
        false => format!("&{key}={}", encode_uri_component(name)),
    };
    format!("view=mapper{}{}", part("mapper", mapper), part("against", against))
}

/// The song of an example, with the mapper's map as A and the other as B.
///
/// - `at_ms`: the moment that it opens at, ms on the time line of A
pub(crate) fn song_query(example: &DifferenceExample, at_ms: Option<f64>) -> String {
    let song = encode_uri_component(&song_name(&example.title, &example.artist));
    let map = |map: &ExampleMap| {
        format!("{}/{}", encode_uri_component(&map.mapper), encode_uri_component(&map.version))
    };
    let at = at_ms.map_or_else(String::new, |at_ms| format!("&at={at_ms:.0}"));
    format!("view=song&song={song}&a={}&b={}{at}", map(&example.own), map(&example.other))
}

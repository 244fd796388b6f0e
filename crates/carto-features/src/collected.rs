//! A map that was read and classified, as a file of collections names it.

use carto_types::{CollectedMap, LabelRule, ReadMap};

use crate::columns::column_index;

/// A map with the labels that a rule gives it; `None` for one without a label, and for
/// one that cannot be read, which the game cannot play either.
///
/// - `probabilities`: `[n_labels]`; empty where the map is not classified
/// - `plain`: `[n_columns]` features without mods, for the star rating; `None` where the
///   map was read with mods alone
#[must_use]
pub fn collected_map(
    map: &ReadMap,
    probabilities: &[f64],
    rule: LabelRule,
    plain: Option<&[Option<f64>]>,
) -> Option<CollectedMap> {
    let labels: Vec<u32> =
        rule.labels_of(probabilities).into_iter().map(|label| label as u32).collect();
    let (texts, md5) = (map.facts.clone()?, map.md5.first()?.clone());
    let stars = column_index("star_rating");
    let star_rating = stars.and_then(|place| plain?.get(place).copied().flatten());
    (!labels.is_empty()).then_some(CollectedMap { md5, texts, star_rating, labels })
}

#[cfg(test)]
mod tests {
    use carto_types::MapTexts;

    use super::*;
    use crate::COLUMNS;

    #[test]
    fn a_map_is_named_by_the_sum_of_its_bytes() {
        let texts = MapTexts { title: "Tide".to_owned(), ..MapTexts::default() };
        let mut numbers = vec![None; COLUMNS.len()];
        numbers[column_index("star_rating").unwrap_or_default()] = Some(5.25);
        let map = ReadMap {
            path: "a.osu".to_owned(),
            facts: Some(texts.clone()),
            md5: vec!["0a".to_owned(), "of its bytes with other line ends".to_owned()],
            numbers: vec![numbers.clone()],
            overlap_share: 0.0,
        };
        let rule = LabelRule::Above(0.25);
        let expected =
            CollectedMap { md5: "0a".to_owned(), texts, star_rating: Some(5.25), labels: vec![1] };
        assert_eq!(collected_map(&map, &[0.2, 0.8], rule, Some(&numbers)), Some(expected));
        let with_mods = collected_map(&map, &[0.2, 0.8], rule, None);
        assert_eq!(with_mods.and_then(|map| map.star_rating), None);
        assert_eq!(collected_map(&map, &[0.2, 0.2], rule, None), None, "it has no label");
        let unreadable = ReadMap { facts: None, ..map };
        assert_eq!(collected_map(&unreadable, &[0.2, 0.8], rule, None), None);
    }
}

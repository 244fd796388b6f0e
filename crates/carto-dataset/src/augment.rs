//! Rows with mods for a training part.

use std::collections::BTreeMap;

use carto_features::Mods;

use crate::table::Row;

/// What tells of a mod whether a map belongs to its label: double time changes
/// how fast a map is, hard rock how small and how short objects are shown.
const YARDSTICKS: [(Mods, &[&str]); 2] = [
    (Mods::DoubleTime, &["bpm", "notes_per_second", "mean_velocity"]),
    (Mods::HardRock, &["cs", "ar"]),
];

/// A label with fewer maps has no quartiles that say anything.
const MIN_ROWS: usize = 8;

/// Rows to add to a training part: maps that fit their label only with a mod.
///
/// A collection of fast maps also holds slow ones that people play with double
/// time. Such a map is told by its label: with the first and third quartiles of
/// each yardstick among the label's rows, the map as it is lies outside of them
/// in one yardstick of a mod or more, and with the mod inside of them in all.
/// Yardsticks are tempo, objects a second and mean velocity for double time,
/// circle size and approach rate for hard rock. A map may give a row for each
/// mod; labels of fewer than eight rows give none.
///
/// Only ever call it with rows of a training part, after the split: quartiles
/// of rows that are held out would leak into it.
///
/// Returns the rows to add, in the order of `rows`, without star rating and
/// longest combo: those need the map itself.
///
/// # Source
///
/// The published training set (kiAI) has rows with mods "where a map's features
/// lie outside what its label suggests"; the rule itself is ours.
#[must_use]
pub fn rows_with_mods(rows: &[Row]) -> Vec<Row> {
    let quartiles: Vec<_> = YARDSTICKS.iter().map(|(_, names)| by_label(rows, names)).collect();
    let mut added = Vec::new();
    for row in rows {
        for ((mods, names), quartiles) in YARDSTICKS.iter().zip(&quartiles) {
            let Some(quartiles) = quartiles.get(row.label.as_str()) else { continue };
            let Some(played) = row.played_with(*mods) else { continue };
            if n_inside(row, names, quartiles) < names.len()
                && n_inside(&played, names, quartiles) == names.len()
            {
                added.push(played);
            }
        }
    }
    added
}

/// First and third quartile.
type Range = (f64, f64);

/// In how many yardsticks a row lies between the quartiles; an empty cell does not.
fn n_inside(row: &Row, names: &[&str], quartiles: &[Range]) -> usize {
    let is_inside = |(name, (low, high)): (&&str, &Range)| {
        row.number(name).is_some_and(|value| (*low..=*high).contains(&value))
    };
    names.iter().zip(quartiles).filter(|pair| is_inside(*pair)).count()
}

/// Of each label with enough rows, the quartiles of each yardstick.
fn by_label<'a>(rows: &'a [Row], names: &[&str]) -> BTreeMap<&'a str, Vec<Range>> {
    let mut of_label: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    let plain = rows.iter().filter(|row| row.mods == Mods::None);
    plain.for_each(|row| of_label.entry(&row.label).or_default().push(row));
    let ranges = |(label, rows): (&'a str, Vec<&Row>)| {
        let of = |name: &&str| range(rows.iter().filter_map(|row| row.number(name)).collect());
        let ranges: Option<Vec<_>> = names.iter().map(of).collect();
        ranges.map(|ranges| (label, ranges))
    };
    of_label.into_iter().filter_map(ranges).collect()
}

/// `None` of too few values.
fn range(mut values: Vec<f64>) -> Option<Range> {
    values.sort_by(f64::total_cmp);
    (values.len() >= MIN_ROWS).then(|| (quantile(&values, 0.25), quantile(&values, 0.75)))
}

/// Between the two nearest of the sorted values, in proportion (Hyndman and Fan's
/// seventh definition, that of NumPy).
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
    below + (above - below) * place.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A map of that tempo, whose other yardsticks go with it.
    fn row(bpm: f64) -> Row {
        let mut row = Row::new("speed");
        for (name, value) in [
            ("bpm", bpm),
            ("notes_per_second", bpm / 20.0),
            ("mean_velocity", bpm / 200.0),
            ("total_notes", 100.0),
            ("cs", 4.0),
            ("ar", 9.0),
            ("star_rating", 5.0),
        ] {
            row.set(name, Some(value));
        }
        row
    }

    #[test]
    fn quartiles_are_those_of_numpy() {
        let sorted = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0];
        assert_eq!((quantile(&sorted, 0.25), quantile(&sorted, 0.75)), (2.5, 14.0));
        assert_eq!(quantile(&[3.0], 0.75), 3.0);
    }

    #[test]
    fn a_slow_map_among_fast_ones_is_one_that_is_played_faster() {
        // Quartiles of the tempo are 203.75 and 244.5; with double time 130 is
        // 195, 150 is 225, 200 is 300.
        let tempos = [130.0, 150.0, 200.0, 215.0, 220.0, 230.0, 240.0, 246.0, 258.0, 270.0];
        let rows: Vec<_> = tempos.map(row).into();
        let added = rows_with_mods(&rows);
        assert_eq!(added.len(), 1, "{added:?}");
        assert_eq!((added[0].mods, added[0].number("bpm")), (Mods::DoubleTime, Some(225.0)));
        assert_eq!(added[0].number("star_rating"), None);
        assert!(rows_with_mods(&rows[..7]).is_empty(), "too few for quartiles");
        assert_eq!(rows_with_mods(&[rows, added].concat()).len(), 1, "added rows do not count");
    }

    #[test]
    fn large_circles_among_small_ones_are_played_smaller() {
        let small = |cs: f64| {
            let mut row = row(200.0);
            row.set("cs", Some(cs));
            row.set("ar", Some(10.0));
            row
        };
        let rows: Vec<_> = [4.0, 5.0, 5.1, 5.2, 5.3, 5.4, 5.5, 5.6, 6.0].map(small).into();
        let added = rows_with_mods(&rows);
        assert_eq!(added.len(), 1);
        assert_eq!((added[0].mods, added[0].number("cs")), (Mods::HardRock, Some(5.2)));
    }
}

//! Rows parted by song: no song stands on both sides.

use carto_random::{Parts, held_out};

use crate::table::Row;

/// What two maps of one song share: title and artist in lower case, blanks
/// around them removed.
///
/// `None` where neither is known: such a row is a song of its own, which no
/// other row can leak into.
#[must_use]
pub fn song_key(row: &Row) -> Option<String> {
    let is_known = [&row.title, &row.artist].iter().any(|text| !text.trim().is_empty());
    is_known.then(|| carto_types::song_key(&row.title, &row.artist))
}

/// Parts the rows by song, with about the same share of each label held out, by the
/// rule of [`carto_random::held_out`].
///
/// - `share`: of the rows, `[0, 1]`
#[must_use]
pub fn split_by_song(rows: &[Row], share: f64, seed: u64) -> Parts {
    held_out(&song_keys(rows), &labels(rows), share, seed)
}

/// What the songs of rows are told apart by: [`song_key`], and for a row of no known
/// song a key that no other map has.
#[must_use]
pub fn song_keys(rows: &[Row]) -> Vec<String> {
    let key = |(idx, row)| song_key(row).unwrap_or_else(|| own_key(row, idx));
    rows.iter().enumerate().map(key).collect()
}

fn labels(rows: &[Row]) -> Vec<&str> {
    rows.iter().map(|row| row.label.as_str()).collect()
}

/// A key for a row of no known song, by what names the map. No song's own key
/// begins with two tabs.
fn own_key(row: &Row, idx: usize) -> String {
    match (row.id, row.md5) {
        (Some(id), _) => format!("\t\tid {id}"),
        (None, Some(md5)) => format!("\t\tmd5 {md5}"),
        (None, None) => format!("\t\trow {idx}"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use carto_random::folds;
    use proptest::prelude::*;

    use super::*;

    /// How many of these rows each label has.
    fn per_label<'a>(rows: &'a [Row], indices: &[usize]) -> BTreeMap<&'a str, usize> {
        let mut n_rows = BTreeMap::new();
        indices.iter().for_each(|&idx| *n_rows.entry(rows[idx].label.as_str()).or_default() += 1);
        n_rows
    }

    fn row(title: &str, artist: &str) -> Row {
        Row { title: title.to_owned(), artist: artist.to_owned(), ..Row::new("jump") }
    }

    fn rows() -> impl Strategy<Value = Vec<Row>> {
        let row = |(song, label): (u8, u8)| Row {
            label: label.to_string(),
            ..row(&song.to_string(), "a")
        };
        prop::collection::vec((0..30_u8, 0..4_u8).prop_map(row), 0..120)
    }

    #[test]
    fn the_case_of_a_title_makes_no_other_song() {
        assert_eq!(song_key(&row("HONESTY ", "X")), song_key(&row("honesty", "x")));
        assert_ne!(song_key(&row("a", "b")), song_key(&row("ab", "")));
        assert_eq!(song_key(&row("", " ")), None);
    }

    #[test]
    fn the_seed_decides_and_nothing_else() {
        let rows: Vec<_> = (0..100).map(|song| row(&song.to_string(), "a")).collect();
        let split = split_by_song(&rows, 0.2, 7);
        assert_eq!((split.training.len(), split.held_out.len()), (80, 20));
        assert_eq!(split_by_song(&rows, 0.2, 7), split);
        assert_ne!(split_by_song(&rows, 0.2, 8), split);
        // Computed by a second program; stored figures rely on it.
        assert_eq!(split.held_out[..5], [8, 16, 19, 22, 40]);
    }

    #[test]
    fn two_songs_are_always_parted() {
        let rows = [row("a", ""), row("a", ""), row("b", "")];
        assert_eq!(split_by_song(&rows, 0.2, 1).held_out, [2]);
        assert!(split_by_song(&rows[..2], 0.2, 1).held_out.is_empty());
        assert!(split_by_song(&rows, 0.0, 1).held_out.is_empty());
    }

    #[test]
    fn rows_of_no_song_are_apart() {
        let named = |id| Row { id: Some(id), ..row("", "") };
        let rows = [named(1), named(2), named(1), row("", ""), row("", "")];
        assert_eq!(
            folds(&song_keys(&rows), &labels(&rows), 5, 3).iter().collect::<BTreeSet<_>>().len(),
            4
        );
    }

    proptest! {
        #[test]
        fn every_row_is_on_one_side_with_its_song(rows in rows(), share in 0.0..=1.0, seed: u64) {
            let split = split_by_song(&rows, share, seed);
            let mut both = [split.training.clone(), split.held_out.clone()].concat();
            both.sort_unstable();
            prop_assert_eq!(both, (0..rows.len()).collect::<Vec<_>>());
            let songs = |side: &[usize]| -> BTreeSet<_> {
                side.iter().map(|&idx| song_key(&rows[idx])).collect()
            };
            prop_assert!(songs(&split.training).is_disjoint(&songs(&split.held_out)));
        }

        #[test]
        fn no_label_has_more_held_out_than_its_share(rows in rows(), share in 0.0..=1.0, seed: u64) {
            let split = split_by_song(&rows, share, seed);
            let all: Vec<_> = (0..rows.len()).collect();
            let of_all = per_label(&rows, &all);
            if split.held_out.iter().map(|&idx| song_key(&rows[idx])).collect::<BTreeSet<_>>().len() > 1 {
                for (label, n_rows) in per_label(&rows, &split.held_out) {
                    prop_assert!(n_rows as f64 <= of_all[label] as f64 * share + 0.5);
                }
            }
        }

        #[test]
        fn folds_keep_songs(rows in rows(), n in 1..6_usize, seed: u64) {
            let mut fold_of = BTreeMap::new();
            for (row, fold) in rows.iter().zip(folds(&song_keys(&rows), &labels(&rows), n, seed)) {
                prop_assert!(fold < n);
                prop_assert_eq!(*fold_of.entry(song_key(row)).or_insert(fold), fold);
            }
        }
    }
}

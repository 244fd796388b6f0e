//! Rows parted by song: no song stands on both sides.

use std::collections::BTreeMap;

use crate::Row;

/// Indices of rows on either side, ascending.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Split {
    /// What a model may learn from.
    pub train: Vec<usize>,
    /// What it is measured on.
    pub held_out: Vec<usize>,
}

/// What two maps of one song share: title and artist in lower case, blanks
/// around them removed.
///
/// `None` where neither is known: such a row is a song of its own, which no
/// other row can leak into.
#[must_use]
pub fn song_key(row: &Row) -> Option<String> {
    let text = |text: &str| text.trim().to_lowercase();
    let (title, artist) = (text(&row.title), text(&row.artist));
    // A tab occurs in neither: both stand on one line of the file.
    (!title.is_empty() || !artist.is_empty()).then(|| format!("{title}\t{artist}"))
}

/// Parts the rows by song, with about the same share of each label held out.
///
/// Songs are put in the order of a 64-bit hash of seed and [`song_key`]. In that
/// order a song is held out if its rows fit into what is still to be held out of
/// each of their labels, which is `share` of the label's rows rounded to the
/// nearest. So never more than that is held out, and a song with more maps of a
/// label than that stays in the training part. Where no song fits, though there
/// are two and something is to be held out, the one with the fewest rows is held
/// out, the first in that order.
///
/// - `share`: of the rows, `[0, 1]`
#[must_use]
pub fn split_by_song(rows: &[Row], share: f64, seed: u64) -> Split {
    let songs = songs_in_order(rows, seed);
    let all: Vec<usize> = (0..rows.len()).collect();
    let wanted = |n_rows: usize| (n_rows as f64 * share.clamp(0.0, 1.0)).round() as usize;
    let mut room: BTreeMap<&str, usize> = per_label(rows, &all);
    room.values_mut().for_each(|n_rows| *n_rows = wanted(*n_rows));
    let mut is_held_out = vec![false; songs.len()];
    for (is_held_out, song) in is_held_out.iter_mut().zip(&songs) {
        let of_song = per_label(rows, song);
        *is_held_out = of_song.iter().all(|(label, n_rows)| room[label] >= *n_rows);
        if *is_held_out {
            of_song.iter().for_each(|(label, n_rows)| {
                room.entry(label).and_modify(|room| *room -= n_rows);
            });
        }
    }
    if !is_held_out.contains(&true) && share > 0.0 && songs.len() > 1 {
        let smallest = songs.iter().enumerate().min_by_key(|(_, song)| song.len());
        smallest.into_iter().for_each(|(idx, _)| is_held_out[idx] = true);
    }
    let side = |wanted: bool| {
        let songs = songs.iter().zip(&is_held_out).filter(|(_, is)| **is == wanted);
        let mut rows: Vec<usize> = songs.flat_map(|(song, _)| song.iter().copied()).collect();
        rows.sort_unstable();
        rows
    };
    Split { train: side(false), held_out: side(true) }
}

/// The fold of each row for a cross-validation by song: `[n_rows]`, each in
/// `0..n_folds`.
///
/// Songs in the order of [`split_by_song`], each into the fold that has by then
/// the fewest rows of its labels, of several the one with the fewest rows.
///
/// - `n_folds`: 0 counts as 1
#[must_use]
pub fn fold_by_song(rows: &[Row], n_folds: usize, seed: u64) -> Vec<usize> {
    let mut in_fold: Vec<BTreeMap<&str, usize>> = vec![BTreeMap::new(); n_folds.max(1)];
    let mut folds = vec![0; rows.len()];
    for song in songs_in_order(rows, seed) {
        let of_song = per_label(rows, &song);
        let crowd = |fold: &BTreeMap<&str, usize>| -> (usize, usize) {
            let of_label = |label| fold.get(label).copied().unwrap_or(0);
            (of_song.iter().map(|(label, n)| n * of_label(label)).sum(), fold.values().sum())
        };
        let emptiest = in_fold.iter().enumerate().min_by_key(|(_, fold)| crowd(fold));
        let fold = emptiest.map_or(0, |(fold, _)| fold);
        of_song.iter().for_each(|(label, n)| *in_fold[fold].entry(label).or_default() += n);
        song.into_iter().for_each(|idx| folds[idx] = fold);
    }
    folds
}

/// How many of these rows each label has.
fn per_label<'a>(rows: &'a [Row], indices: &[usize]) -> BTreeMap<&'a str, usize> {
    let mut n_rows = BTreeMap::new();
    indices.iter().for_each(|&idx| *n_rows.entry(rows[idx].label.as_str()).or_default() += 1);
    n_rows
}

/// The rows of each song, ascending; songs in the order of their hashes.
fn songs_in_order(rows: &[Row], seed: u64) -> Vec<Vec<usize>> {
    let mut songs: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (idx, row) in rows.iter().enumerate() {
        let key = song_key(row).unwrap_or_else(|| own_key(row, idx));
        songs.entry(key).or_default().push(idx);
    }
    let mut songs: Vec<_> = songs.into_iter().collect();
    songs.sort_by_cached_key(|(key, _)| hash(key, seed));
    songs.into_iter().map(|(_, rows)| rows).collect()
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

/// FNV-1a over the key's bytes, mixed with the seed by the finalizer of
/// SplitMix64, since FNV alone leaves keys that differ in their end close.
fn hash(key: &str, seed: u64) -> u64 {
    // Offset basis and prime of the 64-bit FNV-1a.
    let fnv = key.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    // Increment and multipliers of SplitMix64.
    let mut mixed = fnv ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

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
        assert_eq!((split.train.len(), split.held_out.len()), (80, 20));
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
        assert_eq!(fold_by_song(&rows, 5, 3).iter().collect::<BTreeSet<_>>().len(), 4);
    }

    proptest! {
        #[test]
        fn every_row_is_on_one_side_with_its_song(rows in rows(), share in 0.0..=1.0, seed: u64) {
            let split = split_by_song(&rows, share, seed);
            let mut both = [split.train.clone(), split.held_out.clone()].concat();
            both.sort_unstable();
            prop_assert_eq!(both, (0..rows.len()).collect::<Vec<_>>());
            let songs = |side: &[usize]| -> BTreeSet<_> {
                side.iter().map(|&idx| song_key(&rows[idx])).collect()
            };
            prop_assert!(songs(&split.train).is_disjoint(&songs(&split.held_out)));
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
            for (row, fold) in rows.iter().zip(fold_by_song(&rows, n, seed)) {
                prop_assert!(fold < n);
                prop_assert_eq!(*fold_of.entry(song_key(row)).or_insert(fold), fold);
            }
        }
    }
}

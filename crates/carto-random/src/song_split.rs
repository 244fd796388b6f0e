//! Maps split by song: no song stands on both sides of a split, or in two folds.
//!
//! The one rule for all that is trained on labelled maps: `carto dataset --split` writes the
//! parts that `carto train classifier` uses.

use std::collections::BTreeMap;

use crate::{GOLDEN_GAMMA, mix};

/// Places of the maps on both sides of a split, ascending: never two maps of one
/// song on both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// Maps to train on.
    pub training: Vec<usize>,
    /// Maps to evaluate on.
    pub held_out: Vec<usize>,
}

/// Holds out songs, with about the same share of each label: a few songs have dozens
/// of maps of one label, and chance alone can leave a label's maps all on one side.
///
/// Songs are put in the order of a hash of seed and key. In that order a song is held
/// out if its maps fit into what is still to be held out of each of their labels,
/// which is `share` of the label's maps rounded to the nearest. So never more than that
/// is held out, and a song with more maps of a label than that is learnt from. Where no
/// song fits, though there are two and something is to be held out, the one with the
/// fewest maps is.
///
/// - `songs`: `[n_rows]`, the key of each map's song
/// - `labels`: `[n_rows]`, the label of each map that counts
/// - `share`: `[0, 1]`
#[must_use]
pub fn held_out<S: AsRef<str>, L: Ord + Copy>(
    songs: &[S],
    labels: &[L],
    share: f64,
    seed: u64,
) -> Parts {
    let order = in_order(songs, labels, seed);
    let mut room: BTreeMap<L, usize> = BTreeMap::new();
    labels.iter().for_each(|&label| *room.entry(label).or_default() += 1);
    room.values_mut().for_each(|n| *n = (*n as f64 * share.clamp(0.0, 1.0)).round() as usize);
    let mut is_held_out = vec![false; order.len()];
    for (is_held_out, song) in is_held_out.iter_mut().zip(&order) {
        let left = |label: &L| room.get(label).copied().unwrap_or(0);
        *is_held_out = song.n_of_label.iter().all(|(label, &n)| left(label) >= n);
        if *is_held_out {
            for (label, n) in &song.n_of_label {
                room.entry(*label).and_modify(|left| *left -= n);
            }
        }
    }
    if !is_held_out.contains(&true) && share > 0.0 && order.len() > 1 {
        let smallest = order.iter().enumerate().min_by_key(|(_, song)| song.rows.len());
        smallest.into_iter().for_each(|(idx, _)| is_held_out[idx] = true);
    }
    let side = |wanted: bool| {
        let songs = order.iter().zip(&is_held_out).filter(|(_, is)| **is == wanted);
        let mut rows: Vec<usize> = songs.flat_map(|(song, _)| song.rows.iter().copied()).collect();
        rows.sort_unstable();
        rows
    };
    Parts { training: side(false), held_out: side(true) }
}

/// Deals songs out to folds: in the order of [`held_out`], each to the fold that has
/// by then the fewest maps of its labels, of several the one with the fewest maps.
///
/// - `songs`, `labels`: as in [`held_out`]
/// - returns: `[n_rows]`, the fold of each map, in `0..n_folds`; 0 folds count as one
#[must_use]
pub fn folds<S: AsRef<str>, L: Ord + Copy>(
    songs: &[S],
    labels: &[L],
    n_folds: usize,
    seed: u64,
) -> Vec<usize> {
    let mut in_fold: Vec<BTreeMap<L, usize>> = vec![BTreeMap::new(); n_folds.max(1)];
    let mut folds = vec![0; songs.len()];
    for song in in_order(songs, labels, seed) {
        let crowd = |fold: &BTreeMap<L, usize>| -> (usize, usize) {
            let of_label = |label: &L| fold.get(label).copied().unwrap_or(0);
            let of_labels = song.n_of_label.iter().map(|(label, n)| n * of_label(label)).sum();
            (of_labels, fold.values().sum())
        };
        let emptiest = in_fold.iter().enumerate().min_by_key(|(_, fold)| crowd(fold));
        let place = emptiest.map_or(0, |(place, _)| place);
        for (&label, n) in &song.n_of_label {
            *in_fold[place].entry(label).or_default() += n;
        }
        song.rows.iter().for_each(|&idx| folds[idx] = place);
    }
    folds
}

/// The maps of one song.
struct Song<L> {
    /// Places of the maps, ascending.
    rows: Vec<usize>,
    n_of_label: BTreeMap<L, usize>,
}

/// All songs, in the order of their hashes.
fn in_order<S: AsRef<str>, L: Ord + Copy>(songs: &[S], labels: &[L], seed: u64) -> Vec<Song<L>> {
    let mut by_key: BTreeMap<&str, Song<L>> = BTreeMap::new();
    for (idx, (song, &label)) in songs.iter().zip(labels).enumerate() {
        let empty = || Song { rows: Vec::new(), n_of_label: BTreeMap::new() };
        let song = by_key.entry(song.as_ref()).or_insert_with(empty);
        song.rows.push(idx);
        *song.n_of_label.entry(label).or_default() += 1;
    }
    let mut songs: Vec<_> = by_key.into_iter().collect();
    songs.sort_by_cached_key(|(key, _)| hash(key, seed));
    songs.into_iter().map(|(_, song)| song).collect()
}

/// FNV-1a over the key's bytes, mixed with the seed by the finalizer of SplitMix64,
/// since FNV alone leaves keys that differ in their end close.
fn hash(key: &str, seed: u64) -> u64 {
    // Offset basis and prime of the 64-bit FNV-1a.
    let fnv = key.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    mix(fnv ^ seed.wrapping_mul(GOLDEN_GAMMA))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn songs() -> (Vec<String>, Vec<usize>) {
        let song = |idx: usize| format!("song {}\tartist", idx % 90);
        ((0..300).map(song).collect(), (0..300).map(|idx| idx % 3).collect())
    }

    #[test]
    fn the_seed_decides_and_nothing_else() {
        let songs: Vec<_> = (0..100).map(|song| format!("{song}\ta")).collect();
        let parts = held_out(&songs, &[0; 100], 0.2, 7);
        assert_eq!(held_out(&songs, &["jump"; 100], 0.2, 7), parts, "whatever labels are");
        assert_ne!(held_out(&songs, &[0; 100], 0.2, 8), parts);
        // Computed by a second program; stored figures rely on it.
        assert_eq!(parts.held_out[..5], [8, 16, 19, 22, 40]);
        assert_eq!((parts.training.len(), parts.held_out.len()), (80, 20));
    }

    #[test]
    fn a_song_is_in_one_part_only_and_labels_have_their_share() {
        let (songs, labels) = songs();
        let parts = held_out(&songs, &labels, 0.2, 42);
        assert_eq!(parts.training.len() + parts.held_out.len(), songs.len());
        for &idx in &parts.held_out {
            assert!(parts.training.iter().all(|&other| songs[other] != songs[idx]));
        }
        for label in 0..3 {
            let n = parts.held_out.iter().filter(|&&idx| labels[idx] == label).count();
            assert!((17..=20).contains(&n), "{n}");
        }
    }

    #[test]
    fn a_song_is_in_one_fold_only_and_folds_are_alike() {
        let (songs, labels) = songs();
        let folds = folds(&songs, &labels, 5, 42);
        for (a, fold) in songs.iter().zip(&folds) {
            assert!(songs.iter().zip(&folds).all(|(b, other)| a != b || fold == other));
        }
        for fold in 0..5 {
            let n = folds.iter().filter(|&&found| found == fold).count();
            assert!((55..=65).contains(&n), "{n}");
        }
    }

    #[test]
    fn two_songs_are_parted_and_one_is_not() {
        let two = ["a", "a", "b"];
        assert_eq!(held_out(&two, &[0, 0, 0], 0.2, 1).held_out, [2]);
        assert!(held_out(&two[..2], &[0, 0], 0.2, 1).held_out.is_empty());
        assert!(held_out(&two, &[0, 0, 0], 0.0, 1).held_out.is_empty());
    }
}

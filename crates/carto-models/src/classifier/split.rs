use std::collections::BTreeMap;

use crate::encoder::seed_of;

/// Places of the maps on both sides of a split, ascending: never two maps of one
/// song on both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// To learn from.
    pub training: Vec<usize>,
    /// To judge by.
    pub held_out: Vec<usize>,
}

/// What makes two maps maps of one song: title and artist, whatever their case.
#[must_use]
pub fn song_key(title: &str, artist: &str) -> String {
    format!("{}\n{}", title.to_lowercase(), artist.to_lowercase())
}

/// Holds out about `share` of the songs. A song's side follows from its key and the
/// seed alone, so that it stays where it is when others are added.
///
/// - `songs`: `[n_rows]`, the key of each map's song
#[must_use]
pub fn held_out<S: AsRef<str>>(songs: &[S], share: f64, seed: u64) -> Parts {
    let is_held_out = |song: &S| (seed_of(seed, song.as_ref()) as f64 / u64::MAX as f64) < share;
    let (held_out, training) = (0..songs.len()).partition(|&idx| is_held_out(&songs[idx]));
    Parts { training, held_out }
}

/// Deals songs out to `n_folds` folds of about equally many maps.
///
/// - `songs`: `[n_rows]`, the key of each map's song
/// - returns: `[n_rows]`, the fold of each map, in `0..n_folds`
#[must_use]
pub fn folds<S: AsRef<str>>(songs: &[S], n_folds: usize, seed: u64) -> Vec<usize> {
    let mut n_maps: BTreeMap<&str, usize> = BTreeMap::new();
    songs.iter().for_each(|song| *n_maps.entry(song.as_ref()).or_default() += 1);
    let mut order: Vec<(u64, &str)> =
        n_maps.keys().map(|&song| (seed_of(seed, &format!("fold\n{song}")), song)).collect();
    order.sort_unstable();
    let mut fill = vec![0; n_folds.max(1)];
    let mut fold_of: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, song) in order {
        let emptiest = (0..fill.len()).min_by_key(|&fold| fill[fold]).unwrap_or(0);
        fill[emptiest] += n_maps.get(song).copied().unwrap_or(0);
        fold_of.insert(song, emptiest);
    }
    songs.iter().map(|song| fold_of.get(song.as_ref()).copied().unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn songs() -> Vec<String> {
        (0..300).map(|idx| song_key(&format!("Song {}", idx % 90), "Artist")).collect()
    }

    #[test]
    fn a_song_is_in_one_part_only() {
        let songs = songs();
        let parts = held_out(&songs, 0.2, 42);
        assert_eq!(parts.training.len() + parts.held_out.len(), songs.len());
        assert!(!parts.held_out.is_empty() && parts.held_out.len() < 120);
        for &idx in &parts.held_out {
            assert!(parts.training.iter().all(|&other| songs[other] != songs[idx]));
        }
    }

    #[test]
    fn a_song_is_in_one_fold_only_and_folds_are_alike() {
        let songs = songs();
        let folds = folds(&songs, 5, 42);
        for (a, fold) in songs.iter().zip(&folds) {
            assert!(songs.iter().zip(&folds).all(|(b, other)| a != b || fold == other));
        }
        for fold in 0..5 {
            let n = folds.iter().filter(|&&found| found == fold).count();
            assert!((55..=65).contains(&n), "{n}");
        }
    }

    #[test]
    fn other_songs_and_case_do_not_move_a_song() {
        let songs = songs();
        let all = held_out(&songs, 0.2, 42);
        let few = held_out(&songs[..50], 0.2, 42);
        let expected: Vec<usize> = all.held_out.into_iter().filter(|&idx| idx < 50).collect();
        assert_eq!(few.held_out, expected);
        assert_eq!(song_key("ÄB", "c"), song_key("äb", "C"));
    }
}

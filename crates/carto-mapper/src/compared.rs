//! Which pairs of maps are compared.

use std::collections::BTreeSet;

use carto_types::{MapValues, SongMapValues, StarsApart, are_of_like_stars};

use crate::person::{is_of, key};

/// Two maps of one song by two mappers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pair<'a> {
    pub(crate) song: &'a SongMapValues,
    /// Of the mapper in question, where there is one.
    pub(crate) own: &'a MapValues,
    pub(crate) other: &'a MapValues,
}

impl Pair<'_> {
    /// Stars of the first map less those of the second; `None` where one has no rating.
    pub(crate) fn stars(&self) -> Option<f64> {
        Some(self.own.star_rating? - self.other.star_rating?)
    }

    /// Whether both maps are of like difficulty.
    pub(crate) fn is_like(&self) -> bool {
        are_of_like_stars(self.own.star_rating, self.other.star_rating)
    }

    fn turned(self) -> Self {
        Self { own: self.other, other: self.own, ..self }
    }
}

/// All pairs of a run whose maps could be measured, in the order of songs.
pub(crate) fn all_pairs(songs: &[SongMapValues]) -> impl Iterator<Item = Pair<'_>> {
    songs.iter().flat_map(|song| {
        song.pairs
            .iter()
            .filter_map(move |&[a, b]| Some(Pair { song, own: song.map(a)?, other: song.map(b)? }))
    })
}

/// The pairs of one mapper, each with their map first.
///
/// - `mapper`: a name in any spelling
/// - `against`: the one other mapper whose maps count; `None` for all
pub(crate) fn pairs_of<'a>(
    songs: &'a [SongMapValues],
    mapper: &str,
    against: Option<&str>,
) -> Vec<Pair<'a>> {
    let mapper = key(mapper);
    let against = against.map(key);
    let own_first = |pair: Pair<'a>| {
        let pair = if is_of(pair.own, &mapper) { pair } else { pair.turned() };
        let is_wanted = against.as_ref().is_none_or(|against| is_of(pair.other, against));
        (is_of(pair.own, &mapper) && is_wanted).then_some(pair)
    };
    all_pairs(songs).filter_map(own_first).collect()
}

/// Which of the pairs of a mapper are compared, and how far apart in stars those are.
pub(crate) fn stars_apart(pairs: &[Pair<'_>]) -> StarsApart {
    let like: Vec<f64> =
        pairs.iter().filter(|pair| pair.is_like()).filter_map(Pair::stars).collect();
    let n_unrated = pairs.iter().filter(|pair| pair.stars().is_none()).count();
    let songs = |is_in: fn(&&Pair<'_>) -> bool| -> BTreeSet<u32> {
        pairs.iter().filter(is_in).map(|pair| pair.song.song_idx).collect()
    };
    let mean = |of: fn(f64) -> f64| {
        let sum: f64 = like.iter().copied().map(of).sum();
        (!like.is_empty()).then(|| sum / like.len() as f64)
    };
    StarsApart {
        n_pairs: like.len() as u32,
        n_too_far: (pairs.len() - like.len() - n_unrated) as u32,
        n_unrated: n_unrated as u32,
        n_songs_left_out: (songs(|_| true).len() - songs(|pair| pair.is_like()).len()) as u32,
        mean_apart: mean(f64::abs),
        mean_difference: mean(|stars| stars),
    }
}

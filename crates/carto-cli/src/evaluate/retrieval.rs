use carto_agreement::Latents;
use carto_encoder_train::TrainingSet;
use carto_evaluation::{SearchedMap, mean_r_of_dims, retrieval_by};
use carto_evidence::{SongValues, mean_over_songs};
use carto_types::{Estimate, Interval};
use serde::{Deserialize, Serialize};

use super::agreement::{SetSeries, numbered};
use super::aligned::{AlignedSet, MovedMap};

/// The search for the other mapper's map of a song.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct RetrievalFacts {
    pub(crate) n_queries: usize,
    pub(crate) mean_n_candidates: f64,
    pub(crate) latents: RetrievalScore,
    pub(crate) channels: RetrievalScore,
    /// The reciprocal rank by latents less that by channels, mean over queries, with errors
    /// clustered by song. Not in cards of earlier versions.
    #[serde(default)]
    pub(crate) difference: Option<Estimate>,
    /// Mean reciprocal rank of a random order, computed and not drawn.
    pub(crate) random: f64,
}

/// How well one kind of series finds the other map of a song. Intervals are of 95 %, with errors
/// clustered by song; cards of earlier versions have none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct RetrievalScore {
    pub(crate) mean_reciprocal_rank: f64,
    #[serde(default)]
    pub(crate) reciprocal_rank_interval: Option<Interval>,
    pub(crate) hits_at_1: f64,
    #[serde(default)]
    pub(crate) hits_interval: Option<Interval>,
}

/// Searches among the held-out maps; `None` if no song has two mappers.
///
/// - `aligned`: where it is there, every two maps of one tempo are aligned first, of one song or
///   not
pub(super) fn retrieval(
    set: &TrainingSet,
    held_out: &[usize],
    latents: &SetSeries,
    channels: &SetSeries,
    aligned: Option<&AlignedSet<'_>>,
) -> Option<RetrievalFacts> {
    let moved = aligned.map_or_else(Vec::new, |aligned| aligned_pairs(aligned, held_out));
    let songs = numbered(set.maps.iter().map(|map| &*map.song));
    let mappers = numbered(set.maps.iter().map(|map| &*map.creator));
    let search = |series: &SetSeries, of_moved: fn(&MovedMap) -> Option<Latents<'_>>| {
        let maps = held_out.iter().filter_map(|&idx| {
            let map = &set.maps[idx];
            let (song, mapper) = (*songs.get(&*map.song)?, *mappers.get(&*map.creator)?);
            Some(SearchedMap { song, mapper, series: series.of(idx)? })
        });
        let maps: Vec<_> = maps.collect();
        let mut similarity = carto_evaluation::similarities(&maps);
        for (a, b, moved) in &moved {
            let r = mean_r_of_dims(maps.get(*a)?.series, of_moved(moved)?);
            similarity[a * maps.len() + b] = r;
            similarity[b * maps.len() + a] = r;
        }
        let found = retrieval_by(&maps, &similarity)?;
        let rank = |query: &carto_evaluation::Query| {
            (query.map_idx, maps[query.map_idx].song as u32, query.reciprocal_rank)
        };
        let ranks: Vec<_> = found.queries.iter().map(rank).collect();
        Some((found, ranks))
    };
    let ((by_latents, ranks), (_, ranks_by_channels)) =
        (search(latents, MovedMap::latents)?, search(channels, MovedMap::channels)?);
    let differences = ranks.iter().zip(&ranks_by_channels);
    let differences = differences
        .filter(|(a, b)| a.0 == b.0)
        .map(|(&(_, song, by_latents), &(_, _, by_channels))| (song, by_latents - by_channels));
    Some(RetrievalFacts {
        n_queries: by_latents.n_queries,
        mean_n_candidates: by_latents.mean_n_candidates,
        latents: RetrievalScore::of(&ranks),
        channels: RetrievalScore::of(&ranks_by_channels),
        difference: estimate(differences),
        random: by_latents.of_random_order,
    })
}

/// Every two maps that can be aligned, by their places among `held_out`, with the second at the
/// times of the first.
fn aligned_pairs(aligned: &AlignedSet<'_>, held_out: &[usize]) -> Vec<(usize, usize, MovedMap)> {
    let places = (0..held_out.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
    let places: Vec<(usize, usize)> = places.collect();
    let pairs: Vec<_> = places.iter().map(|&(a, b)| (held_out[a], held_out[b])).collect();
    let moved = aligned.moved(&pairs).into_iter().zip(places);
    moved.filter_map(|(moved, (a, b))| Some((a, b, moved?))).collect()
}

impl RetrievalScore {
    /// - `ranks`: a query, its song and its reciprocal rank
    fn of(ranks: &[(usize, u32, f64)]) -> Self {
        let rank = estimate(ranks.iter().map(|&(_, song, rank)| (song, rank)));
        let hit = |&(_, song, rank): &(usize, u32, f64)| (song, f64::from(u8::from(rank == 1.0)));
        let hits = estimate(ranks.iter().map(hit));
        let [(rank, rank_interval), (hits, hits_interval)] =
            [rank, hits].map(|it| it.map_or((f64::NAN, None), |it| (it.value, it.interval)));
        Self {
            mean_reciprocal_rank: rank,
            reciprocal_rank_interval: rank_interval,
            hits_at_1: hits,
            hits_interval,
        }
    }
}

/// A mean over maps, with an interval of 95 % whose errors are clustered by song: maps of one song
/// are right or wrong together.
///
/// - `values`: the number of a map's song, and its value
pub(super) fn estimate(values: impl Iterator<Item = (u32, f64)>) -> Option<Estimate> {
    let found = mean_over_songs(&SongValues::of(values.map(|(song, value)| (song, Some(value)))));
    Some(Estimate { value: found.pair_mean?, interval: found.pair_interval })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_of_one_song_are_no_independent_answers() {
        let apart = [1.0, 0.0, 1.0, 0.0, 1.0, 0.0].into_iter().zip(0..);
        let apart = estimate(apart.map(|(value, song)| (song, value))).unwrap();
        // The same answers, those of two maps of a song alike.
        let together = [1.0, 1.0, 0.0, 0.0, 1.0, 0.0].into_iter().zip([0, 0, 1, 1, 2, 3]);
        let together = estimate(together.map(|(value, song)| (song, value))).unwrap();
        assert_eq!([apart.value, together.value], [0.5, 0.5]);
        let width = |it: Estimate| it.interval.map(|it| it.high - it.low).unwrap();
        assert!(width(together) > 1.5 * width(apart), "{together:?} {apart:?}");
        assert_eq!(estimate(std::iter::empty()), None);
    }
}

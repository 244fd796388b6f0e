use carto_encoder_train::{Split, TrainingSet};
use carto_evaluation::{SearchedMap, SignedMap};
use carto_types::crossval::Spectrum;
use serde::{Deserialize, Serialize};

use super::agreement::{SetSeries, numbered};

/// Latents on each side of the comparison between the least and the most agreeing.
const N_DIMS_OF_A_SIDE: usize = 8;
/// Maps in the training part that a mapper has at least.
const MIN_MAPS: usize = 3;

/// The search for the other mapper's map of a song.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct RetrievalFacts {
    pub(crate) n_queries: usize,
    pub(crate) mean_n_candidates: f64,
    pub(crate) latents: RetrievalScore,
    pub(crate) channels: RetrievalScore,
    /// Mean reciprocal rank of a random order, computed and not drawn.
    pub(crate) random: f64,
}

/// How well one kind of series finds the other map of a song.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct RetrievalScore {
    pub(crate) mean_reciprocal_rank: f64,
    pub(crate) hits_at_1: f64,
}

/// The search for the mapper of a map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct IdentificationFacts {
    pub(crate) n_maps: usize,
    pub(crate) n_mappers: usize,
    pub(crate) chance: f64,
    /// What the mapper of most known maps would give.
    pub(crate) majority: f64,
    /// Latents on each of the two sides.
    pub(crate) n_dims: usize,
    pub(crate) stylistic: IdentificationScore,
    pub(crate) perceptual: IdentificationScore,
    pub(crate) all_latents: IdentificationScore,
}

/// How well one choice of latents identifies the mapper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct IdentificationScore {
    pub(crate) top_1: f64,
    pub(crate) top_5: f64,
}

/// Searches among the held-out maps; `None` if no song has two mappers.
pub(super) fn retrieval(
    set: &TrainingSet,
    held_out: &[usize],
    latents: &SetSeries,
    channels: &SetSeries,
) -> Option<RetrievalFacts> {
    let songs = numbered(set.maps.iter().map(|map| &*map.song));
    let mappers = numbered(set.maps.iter().map(|map| &*map.creator));
    let search = |series: &SetSeries| {
        let maps = held_out.iter().filter_map(|&idx| {
            let map = &set.maps[idx];
            let (song, mapper) = (*songs.get(&*map.song)?, *mappers.get(&*map.creator)?);
            Some(SearchedMap { song, mapper, series: series.of(idx)? })
        });
        carto_evaluation::retrieval(&maps.collect::<Vec<_>>())
    };
    let (by_latents, by_channels) = (search(latents)?, search(channels)?);
    let score = |found: &carto_evaluation::Retrieval| RetrievalScore {
        mean_reciprocal_rank: found.mean_reciprocal_rank,
        hits_at_1: found.hits_at_1,
    };
    Some(RetrievalFacts {
        n_queries: by_latents.n_queries,
        mean_n_candidates: by_latents.mean_n_candidates,
        latents: score(&by_latents),
        channels: score(&by_channels),
        random: by_latents.of_random_order,
    })
}

/// Identifies the mappers of held-out maps by their maps in the training part; `None` if
/// no mapper has enough of them.
pub(super) fn identification(
    set: &TrainingSet,
    split: &Split,
    latents: &SetSeries,
    spectrum: Option<&Spectrum>,
) -> Option<IdentificationFacts> {
    let mappers = numbered(set.maps.iter().map(|map| &*map.creator));
    let signed = |maps: &[usize]| {
        let signed = maps.iter().filter_map(|&idx| {
            let mapper = *mappers.get(&*set.maps[idx].creator)?;
            Some(SignedMap { mapper, series: latents.of(idx)? })
        });
        signed.collect::<Vec<_>>()
    };
    let (known, asked) = (signed(&split.training), signed(&split.held_out));
    let identify =
        |dims: &[usize]| carto_evaluation::identification(&known, &asked, dims, MIN_MAPS);
    let score = |found: carto_evaluation::Identification| IdentificationScore {
        top_1: found.top_1,
        top_5: found.top_5,
    };
    let ranking = &spectrum?.ranking;
    let n_dims = N_DIMS_OF_A_SIDE.min(ranking.len() / 2);
    let all = identify(&(0..latents.n_dims()).collect::<Vec<_>>())?;
    Some(IdentificationFacts {
        n_maps: all.n_maps,
        n_mappers: all.n_mappers,
        chance: all.chance,
        majority: all.majority,
        n_dims,
        stylistic: score(identify(&ranking[ranking.len() - n_dims..])?),
        perceptual: score(identify(&ranking[..n_dims])?),
        all_latents: score(all),
    })
}

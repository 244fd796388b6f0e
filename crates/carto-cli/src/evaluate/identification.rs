use std::collections::BTreeSet;

use carto_encoder_train::{Split, TrainingSet};
use carto_evaluation::{AskedMap, SignedMap, balanced_accuracy};
use carto_types::Interval;
use serde::{Deserialize, Serialize};

use super::agreement::{SetSeries, numbered, spectrum};
use super::retrieval::estimate;

/// Latents on each side of the comparison between the least and the most agreeing.
const N_DIMS_OF_A_SIDE: usize = 8;
/// Maps in the training part that a mapper has at least.
const MIN_MAPS: usize = 3;
/// Parts of the held-out songs: of each, latents are chosen on the others.
const N_PARTS: u64 = 2;
/// Decides which part a song is in.
const PART_SEED: u64 = 1;

/// The search for the mapper of a map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct IdentificationFacts {
    pub(crate) n_maps: usize,
    pub(crate) n_mappers: usize,
    /// Mappers of the maps that were asked about. Not in cards of earlier versions.
    #[serde(default)]
    pub(crate) n_asked_mappers: usize,
    pub(crate) chance: f64,
    /// What the mapper of most known maps would give.
    pub(crate) majority: f64,
    #[serde(default)]
    pub(crate) majority_interval: Option<Interval>,
    /// Latents on each of the two sides.
    pub(crate) n_dims: usize,
    /// Whether the latents of both sides were chosen on other songs than those of the maps that
    /// were asked about; in cards of earlier versions they were not.
    #[serde(default)]
    pub(crate) is_chosen_on_other_songs: bool,
    pub(crate) stylistic: IdentificationScore,
    pub(crate) perceptual: IdentificationScore,
    pub(crate) all_latents: IdentificationScore,
}

/// How well one choice of latents identifies the mapper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct IdentificationScore {
    pub(crate) top_1: f64,
    /// 95 %, with errors clustered by song. Not in cards of earlier versions.
    #[serde(default)]
    pub(crate) top_1_interval: Option<Interval>,
    pub(crate) top_5: f64,
    /// The share of first answers that are right, of each mapper, averaged over mappers. Not in
    /// cards of earlier versions.
    #[serde(default)]
    pub(crate) balanced_top_1: Option<f64>,
}

/// Identifies the mappers of held-out maps by their maps in the training part; `None` if
/// no mapper has enough of them, or if songs of two mappers are too few to choose latents on.
///
/// Held-out songs are parted in two. Which latents agree least and most is found on the songs of
/// one part, and maps of the other are asked about with them; then the other way round.
pub(super) fn identification(
    set: &TrainingSet,
    split: &Split,
    latents: &SetSeries,
) -> Option<IdentificationFacts> {
    let mappers = numbered(set.maps.iter().map(|map| &*map.creator));
    let songs = numbered(set.maps.iter().map(|map| &*map.song));
    let song_of = |map_idx: usize| songs.get(&*set.maps[map_idx].song).map(|&song| song as u32);
    let signed = |maps: &[usize]| {
        let signed = maps.iter().filter_map(|&idx| {
            let mapper = *mappers.get(&*set.maps[idx].creator)?;
            Some(SignedMap { mapper, series: latents.of(idx)? })
        });
        signed.collect::<Vec<_>>()
    };
    let known = signed(&split.training);
    let identify = |asked: &[usize], dims: &[usize]| {
        carto_evaluation::identification(&known, &signed(asked), dims, MIN_MAPS)
    };
    let all_dims: Vec<usize> = (0..latents.n_dims()).collect();
    let all = identify(&split.held_out, &all_dims)?;
    let asked_in = |asked: &[usize], maps: Vec<AskedMap>| -> Vec<(usize, AskedMap)> {
        maps.into_iter().map(|map| (asked[map.map_idx], map)).collect()
    };
    let score = |maps: &[(usize, AskedMap)]| score(maps, &song_of);

    let n_dims = N_DIMS_OF_A_SIDE.min(latents.n_dims() / 2);
    let (mut least, mut most) = (Vec::new(), Vec::new());
    for part in 0..N_PARTS {
        let is_asked = |&&idx: &&usize| {
            carto_random::seed_of(PART_SEED, &set.maps[idx].song) % N_PARTS == part
        };
        let (asked, others): (Vec<usize>, Vec<usize>) =
            split.held_out.iter().partition(|idx| is_asked(idx));
        let ranking = spectrum(set, &others, latents)?.ranking;
        for (dims, found) in
            [(&ranking[ranking.len() - n_dims..], &mut least), (&ranking[..n_dims], &mut most)]
        {
            let maps = identify(&asked, dims).map_or_else(Vec::new, |found| found.maps);
            found.extend(asked_in(&asked, maps));
        }
    }
    let all_maps = asked_in(&split.held_out, all.maps.clone());
    let asked_mappers: BTreeSet<usize> = all.maps.iter().map(|map| map.mapper).collect();
    Some(IdentificationFacts {
        n_maps: all.n_maps,
        n_mappers: all.n_mappers,
        n_asked_mappers: asked_mappers.len(),
        chance: all.chance,
        majority: all.majority,
        majority_interval: majority_interval(&all_maps, all.majority_mapper, &song_of),
        n_dims,
        is_chosen_on_other_songs: true,
        stylistic: score(&least),
        perceptual: score(&most),
        all_latents: score(&all_maps),
    })
}

/// - `maps`: places in the set, and what was answered
/// - `song_of`: the number of a map's song
fn score(
    maps: &[(usize, AskedMap)],
    song_of: &impl Fn(usize) -> Option<u32>,
) -> IdentificationScore {
    let share_below = |n: usize| {
        let right = |(idx, map): &(usize, AskedMap)| {
            Some((song_of(*idx)?, f64::from(u8::from(map.n_nearer < n))))
        };
        estimate(maps.iter().filter_map(right))
    };
    let answers: Vec<AskedMap> = maps.iter().map(|(_, map)| *map).collect();
    let first = share_below(1);
    IdentificationScore {
        top_1: first.map_or(0.0, |it| it.value),
        top_1_interval: first.and_then(|it| it.interval),
        top_5: share_below(5).map_or(0.0, |it| it.value),
        balanced_top_1: balanced_accuracy(&answers),
    }
}

fn majority_interval(
    maps: &[(usize, AskedMap)],
    mapper: usize,
    song_of: &impl Fn(usize) -> Option<u32>,
) -> Option<Interval> {
    let is_theirs = |(idx, map): &(usize, AskedMap)| {
        Some((song_of(*idx)?, f64::from(u8::from(map.mapper == mapper))))
    };
    estimate(maps.iter().filter_map(is_theirs))?.interval
}

//! Latents of the maps of a set, and how much mappers agree in them.

use std::collections::{BTreeMap, BTreeSet};

use carto_agreement::{Latents, MeasuredLatents, compare_latents, track_b};
use carto_encoder::cpu::{TileEncoder, native_encoder};
use carto_encoder::folded::FoldedEncoder;
use carto_encoder::{CPU_TILE_LEN, SignalFrames};
use carto_encoder_train::TrainingSet;
use carto_types::crossval::Spectrum;
use carto_types::{AgreementClass, ClassBounds, LatentPairAgreement, SignalChannel};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::aligned::{AlignedSet, MovedMap};
use crate::terminal;

/// Series of some maps of a set, by their place in it: latents, or the channels
/// themselves to compare with.
#[derive(Debug)]
pub(crate) struct SetSeries {
    n_dims: usize,
    values: BTreeMap<usize, Vec<f32>>,
}

impl SetSeries {
    /// Dimensions of every map.
    pub(crate) fn n_dims(&self) -> usize {
        self.n_dims
    }

    /// Series of a map, by its place in the set; `None` if they were not computed.
    pub(crate) fn of(&self, map_idx: usize) -> Option<Latents<'_>> {
        Latents::new(self.values.get(&map_idx)?, self.n_dims)
    }
}

/// The means of the latents of some maps.
pub(crate) fn latents_of(set: &TrainingSet, maps: &[usize], folded: &FoldedEncoder) -> SetSeries {
    let bar = terminal::progress_bar("latents", maps.len());
    let encode = |encoder: &mut Box<dyn TileEncoder>, &map_idx: &usize| {
        let frames = set.maps[map_idx].frames();
        let moments = encoder.encode(SignalFrames::new(&frames).unwrap_or_default(), CPU_TILE_LEN);
        bar.inc(1);
        (map_idx, moments.mu().to_vec())
    };
    let values = maps.par_iter().map_init(|| native_encoder(folded.clone()), encode).collect();
    bar.finish_and_clear();
    SetSeries { n_dims: folded.config.n_latent_dims, values }
}

/// The nine channels of some maps in place of latents.
pub(crate) fn channels_of(set: &TrainingSet, maps: &[usize]) -> SetSeries {
    let values = maps.iter().map(|&map_idx| (map_idx, set.maps[map_idx].frames())).collect();
    SetSeries { n_dims: SignalChannel::COUNT, values }
}

/// Songs of two mappers or more, each with the maps that stand for its mappers: the first of each
/// mapper, in the order of files.
pub(crate) fn shared_songs(set: &TrainingSet, maps: &[usize]) -> Vec<Vec<usize>> {
    songs_with_representatives(set, maps, |_| 0.0)
}

/// The same by the study's rule: of each mapper the map with the highest overall difficulty, of
/// equals the first.
///
/// - `overall_difficulty`: of a map, by its place in the set
fn songs_with_representatives(
    set: &TrainingSet,
    maps: &[usize],
    overall_difficulty: impl Fn(usize) -> f64,
) -> Vec<Vec<usize>> {
    let mut songs: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &map_idx in maps {
        let members = songs.entry(&set.maps[map_idx].song).or_default();
        let creator = &set.maps[map_idx].creator;
        let other = members.iter_mut().find(|member| set.maps[**member].creator == *creator);
        match other {
            None => members.push(map_idx),
            Some(other) if overall_difficulty(map_idx) > overall_difficulty(*other) => {
                *other = map_idx;
            }
            Some(_) => {}
        }
    }
    songs.into_values().filter(|members| members.len() >= 2).collect()
}

/// Agreement of representatives by the study's rule, as they are and aligned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct AlignedAgreement {
    /// Pairs that are aligned: those of the aligned figures.
    pub(crate) n_aligned: usize,
    /// Pairs of another tempo or version, or without a known lag: in the figures as they are only.
    pub(crate) n_left_out: usize,
    pub(crate) latents_as_is: Spectrum,
    pub(crate) latents: Spectrum,
    pub(crate) channels_as_is: Spectrum,
    pub(crate) channels: Spectrum,
}

/// Track B of latents and of channels, with representatives by the study's rule, as is and aligned
/// by timing points; `None` where no pair can be aligned.
pub(super) fn aligned_agreement(
    aligned: &AlignedSet<'_>,
    maps: &[usize],
    latents: &SetSeries,
    channels: &SetSeries,
) -> Option<AlignedAgreement> {
    let songs =
        songs_with_representatives(aligned.set, maps, |idx| aligned.overall_difficulty(idx));
    let of_pairs: Vec<(usize, usize)> = songs.iter().flat_map(|members| pairs(members)).collect();
    let moved = aligned.moved(&of_pairs);
    let as_is = |series: &SetSeries| {
        let found: Vec<_> = of_pairs.iter().filter_map(|&(a, b)| compare(series, a, b)).collect();
        spectrum_of(songs.len(), &found)
    };
    let n_aligned = moved.iter().flatten().count();
    let aligned_songs = songs.iter().filter(|members| {
        pairs(members).any(|pair| {
            of_pairs.iter().zip(&moved).any(|(other, moved)| *other == pair && moved.is_some())
        })
    });
    let n_aligned_songs = aligned_songs.count();
    let compared = |series: &SetSeries, of_moved: fn(&MovedMap) -> Option<Latents<'_>>| {
        let found = of_pairs.iter().zip(&moved).filter_map(|(&(a, _), moved)| {
            Some(compare_series(series.of(a)?, of_moved(moved.as_ref()?)?))
        });
        spectrum_of(n_aligned_songs, &found.collect::<Vec<_>>())
    };
    Some(AlignedAgreement {
        n_aligned,
        n_left_out: of_pairs.len() - n_aligned,
        latents_as_is: as_is(latents)?,
        latents: compared(latents, MovedMap::latents)?,
        channels_as_is: as_is(channels)?,
        channels: compared(channels, MovedMap::channels)?,
    })
}

/// Track B over all pairs of the songs that two mappers or more have mapped, both
/// maps cut to the shorter one.
pub(crate) fn spectrum(set: &TrainingSet, maps: &[usize], latents: &SetSeries) -> Option<Spectrum> {
    let songs = shared_songs(set, maps);
    let pairs: Vec<LatentPairAgreement> = songs
        .iter()
        .flat_map(|members| pairs(members))
        .filter_map(|(a, b)| compare(latents, a, b))
        .collect();
    spectrum_of(songs.len(), &pairs)
}

fn spectrum_of(n_songs: usize, pairs: &[LatentPairAgreement]) -> Option<Spectrum> {
    let found = track_b(&pairs.iter().collect::<Vec<_>>(), &[])?;
    Some(Spectrum {
        n_songs,
        n_pairs: pairs.len(),
        pearson_mean: found.dims.iter().map(|dim| dim.pearson_mean).collect(),
        pearson_std: found.dims.iter().map(|dim| dim.pearson_std).collect(),
        class: found.dims.iter().map(|dim| dim.class.name().to_owned()).collect(),
        ranking: found.ranking.iter().map(|&dim| dim as usize).collect(),
        full_cosine_mean: found.cosine_mean,
        full_cosine_std: found.cosine_std,
    })
}

/// Mean r and class of each dimension.
pub(crate) fn classed(spectrum: &Spectrum) -> Vec<(f64, AgreementClass)> {
    let class_of = |&mean: &f64| (mean, ClassBounds::LATENTS.class_of(mean));
    spectrum.pearson_mean.iter().map(class_of).collect()
}

fn pairs(members: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    let places = (0..members.len()).flat_map(|a| (a + 1..members.len()).map(move |b| (a, b)));
    places.map(|(a, b)| (members[a], members[b]))
}

fn compare(latents: &SetSeries, a: usize, b: usize) -> Option<LatentPairAgreement> {
    Some(compare_series(latents.of(a)?, latents.of(b)?))
}

/// Both cut to the shorter.
fn compare_series(a: Latents<'_>, b: Latents<'_>) -> LatentPairAgreement {
    let n_columns = a.n_latents().min(b.n_latents());
    let measured = |latents| MeasuredLatents::new(latents, n_columns);
    compare_latents(&measured(a), &measured(b))
}

/// Numbers for names, for statistics that only ask whether two are the same.
pub(super) fn numbered<'a>(names: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let names: BTreeSet<&str> = names.collect();
    names.into_iter().zip(0..).collect()
}

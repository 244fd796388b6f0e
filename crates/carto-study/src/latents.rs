//! Signals and latents of one song, before and after the encoder, which runs elsewhere.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use carto_agreement::{Latents, MeasuredLatents, between_var};
use carto_archive::MapSource;
use carto_beatmap::signal::BeatmapSignal;
use carto_evidence::compare_latent_span;
use carto_types::{
    Cause, ChannelCorrelations, Issue, LatentMap, LatentPair, LatentSong, MapLatents, MapRefusal,
    Mode, Packed, PairOutcome, SignalChannel, SongPlan,
};

use crate::loaded_map::read_one;
use crate::signal_cache::signal_of;
use crate::song::{members, pairs_of};

/// The signal of one map of a compared song, at the song's length.
///
/// - `map_idx`: place in the plan's maps of one that
///   [`compare_song`](crate::compare_song) encoded
/// - `target_frames`: as in that song's outcome
/// - `open`: gives the source at a place of [`SongPlan::archives`]; called once
///
/// # Errors
///
/// The map's refusal, as the comparison would give it; the archive may also
/// have vanished since then.
pub fn signal_of_map<'a, S: Read + Seek>(
    song: &SongPlan,
    map_idx: u32,
    mode: Mode,
    target_frames: u32,
    open: &mut dyn FnMut(usize) -> MapSource<'a, S>,
) -> Result<BeatmapSignal, MapRefusal> {
    let beatmap = read_one(song, map_idx, mode, open)?;
    signal_of(&beatmap, target_frames as usize)
}

/// How one map's latents correlate with its channels.
///
/// - `mu`: `[n_dims, n_latents]`, dimension by dimension
/// - returns: matrices without rows where `mu` is no such table;
///   [`compare_latents`] then names the map and leaves it out
#[must_use]
pub fn cross_correlate(
    signal: &BeatmapSignal,
    mu: &[f32],
    frames_per_latent: u32,
    n_dims: u32,
) -> ChannelCorrelations {
    let Some(latents) = Latents::new(mu, n_dims as usize) else {
        return ChannelCorrelations::default();
    };
    let channels = SignalChannel::ALL.map(|channel| signal.channel(channel));
    carto_agreement::cross_correlate(channels, latents, frames_per_latent as usize)
}

/// Compares the latents of one song's maps.
///
/// Never fails: latents that are no finite matrix are named and left out.
///
/// - `latents`: in any order; a map without latents is not among them
///
/// # Source
///
/// `step6_track_b` in osu-dreamer-cartography `experiment/run_analysis.py` @
/// `7ec522b`. Maps with one file name count there as one (quirk 21), and a song
/// with less than two columns is not compared (quirk 64).
#[must_use]
pub fn compare_latents(song: &SongPlan, mode: Mode, latents: &[MapLatents]) -> LatentSong {
    let mut issues = Vec::new();
    let maps = usable(song, latents, &mut issues);
    let members = members(song, maps.keys().copied(), mode);
    let n_columns = maps.values().map(|(_, latents)| latents.n_latents()).min().unwrap_or(0);

    let (mut pairs, mut variance) = (Vec::new(), None);
    if n_columns >= 2 {
        let measured: BTreeMap<u32, MeasuredLatents<'_>> = members
            .iter()
            .filter_map(|idx| Some((*idx, MeasuredLatents::new(maps.get(idx)?.1, n_columns))))
            .collect();
        for (a, b) in pairs_of(song, &members, mode) {
            if let (Some(latents_a), Some(latents_b)) = (measured.get(&a), measured.get(&b)) {
                let agreement = carto_agreement::compare_latents(latents_a, latents_b);
                pairs.push(LatentPair { a, b, agreement, as_is: None });
            }
        }
        variance = between_var(&mapper_means(song, &measured));
    }
    let maps = maps.keys().filter_map(|&idx| without_series(song, mode, idx, &maps)).collect();
    LatentSong {
        song_idx: song.song_idx,
        maps,
        pairs,
        bar_pairs: Vec::new(),
        between_var: variance,
        issues,
    }
}

/// Adds to the pairs of a song how much their latents agree where both maps have begun and none
/// has ended; nothing to pairs without evidence.
///
/// - `pairs`: those of the song's outcome
/// - `latents`: those that were compared
pub fn compare_latents_as_is(
    song: &mut LatentSong,
    pairs: &[PairOutcome],
    latents: &[MapLatents],
    frames_per_latent: u32,
) {
    let matrix = |map_idx: u32| {
        let map = latents.iter().find(|map| map.map_idx == map_idx)?;
        Latents::new(&map.mu, map.mu.len().checked_div(map.n_latents as usize)?)
    };
    for pair in &mut song.pairs {
        let of_signals = pairs.iter().find(|found| (found.a, found.b) == (pair.a, pair.b));
        let found = of_signals.and_then(|of_signals| {
            let evidence = of_signals.evidence.as_ref()?.value()?.evidence;
            let (a, b) = (matrix(pair.a)?, matrix(pair.b)?);
            compare_latent_span(a, b, frames_per_latent as usize, evidence.as_is?.span_ms)
        });
        pair.as_is = found.as_ref().map(Packed::of);
    }
}

type Usable<'a> = BTreeMap<u32, (&'a MapLatents, Latents<'a>)>;

/// Finite latents of one number of dimensions, by place in the plan.
fn usable<'a>(song: &SongPlan, latents: &'a [MapLatents], issues: &mut Vec<Issue>) -> Usable<'a> {
    let mut usable = BTreeMap::new();
    let mut n_dims_of_song = None;
    for map in latents {
        let Some(planned) = song.maps.get(map.map_idx as usize) else { continue };
        let n_dims = map.mu.len().checked_div(map.n_latents as usize).unwrap_or(0);
        let matrix = Latents::new(&map.mu, n_dims).filter(|matrix| {
            matrix.n_latents() == map.n_latents as usize
                && map.correlations.downsampled.n_rows() == n_dims
                && *n_dims_of_song.get_or_insert(n_dims) == n_dims
        });
        let Some(matrix) = matrix else {
            let message = format!(
                "its {} latent values are no table of {} columns like the other maps'; \
                 this is a fault of ours, please report it with this file",
                map.mu.len(),
                map.n_latents
            );
            issues.push(Issue::skipped(&*planned.label, Cause::LatentMisshapen, message));
            continue;
        };
        if map.mu.iter().any(|value| !value.is_finite()) {
            let message = "the encoder gives it latents that are no numbers, so it is left out \
                           of them; another encoder may read it";
            issues.push(Issue::skipped(&*planned.label, Cause::LatentNotFinite, message));
            continue;
        }
        usable.insert(map.map_idx, (map, matrix));
    }
    usable
}

/// The mean of each mapper's latents, in the order of first maps. By the published rules a
/// mapper has one map in a song; of more, their means are averaged.
fn mapper_means(song: &SongPlan, measured: &BTreeMap<u32, MeasuredLatents<'_>>) -> Vec<Vec<f64>> {
    let mut mappers: Vec<(u32, Vec<Vec<f64>>)> = Vec::new();
    for (&map_idx, latents) in measured {
        let mapper = song.maps[map_idx as usize].mapper;
        match mappers.iter_mut().find(|(known, _)| *known == mapper) {
            Some((_, means)) => means.push(latents.means()),
            None => mappers.push((mapper, vec![latents.means()])),
        }
    }
    mappers.into_iter().map(|(_, means)| mean_of_rows(&means)).collect()
}

fn mean_of_rows(rows: &[Vec<f64>]) -> Vec<f64> {
    let n_dims = rows.first().map_or(0, Vec::len);
    let mean = |dim: usize| rows.iter().map(|row| row[dim]).sum::<f64>() / rows.len() as f64;
    (0..n_dims).map(mean).collect()
}

/// A map without its series. Of maps with one file name, the published
/// synthesis reads the file of the last for each (quirk 21).
fn without_series(
    song: &SongPlan,
    mode: Mode,
    map_idx: u32,
    maps: &Usable<'_>,
) -> Option<LatentMap> {
    let file_name = |idx: u32| &song.maps[idx as usize].file_name;
    let has_its_file = |idx: &u32| {
        *idx == map_idx || (mode == Mode::Published && file_name(*idx) == file_name(map_idx))
    };
    let (map, _) = maps.get(&map_idx)?;
    let (read, _) = maps.get(maps.keys().rev().find(|idx| has_its_file(idx))?)?;
    Some(LatentMap {
        map_idx,
        n_frames: map.n_frames,
        n_latents: map.n_latents,
        correlations: read.correlations.clone(),
    })
}

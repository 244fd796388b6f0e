//! The means of the latents of the maps of all songs.

use carto_encoder::SignalFrames;
use carto_features::Fault;
use carto_study::{add_latent_means, latent_signal_of_map};
use carto_types::{Cause, MapRefusal, SongLatentMeans, SongMapValues, SongPlan};
use rayon::prelude::*;

use crate::encoder::SharedEncoder;
use crate::inputs::Input;
use crate::terminal;

/// Gives the maps of all songs the means of their latents; a map that has none is named in the issues
/// of its song.
///
/// Threads share maps and not songs, of which one may have most of the maps.
///
/// - `plans`: in the order of `songs`
pub(crate) fn add_to_all(
    encoder: &SharedEncoder,
    inputs: &[Input],
    plans: &[SongPlan],
    songs: &mut [SongMapValues],
) {
    let maps = plans.iter().enumerate().flat_map(|(place, plan)| {
        (0..plan.maps.len() as u32).map(move |map_idx| (place, plan, map_idx))
    });
    let maps: Vec<(usize, &SongPlan, u32)> = maps.collect();
    let bar = terminal::progress_bar("latents, maps", maps.len());
    let measure = |&(place, plan, map_idx): &(usize, &SongPlan, u32)| {
        let means = Fault::catch(|| of_map(encoder, inputs, plan, map_idx));
        bar.inc(1);
        let means =
            means.unwrap_or_else(|fault| Err(MapRefusal::new(Cause::Fault, fault.to_string())));
        (place, map_idx, means)
    };
    let measured: Vec<_> = maps.par_iter().with_max_len(1).map(measure).collect();
    bar.finish_and_clear();
    let mut found: Vec<SongLatentMeans> =
        plans.iter().map(|_| SongLatentMeans::default()).collect();
    for (place, map_idx, means) in measured {
        add_latent_means(&mut found[place], &plans[place], map_idx, means);
    }
    for (song, found) in songs.iter_mut().zip(&found) {
        song.add_latents(found);
    }
}

fn of_map(
    encoder: &SharedEncoder,
    inputs: &[Input],
    plan: &SongPlan,
    map_idx: u32,
) -> Result<Vec<Option<f64>>, MapRefusal> {
    let mut open = |slot: usize| inputs[plan.archives[slot] as usize].source();
    let signal = latent_signal_of_map(plan, map_idx, &mut open)?;
    let frames = SignalFrames::new(signal.values()).unwrap_or_default();
    let moments = encoder.encode(frames, &|_| {});
    let facts = &encoder.facts;
    Ok(signal.means(moments.mu(), facts.n_latent_dims, facts.frames_per_latent))
}

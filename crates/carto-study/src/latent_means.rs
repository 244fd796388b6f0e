//! The means of the latents of the maps of a song, before and after the encoder, which runs elsewhere.

use std::io::{Read, Seek};

use carto_archive::MapSource;
use carto_evidence::EvidenceMap;
use carto_mapper::LatentSignal;
use carto_types::{Cause, Issue, LatentMeans, MapRefusal, Mode, SongLatentMeans, SongPlan};

use crate::loaded_map::read_one;

/// The signal of one map that stands for its mapper, for the encoder to read.
///
/// - `song`: planned by the rules of osu!
/// - `map_idx`: place in [`SongPlan::maps`]
/// - `open`: gives the source at a place of [`SongPlan::archives`]; called once
///
/// # Errors
///
/// Why the map has no latents.
pub fn latent_signal_of_map<'a, S: Read + Seek>(
    song: &SongPlan,
    map_idx: u32,
    open: &mut dyn FnMut(usize) -> MapSource<'a, S>,
) -> Result<LatentSignal, MapRefusal> {
    let map = EvidenceMap::new(read_one(song, map_idx, Mode::Osu, open)?)
        .map_err(|error| MapRefusal::new(error.cause(), error.to_string()))?;
    let signal = LatentSignal::new(&map);
    if signal.values().iter().any(|value| !value.is_finite()) {
        let message = "one of its sliders has no length, and so no place";
        return Err(MapRefusal::new(Cause::SignalNotFinite, message));
    }
    Ok(signal)
}

/// Adds the means of one map to those of its song, or says why it has none.
///
/// - `means`: as of [`LatentSignal::means`]
pub fn add_latent_means(
    found: &mut SongLatentMeans,
    song: &SongPlan,
    map_idx: u32,
    means: Result<Vec<Option<f64>>, MapRefusal>,
) {
    let refused = song.map(map_idx).and_then(|map| map.refusal.as_ref());
    match means {
        Ok(means) => found.maps.push(LatentMeans { map_idx, means }),
        // What its text refuses the scan has said already.
        Err(refusal) if refused == Some(&refusal) => {}
        Err(refusal) => {
            let label = song.map(map_idx).map_or(&*song.title, |map| &*map.label);
            let message = format!("it has no latents in fingerprints: {}", refusal.message);
            found.issues.push(Issue::warning(label, refusal.cause, message));
        }
    }
}

//! The files of the encoder's half of a run, in the published layouts.

use std::collections::BTreeMap;

use carto_results::synthesis_results;
use carto_types::published::{LatentManifestEntry, ManifestEntry, TrackBResults, to_json};
use carto_types::{LatentRun, OutputFile, Summary};

use crate::outputs::file;

/// `latent_manifest.json`, `track_b_results.json` and, of any latents,
/// `synthesis_results.json`.
///
/// - `manifest`: of all encoded maps, by song and place in the plan's maps
pub(crate) fn files(
    latent: &LatentRun,
    manifest: Vec<((u32, u32), ManifestEntry<'_>)>,
    summary: &Summary,
    track_a_songs: u32,
) -> Result<Vec<OutputFile>, serde_json::Error> {
    let manifest = latent_manifest(latent, manifest);
    let mut files = vec![
        file("latent_manifest.json", to_json(&manifest)?),
        file("track_b_results.json", to_json(&TrackBResults::new(summary.track_b.as_ref()))?),
    ];
    if let Some(synthesis) = &summary.synthesis {
        let (track_a, track_b) = (summary.track_a.as_ref(), summary.track_b.as_ref());
        let results = synthesis_results(synthesis, track_a, track_b, track_a_songs);
        files.push(file("synthesis_results.json", to_json(&results)?));
    }
    Ok(files)
}

fn latent_manifest<'a>(
    latent: &LatentRun,
    manifest: Vec<((u32, u32), ManifestEntry<'a>)>,
) -> Vec<LatentManifestEntry<'a>> {
    let of_song = latent.songs.iter().flat_map(|song| {
        song.maps.iter().map(|map| ((song.song_idx, map.map_idx), (map.n_frames, map.n_latents)))
    });
    let shapes: BTreeMap<_, _> = of_song.collect();
    let entries = manifest.into_iter().filter_map(|(key, entry)| {
        let &(n_frames, n_latents) = shapes.get(&key)?;
        let latent_shape = [latent.encoder.n_latent_dims, n_latents];
        Some(LatentManifestEntry { entry, latent_shape, n_frames, n_latents })
    });
    entries.collect()
}

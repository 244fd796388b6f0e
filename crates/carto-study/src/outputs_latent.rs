//! The files of the encoder's half of a run, in the published layouts.

use std::collections::BTreeMap;

use carto_core::signal::SignalChannel;
use carto_core::synthesis::strongest_channels;
use carto_protocol::published::{
    LatentManifestEntry, ManifestEntry, SynthesisResults, SynthesisSummary, TaxonomyRow,
    TrackBResults, category, to_json,
};
use carto_protocol::{LatentRun, LatentSummary, OutputFile, Summary, Synthesis};

use crate::outputs::file;

/// Channels that the taxonomy names for each latent.
const N_TOP_CHANNELS: usize = 3;

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
        let results = synthesis_results(synthesis, summary, track_a_songs);
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

fn synthesis_results<'a>(
    synthesis: &'a Synthesis,
    summary: &Summary,
    track_a_songs: u32,
) -> SynthesisResults<'a> {
    let (track_a, track_b) = (summary.track_a.as_ref(), summary.track_b.as_ref());
    let (rows, _) = synthesis.down.as_chunks::<{ SignalChannel::COUNT }>();
    let ranked = track_b.into_iter().flat_map(|track_b| {
        track_b.ranking.iter().filter_map(|&dim| track_b.dims.get(dim as usize))
    });
    let taxonomy = ranked.filter_map(|latent| Some((latent, rows.get(latent.dim as usize)?)));
    SynthesisResults {
        correlation_matrix: rows.iter().map(|row| &row[..]).collect(),
        dim_names_9: SignalChannel::ALL.map(SignalChannel::name).to_vec(),
        n_latent: synthesis.n_latent_dims,
        n_beatmaps_used: synthesis.n_maps,
        taxonomy: taxonomy.map(|(latent, row)| taxonomy_row(latent, row)).collect(),
        summary: SynthesisSummary {
            track_a_songs,
            track_a_pairs: track_a.map_or(0, |track_a| track_a.pairs_compared),
            track_b_songs: track_b.map_or(0, |track_b| track_b.songs_analyzed),
            track_b_pairs: track_b.map_or(0, |track_b| track_b.pairs_compared),
            track_a_cosine: track_a.map(|track_a| track_a.cosine_mean),
            track_b_cosine: track_b.map(|track_b| track_b.cosine_mean),
        },
    }
}

fn taxonomy_row(latent: &LatentSummary, row: &[f64; SignalChannel::COUNT]) -> TaxonomyRow {
    let strongest = strongest_channels(row).map(|idx| (SignalChannel::ALL[idx].name(), row[idx]));
    TaxonomyRow {
        dim: latent.dim,
        category: category(latent.class),
        cross_mapper_pearson: latent.pearson_mean,
        top_9dim_correlations: strongest[..N_TOP_CHANNELS].to_vec(),
        strongest_9dim: strongest[0].0,
        strongest_9dim_corr: strongest[0].1,
    }
}

//! A run's tables in the published layouts.

use carto_agreement::synthesis::strongest_channels;
use carto_types::SignalChannel;
use carto_types::published::{
    SynthesisResults, SynthesisSummary, TaxonomyRow, TrackAResults, TrackBResults, category,
    to_json,
};
use carto_types::{LatentSummary, OutputFile, RunResult, Synthesis, TrackA, TrackB};

use crate::ResultError;
use crate::check::N_CHANNELS;

/// Channels that the taxonomy names for each latent.
const N_TOP_CHANNELS: usize = 3;

/// `track_a_results.json`, `track_b_results.json` and `synthesis_results.json`, as
/// far as there are figures for them.
///
/// # Errors
///
/// None that these layouts can cause; a JSON writer can fail by its type.
pub fn layouts(result: &RunResult) -> Result<Vec<OutputFile>, ResultError> {
    let (track_a, track_b) = (result.track_a.as_ref(), result.track_b.as_ref());
    let n_songs = track_a.map_or(0, |track| track.songs_analyzed);
    let mut files = Vec::new();
    let mut put = |name: &str, text| files.push(OutputFile { name: name.to_owned(), text });
    if track_a.is_some() {
        put("track_a_results.json", to_json(&TrackAResults::new(track_a, n_songs))?);
    }
    if track_b.is_some() {
        put("track_b_results.json", to_json(&TrackBResults::new(track_b))?);
    }
    if let Some(synthesis) = &result.synthesis {
        let results = synthesis_results(synthesis, track_a, track_b, n_songs);
        put("synthesis_results.json", to_json(&results)?);
    }
    Ok(files)
}

/// `synthesis_results.json`.
///
/// - `track_a_songs`: songs with encodings of two creators or more
#[must_use]
pub fn synthesis_results<'a>(
    synthesis: &'a Synthesis,
    track_a: Option<&TrackA>,
    track_b: Option<&TrackB>,
    track_a_songs: u32,
) -> SynthesisResults<'a> {
    let (rows, _) = synthesis.down.as_chunks::<N_CHANNELS>();
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

fn taxonomy_row(latent: &LatentSummary, row: &[f64; N_CHANNELS]) -> TaxonomyRow {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{fixtures, read_any};

    #[test]
    fn what_is_written_in_the_published_layouts_is_read_from_them() {
        let result = fixtures::result(30);
        let files = layouts(&result).unwrap();
        let names: Vec<_> = files.iter().map(|file| &*file.name).collect();
        assert_eq!(
            names,
            ["track_a_results.json", "track_b_results.json", "synthesis_results.json"]
        );
        let texts: Vec<_> = files.iter().map(|file| (&*file.name, &*file.text)).collect();
        let read = read_any(&texts).unwrap();
        assert_eq!(read.track_a, result.track_a);
        let (ours, theirs) = (read.synthesis.unwrap(), result.synthesis.unwrap());
        assert_eq!((ours.down, ours.n_maps), (theirs.down, theirs.n_maps));
        assert_eq!((ours.pairs, ours.triples), (theirs.pairs, theirs.triples));
        assert_eq!((ours.up, ours.raw, ours.mean_abs_up), (Vec::new(), Vec::new(), 0.0));
    }

    #[test]
    fn parts_without_figures_have_no_file() {
        let mut result = fixtures::result(30);
        (result.track_b, result.synthesis) = (None, None);
        assert_eq!(layouts(&result).unwrap().len(), 1);
    }
}

//! The figures of a run, from its tables.

use carto_core::agreement::{TrackAConfig, TrackBConfig};
use carto_figures::{
    AgreementFigure, AgreementRow, CosineFigure, FigureEncoder, HeatmapFigure,
    LatentAgreementFigure, LatentAgreementRow,
};
use carto_protocol::{EncoderFacts, Mode, Synthesis, TrackA, TrackB};

/// `cross_mapper_agreement.svg`.
pub(crate) fn agreement_svg(track_a: &TrackA, mode: Mode) -> Result<String, String> {
    let config = TrackAConfig::default();
    let rows = track_a.channels.iter().map(|channel| AgreementRow {
        name: channel.name.clone(),
        mean: channel.pearson_mean,
        spread: channel.pearson_std,
    });
    let figure = AgreementFigure {
        rows: rows.collect(),
        stylistic_below: config.stylistic_below,
        perceptual_above: config.perceptual_above,
        n_pairs: track_a.pairs_compared,
        n_songs: track_a.songs_analyzed,
        mode: mode.name().to_owned(),
    };
    carto_figures::agreement_svg(&figure).map_err(|error| error.to_string())
}

/// `latent_agreement.svg`: latents from the left by mean r, highest first.
pub(crate) fn latent_agreement_svg(
    track_b: &TrackB,
    encoder: &EncoderFacts,
) -> Result<String, String> {
    let config = TrackBConfig::default();
    let ranked = track_b.ranking.iter().filter_map(|&dim| track_b.dims.get(dim as usize));
    let rows = ranked.map(|latent| LatentAgreementRow {
        dim: latent.dim,
        mean: latent.pearson_mean,
        spread: latent.pearson_std,
    });
    let figure = LatentAgreementFigure {
        rows: rows.collect(),
        stylistic_below: config.stylistic_below,
        perceptual_above: config.perceptual_above,
        n_pairs: track_b.pairs_compared,
        n_songs: track_b.songs_analyzed,
        encoder: figure_encoder(encoder),
    };
    carto_figures::latent_agreement_svg(&figure).map_err(|error| error.to_string())
}

/// `synthesis_heatmap.svg`: latents in the order of `latent_agreement.svg`, or
/// by number where no pair was compared.
pub(crate) fn synthesis_heatmap_svg(
    synthesis: &Synthesis,
    track_b: Option<&TrackB>,
    encoder: &EncoderFacts,
) -> Result<String, String> {
    let by_number = || (0..synthesis.n_latent_dims).collect();
    let figure = HeatmapFigure {
        r: synthesis.down.clone(),
        order: track_b.map_or_else(by_number, |track_b| track_b.ranking.clone()),
        is_ranked: track_b.is_some(),
        n_maps: synthesis.n_maps,
        encoder: figure_encoder(encoder),
    };
    carto_figures::heatmap_svg(&figure).map_err(|error| error.to_string())
}

/// `cosine_histogram.svg`.
pub(crate) fn cosine_histogram_svg(
    track_b: &TrackB,
    encoder: &EncoderFacts,
) -> Result<String, String> {
    let sum_r: f64 = track_b.dims.iter().map(|latent| latent.pearson_mean).sum();
    let figure = CosineFigure {
        cosines: track_b.cosines.clone(),
        cosine_mean: track_b.cosine_mean,
        cosine_std: track_b.cosine_std,
        mean_r: sum_r / track_b.dims.len().max(1) as f64,
        n_songs: track_b.songs_analyzed,
        encoder: figure_encoder(encoder),
    };
    carto_figures::cosine_histogram_svg(&figure).map_err(|error| error.to_string())
}

fn figure_encoder(encoder: &EncoderFacts) -> FigureEncoder {
    FigureEncoder { name: encoder.name.clone(), is_untrained: encoder.is_untrained }
}

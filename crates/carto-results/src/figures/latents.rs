//! The figures of latents.

use carto_figures::{
    CosineFigure, FigureEncoder, FigureError, HeatmapFigure, LatentAgreementFigure,
    LatentAgreementRow,
};
use carto_types::{ClassBounds, EncoderFacts, HeldOut, Synthesis, TrackB};

pub(super) fn figure_encoder(encoder: Option<&EncoderFacts>) -> FigureEncoder {
    match encoder {
        Some(encoder) => {
            FigureEncoder { name: encoder.name.clone(), is_untrained: encoder.is_untrained }
        }
        None => FigureEncoder { name: "not named by its program".to_owned(), is_untrained: false },
    }
}

pub(super) fn latent_agreement_svg(
    track_b: &TrackB,
    encoder: &FigureEncoder,
) -> Result<String, FigureError> {
    let ranked = track_b.ranking.iter().filter_map(|&dim| track_b.dims.get(dim as usize));
    let rows = ranked.map(|latent| LatentAgreementRow {
        dim: latent.dim,
        mean: latent.pearson_mean,
        spread: latent.pearson_std,
    });
    let counts = (track_b.pairs_compared, track_b.songs_analyzed);
    latents_svg(rows.collect(), counts, encoder.clone(), false)
}

/// The same of an encoder that was trained without these songs: its latents have
/// numbers of their own.
pub(super) fn held_out_svg(held_out: &HeldOut) -> Result<String, FigureError> {
    let ranked = held_out.ranking.iter().filter_map(|&dim| held_out.dims.get(dim as usize));
    let rows = ranked.map(|latent| LatentAgreementRow {
        dim: latent.dim,
        mean: latent.pearson_mean,
        spread: latent.pearson_std,
    });
    let encoder = FigureEncoder { name: held_out.checkpoint.clone(), is_untrained: false };
    latents_svg(rows.collect(), (held_out.n_pairs, held_out.n_songs), encoder, true)
}

/// - `rows`: from the left by mean r, highest first
fn latents_svg(
    rows: Vec<LatentAgreementRow>,
    (n_pairs, n_songs): (u32, u32),
    encoder: FigureEncoder,
    is_held_out: bool,
) -> Result<String, FigureError> {
    let ClassBounds { stylistic_below, perceptual_above } = ClassBounds::LATENTS;
    carto_figures::latent_agreement_svg(&LatentAgreementFigure {
        rows,
        stylistic_below,
        perceptual_above,
        n_pairs,
        n_songs,
        encoder,
        is_held_out,
    })
}

/// Latents in the order of the figure before, or by number where no pair was
/// compared.
pub(super) fn synthesis_heatmap_svg(
    synthesis: &Synthesis,
    track_b: Option<&TrackB>,
    encoder: &FigureEncoder,
) -> Result<String, FigureError> {
    let by_number = || (0..synthesis.n_latent_dims).collect();
    carto_figures::heatmap_svg(&HeatmapFigure {
        r: synthesis.downsampled.cells().to_vec(),
        order: track_b.map_or_else(by_number, |track_b| track_b.ranking.clone()),
        is_ranked: track_b.is_some(),
        n_maps: synthesis.n_maps,
        encoder: encoder.clone(),
    })
}

pub(super) fn cosine_histogram_svg(
    track_b: &TrackB,
    encoder: &FigureEncoder,
) -> Result<String, FigureError> {
    let sum_r: f64 = track_b.dims.iter().map(|latent| latent.pearson_mean).sum();
    carto_figures::cosine_histogram_svg(&CosineFigure {
        cosines: track_b.cosines.clone(),
        cosine_mean: track_b.cosine_mean,
        cosine_std: track_b.cosine_std,
        mean_r: sum_r / track_b.dims.len().max(1) as f64,
        n_songs: track_b.songs_analyzed,
        encoder: encoder.clone(),
    })
}

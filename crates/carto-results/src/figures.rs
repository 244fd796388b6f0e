//! The figures of a run, from its tables.

use carto_core::agreement::{TrackAConfig, TrackBConfig};
use carto_figures::{
    AgreementFigure, AgreementRow, CosineFigure, FigureEncoder, FigureError, HeatmapFigure,
    LatentAgreementFigure, LatentAgreementRow,
};
use carto_protocol::{EncoderFacts, HeldOut, Mode, RunResult, Synthesis, TrackA, TrackB};

/// What figures are drawn from.
#[derive(Debug, Clone, Copy, Default)]
pub struct FigureTables<'a> {
    /// The rules; `None` where another program made the tables.
    pub mode: Option<Mode>,
    /// Agreement per channel.
    pub track_a: Option<&'a TrackA>,
    /// Agreement per latent.
    pub track_b: Option<&'a TrackB>,
    /// How latents go with channels.
    pub synthesis: Option<&'a Synthesis>,
    /// Agreement on songs that an encoder did not see.
    pub held_out: Option<&'a HeldOut>,
    /// The encoder; `None` where it is not known.
    pub encoder: Option<&'a EncoderFacts>,
}

impl<'a> From<&'a RunResult> for FigureTables<'a> {
    fn from(result: &'a RunResult) -> Self {
        Self {
            mode: result.parameters.mode,
            track_a: result.track_a.as_ref(),
            track_b: result.track_b.as_ref(),
            synthesis: result.synthesis.as_ref(),
            held_out: result.held_out.as_ref(),
            encoder: result.parameters.encoder.as_ref(),
        }
    }
}

/// All figures that there are numbers for, each with its file's name. Where no
/// cosines of single pairs are known, there is no histogram of them.
#[must_use]
pub fn figures(tables: &FigureTables<'_>) -> Vec<(&'static str, Result<String, FigureError>)> {
    let mut figures = Vec::new();
    if let Some(track_a) = tables.track_a {
        figures.push(("cross_mapper_agreement.svg", agreement_svg(track_a, tables.mode)));
    }
    let encoder = figure_encoder(tables.encoder);
    if let Some(track_b) = tables.track_b {
        figures.push(("latent_agreement.svg", latent_agreement_svg(track_b, &encoder)));
        if !track_b.cosines.is_empty() {
            figures.push(("cosine_histogram.svg", cosine_histogram_svg(track_b, &encoder)));
        }
    }
    if let Some(synthesis) = tables.synthesis {
        let svg = synthesis_heatmap_svg(synthesis, tables.track_b, &encoder);
        figures.push(("synthesis_heatmap.svg", svg));
    }
    if let Some(held_out) = tables.held_out {
        figures.push(("held_out_agreement.svg", held_out_svg(held_out)));
    }
    figures
}

fn agreement_svg(track_a: &TrackA, mode: Option<Mode>) -> Result<String, FigureError> {
    let config = TrackAConfig::default();
    let rows = track_a.channels.iter().map(|channel| AgreementRow {
        name: channel.name.clone(),
        mean: channel.pearson_mean,
        spread: channel.pearson_std,
    });
    carto_figures::agreement_svg(&AgreementFigure {
        rows: rows.collect(),
        stylistic_below: config.stylistic_below,
        perceptual_above: config.perceptual_above,
        n_pairs: track_a.pairs_compared,
        n_songs: track_a.songs_analyzed,
        mode: mode.map_or("its program's own", Mode::name).to_owned(),
    })
}

fn latent_agreement_svg(track_b: &TrackB, encoder: &FigureEncoder) -> Result<String, FigureError> {
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
fn held_out_svg(held_out: &HeldOut) -> Result<String, FigureError> {
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
    let TrackBConfig { stylistic_below, perceptual_above, .. } = TrackBConfig::default();
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
fn synthesis_heatmap_svg(
    synthesis: &Synthesis,
    track_b: Option<&TrackB>,
    encoder: &FigureEncoder,
) -> Result<String, FigureError> {
    let by_number = || (0..synthesis.n_latent_dims).collect();
    carto_figures::heatmap_svg(&HeatmapFigure {
        r: synthesis.down.clone(),
        order: track_b.map_or_else(by_number, |track_b| track_b.ranking.clone()),
        is_ranked: track_b.is_some(),
        n_maps: synthesis.n_maps,
        encoder: encoder.clone(),
    })
}

fn cosine_histogram_svg(track_b: &TrackB, encoder: &FigureEncoder) -> Result<String, FigureError> {
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

fn figure_encoder(encoder: Option<&EncoderFacts>) -> FigureEncoder {
    match encoder {
        Some(encoder) => {
            FigureEncoder { name: encoder.name.clone(), is_untrained: encoder.is_untrained }
        }
        None => FigureEncoder { name: "not named by its program".to_owned(), is_untrained: false },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures;

    fn names(result: &RunResult) -> Vec<&'static str> {
        let drawn = figures(&FigureTables::from(result));
        drawn
            .into_iter()
            .map(|(name, svg)| {
                assert!(svg.unwrap().starts_with("<svg"), "{name}");
                name
            })
            .collect()
    }

    #[test]
    fn there_is_a_figure_for_every_table_with_numbers() {
        let mut result = fixtures::result(31);
        let all = [
            "cross_mapper_agreement.svg",
            "latent_agreement.svg",
            "cosine_histogram.svg",
            "synthesis_heatmap.svg",
            "held_out_agreement.svg",
        ];
        assert_eq!(names(&result), all);
        result.track_b.as_mut().unwrap().cosines.clear();
        (result.parameters.encoder, result.parameters.mode) = (None, None);
        assert_eq!(names(&result), [all[0], all[1], all[3], all[4]]);
        (result.track_a, result.track_b, result.held_out) = (None, None, None);
        assert_eq!(names(&result), [all[3]]);
    }
}

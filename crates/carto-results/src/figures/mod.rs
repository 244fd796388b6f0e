//! The figures of a result.

mod channels;
mod latents;

use carto_figures::{FigureError, Measure};
use carto_types::RunResult;

/// All figures that there are numbers for, each with its file's name. Where no
/// cosines of single pairs are known, there is no histogram of them; where there
/// is no pair of a song, no figure of songs; and none of the coupling, which the
/// published layout of the synthesis alone does not have.
#[must_use]
pub fn figures(result: &RunResult) -> Vec<(&'static str, Result<String, FigureError>)> {
    let mode = result.parameters.mode;
    let mut figures = Vec::new();
    if let Some(track_a) = &result.track_a {
        let measured = |measure| channels::measure_svg(track_a, measure, mode);
        figures.push(("cross_mapper_agreement.svg", channels::agreement_svg(track_a, mode)));
        figures.push(("channel_cosine.svg", measured(Measure::Cosine)));
        figures.push(("channel_distance.svg", measured(Measure::Distance)));
    }
    if result.songs.iter().any(|song| !song.pairs.is_empty()) {
        figures.push(("song_agreement.svg", channels::songs_svg(&result.songs)));
    }
    let encoder = latents::figure_encoder(result.parameters.encoder.as_ref());
    if let Some(track_b) = &result.track_b {
        let agreement = latents::latent_agreement_svg(track_b, &encoder);
        figures.push(("latent_agreement.svg", agreement));
        if !track_b.cosines.is_empty() {
            let histogram = latents::cosine_histogram_svg(track_b, &encoder);
            figures.push(("cosine_histogram.svg", histogram));
        }
    }
    if let Some(synthesis) = &result.synthesis {
        let heatmap = latents::synthesis_heatmap_svg(synthesis, result.track_b.as_ref(), &encoder);
        figures.push(("synthesis_heatmap.svg", heatmap));
        if !synthesis.between_channels.is_empty() {
            figures.push(("channel_coupling.svg", channels::coupling_svg(synthesis)));
        }
    }
    if let Some(held_out) = &result.held_out {
        figures.push(("held_out_agreement.svg", latents::held_out_svg(held_out)));
    }
    figures
}

#[cfg(test)]
mod tests {
    use carto_types::ChannelMatrix;

    use super::*;
    use crate::fixtures;

    fn names(result: &RunResult) -> Vec<&'static str> {
        let drawn = figures(result);
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
        let channels = ["cross_mapper_agreement.svg", "channel_cosine.svg", "channel_distance.svg"];
        let heatmaps = ["synthesis_heatmap.svg", "channel_coupling.svg"];
        let (songs, latents) = ("song_agreement.svg", "latent_agreement.svg");
        let held_out = "held_out_agreement.svg";
        let all =
            [&channels[..], &[songs, latents, "cosine_histogram.svg"], &heatmaps, &[held_out]];
        assert_eq!(names(&result), all.concat());
        result.track_b.as_mut().unwrap().cosines.clear();
        (result.parameters.encoder, result.parameters.mode) = (None, None);
        for song in &mut result.songs {
            song.pairs.clear();
        }
        let sums = [&channels[..], &[latents], &heatmaps, &[held_out]];
        assert_eq!(names(&result), sums.concat());
        (result.track_a, result.track_b, result.held_out) = (None, None, None);
        assert_eq!(names(&result), heatmaps);
        result.synthesis.as_mut().unwrap().between_channels = ChannelMatrix::default();
        assert_eq!(names(&result), heatmaps[..1]);
    }
}

//! The figures of a result.

use carto_agreement::mean_r;
use carto_charts::{
    AgreementChart, CosineChart, CouplingChart, HeatmapChart, LatentChart, Metric, SongRow,
    SongsChart, encoder_caption,
};
use carto_figures::{FigureError, svg};
use carto_types::{Mode, ResultSong, RunResult, TrackA};

/// All figures that there are numbers for, each with its file's name. Where no
/// cosines of single pairs are known, there is no histogram of them; where there
/// is no pair of a song, no figure of songs; and none of the coupling, which the
/// published layout of the synthesis alone does not have.
#[must_use]
pub fn figures(result: &RunResult) -> Vec<(&'static str, Result<String, FigureError>)> {
    let mut figures = Vec::new();
    if let Some(track_a) = &result.track_a {
        let of = |metric| svg(&agreement(track_a, metric, result.parameters.mode));
        figures.push(("cross_mapper_agreement.svg", of(Metric::Correlation)));
        figures.push(("channel_cosine.svg", of(Metric::Cosine)));
        figures.push(("channel_distance.svg", of(Metric::Distance)));
    }
    let songs: Vec<_> = result.songs.iter().filter(|song| !song.pairs.is_empty()).collect();
    if !songs.is_empty() {
        let rows = songs.into_iter().map(song_row).collect();
        figures.push(("song_agreement.svg", svg(&SongsChart::new(rows))));
    }
    let encoder = encoder_caption(result.parameters.encoder.as_ref());
    if let Some(track_b) = &result.track_b {
        let chart = LatentChart::new(Some(track_b), None);
        let chart = LatentChart { encoder: encoder.clone(), ..chart };
        figures.push(("latent_agreement.svg", svg(&chart)));
        if !track_b.cosines.is_empty() {
            let mut chart = CosineChart::new(track_b);
            chart.encoder.clone_from(&encoder);
            figures.push(("cosine_histogram.svg", svg(&chart)));
        }
    }
    if let Some(synthesis) = &result.synthesis {
        let chart = HeatmapChart::new(synthesis, result.track_b.as_ref(), encoder);
        figures.push(("synthesis_heatmap.svg", svg(&chart)));
        if !synthesis.between_channels.is_empty() {
            figures.push(("channel_coupling.svg", svg(&CouplingChart::new(synthesis))));
        }
    }
    if let Some(held_out) = &result.held_out {
        figures.push(("held_out_agreement.svg", svg(&LatentChart::of_held_out(held_out))));
    }
    figures
}

fn agreement(track_a: &TrackA, metric: Metric, mode: Option<Mode>) -> AgreementChart {
    AgreementChart { mode, ..AgreementChart::new(Some(track_a), None, metric, false) }
}

fn song_row(song: &ResultSong) -> SongRow {
    SongRow {
        title: song.title.clone(),
        artist: song.artist.clone(),
        n_mappers: song.mappers().len() as u32,
        n_pairs: song.pairs.len() as u32,
        r: mean_r(song.pairs.iter().map(|pair| &*pair.channels)).unwrap_or_default(),
    }
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

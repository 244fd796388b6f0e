//! The figures of a run, from its tables.

use carto_core::agreement::TrackAConfig;
use carto_figures::{AgreementFigure, AgreementRow};
use carto_protocol::{Mode, TrackA};

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

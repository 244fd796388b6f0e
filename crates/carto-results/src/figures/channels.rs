//! The figures of the nine channels and of songs.

use carto_agreement::mean_r;
use carto_figures::{
    AgreementFigure, AgreementRow, CouplingFigure, FigureError, Measure, MeasureFigure, MeasureRow,
    SongFigureRow, SongsFigure,
};
use carto_types::{ClassBounds, Mode, ResultSong, Synthesis, TrackA};

pub(super) fn agreement_svg(track_a: &TrackA, mode: Option<Mode>) -> Result<String, FigureError> {
    let bounds = ClassBounds::CHANNELS;
    let rows = track_a.channels.iter().map(|channel| AgreementRow {
        name: channel.name.clone(),
        mean: channel.pearson_mean,
        spread: channel.pearson_std,
    });
    carto_figures::agreement_svg(&AgreementFigure {
        rows: rows.collect(),
        stylistic_below: bounds.stylistic_below,
        perceptual_above: bounds.perceptual_above,
        n_pairs: track_a.pairs_compared,
        n_songs: track_a.songs_analyzed,
        mode: mode_name(mode),
    })
}

/// One of the two companions of r.
pub(super) fn measure_svg(
    track_a: &TrackA,
    measure: Measure,
    mode: Option<Mode>,
) -> Result<String, FigureError> {
    let rows = track_a.channels.iter().map(|channel| {
        let (mean, spread) = match measure {
            Measure::Cosine => (channel.cosine_mean, channel.cosine_std),
            Measure::Distance => (channel.mad_mean, channel.mad_std),
        };
        MeasureRow { name: channel.name.clone(), mean, spread, mean_r: channel.pearson_mean }
    });
    carto_figures::measure_svg(&MeasureFigure {
        measure,
        rows: rows.collect(),
        n_pairs: track_a.pairs_compared,
        n_songs: track_a.songs_analyzed,
        mode: mode_name(mode),
    })
}

/// What channels share before any latent.
pub(super) fn coupling_svg(synthesis: &Synthesis) -> Result<String, FigureError> {
    carto_figures::coupling_svg(&CouplingFigure {
        r: synthesis.between_channels.cells().to_vec(),
        n_maps: synthesis.n_maps,
    })
}

/// Songs with pairs.
pub(super) fn songs_svg(songs: &[ResultSong]) -> Result<String, FigureError> {
    let with_pairs = songs.iter().filter(|song| !song.pairs.is_empty());
    let rows = with_pairs.map(|song| SongFigureRow {
        title: song.title.clone(),
        artist: song.artist.clone(),
        n_mappers: song.mappers().len() as u32,
        n_pairs: song.pairs.len() as u32,
        r: mean_r(song.pairs.iter().map(|pair| &*pair.channels)).unwrap_or_default(),
    });
    carto_figures::songs_svg(&SongsFigure { songs: rows.collect() })
}

fn mode_name(mode: Option<Mode>) -> String {
    mode.map_or("its program's own", Mode::name).to_owned()
}

//! Latents of two maps over time as files.

use carto_charts::{SongChart, SongLatentsChart};
use carto_figures::{FigureError, svg};
use carto_types::csv::{Cell, Csv};
use carto_types::{EncoderFacts, OutputFile, SongLatents, latent_name};

use crate::song_series::series_csv;

/// Name of the figure.
pub const SONG_LATENTS_FIGURE: &str = "song_latents.svg";

/// `latents.csv`, `latent_agreement.csv` and the figure.
///
/// - `song`: the two maps, with the stretch that the figure shows
///
/// # Errors
///
/// Where the figure cannot be drawn.
pub(crate) fn files(
    song: SongChart<'_>,
    encoder: &EncoderFacts,
    latents: &SongLatents,
) -> Result<[OutputFile; 3], FigureError> {
    let figure = svg(&SongLatentsChart { song, latents, encoder })?;
    Ok([
        OutputFile::new("latents.csv", latents_csv(latents)),
        OutputFile::new("latent_agreement.csv", agreement_csv(latents)),
        OutputFile::new(SONG_LATENTS_FIGURE, figure),
    ])
}

/// One row a column: where it begins on the clock of A, and the latents of A and of B.
fn latents_csv(latents: &SongLatents) -> String {
    let all = 0..latents.n_latents as usize;
    let names: Vec<String> = all.clone().map(latent_name).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let times_ms = (0..latents.n_columns).map(|column_idx| latents.time_ms(column_idx));
    let of_map = |map_idx| all.clone().map(|idx| latents.latent(map_idx, idx)).collect();
    series_csv(&names, times_ms, [of_map(0), of_map(1)])
}

/// One row a latent: its r over the song, and over how many columns.
fn agreement_csv(latents: &SongLatents) -> String {
    let mut csv = Csv::new(["latent", "columns", "r"]);
    for (latent_idx, r) in latents.song.r.iter().enumerate() {
        let name = latent_name(latent_idx);
        csv.row([Cell::Text(&name), Cell::Count(latents.song.columns), Cell::from(*r)]);
    }
    csv.into_text()
}

//! Song by song: which of them are heard alike.

mod draw;
mod words;

use std::cmp::Ordering;

pub use self::draw::draw_songs;
use crate::error::FigureError;
use crate::svg;
use crate::theme::Theme;

/// Most songs of one figure: those at both ends stay.
const MAX_ROWS: usize = 40;

/// One song with pairs.
#[derive(Debug, Clone, PartialEq)]
pub struct SongFigureRow {
    /// Title; what is too long for its column is cut.
    pub title: String,
    /// Artist; the same.
    pub artist: String,
    /// Distinct mappers.
    pub n_mappers: u32,
    /// Pairs compared.
    pub n_pairs: u32,
    /// Mean Pearson r of each channel over those pairs, in [-1, 1]; anything else is
    /// shown as "none".
    pub r: [f64; 9],
}

/// The songs of one run: what the figure shows.
#[derive(Debug, Clone, PartialEq)]
pub struct SongsFigure {
    /// All songs with pairs, in any order.
    pub songs: Vec<SongFigureRow>,
}

impl SongFigureRow {
    /// The mean of ONSET and COMBO, the quickest reading of a song.
    fn timing_r(&self) -> f64 {
        let [onset, combo, ..] = self.r;
        (onset + combo) / 2.0
    }
}

impl SongsFigure {
    /// Songs as they are drawn: by timing r, highest first, what has none last; where
    /// there are more than 40, the 20 at either end.
    fn drawn(&self) -> Vec<&SongFigureRow> {
        let mut rows: Vec<_> = self.songs.iter().collect();
        rows.sort_by(|a, b| {
            let (a_r, b_r) = (a.timing_r(), b.timing_r());
            let by_r = match (a_r.is_nan(), b_r.is_nan()) {
                (false, false) => b_r.partial_cmp(&a_r).unwrap_or(Ordering::Equal),
                (a_is_nan, b_is_nan) => a_is_nan.cmp(&b_is_nan),
            };
            by_r.then_with(|| (&a.title, &a.artist).cmp(&(&b.title, &b.artist)))
        });
        if rows.len() > MAX_ROWS {
            rows.drain(MAX_ROWS / 2..rows.len() - MAX_ROWS / 2);
        }
        rows
    }

    fn is_cut(&self) -> bool {
        self.songs.len() > MAX_ROWS
    }
}

/// Natural width and height in pixels.
#[must_use]
pub fn songs_size(figure: &SongsFigure) -> (u32, u32) {
    draw::size_px(figure)
}

/// `song_agreement.svg`: a row for each song, a column for each channel, the relief
/// map of mean r with its values, on white. The longest has 40 songs.
///
/// # Errors
///
/// None of its own; numbers and names may be anything.
pub fn songs_svg(figure: &SongsFigure) -> Result<String, FigureError> {
    let (title, description) = (words::finding(figure), words::description(figure));
    svg::file(songs_size(figure), &title, &description, |area| {
        draw_songs(area, figure, &Theme::print())
    })
}

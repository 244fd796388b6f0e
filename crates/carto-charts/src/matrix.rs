//! Correlations of latents with channels, and of channels among themselves: cells, the
//! strongest of them, and their place on the colormap.

use carto_types::{SignalChannel, Synthesis};

use crate::channel::channel_name;
use crate::mean::correlation;
use crate::number::{NO_VALUE, cell, fixed};

const N_CHANNELS: usize = SignalChannel::COUNT;

/// Which matrix of latents and channels is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sampling {
    /// Channels averaged over the frames of a latent column.
    Down,
    /// Latents repeated over the frames of their column.
    Up,
}

impl Sampling {
    /// Both, in the order of their buttons.
    pub const ALL: [Self; 2] = [Self::Down, Self::Up];

    /// The word on its button.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Down => "Down-sampled",
            Self::Up => "Up-sampled",
        }
    }

    /// The sampling that is not this one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Down => Self::Up,
            Self::Up => Self::Down,
        }
    }

    /// The matrix of this sampling, `[n_latent_dims, 9]`.
    #[must_use]
    pub fn of(self, synthesis: &Synthesis) -> &[f64] {
        match self {
            Self::Down => synthesis.downsampled.cells(),
            Self::Up => synthesis.upsampled.cells(),
        }
    }
}

/// One row of a matrix with one channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The row: the number of a latent, or of a channel where there are channels alone.
    pub dim: usize,
    /// The number of the channel.
    pub channel: usize,
}

/// The channel that a latent correlates with most, whatever the sign.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nearest {
    /// Number of the channel.
    pub channel: usize,
    /// Correlation of the latent with the channel.
    pub r: f64,
}

/// The value of a cell; `None` beyond the matrix and for what is no correlation.
///
/// - `matrix`: `[n, 9]`
#[must_use]
pub fn value(matrix: &[f64], cell: Cell) -> Option<f64> {
    correlation(*matrix.get(cell.dim * N_CHANNELS + cell.channel)?)
}

/// The text of a cell: its value, or that there is none.
#[must_use]
pub fn cell_text(r: Option<f64>) -> String {
    r.map_or_else(|| NO_VALUE.to_owned(), cell)
}

/// A correlation with two decimals, or that there is none.
#[must_use]
pub fn r_text(r: Option<f64>) -> String {
    r.map_or_else(|| NO_VALUE.to_owned(), |r| fixed(r, 2))
}

/// The channel that a row correlates with most, the first of equals.
#[must_use]
pub fn nearest_channel(matrix: &[f64], dim: usize) -> Option<Nearest> {
    let (cell, r) = strongest_of(matrix, row_cells(dim))?;
    Some(Nearest { channel: cell.channel, r })
}

/// The cell of the largest `|r|` in some rows, the first of equals.
///
/// - `dims`: numbers of the rows, in the order that decides between equals
#[must_use]
pub(crate) fn strongest(matrix: &[f64], dims: impl Iterator<Item = usize>) -> Option<(Cell, f64)> {
    strongest_of(matrix, dims.flat_map(row_cells))
}

/// The two different channels of the largest `|r|`, the first of equals.
///
/// - `raw`: `[9, 9]`, channels among themselves
#[must_use]
pub(crate) fn closest_channels(raw: &[f64]) -> Option<(Cell, f64)> {
    let above_diagonal = |cell: &Cell| cell.channel > cell.dim;
    strongest_of(raw, (0..N_CHANNELS).flat_map(row_cells).filter(above_diagonal))
}

/// Latents by `|r|` with a channel, strongest first.
#[must_use]
pub fn by_channel(matrix: &[f64], channel: usize) -> Vec<(usize, f64)> {
    let mut latents: Vec<_> = (0..matrix.len() / N_CHANNELS)
        .filter_map(|dim| value(matrix, Cell { dim, channel }).map(|r| (dim, r)))
        .collect();
    latents.sort_by(|(_, a), (_, b)| b.abs().total_cmp(&a.abs()));
    latents
}

/// Where a correlation stands on a colormap of 21 steps from -1 to 1, a tenth apart: the step
/// below it, 0 to 19, and how far it is from there to the next, in `[0, 1]`.
#[must_use]
pub fn colormap_place(r: f64) -> (usize, f64) {
    let place = (r.clamp(-1.0, 1.0) + 1.0) * 10.0;
    let below = (place.floor() as usize).min(19);
    (below, place - below as f64)
}

/// What stands at the ends of the colormap's key: `-1`, `0` and `1`, each with its step.
pub const COLORMAP_KEY: [(&str, usize); 3] = [("−1", 0), ("0", 10), ("1", 20)];

/// All values of a row in words: `ONSET .51, COMBO −.10`.
pub(crate) fn row_text(matrix: &[f64], cells: impl Iterator<Item = Cell>) -> String {
    let cells = cells.map(|cell| {
        let r = cell_text(value(matrix, cell));
        format!("{} {r}", channel_name(cell.channel))
    });
    cells.collect::<Vec<_>>().join(", ")
}

pub(crate) fn row_cells(dim: usize) -> impl Iterator<Item = Cell> {
    (0..N_CHANNELS).map(move |channel| Cell { dim, channel })
}

fn strongest_of(matrix: &[f64], cells: impl Iterator<Item = Cell>) -> Option<(Cell, f64)> {
    let mut strongest = None;
    for (cell, r) in cells.filter_map(|cell| Some((cell, value(matrix, cell)?))) {
        if strongest.is_none_or(|(_, most): (Cell, f64)| r.abs() > most.abs()) {
            strongest = Some((cell, r));
        }
    }
    strongest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_is_found_whatever_its_sign() {
        let mut matrix = vec![0.1; 27];
        matrix[9 + 7] = -0.8;
        matrix[18] = f64::NAN;
        matrix[20] = 0.8;
        let cell = |dim, channel| Cell { dim, channel };
        assert_eq!(strongest(&matrix, 0..3), Some((cell(1, 7), -0.8)));
        assert_eq!(strongest(&matrix, [2, 1].into_iter()), Some((cell(2, 2), 0.8)));
        assert_eq!(nearest_channel(&matrix, 2), Some(Nearest { channel: 2, r: 0.8 }));
        assert_eq!(nearest_channel(&matrix, 3), None);
        assert_eq!(value(&matrix, cell(2, 0)), None);
        assert_eq!(strongest(&[], 0..3), None);
    }

    #[test]
    fn the_closest_channels_are_two() {
        let mut raw = vec![0.0; 81];
        raw[0] = 1.0;
        raw[2 * 9 + 3] = 0.78;
        raw[3] = -0.4;
        assert_eq!(closest_channels(&raw), Some((Cell { dim: 2, channel: 3 }, 0.78)));
        assert_eq!(closest_channels(&[]), None);
    }

    #[test]
    fn a_channel_lists_its_latents_strongest_first() {
        let mut matrix = vec![0.0; 27];
        (matrix[7], matrix[16], matrix[25]) = (0.2, -0.9, 0.5);
        let dims: Vec<_> = by_channel(&matrix, 7).into_iter().map(|(dim, _)| dim).collect();
        assert_eq!(dims, [1, 2, 0]);
    }

    #[test]
    fn a_tenth_is_a_step_of_the_colormap() {
        assert_eq!([-1.0, 0.0, 1.0].map(colormap_place), [(0, 0.0), (10, 0.0), (19, 1.0)]);
        assert_eq!(colormap_place(7.0), (19, 1.0));
        let (below, share) = colormap_place(0.75);
        assert_eq!(below, 17);
        assert!((share - 0.5).abs() < 1e-12);
    }
}

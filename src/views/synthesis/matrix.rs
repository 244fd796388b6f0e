//! Reading the matrices of the synthesis.

use carto_types::Synthesis;

/// Columns of the matrix.
pub(crate) const N_CHANNELS: usize = carto_types::SignalChannel::COUNT;

/// Which of the two matrices is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sampling {
    /// Channels averaged over the frames of a latent column.
    Down,
    /// Latents repeated over the frames of their column.
    Up,
}

impl Sampling {
    /// In the order of the buttons.
    pub(crate) const ALL: [Self; 2] = [Self::Down, Self::Up];

    /// On its button.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Down => "Down-sampled",
            Self::Up => "Up-sampled",
        }
    }

    /// `[n_latent_dims, 9]`.
    pub(crate) fn of(self, synthesis: &Synthesis) -> &[f64] {
        match self {
            Self::Down => synthesis.downsampled.cells(),
            Self::Up => synthesis.upsampled.cells(),
        }
    }
}

/// One latent with one channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Number of the latent.
    pub(crate) dim: usize,
    /// Number of the channel.
    pub(crate) channel: usize,
}

/// The channel that a latent goes with most closely.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Nearest {
    /// Its number.
    pub(crate) channel: usize,
    /// Correlation with it.
    pub(crate) r: f64,
}

/// The value of a cell; `None` beyond the matrix and for what is no number.
///
/// - `matrix`: `[n, 9]`
pub(crate) fn value(matrix: &[f64], cell: Cell) -> Option<f64> {
    let r = *matrix.get(cell.dim * N_CHANNELS + cell.channel)?;
    r.is_finite().then_some(r)
}

/// The largest `|r|` in a latent's row, the first of equals.
pub(crate) fn nearest_channel(matrix: &[f64], dim: usize) -> Option<Nearest> {
    let row = (0..N_CHANNELS)
        .filter_map(|channel| value(matrix, Cell { dim, channel }).map(|r| Nearest { channel, r }));
    row.fold(None, |nearest: Option<Nearest>, next| match nearest {
        Some(nearest) if next.r.abs() <= nearest.r.abs() => Some(nearest),
        _ => Some(next),
    })
}

/// The largest `|r|` of all, the first of equals.
pub(crate) fn strongest(matrix: &[f64]) -> Option<(Cell, f64)> {
    let rows = (0..matrix.len() / N_CHANNELS)
        .filter_map(|dim| nearest_channel(matrix, dim).map(|nearest| (dim, nearest)));
    rows.fold(None, |best: Option<(Cell, f64)>, (dim, Nearest { channel, r })| match best {
        Some(best) if r.abs() <= best.1.abs() => Some(best),
        _ => Some((Cell { dim, channel }, r)),
    })
}

/// Latents by `|r|` with a channel, strongest first.
pub(crate) fn by_channel(matrix: &[f64], channel: usize) -> Vec<(usize, f64)> {
    let mut latents: Vec<_> = (0..matrix.len() / N_CHANNELS)
        .filter_map(|dim| value(matrix, Cell { dim, channel }).map(|r| (dim, r)))
        .collect();
    latents.sort_by(|(_, a), (_, b)| b.abs().total_cmp(&a.abs()));
    latents
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
        assert_eq!(strongest(&matrix), Some((Cell { dim: 1, channel: 7 }, -0.8)));
        assert_eq!(nearest_channel(&matrix, 2), Some(Nearest { channel: 2, r: 0.8 }));
        assert_eq!(nearest_channel(&matrix, 3), None);
        assert_eq!(value(&matrix, Cell { dim: 2, channel: 0 }), None);
        assert_eq!(strongest(&[]), None);
    }

    #[test]
    fn a_channel_lists_its_latents_strongest_first() {
        let mut matrix = vec![0.0; 27];
        (matrix[7], matrix[16], matrix[25]) = (0.2, -0.9, 0.5);
        let dims: Vec<_> = by_channel(&matrix, 7).into_iter().map(|(dim, _)| dim).collect();
        assert_eq!(dims, [1, 2, 0]);
    }
}

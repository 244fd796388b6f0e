//! How latents correlate with channels, and channels with each other.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::SignalChannel;

/// Rows of nine cells, one cell for each channel: `[n_rows, 9]`.
///
/// In files and messages it is the flat list of its cells, row by row. A matrix that is
/// not known has no rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ChannelMatrix(Vec<[f64; SignalChannel::COUNT]>);

impl ChannelMatrix {
    /// A matrix of zeros.
    #[must_use]
    pub fn zeros(n_rows: usize) -> Self {
        Self(vec![[0.0; SignalChannel::COUNT]; n_rows])
    }

    /// The matrix of a flat list; `None` where its cells are no whole rows.
    #[must_use]
    pub fn from_cells(cells: &[f64]) -> Option<Self> {
        match cells.as_chunks() {
            (rows, []) => Some(Self(rows.to_vec())),
            _ => None,
        }
    }

    /// How many rows there are.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.0.len()
    }

    /// Whether the matrix is not known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The rows, each `[9]`.
    #[must_use]
    pub fn rows(&self) -> &[[f64; SignalChannel::COUNT]] {
        &self.0
    }

    /// All cells, row by row: `[n_rows * 9]`.
    #[must_use]
    pub fn cells(&self) -> &[f64] {
        self.0.as_flattened()
    }

    /// All cells, row by row, to be changed.
    pub fn cells_mut(&mut self) -> &mut [f64] {
        self.0.as_flattened_mut()
    }

    /// Mean of `|r|` over all cells; 0 without any.
    #[must_use]
    pub fn mean_abs(&self) -> f64 {
        self.cells().iter().map(|r| r.abs()).sum::<f64>() / self.cells().len().max(1) as f64
    }
}

impl From<Vec<[f64; SignalChannel::COUNT]>> for ChannelMatrix {
    fn from(rows: Vec<[f64; SignalChannel::COUNT]>) -> Self {
        Self(rows)
    }
}

impl Serialize for ChannelMatrix {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.cells().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ChannelMatrix {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let cells = Vec::<f64>::deserialize(deserializer)?;
        let n = cells.len();
        Self::from_cells(&cells)
            .ok_or_else(|| D::Error::custom(format_args!("{n} numbers are no rows of nine")))
    }
}

/// The three matrices of Pearson's r of one map, or their mean over maps: 0 where a
/// side is constant.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ChannelCorrelations {
    /// `[n_latent_dims, 9]`: latents with channels that are averaged over the frames of
    /// a column.
    pub downsampled: ChannelMatrix,
    /// `[n_latent_dims, 9]`: latents, repeated over the frames of a column, with
    /// channels.
    pub upsampled: ChannelMatrix,
    /// `[9, 9]`: channels with channels. 1 on the diagonal, also where a channel is
    /// constant, as in the published table.
    pub between_channels: ChannelMatrix,
}

impl ChannelCorrelations {
    /// Whether all three are those of an encoder with that many latents.
    #[must_use]
    pub fn has_shape_of(&self, n_latent_dims: usize) -> bool {
        self.downsampled.n_rows() == n_latent_dims
            && self.upsampled.n_rows() == n_latent_dims
            && self.between_channels.n_rows() == SignalChannel::COUNT
    }
}

/// How latents correlate with channels over all maps of a run (the study's synthesis).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Synthesis {
    /// Rows of the matrices of latents.
    pub n_latent_dims: u32,
    /// `[n_latent_dims, 9]`, channels averaged over the frames of a column: the matrix
    /// that is shown first.
    #[serde(rename = "down")]
    pub downsampled: ChannelMatrix,
    /// `[n_latent_dims, 9]`, latents repeated over the frames of a column; without rows
    /// where it is not known.
    #[serde(rename = "up")]
    pub upsampled: ChannelMatrix,
    /// `[9, 9]`, channels with channels; without rows where it is not known.
    #[serde(rename = "raw")]
    pub between_channels: ChannelMatrix,
    /// Maps behind the matrices.
    pub n_maps: u32,
    /// Mean of `|r|` over the downsampled matrix.
    #[serde(rename = "mean_abs_down")]
    pub mean_abs_downsampled: f64,
    /// Mean of `|r|` over the upsampled matrix; 0 where it is not known.
    #[serde(rename = "mean_abs_up")]
    pub mean_abs_upsampled: f64,
    /// Signs of all 36 pairs of channels, in the order of channels.
    pub pairs: Vec<SignRow>,
    /// Signs of all 36 pairs, without rows in which a member has
    /// `|r| < sign_threshold`.
    pub pairs_thresholded: Vec<SignRow>,
    /// Signs of all 84 triples, smallest p first.
    pub triples: Vec<SignRow>,
    /// Signs of all 84 triples, smallest p first, without rows in which a member has
    /// `|r| < sign_threshold`.
    pub triples_thresholded: Vec<SignRow>,
    /// [`Synthesis::SIGN_THRESHOLD`] in every run of this program.
    pub sign_threshold: f64,
}

impl Synthesis {
    /// A cell with `|r|` below this has no sign where signs are thresholded (the
    /// published synthesis, `fix3_sign_threshold`).
    pub const SIGN_THRESHOLD: f64 = 0.05;
}

/// How often some channels have the same sign over the rows of the matrix.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignRow {
    /// Numbers of the channels, ascending.
    pub channels: Vec<u32>,
    /// Rows with one sign for all.
    pub same_count: u32,
    /// Rows in which all have a sign.
    pub valid_rows: u32,
    /// Probability of at least as many equal signs if each sign were a fair coin flip
    /// (one-sided binomial test): 1/2 a row for a pair, 1/4 for a triple.
    pub p_value: f64,
}

impl SignRow {
    /// Names of the channels, as the published layouts join them: `ONSET+COMBO`.
    #[must_use]
    pub fn name(&self) -> String {
        let all = SignalChannel::ALL;
        let named = self.channels.iter().filter_map(|&channel| all.get(channel as usize));
        named.map(|channel| channel.name()).collect::<Vec<_>>().join("+")
    }
}

/// The channels of a row of a [`ChannelMatrix`] by `|r|`, strongest first; of equal ones
/// the later first, as a reversed stable sort has it (quirk 66).
#[must_use]
pub fn strongest_channels(row: &[f64; SignalChannel::COUNT]) -> [SignalChannel; 9] {
    let r = |channel: SignalChannel| row[channel as usize].abs();
    let mut order = SignalChannel::ALL;
    order.sort_by(|&a, &b| r(a).total_cmp(&r(b)));
    order.reverse();
    order
}

#[cfg(all(test, feature = "json"))]
mod tests {
    use super::*;

    #[test]
    fn of_equal_cells_the_later_channel_comes_first() {
        let row = [0.1, -0.5, 0.5, 0.0, 0.0, 0.2, -0.2, 0.0, 0.9];
        let places = strongest_channels(&row).map(|channel| channel as usize);
        assert_eq!(places, [8, 2, 1, 6, 5, 0, 7, 4, 3]);
    }

    #[test]
    fn a_matrix_is_a_flat_list_of_whole_rows() {
        let matrix = ChannelMatrix::from(vec![[0.5; 9], [-0.25; 9]]);
        let text = serde_json::to_string(&matrix).unwrap();
        assert_eq!(text.matches(',').count(), 17);
        assert_eq!(serde_json::from_str::<ChannelMatrix>(&text).unwrap(), matrix);
        assert_eq!((matrix.mean_abs(), ChannelMatrix::default().mean_abs()), (0.375, 0.0));
        let error = serde_json::from_str::<ChannelMatrix>("[1.0, 2.0]").unwrap_err();
        assert!(error.to_string().contains("2 numbers are no rows of nine"), "{error}");
        assert!(serde_json::from_str::<ChannelMatrix>("[]").unwrap().is_empty());
    }
}

use super::frames::FrameRows;
use super::rows::Rows;

/// Room that all stages share.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// Inputs of a product, see [`super::product::Product`].
    pub(super) laid_out: Vec<f32>,
    /// Frames of the signal, times first.
    pub(super) frames: FrameRows,
    /// Filter and gate before their taps: a window that moves over the layer.
    pub(super) branches: Rows,
    /// The gated product of a block.
    pub(super) gated: Rows,
    /// Sum of skips, then the channels that are pooled.
    pub(super) skips: Rows,
    pub(super) mixed: Rows,
}

impl Scratch {
    pub(super) fn n_bytes(&self) -> usize {
        let rows = [&self.branches, &self.gated, &self.skips, &self.mixed];
        rows.iter().map(|rows| rows.n_bytes()).sum::<usize>()
            + self.laid_out.len() * size_of::<f32>()
    }
}

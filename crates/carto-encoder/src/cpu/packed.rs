use pulp::Simd;

use crate::folded::Matrix;

/// Registers side by side that a product keeps of one row of outputs.
pub(super) const REGISTERS_ACROSS: usize = 2;

/// Outputs that a product computes together.
pub(super) fn panel_width<S: Simd>() -> usize {
    REGISTERS_ACROSS * S::F32_LANES
}

/// Room for `n` channels in whole panels.
pub(super) fn padded<S: Simd>(n: usize) -> usize {
    n.next_multiple_of(panel_width::<S>())
}

/// A matrix in the order in which the product reads it: panels of as many
/// outputs as are computed together, and in a panel input by input.
#[derive(Debug)]
pub(super) struct Packed {
    /// Inputs.
    pub(super) n_in: usize,
    /// Outputs, in whole panels; those beyond the matrix are zero.
    pub(super) n_out_padded: usize,
    /// `[panel, n_in, panel width]`.
    pub(super) values: Vec<f32>,
}

impl Packed {
    pub(super) fn new<S: Simd>(matrix: &Matrix) -> Self {
        let width = panel_width::<S>();
        let n_out_padded = padded::<S>(matrix.n_out);
        let mut values = vec![0.0; matrix.n_in * n_out_padded];
        let panels = values.chunks_exact_mut((matrix.n_in * width).max(1));
        for (first, panel) in (0..).step_by(width).zip(panels) {
            let last = (first + width).min(matrix.n_out);
            for (input, to) in panel.chunks_exact_mut(width).enumerate() {
                to[..last - first].copy_from_slice(&matrix.row(input)[first..last]);
            }
        }
        Self { n_in: matrix.n_in, n_out_padded, values }
    }

    /// Bytes held.
    pub(super) fn n_bytes(&self) -> usize {
        self.values.len() * size_of::<f32>()
    }
}

use pulp::{Simd, WithSimd};

use crate::folded::Matrix;

/// Registers side by side that a product keeps of one row of outputs.
const REGISTERS_ACROSS: usize = 2;

/// Outputs that a product computes together.
fn panel_width<S: Simd>() -> usize {
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
    values: Vec<f32>,
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

    /// Bytes of the packed weights.
    pub(super) fn n_bytes(&self) -> usize {
        self.values.len() * size_of::<f32>()
    }
}

/// Times whose inputs are laid out together: small enough to stay in the
/// second cache beside a panel, and a multiple of 4, 6 and 12, the times that are
/// computed together.
pub(super) const BLOCK_LEN: usize = 60;

/// `outputs = inputs · matrix`, or the same added to `outputs`, for up to
/// [`BLOCK_LEN`] times.
///
/// Every output is summed over the inputs in their order, whatever the place of
/// its time in the block: a tile gives what the whole map gives.
pub(super) struct Product<'a> {
    /// `[time, n_in]` with `input_stride`.
    pub(super) inputs: &'a [f32],
    pub(super) input_stride: usize,
    pub(super) matrix: &'a Packed,
    /// `[time, n_out_padded]` with `output_stride`.
    pub(super) outputs: &'a mut [f32],
    pub(super) output_stride: usize,
    pub(super) n_times: usize,
    /// Whether `outputs` holds what the product is added to.
    pub(super) adds: bool,
    /// Room for the inputs of a block in the order in which they are read.
    pub(super) scratch: &'a mut Vec<f32>,
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        // Accumulators, one row of the matrix and one input must fit into the
        // registers: 32 of them with AVX-512 and NEON, 16 elsewhere. WebAssembly
        // has none of its own; a browser on x86-64 has 15 to give.
        if cfg!(target_arch = "wasm32") {
            self.run::<S, 4>(simd);
        } else if S::REGISTER_COUNT >= 32 {
            self.run::<S, 12>(simd);
        } else {
            self.run::<S, 6>(simd);
        }
    }
}

impl Product<'_> {
    /// Computes the product, `GROUP` times together.
    #[inline(always)]
    fn run<S: Simd, const GROUP: usize>(self, simd: S) {
        let Self { inputs, input_stride, matrix, outputs, output_stride, n_times, adds, scratch } =
            self;
        if n_times == 0 || matrix.n_in == 0 {
            return;
        }
        lay_out::<GROUP>(inputs, input_stride, matrix.n_in, n_times, scratch);
        let (inputs, _) = scratch.as_chunks::<GROUP>();
        let width = panel_width::<S>();
        let panels = matrix.values.chunks_exact(matrix.n_in * width);
        for (panel, first) in panels.zip((0..).step_by(width)) {
            let panel = S::as_simd_f32s(panel).0.as_chunks::<REGISTERS_ACROSS>().0;
            let groups = inputs.chunks_exact(matrix.n_in).zip((0..n_times).step_by(GROUP));
            for (group, time) in groups {
                let sums = multiply::<S, GROUP>(simd, group, panel);
                for (sums, time) in sums.iter().zip(time..n_times) {
                    let start = time * output_stride + first;
                    let outputs = S::as_mut_simd_f32s(&mut outputs[start..start + width]).0;
                    for (output, &sum) in outputs.iter_mut().zip(sums) {
                        *output = if adds { simd.add_f32s(*output, sum) } else { sum };
                    }
                }
            }
        }
    }
}

/// Inputs as `[group, n_in, GROUP]`; times beyond the last are zero.
#[inline(always)]
fn lay_out<const GROUP: usize>(
    inputs: &[f32],
    stride: usize,
    n_in: usize,
    n_times: usize,
    scratch: &mut Vec<f32>,
) {
    let n_groups = n_times.div_ceil(GROUP);
    scratch.resize(n_groups * GROUP * n_in, 0.0);
    for (group, to) in scratch.chunks_exact_mut(GROUP * n_in).enumerate() {
        let (to, _) = to.as_chunks_mut::<GROUP>();
        for place in 0..GROUP {
            let time = group * GROUP + place;
            if time < n_times {
                let row = &inputs[time * stride..time * stride + n_in];
                for (to, &value) in to.iter_mut().zip(row) {
                    to[place] = value;
                }
            } else {
                for to in to.iter_mut() {
                    to[place] = 0.0;
                }
            }
        }
    }
}

/// The inner loop: the products of `GROUP` times with one panel.
#[inline(always)]
fn multiply<S: Simd, const GROUP: usize>(
    simd: S,
    inputs: &[[f32; GROUP]],
    panel: &[[S::f32s; REGISTERS_ACROSS]],
) -> [[S::f32s; REGISTERS_ACROSS]; GROUP] {
    let mut sums = [[simd.splat_f32s(0.0); REGISTERS_ACROSS]; GROUP];
    for (inputs, weights) in inputs.iter().zip(panel) {
        for (sums, &input) in sums.iter_mut().zip(inputs) {
            let input = simd.splat_f32s(input);
            for (sum, &weight) in sums.iter_mut().zip(weights) {
                *sum = simd.mul_add_e_f32s(input, weight, *sum);
            }
        }
    }
    sums
}

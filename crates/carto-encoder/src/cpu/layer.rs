use std::ops::Range;

use pulp::Simd;

use super::activation::Gate;
use super::packed::Packed;
use super::product::{BLOCK_LEN, Product};
use super::rows::Rows;
use super::scratch::Scratch;
use super::spans::StageSpans;
use super::stride;
use crate::SignalFrames;
use crate::folded::FoldedLayer;

/// One gated layer's weights in the order of the products.
#[derive(Debug)]
pub(super) struct PackedLayer {
    dilation: usize,
    /// Channels of the gated product.
    wide: usize,
    branches: Packed,
    taps: Vec<f32>,
    residual: Option<Packed>,
    skip: Packed,
}

/// One layer's way over a tile.
pub(super) struct Pass<'a, S> {
    pub(super) simd: S,
    /// The signal, which the first layer of all reads instead of the running sum.
    pub(super) frames: Option<SignalFrames<'a>>,
    /// Place of the layer in its stage; the first one begins the sum of skips.
    pub(super) idx: usize,
    pub(super) spans: &'a StageSpans,
    /// The running sum over `spans.input`.
    pub(super) sums: &'a mut Rows,
    pub(super) scratch: &'a mut Scratch,
}

impl PackedLayer {
    pub(super) fn new<S: Simd>(layer: &FoldedLayer) -> Self {
        Self {
            dilation: layer.dilation,
            wide: layer.skip.n_in,
            branches: Packed::new::<S>(&layer.branches),
            taps: layer.taps.clone(),
            residual: layer.residual.as_ref().map(Packed::new::<S>),
            skip: Packed::new::<S>(&layer.skip),
        }
    }

    /// Bytes held.
    pub(super) fn n_bytes(&self) -> usize {
        let residual = self.residual.as_ref().map_or(0, Packed::n_bytes);
        self.branches.n_bytes() + self.skip.n_bytes() + residual
    }

    /// Adds what this layer gives to the running sum and to the sum of skips,
    /// block by block.
    pub(super) fn run<S: Simd>(&self, mut pass: Pass<'_, S>) {
        let span = pass.spans.layers[pass.idx].clone();
        let reach = self.dilation;
        pass.scratch.branches.reserve(BLOCK_LEN + 2 * reach, self.branches.n_out_padded);
        pass.scratch.gated.reserve(BLOCK_LEN, stride::<S>(self.wide));
        // The window starts `reach` before the block; times are counted from there,
        // so that those before the map have a place.
        let mut n_known = 0;
        let mut block = span.start;
        while block < span.end {
            let n_times = BLOCK_LEN.min(span.end - block);
            let n_window = n_times + 2 * reach;
            self.fill(&mut pass, block, n_known..n_window);
            let scratch = &mut *pass.scratch;
            for time in 0..n_times {
                pass.simd.vectorize(Gate {
                    branches: [0, reach, 2 * reach].map(|tap| scratch.branches.row(time + tap)),
                    taps: &self.taps,
                    output: &mut scratch.gated.row_mut(time)[..self.wide],
                });
            }
            self.add(&mut pass, block, n_times);
            n_known = 2 * reach;
            pass.scratch.branches.keep_from(n_times, n_window);
            block += n_times;
        }
    }

    /// Computes rows of the window before `block`; outside of the map they are zero.
    fn fill<S: Simd>(&self, pass: &mut Pass<'_, S>, block: usize, rows: Range<usize>) {
        let Pass { simd, frames, spans, sums, scratch, .. } = pass;
        let reach = self.dilation;
        // The first row within the map, and the first behind it.
        let first = reach.saturating_sub(block).clamp(rows.start, rows.end);
        let last = (spans.n_times + reach - block).clamp(first, rows.end);
        for row in (rows.start..first).chain(last..rows.end) {
            scratch.branches.row_mut(row).fill(0.0);
        }
        let mut row = first;
        while row < last {
            let n_times = BLOCK_LEN.min(last - row);
            let time = block + row - reach;
            let (inputs, input_stride) = match frames {
                Some(signal) => {
                    let frames = scratch.frames.of(*signal, time..time + n_times);
                    (frames, self.branches.n_in)
                }
                None => (sums.tail(time - spans.input.start), sums.stride()),
            };
            simd.vectorize(Product {
                inputs,
                input_stride,
                matrix: &self.branches,
                outputs: scratch.branches.tail_mut(row),
                output_stride: self.branches.n_out_padded,
                n_times,
                adds: false,
                scratch: &mut scratch.laid_out,
            });
            row += n_times;
        }
    }

    /// Adds the gated product of a block.
    fn add<S: Simd>(&self, pass: &mut Pass<'_, S>, block: usize, n_times: usize) {
        let Pass { simd, idx, spans, sums, scratch, .. } = pass;
        let input_stride = scratch.gated.stride();
        if let Some(residual) = &self.residual {
            simd.vectorize(Product {
                inputs: scratch.gated.tail(0),
                input_stride,
                matrix: residual,
                output_stride: sums.stride(),
                outputs: sums.tail_mut(block - spans.input.start),
                n_times,
                adds: true,
                scratch: &mut scratch.laid_out,
            });
        }
        let first = block.max(spans.output.start);
        let last = (block + n_times).min(spans.output.end);
        if first >= last {
            return;
        }
        simd.vectorize(Product {
            inputs: scratch.gated.tail(first - block),
            input_stride,
            matrix: &self.skip,
            output_stride: scratch.skips.stride(),
            outputs: scratch.skips.tail_mut(first - spans.output.start),
            n_times: last - first,
            adds: *idx > 0,
            scratch: &mut scratch.laid_out,
        });
    }
}

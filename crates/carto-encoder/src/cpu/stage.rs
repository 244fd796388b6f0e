use std::ops::Range;

use pulp::Simd;

use super::activation::{AddTap, Gate, Silu};
use super::buffers::{Rows, Scratch};
use super::product::{BLOCK_LEN, Packed, Product, padded};
use super::spans::StageSpans;
use crate::SignalFrames;
use crate::folded::{FoldedLayer, FoldedPool, FoldedStage};

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

/// What a layer works on while it runs over a tile.
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

    /// Bytes of the layer's weights.
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
        pass.scratch.gated.reserve(BLOCK_LEN, padded::<S>(self.wide));
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

/// One stage's weights in the order of the products.
#[derive(Debug)]
pub(super) struct PackedStage {
    layers: Vec<PackedLayer>,
    mix: Packed,
    pool: FoldedPool,
    /// To the next stage.
    pub(super) exit: Option<Packed>,
}

impl PackedStage {
    /// Takes the weights out of the folded form, which keeps the shapes.
    pub(super) fn new<S: Simd>(stage: &mut FoldedStage) -> Self {
        let layers = stage.layers.iter().map(PackedLayer::new::<S>).collect();
        let packed = Self {
            layers,
            mix: Packed::new::<S>(&stage.mix),
            pool: stage.pool.clone(),
            exit: stage.exit.as_ref().map(Packed::new::<S>),
        };
        for layer in &mut stage.layers {
            layer.branches.values = Vec::new();
            layer.residual = None;
            layer.skip.values = Vec::new();
        }
        stage.mix.values = Vec::new();
        stage.exit = None;
        packed
    }

    pub(super) fn n_bytes(&self) -> usize {
        let layers: usize = self.layers.iter().map(PackedLayer::n_bytes).sum();
        let exit = self.exit.as_ref().map_or(0, Packed::n_bytes);
        layers + self.mix.n_bytes() + exit
    }

    /// Takes the running sum over `spans.input` to the pooled channels.
    ///
    /// `frames`: the signal, in the first stage, whose first layer reads it
    /// instead of the running sum.
    pub(super) fn run<S: Simd>(
        &self,
        simd: S,
        frames: Option<SignalFrames<'_>>,
        spans: &StageSpans,
        sums: &mut Rows,
        pooled: &mut Rows,
        scratch: &mut Scratch,
    ) {
        scratch.skips.reserve(spans.output.len(), padded::<S>(self.mix.n_in));
        for (idx, layer) in self.layers.iter().enumerate() {
            let frames = frames.filter(|_| idx == 0);
            layer.run(Pass { simd, frames, idx, spans, sums: &mut *sums, scratch: &mut *scratch });
        }
        self.mix(simd, spans, scratch);
        self.pool(simd, spans, pooled, scratch);
    }

    fn mix<S: Simd>(&self, simd: S, spans: &StageSpans, scratch: &mut Scratch) {
        let n_times = spans.output.len();
        scratch.mixed.reserve(n_times, self.mix.n_out_padded);
        for first in (0..n_times).step_by(BLOCK_LEN) {
            let n_times = BLOCK_LEN.min(n_times - first);
            let stride = scratch.skips.stride();
            simd.vectorize(Silu(&mut scratch.skips.tail_mut(first)[..n_times * stride]));
            simd.vectorize(Product {
                inputs: scratch.skips.tail(first),
                input_stride: stride,
                matrix: &self.mix,
                outputs: scratch.mixed.tail_mut(first),
                output_stride: self.mix.n_out_padded,
                n_times,
                adds: false,
                scratch: &mut scratch.laid_out,
            });
        }
    }

    fn pool<S: Simd>(&self, simd: S, spans: &StageSpans, pooled: &mut Rows, scratch: &mut Scratch) {
        let wide = self.pool.taps.len() / self.pool.n_taps();
        pooled.reserve(spans.pooled.len(), padded::<S>(wide));
        for (row, time) in spans.pooled.clone().enumerate() {
            let output = &mut pooled.row_mut(row)[..wide];
            output.fill(0.0);
            for (tap, weights) in self.pool.taps.chunks_exact(wide).enumerate() {
                let Some(time) = (time * self.pool.stride + tap).checked_sub(self.pool.n_before)
                else {
                    continue;
                };
                if spans.output.contains(&time) {
                    let input = &scratch.mixed.row(time - spans.output.start)[..wide];
                    simd.vectorize(AddTap { input, tap: weights, output });
                }
            }
            simd.vectorize(Silu(output));
        }
    }
}

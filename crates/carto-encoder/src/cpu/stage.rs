use pulp::Simd;

use super::activation::{AddTap, Silu};
use super::layer::{PackedLayer, Pass};
use super::packed::Packed;
use super::product::{BLOCK_LEN, Product};
use super::rows::Rows;
use super::scratch::Scratch;
use super::spans::StageSpans;
use super::stride;
use crate::SignalFrames;
use crate::folded::{FoldedPool, FoldedStage};

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
        scratch.skips.reserve(spans.output.len(), stride::<S>(self.mix.n_in));
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
        pooled.reserve(spans.pooled.len(), stride::<S>(wide));
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

//! The folded encoder on a processor.

pub(super) mod activation;
mod frames;
mod layer;
#[cfg(not(target_arch = "wasm32"))]
mod native;
mod packed;
mod product;
mod rows;
mod scratch;
mod spans;
mod stage;

use std::ops::Range;

use pulp::Simd;

use super::folded::FoldedEncoder;
use super::{LatentMoments, SignalFrames};
#[cfg(not(target_arch = "wasm32"))]
pub use native::{Instructions, NativeEncoder};
use packed::{Packed, padded};
use product::BLOCK_LEN;
use rows::Rows;
use scratch::Scratch;
use spans::{StageSpans, spans};
use stage::PackedStage;

/// An encoder packed for one processor's instructions.
///
/// Everything it holds is bounded by the longest tile that it was given; a map
/// may have any length. Each output is summed in one order wherever the tile
/// begins, so tiles give the bits of the whole.
#[derive(Debug)]
pub struct CpuEncoder<S> {
    simd: S,
    folded: FoldedEncoder,
    entry: Packed,
    stages: Vec<PackedStage>,
    heads: Packed,
    scratch: Scratch,
    /// Running sum of the stage at hand.
    sums: Rows,
    /// `silu` of the pooled channels.
    pooled: Rows,
}

impl<S: Simd> CpuEncoder<S> {
    /// Packs a folded encoder for the instructions of `simd`.
    #[must_use]
    pub fn new(folded: FoldedEncoder, simd: S) -> Self {
        let mut folded = folded;
        let entry = Packed::new::<S>(&folded.entry);
        let heads = Packed::new::<S>(&folded.heads);
        let stages = folded.stages.iter_mut().map(PackedStage::new::<S>).collect();
        Self {
            simd,
            folded,
            entry,
            stages,
            heads,
            scratch: Scratch::default(),
            sums: Rows::default(),
            pooled: Rows::default(),
        }
    }

    /// The encoder's parameters.
    #[must_use]
    pub fn config(&self) -> &super::EncoderConfig {
        &self.folded.config
    }

    /// Bytes of weights and activations held now.
    #[must_use]
    pub fn n_bytes(&self) -> usize {
        let weights: usize = self.stages.iter().map(PackedStage::n_bytes).sum();
        let activations = self.sums.n_bytes() + self.pooled.n_bytes() + self.scratch.n_bytes();
        weights + activations + self.entry.n_bytes() + self.heads.n_bytes()
    }

    /// Computes one tile: the latents of `latents`, written into `moments`.
    ///
    /// - `signal`: all frames of the map
    /// - `moments`: of the whole map; only the columns of `latents` change
    pub fn encode_tile(
        &mut self,
        signal: SignalFrames<'_>,
        latents: Range<usize>,
        moments: &mut LatentMoments,
    ) {
        let n_latents = moments.n_latents();
        let latents = latents.start.min(n_latents)..latents.end.min(n_latents);
        if latents.is_empty() {
            return;
        }
        let spans = spans(&self.folded, n_latents, &latents);
        self.enter(signal, &spans[0]);
        for idx in 0..self.stages.len() {
            let is_first = idx == 0;
            let frames = is_first.then_some(signal);
            self.stages[idx].run(
                self.simd,
                frames,
                &spans[idx],
                &mut self.sums,
                &mut self.pooled,
                &mut self.scratch,
            );
            if let Some(next) = spans.get(idx + 1) {
                self.leave(idx, next.input.len());
            }
        }
        self.read_heads(latents, moments);
    }

    /// The running sum that the first stage starts with.
    fn enter(&mut self, signal: SignalFrames<'_>, spans: &StageSpans) {
        self.sums.reserve(spans.input.len(), self.entry.n_out_padded);
        let mut first = spans.input.start;
        while first < spans.input.end {
            let n_times = BLOCK_LEN.min(spans.input.end - first);
            let inputs = self.scratch.frames.of(signal, first..first + n_times);
            self.simd.vectorize(product::Product {
                inputs,
                input_stride: super::EncoderConfig::N_CHANNELS,
                matrix: &self.entry,
                outputs: self.sums.tail_mut(first - spans.input.start),
                output_stride: self.entry.n_out_padded,
                n_times,
                adds: false,
                scratch: &mut self.scratch.laid_out,
            });
            first += n_times;
        }
    }

    /// The pooled channels of a stage become the next one's running sum.
    fn leave(&mut self, idx: usize, n_times: usize) {
        let Some(exit) = &self.stages[idx].exit else { return };
        self.sums.reserve(n_times, exit.n_out_padded);
        for first in (0..n_times).step_by(BLOCK_LEN) {
            self.simd.vectorize(product::Product {
                inputs: self.pooled.tail(first),
                input_stride: self.pooled.stride(),
                matrix: exit,
                outputs: self.sums.tail_mut(first),
                output_stride: exit.n_out_padded,
                n_times: BLOCK_LEN.min(n_times - first),
                adds: false,
                scratch: &mut self.scratch.laid_out,
            });
        }
    }

    fn read_heads(&mut self, latents: Range<usize>, moments: &mut LatentMoments) {
        let width = self.heads.n_out_padded;
        self.sums.reserve(BLOCK_LEN, width);
        let n_dims = self.folded.config.n_latent_dims;
        for first in (0..latents.len()).step_by(BLOCK_LEN) {
            let n_times = BLOCK_LEN.min(latents.len() - first);
            self.simd.vectorize(product::Product {
                inputs: self.pooled.tail(first),
                input_stride: self.pooled.stride(),
                matrix: &self.heads,
                outputs: self.sums.tail_mut(0),
                output_stride: width,
                n_times,
                adds: false,
                scratch: &mut self.scratch.laid_out,
            });
            for time in 0..n_times {
                let column = latents.start + first + time;
                let (mu, rest) = self.sums.row(time).split_at(n_dims);
                let (bias_mu, bias_logvar) = self.folded.heads_bias.split_at(n_dims);
                for dim in 0..n_dims {
                    moments.set(dim, column, mu[dim] + bias_mu[dim], rest[dim] + bias_logvar[dim]);
                }
            }
        }
    }
}

/// Room for whole registers beside `n` channels.
fn stride<S: Simd>(n: usize) -> usize {
    padded::<S>(n)
}

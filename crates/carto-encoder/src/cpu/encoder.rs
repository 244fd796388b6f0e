use std::ops::Range;

use pulp::Simd;

use super::buffers::{Rows, Scratch};
use super::product::{BLOCK_LEN, Packed, Product};
use super::spans::{StageSpans, spans};
use super::stage::PackedStage;
use crate::folded::FoldedEncoder;
use crate::{EncoderConfig, LatentMoments, SignalFrames, tiles};

/// An encoder on the processor, whatever instructions it is packed for.
///
/// Everything it holds is bounded by the longest tile that it was given; a map
/// may have any length. Each output is summed in one order wherever the tile
/// begins, so tiles give the bits of the whole.
pub trait TileEncoder: Send {
    /// The encoder's hyper-parameters.
    fn config(&self) -> &EncoderConfig;

    /// The instructions that it is packed for: `avx2`, `simd128`.
    fn instructions(&self) -> &'static str;

    /// Bytes of weights and activations held now.
    fn n_bytes(&self) -> usize;

    /// Computes one tile: the latents of `latents`, written into `moments`.
    ///
    /// - `signal`: all frames of the map
    /// - `moments`: of the whole map; only the columns of `latents` change
    fn encode_tile(
        &mut self,
        signal: SignalFrames<'_>,
        latents: Range<usize>,
        moments: &mut LatentMoments,
    );

    /// Computes a whole map, tile by tile.
    ///
    /// - `tile_len`: latents of a tile; the memory held grows with it, what
    ///   comes out does not depend on it
    fn encode(&mut self, signal: SignalFrames<'_>, tile_len: usize) -> LatentMoments {
        let mut moments = LatentMoments::new(self.config(), signal.n_frames());
        for latents in tiles(moments.n_latents(), tile_len) {
            self.encode_tile(signal, latents, &mut moments);
        }
        moments
    }
}

/// An encoder packed for one processor's instructions.
#[derive(Debug)]
pub struct CpuEncoder<S> {
    simd: S,
    instructions: &'static str,
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
    ///
    /// - `instructions`: their name, for a person
    #[must_use]
    pub fn new(mut folded: FoldedEncoder, simd: S, instructions: &'static str) -> Self {
        let entry = Packed::new::<S>(&folded.entry);
        let heads = Packed::new::<S>(&folded.heads);
        let stages = folded.stages.iter_mut().map(PackedStage::new::<S>).collect();
        Self {
            simd,
            instructions,
            folded,
            entry,
            stages,
            heads,
            scratch: Scratch::default(),
            sums: Rows::default(),
            pooled: Rows::default(),
        }
    }

    /// The running sum that the first stage starts with.
    fn enter(&mut self, signal: SignalFrames<'_>, spans: &StageSpans) {
        self.sums.reserve(spans.input.len(), self.entry.n_out_padded);
        let mut first = spans.input.start;
        while first < spans.input.end {
            let n_times = BLOCK_LEN.min(spans.input.end - first);
            let inputs = self.scratch.frames.of(signal, first..first + n_times);
            self.simd.vectorize(Product {
                inputs,
                input_stride: EncoderConfig::N_CHANNELS,
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
            self.simd.vectorize(Product {
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

    /// Writes means and logarithms of variances from the last pooled channels.
    fn read_heads(&mut self, latents: Range<usize>, moments: &mut LatentMoments) {
        let width = self.heads.n_out_padded;
        self.sums.reserve(BLOCK_LEN, width);
        let n_dims = self.folded.config.n_latent_dims;
        for first in (0..latents.len()).step_by(BLOCK_LEN) {
            let n_times = BLOCK_LEN.min(latents.len() - first);
            self.simd.vectorize(Product {
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

impl<S: Simd> TileEncoder for CpuEncoder<S> {
    fn config(&self) -> &EncoderConfig {
        &self.folded.config
    }

    fn instructions(&self) -> &'static str {
        self.instructions
    }

    fn n_bytes(&self) -> usize {
        let weights: usize = self.stages.iter().map(PackedStage::n_bytes).sum();
        let activations = self.sums.n_bytes() + self.pooled.n_bytes() + self.scratch.n_bytes();
        weights + activations + self.entry.n_bytes() + self.heads.n_bytes()
    }

    fn encode_tile(
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
}

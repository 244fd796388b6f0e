//! Speed of the full-size encoder on this machine: the folded one with each
//! instruction set and, with the feature `reference`, the one in Burn.
//!
//! All sides take the same frames in one run. Times on a shared machine are
//! noisy, so rounds go from side to side and each side's fastest counts. Run by
//! `cargo xtask bench encoder`.
#![allow(clippy::print_stdout, missing_docs, reason = "a benchmark prints its table")]

use std::hint::black_box;
use std::thread;
use std::time::Instant;

use carto_encoder::cpu::Instructions;
use carto_encoder::folded::FoldedEncoder;
use carto_encoder::{EncoderConfig, EncoderWeights, LatentMoments, SignalFrames, tiles};
use pulp::{Simd, WithSimd};

/// 54 s of a map: ten tiles of [`TILE_LEN`], which two threads share evenly.
const N_FRAMES: usize = 9_000;
/// Latents of a tile.
const TILE_LEN: usize = 50;
const ROUNDS: usize = 5;
/// PyTorch 2.7.1 on a machine of this kind, idle, frames/s with one thread and
/// with two: what the published program runs on.
const PYTORCH: [f64; 2] = [5_480.0, 10_900.0];

/// One row of the table: runs all frames once, with so many threads.
struct Side {
    name: String,
    n_threads: usize,
    run: Box<dyn FnMut()>,
}

fn main() {
    let weights = match EncoderWeights::random(&EncoderConfig::published(), 1) {
        Ok(weights) => weights,
        Err(error) => return println!("no encoder: {error}"),
    };
    let rate = FoldedEncoder::new(&weights).multiply_adds_per_frame();
    println!("{N_FRAMES} frames, {:.2} million multiply-adds each", rate / 1e6);
    let mut sides = Vec::new();
    for n_threads in [1, 2] {
        sides.extend(Instructions::available().map(|set| folded(&weights, set, n_threads)));
        #[cfg(feature = "reference")]
        sides.push(reference::side(&weights, n_threads));
    }
    let (peak, times) = measure(&mut sides);
    println!("one core: {peak:.1} GFLOP/s multiply-add, {}", Instructions::best().name());
    println!("| encoder | threads | frames/s | GFLOP/s | of the cores' peak | PyTorch's speed |");
    println!("|---|---|---|---|---|---|");
    for (side, time) in sides.iter().zip(times) {
        let frames = N_FRAMES as f64 / time;
        // Counted on the folded form, so that all rows have one measure.
        let gflops = 2.0 * rate * frames / 1e9;
        println!(
            "| {} | {} | {frames:.0} | {gflops:.1} | {:.0} % | {:.2} |",
            side.name,
            side.n_threads,
            100.0 * gflops / (peak * side.n_threads as f64),
            frames / PYTORCH[side.n_threads - 1],
        );
    }
}

/// One core's peak in GFLOP/s, and each side's fastest round in seconds.
fn measure(sides: &mut [Side]) -> (f64, Vec<f64>) {
    let mut peak = 0.0_f64;
    let mut times = vec![f64::INFINITY; sides.len()];
    for _ in 0..ROUNDS {
        peak = peak.max(Instructions::best().run(Peak).unwrap_or_default());
        for (side, time) in sides.iter_mut().zip(&mut times) {
            let start = Instant::now();
            (side.run)();
            *time = time.min(start.elapsed().as_secs_f64());
        }
    }
    (peak, times)
}

fn folded(weights: &EncoderWeights, instructions: Instructions, n_threads: usize) -> Side {
    let folded = FoldedEncoder::new(weights);
    let mut encoders: Vec<_> =
        (0..n_threads).filter_map(|_| instructions.pack(folded.clone())).collect();
    let signal = signal();
    let run = move || {
        let Some(signal) = SignalFrames::new(&signal) else { return };
        thread::scope(|scope| {
            for (thread_idx, encoder) in encoders.iter_mut().enumerate() {
                scope.spawn(move || {
                    let mut moments = LatentMoments::new(encoder.config(), N_FRAMES);
                    let all = tiles(moments.n_latents(), TILE_LEN);
                    for latents in all.skip(thread_idx).step_by(n_threads) {
                        encoder.encode_tile(signal, latents, &mut moments);
                    }
                    black_box(moments);
                });
            }
        });
    };
    Side { name: format!("folded, {}", instructions.name()), n_threads, run: Box::new(run) }
}

/// `[9, N_FRAMES]` in `[-1, 1]`; the time does not depend on the values.
fn signal() -> Vec<f32> {
    let n = EncoderConfig::N_CHANNELS * N_FRAMES;
    (0..n).map(|i| (i * 7919 % 1000) as f32 / 500.0 - 1.0).collect()
}

/// Multiply-adds on registers only, as fast as the core goes: GFLOP/s.
struct Peak;

impl WithSimd for Peak {
    type Output = f64;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> f64 {
        // Two in flight on each of two ports for five cycles need ten at least.
        const N_SUMS: usize = 12;
        const N_STEPS: usize = 20_000_000;
        let factor = simd.splat_f32s(black_box(0.999));
        let summand = simd.splat_f32s(black_box(0.001));
        let mut sums = [simd.splat_f32s(black_box(1.0)); N_SUMS];
        let start = Instant::now();
        for _ in 0..N_STEPS {
            for sum in &mut sums {
                *sum = simd.mul_add_e_f32s(*sum, factor, summand);
            }
        }
        let time = start.elapsed().as_secs_f64();
        black_box(sums.map(|sum| simd.reduce_sum_f32s(sum)));
        (2 * N_SUMS * N_STEPS * S::F32_LANES) as f64 / time / 1e9
    }
}

#[cfg(feature = "reference")]
mod reference {
    use std::hint::black_box;
    use std::thread;

    use burn::tensor::{Device, Tensor, TensorData};
    use carto_encoder::reference::Encoder;
    use carto_encoder::{EncoderConfig, EncoderWeights};

    use super::{N_FRAMES, Side, signal};

    /// Two threads take half of the frames each, without a halo: a little less
    /// work than ours, which is exact.
    pub(super) fn side(weights: &EncoderWeights, n_threads: usize) -> Side {
        let device = Device::flex();
        let encoder = Encoder::load(weights, &device);
        let shape = [1, EncoderConfig::N_CHANNELS, N_FRAMES];
        let signal: Tensor<3> = Tensor::from_data(TensorData::new(signal(), shape), &device);
        let run = move || {
            thread::scope(|scope| {
                for part in signal.clone().chunk(n_threads, 2) {
                    let encoder = encoder.clone();
                    scope.spawn(move || {
                        let (mu, logvar) = encoder.forward(part);
                        black_box((mu.try_into_data(), logvar.try_into_data())).0.is_ok()
                    });
                }
            });
        };
        Side { name: "reference, Burn flex".to_owned(), n_threads, run: Box::new(run) }
    }
}

//! Forward and backward passes over plain slices.
//!
//! Every loop runs over one series of one channel, which stays in the first
//! cache, and sums in one fixed order: the same inputs give the same bits.

mod activations;
mod depthwise;
mod resample;
mod sums;

pub(super) use activations::{Gated, GatedBackward, MpSilu, MpSiluBackward};
pub(super) use depthwise::{Depthwise, DepthwiseBackward, Sizes};
pub(super) use resample::{Pool, PoolBackward, Upsample, UpsampleBackward, phases};
pub(super) use sums::{AddShare, AddShareBackward, Mix, MixBackward};

/// Partial sums of a dot product: as many as two of the widest registers hold.
const N_LANES: usize = 32;

#[inline(always)]
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0_f32; N_LANES];
    let (a_chunks, a_rest) = a.as_chunks::<N_LANES>();
    let (b_chunks, b_rest) = b.as_chunks::<N_LANES>();
    for (a, b) in a_chunks.iter().zip(b_chunks) {
        for lane in 0..N_LANES {
            sums[lane] += a[lane] * b[lane];
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f32>() + rest
}

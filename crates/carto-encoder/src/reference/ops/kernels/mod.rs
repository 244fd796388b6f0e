//! Forward and backward passes over plain slices.
//!
//! Every loop runs over one series of one channel, which stays in the first
//! cache, and sums in one fixed order: the same inputs give the same bits.

mod depthwise;
mod elementwise;
mod resample;

pub(crate) use depthwise::Taps;
pub(super) use depthwise::{Depthwise, DepthwiseBackward, Sizes};
pub(super) use elementwise::{
    AddShare, AddShareBackward, Gated, GatedBackward, Mix, MixBackward, MpSilu, MpSiluBackward,
    SIGMOID_RMS, SILU_RMS,
};
pub(super) use resample::{Pool, PoolBackward, Upsample, UpsampleBackward, phases};

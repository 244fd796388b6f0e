//! Arguments that several commands share, and those of the commands that train, which every
//! build understands.

mod options;
#[cfg_attr(
    not(feature = "train"),
    allow(dead_code, reason = "read only where there is something to train with")
)]
mod training;

pub(crate) use options::{Device, mode, mods};
#[cfg(not(feature = "train"))]
pub(crate) use options::{HOW_TO_GET_TRAINING, left_out_help};
pub(crate) use training::{CrossVal, Evaluate, Pack, TrainEncoder};

//! The encoder: from nine channels to 32 latents.
//!
//! [`encoder`] holds the architecture's parameters, its weights from files of
//! several formats, the folded form that inference runs, and what runs it. The
//! module `train` (feature of the same name) makes weights from maps. The module
//! `classifier` (likewise) knows which labels people would give a map.

#[cfg(feature = "classifier")]
pub mod classifier;
pub mod encoder;
#[cfg(feature = "train")]
pub mod train;

use anyhow::{Result, bail};
use carto_encoder::folded::FoldedEncoder;
use carto_encoder::{LatentMoments, SignalFrames};
use carto_types::Backend;

/// What a build without the feature `gpu` has in its place: none.
pub(crate) enum Gpu {}

impl Gpu {
    /// # Errors
    ///
    /// Always: one line that says how to build with it.
    pub(crate) fn open(_folded: &FoldedEncoder) -> Result<Self> {
        bail!(
            "this carto was built without --device gpu; build it with \
             `cargo install --path crates/carto-cli --features gpu` or use --device cpu"
        )
    }

    pub(crate) fn backend(&self) -> Backend {
        match *self {}
    }

    pub(crate) fn encode(&mut self, _signal: SignalFrames<'_>) -> Result<LatentMoments, String> {
        match *self {}
    }
}

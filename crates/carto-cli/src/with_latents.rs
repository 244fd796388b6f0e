//! The encoder that a command makes latents with, where it is asked to.

use std::path::PathBuf;

use anyhow::Result;

use crate::args::Device;
use crate::encoder::SharedEncoder;

/// Which encoder makes latents, for commands that make none unless asked to.
#[derive(Debug, clap::Args)]
pub(crate) struct WithLatents {
    /// Also compute latents
    #[arg(long)]
    latents: bool,
    /// Encoder that makes the latents (.safetensors, .ckpt), in place of the bundled one
    #[arg(long, value_name = "FILE", requires = "latents")]
    encoder: Option<PathBuf>,
    /// Device that computes latents
    #[arg(long, value_enum, default_value_t, requires = "latents")]
    device: Device,
}

impl WithLatents {
    /// Makes the encoder ready; `None` where nobody asked for latents.
    ///
    /// # Errors
    ///
    /// Those of [`SharedEncoder::of_choice`].
    pub(crate) fn open(&self) -> Result<Option<SharedEncoder>> {
        let encoder =
            self.latents.then(|| SharedEncoder::of_choice(self.encoder.as_deref(), self.device));
        encoder.transpose()
    }
}

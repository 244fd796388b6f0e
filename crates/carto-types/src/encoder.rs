//! Which encoder made latents, and what computed them.

use serde::{Deserialize, Serialize};

/// Where an encoder came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum EncoderOrigin {
    /// Served beside the page.
    #[default]
    Bundled,
    /// A person's own file.
    File,
    /// The published checkpoint, by its address.
    Published,
}

impl EncoderOrigin {
    /// Every origin, in the order of the codes in links.
    pub const ALL: [Self; 3] = [Self::Bundled, Self::File, Self::Published];

    /// The word in `report.json`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Bundled => "bundled",
            Self::File => "file",
            Self::Published => "published",
        }
    }
}

/// Which encoder made the latents of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct EncoderFacts {
    /// How a person knows it: a file's name.
    pub name: String,
    /// Where the encoder came from.
    pub origin: EncoderOrigin,
    /// sha256 of its tensors in a fixed order, as hex: the same weights have
    /// the same, whatever file they stand in.
    pub weights_sha256: String,
    /// Hidden channels.
    pub hidden_dim: u32,
    /// Latents.
    pub n_latent_dims: u32,
    /// Frames that become one latent column.
    pub frames_per_latent: u32,
    /// Numbers in it.
    pub n_parameters: u32,
    /// What the file says of itself: "untrained, for testing".
    pub note: Option<String>,
    /// Whether its weights were never trained.
    pub is_untrained: bool,
}

/// What is to compute latents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum DeviceChoice {
    /// The graphics processor where there is a real one, else the processor.
    #[default]
    Auto,
    /// The processor.
    Cpu,
    /// Whatever WebGPU offers, even a program that imitates a graphics processor.
    WebGpu,
}

/// What computes latents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Backend {
    /// The processor, with what it offers: `simd128`, `relaxed-simd`, `avx2`.
    Cpu {
        /// Instructions used.
        instructions: String,
        /// Why not the graphics processor; `None` where it was not asked for.
        reason: Option<String>,
    },
    /// A graphics processor.
    Gpu {
        /// As the browser or driver names it.
        adapter: String,
        /// Whether a program imitates it.
        is_software: bool,
    },
}

impl Default for Backend {
    /// A processor of which nothing more is known.
    fn default() -> Self {
        Self::Cpu { instructions: String::new(), reason: None }
    }
}

impl Backend {
    /// How many workers may compute at once: of a graphics processor one, since a second would only
    /// wait for it.
    ///
    /// - `n_workers`: as many as the machine has room for
    #[must_use]
    pub fn worker_limit(&self, n_workers: usize) -> usize {
        match self {
            Self::Cpu { .. } => n_workers,
            Self::Gpu { .. } => 1,
        }
    }
}

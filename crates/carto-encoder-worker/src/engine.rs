use std::ops::Range;

use carto_encoder::cpu::CpuEncoder;
use carto_encoder::gpu::{GpuEncoder, GpuError};
use carto_encoder::{EncoderConfig, LatentMoments, SignalFrames};
use carto_protocol::DeviceChoice;
use carto_types::Backend;
use pulp::Simd;

/// Columns of a tile on the processor: some 5,400 frames of the published
/// encoder, a second or two of work, of which 3% is computed twice.
const CPU_TILE_LEN: usize = 300;

/// What computes.
pub(crate) enum Engine<S> {
    Cpu(Box<CpuEncoder<S>>),
    Gpu(Box<GpuEncoder>),
}

impl<S: Simd> Engine<S> {
    /// Columns of one tile.
    pub(crate) fn tile_len(&self) -> usize {
        match self {
            Self::Cpu(_) => CPU_TILE_LEN,
            Self::Gpu(encoder) => encoder.tile_len(),
        }
    }

    /// Computes one tile.
    ///
    /// # Errors
    ///
    /// What the graphics driver reports; the processor never fails.
    pub(crate) async fn encode_tile(
        &mut self,
        signal: SignalFrames<'_>,
        latents: Range<usize>,
        moments: &mut LatentMoments,
    ) -> Result<(), GpuError> {
        match self {
            Self::Cpu(encoder) => {
                encoder.encode_tile(signal, latents, moments);
                Ok(())
            }
            Self::Gpu(encoder) => encoder.encode_tile(signal, latents, moments).await,
        }
    }

    /// The encoder's parameters.
    pub(crate) fn config(&self) -> &EncoderConfig {
        match self {
            Self::Cpu(encoder) => encoder.config(),
            Self::Gpu(encoder) => encoder.config(),
        }
    }
}

/// An encoder that is ready, and what it was asked to be.
pub(crate) struct Loaded<S> {
    pub(crate) weights_sha256: String,
    pub(crate) device: DeviceChoice,
    pub(crate) backend: Backend,
    pub(crate) engine: Engine<S>,
}

impl<S> Loaded<S> {
    /// Whether it is the encoder that a job asks for.
    pub(crate) fn is(&self, weights_sha256: &str, device: DeviceChoice) -> bool {
        self.weights_sha256 == weights_sha256 && self.device == device
    }
}

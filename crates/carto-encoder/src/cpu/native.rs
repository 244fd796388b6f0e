use std::fmt;
use std::ops::Range;

use pulp::{Arch, Simd, WithSimd};

use super::CpuEncoder;
use crate::folded::FoldedEncoder;
use crate::{EncoderConfig, LatentMoments, SignalFrames, tiles};

/// Instructions that a [`NativeEncoder`] can be packed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instructions {
    /// x86-64 with AVX-512 (F, BW, CD, DQ, VL).
    Avx512,
    /// x86-64 with AVX2 and fused multiply-add.
    Avx2,
    /// AArch64.
    Neon,
    /// Any processor.
    Scalar,
}

impl Instructions {
    /// What this machine has, the fastest first.
    pub fn available() -> impl Iterator<Item = Self> {
        let all = [Self::Avx512, Self::Avx2, Self::Neon, Self::Scalar];
        all.into_iter().filter(|instructions| instructions.run(Nothing).is_some())
    }

    /// The fastest that this machine has: what [`Arch`] chooses.
    #[must_use]
    pub fn best() -> Self {
        Self::available().next().unwrap_or(Self::Scalar)
    }

    /// As a person reads it: `avx512`, `avx2`, `neon`, `scalar`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Avx512 => "avx512",
            Self::Avx2 => "avx2",
            Self::Neon => "neon",
            Self::Scalar => "scalar",
        }
    }

    /// Runs a task that is compiled for these instructions; `None` on a machine
    /// that does not have them.
    pub fn run<T: WithSimd>(self, task: T) -> Option<T::Output> {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => pulp::x86::V4::try_new().map(|simd| Simd::vectorize(simd, task)),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => pulp::x86::V3::try_new().map(|simd| Simd::vectorize(simd, task)),
            #[cfg(target_arch = "aarch64")]
            Self::Neon => pulp::aarch64::Neon::try_new().map(|simd| Simd::vectorize(simd, task)),
            Self::Scalar => Some(Simd::vectorize(pulp::Scalar, task)),
            // No processor has them all.
            #[cfg(not(target_arch = "x86_64"))]
            Self::Avx512 | Self::Avx2 => None,
            #[cfg(not(target_arch = "aarch64"))]
            Self::Neon => None,
        }
    }
}

/// Tells whether instructions are there.
struct Nothing;

impl WithSimd for Nothing {
    type Output = ();

    fn with_simd<S: Simd>(self, _simd: S) {}
}

/// A [`CpuEncoder`] whose instructions are chosen when it is made.
pub struct NativeEncoder {
    instructions: Instructions,
    encoder: Box<dyn AnyCpuEncoder>,
}

impl NativeEncoder {
    /// Packed for the best instructions that this machine has.
    #[must_use]
    pub fn new(folded: FoldedEncoder) -> Self {
        Self { instructions: Instructions::best(), encoder: Arch::new().dispatch(Pack { folded }) }
    }

    /// Packed for these instructions; `None` on a machine that does not have
    /// them.
    #[must_use]
    pub fn with_instructions(folded: FoldedEncoder, instructions: Instructions) -> Option<Self> {
        instructions.run(Pack { folded }).map(|encoder| Self { instructions, encoder })
    }

    /// What it was packed for.
    #[must_use]
    pub fn instructions(&self) -> Instructions {
        self.instructions
    }

    /// See [`CpuEncoder::config`].
    #[must_use]
    pub fn config(&self) -> &EncoderConfig {
        self.encoder.config()
    }

    /// See [`CpuEncoder::n_bytes`].
    #[must_use]
    pub fn n_bytes(&self) -> usize {
        self.encoder.n_bytes()
    }

    /// See [`CpuEncoder::encode_tile`].
    pub fn encode_tile(
        &mut self,
        signal: SignalFrames<'_>,
        latents: Range<usize>,
        moments: &mut LatentMoments,
    ) {
        self.encoder.encode_tile(signal, latents, moments);
    }

    /// Computes a whole map, tile by tile.
    ///
    /// - `tile_len`: latents of a tile; the memory held grows with it, what
    ///   comes out does not depend on it
    #[must_use]
    pub fn encode(&mut self, signal: SignalFrames<'_>, tile_len: usize) -> LatentMoments {
        let mut moments = LatentMoments::new(self.config(), signal.n_frames());
        for latents in tiles(moments.n_latents(), tile_len) {
            self.encode_tile(signal, latents, &mut moments);
        }
        moments
    }
}

impl fmt::Debug for NativeEncoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NativeEncoder")
            .field("instructions", &self.instructions)
            .field("config", self.config())
            .finish_non_exhaustive()
    }
}

/// Packs an encoder for the instructions with which it is run.
struct Pack {
    folded: FoldedEncoder,
}

impl WithSimd for Pack {
    type Output = Box<dyn AnyCpuEncoder>;

    fn with_simd<S: Simd>(self, simd: S) -> Self::Output {
        Box::new(CpuEncoder::new(self.folded, simd))
    }
}

/// A [`CpuEncoder`], whatever its instructions.
trait AnyCpuEncoder: Send {
    fn config(&self) -> &EncoderConfig;
    fn n_bytes(&self) -> usize;
    fn encode_tile(
        &mut self,
        signal: SignalFrames<'_>,
        latents: Range<usize>,
        moments: &mut LatentMoments,
    );
}

impl<S: Simd> AnyCpuEncoder for CpuEncoder<S> {
    fn config(&self) -> &EncoderConfig {
        self.config()
    }

    fn n_bytes(&self) -> usize {
        self.n_bytes()
    }

    fn encode_tile(
        &mut self,
        signal: SignalFrames<'_>,
        latents: Range<usize>,
        moments: &mut LatentMoments,
    ) {
        self.encode_tile(signal, latents, moments);
    }
}

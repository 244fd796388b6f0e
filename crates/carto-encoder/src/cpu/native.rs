use pulp::{Arch, Simd, WithSimd};

use super::{CpuEncoder, TileEncoder};
use crate::folded::FoldedEncoder;

/// Instructions that an encoder can be packed for outside of a browser.
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
    /// The instruction sets of this machine, the fastest first.
    pub fn available() -> impl Iterator<Item = Self> {
        let all = [Self::Avx512, Self::Avx2, Self::Neon, Self::Scalar];
        all.into_iter().filter(|instructions| instructions.run(Probe).is_some())
    }

    /// The fastest instructions of this machine: what [`Arch`] chooses.
    #[must_use]
    pub fn best() -> Self {
        Self::available().next().unwrap_or(Self::Scalar)
    }

    /// Their name, for a person: `avx512`, `avx2`, `neon`, `scalar`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Avx512 => "avx512",
            Self::Avx2 => "avx2",
            Self::Neon => "neon",
            Self::Scalar => "scalar",
        }
    }

    /// An encoder packed for these instructions; `None` on a machine that does not
    /// have them.
    #[must_use]
    pub fn pack(self, folded: FoldedEncoder) -> Option<Box<dyn TileEncoder>> {
        self.run(Pack { folded, instructions: self })
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

/// Does nothing, which tells whether instructions are there.
struct Probe;

impl WithSimd for Probe {
    type Output = ();

    fn with_simd<S: Simd>(self, _simd: S) {}
}

/// An encoder packed for the best instructions that this machine has.
#[must_use]
pub fn native_encoder(folded: FoldedEncoder) -> Box<dyn TileEncoder> {
    Arch::new().dispatch(Pack { folded, instructions: Instructions::best() })
}

/// Packs an encoder for the instructions with which it is run.
struct Pack {
    folded: FoldedEncoder,
    instructions: Instructions,
}

impl WithSimd for Pack {
    type Output = Box<dyn TileEncoder>;

    fn with_simd<S: Simd>(self, simd: S) -> Self::Output {
        Box::new(CpuEncoder::new(self.folded, simd, self.instructions.name()))
    }
}

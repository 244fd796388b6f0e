//! The folded encoder on a processor, through [`pulp`]'s registers: one source for every
//! instruction set.

pub(crate) mod activation;
mod buffers;
mod encoder;
#[cfg(not(target_arch = "wasm32"))]
mod native;
mod product;
mod spans;
mod stage;

pub use encoder::{CpuEncoder, TileEncoder};
#[cfg(not(target_arch = "wasm32"))]
pub use native::{Instructions, native_encoder};

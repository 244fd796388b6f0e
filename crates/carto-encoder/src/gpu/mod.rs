//! The folded encoder on a graphics processor, through WebGPU in the page and
//! through Vulkan, Metal or Direct3D 12 outside of it.
//!
//! It runs what [`super::cpu`] runs, with the same tiles and the same zeros
//! outside of a map, in four kernels: a product (in two forms, for graphics
//! processors and for software adapters), the gated depthwise pair, and the
//! pooling. Weights are uploaded once; buffers, bindings and pipelines are made
//! once, sized for one batch, and every batch is one submission.
//!
//! No failure of the driver is a panic: each becomes a [`GpuError`], after which
//! the CPU path can go on with the same tile.

mod adapter;
mod encoder;
mod error;
mod kernels;
mod plan;
mod shapes;
mod steps;
mod transfer;
mod upload;

pub use adapter::{GpuAdapter, GpuAdapterInfo};
pub use encoder::{GpuEncoder, GpuOptions};
pub use error::GpuError;
pub use kernels::{ProductKernel, kernel_sources};
pub use transfer::BatchItem;

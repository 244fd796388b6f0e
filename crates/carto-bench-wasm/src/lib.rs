//! What `cargo xtask bench encoder` runs of ours; `tests/bench` drives it and
//! prints the table.
//!
//! Every program takes the same encoder as a file and the same frames, and
//! gives its latents back, so that the table compares like with like.

pub mod peak;
mod signal;
#[cfg(target_arch = "wasm32")]
mod worker;

pub use signal::signal;
#[cfg(target_arch = "wasm32")]
pub use worker::{WasmEncoder, multiply_add, offer};

//! A classifier as one file, which describes itself.
//!
//! `CARTOCLF`, the layout's number (u32), the head's length (u32), the head as
//! JSON; then float32 knots of all scales (values, then what they become, feature
//! by feature), float16 weights (perceptron by perceptron, in the order of
//! `NetworkShape::tensors`), and sha256 of all that. Little-endian throughout.

mod header;
mod reader;
mod writer;

use header::Header;

/// What a file begins with.
const MAGIC: &[u8; 8] = b"CARTOCLF";
/// Of the layout.
const VERSION: u32 = 1;
/// Bytes of the sum at the end.
const SUM_LEN: usize = 32;
/// Bytes of a head at most: the shipped one has some 5,000.
const MAX_HEADER_LEN: usize = 1 << 20;
/// Numbers of all perceptrons at most: 32 MiB of weights. The shipped model has
/// under 500,000.
const MAX_PARAMETERS: usize = 1 << 24;

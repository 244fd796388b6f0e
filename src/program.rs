//! The programs of the page's workers, and where their scripts are.

use carto_port::pool::Script;
use carto_protocol::JobError;
use js_sys::{Uint8Array, WebAssembly};

/// A program that the workers of a pool run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Program {
    /// Reads archives and compares maps.
    Analysis,
    /// Hears recordings.
    Audio,
    /// Loads encoders and computes latents.
    Encoder,
    /// Reads and writes results.
    Results,
}

impl Program {
    /// Name of the program in `index.html` and in the browser's own tools.
    fn name(self) -> &'static str {
        match self {
            Self::Analysis => "carto-worker",
            Self::Audio => "carto-audio-worker",
            Self::Encoder if has_relaxed_simd() => "carto-encoder-relaxed",
            Self::Encoder => "carto-encoder",
            Self::Results => "carto-results-worker",
        }
    }

    /// The script that starts the program.
    ///
    /// # Errors
    ///
    /// As [`Script::of_program`].
    pub(crate) fn script(self) -> Result<Script, JobError> {
        Script::of_program(self.name())
    }
}

/// Whether the browser knows fused multiply-add on vectors: whether it takes a
/// program that uses it.
fn has_relaxed_simd() -> bool {
    WebAssembly::validate(&Uint8Array::from(relaxed_simd_program().as_slice())).unwrap_or(false)
}

/// One function: three vectors of zeros, `f32x4.relaxed_madd`, drop.
fn relaxed_simd_program() -> Vec<u8> {
    const VERSION: [u8; 8] = [0, b'a', b's', b'm', 1, 0, 0, 0];
    // One type, () -> (); one function of it; a body of 60 bytes without locals.
    const SECTIONS: [u8; 15] = [1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, 62, 1, 60, 0];
    const V128_CONST: [u8; 18] = [0xfd, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    const MADD_DROP_END: [u8; 5] = [0xfd, 0x85, 0x02, 0x1a, 0x0b];
    [&VERSION[..], &SECTIONS, &V128_CONST, &V128_CONST, &V128_CONST, &MADD_DROP_END].concat()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_probe_is_as_long_as_its_sections_say() {
        // Code: its content stands after the byte at 19, and is 62 bytes long.
        assert_eq!(super::relaxed_simd_program().len(), 20 + 62);
    }
}

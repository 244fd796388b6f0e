//! Which of the two programs of the encoder's worker a browser takes.

use js_sys::{Uint8Array, WebAssembly};

/// Name of the encoder's program in `index.html`: that with relaxed SIMD where the browser knows
/// fused multiply-add on vectors, else that with simd128.
pub fn encoder_program() -> &'static str {
    match has_relaxed_simd() {
        true => "carto-encoder-relaxed",
        false => "carto-encoder",
    }
}

/// Whether the browser takes a program that uses fused multiply-add on vectors.
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

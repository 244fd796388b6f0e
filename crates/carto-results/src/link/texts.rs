//! Texts of a link.

use super::bits::Coder;
use super::layout::{flag, number};
use crate::ResultError;

/// Dates and numbers: four bits a letter.
const DIGITS: &[u8] = b"0123456789-.:+ T";
/// Names: six bits a letter.
const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .";

/// A text in the smallest alphabet that has its letters. A writer cuts what is
/// longer than `limit` bytes.
pub(super) fn text(
    coder: &mut dyn Coder,
    text: &mut String,
    limit: usize,
) -> Result<(), ResultError> {
    cut(text, limit);
    let mut bytes = text.clone().into_bytes();
    let mut n_bytes = bytes.len() as u32;
    number(coder, &mut n_bytes)?;
    if n_bytes as usize > limit {
        return Err(coder.refusal("a text is too long"));
    }
    let mut alphabet = smallest_alphabet(&bytes);
    coder.bits(&mut alphabet, 2)?;
    bytes.resize(n_bytes as usize, 0);
    for byte in &mut bytes {
        match alphabet {
            0 => letter(coder, byte, DIGITS, 4)?,
            1 => letter(coder, byte, LETTERS, 6)?,
            _ => {
                let mut bits = u64::from(*byte);
                coder.bits(&mut bits, if alphabet == 2 { 7 } else { 8 })?;
                *byte = bits as u8;
            }
        }
    }
    *text = String::from_utf8(bytes).map_err(|_| coder.refusal("a text is no UTF-8"))?;
    Ok(())
}

fn smallest_alphabet(bytes: &[u8]) -> u64 {
    let is_in = |letters: &[u8]| bytes.iter().all(|byte| letters.contains(byte));
    match bytes {
        _ if is_in(DIGITS) => 0,
        _ if is_in(LETTERS) => 1,
        _ if bytes.is_ascii() => 2,
        _ => 3,
    }
}

/// - `letters`: 2 to the power of `n_bits`
fn letter(
    coder: &mut dyn Coder,
    byte: &mut u8,
    letters: &[u8],
    n_bits: u32,
) -> Result<(), ResultError> {
    let place = letters.iter().position(|letter| letter == byte);
    let mut place = place.unwrap_or_default() as u64;
    coder.bits(&mut place, n_bits)?;
    *byte = letters.get(place as usize).copied().unwrap_or_default();
    Ok(())
}

/// A text that mostly begins in one way.
pub(super) fn text_after(
    coder: &mut dyn Coder,
    value: &mut String,
    usual: &str,
    limit: usize,
) -> Result<(), ResultError> {
    let mut is_usual = value.starts_with(usual);
    flag(coder, &mut is_usual)?;
    if !is_usual {
        return text(coder, value, limit);
    }
    let mut rest = value.get(usual.len()..).unwrap_or_default().to_owned();
    text(coder, &mut rest, limit)?;
    *value = format!("{usual}{rest}");
    Ok(())
}

fn cut(text: &mut String, limit: usize) {
    const END: &str = "\u{2026}";
    if text.len() > limit {
        text.truncate(text.floor_char_boundary(limit - END.len()));
        text.push_str(END);
    }
}

/// Pairs of hexadecimal digits as bytes, anything else as it is.
pub(super) fn hex(
    coder: &mut dyn Coder,
    digits: &mut String,
    limit: usize,
) -> Result<(), ResultError> {
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let mut is_hex =
        digits.len().is_multiple_of(2) && digits.len() <= limit && digits.bytes().all(is_digit);
    flag(coder, &mut is_hex)?;
    if !is_hex {
        return text(coder, digits, limit);
    }
    let mut n_bytes = digits.len() as u32 / 2;
    number(coder, &mut n_bytes)?;
    if 2 * u64::from(n_bytes) > limit as u64 {
        return Err(coder.refusal("a hash is too long"));
    }
    let old = std::mem::take(digits);
    for place in 0..n_bytes as usize {
        let pair = old.get(2 * place..2 * place + 2);
        let mut byte = pair.and_then(|pair| u64::from_str_radix(pair, 16).ok()).unwrap_or_default();
        coder.bits(&mut byte, 8)?;
        digits.push_str(&format!("{byte:02x}"));
    }
    Ok(())
}

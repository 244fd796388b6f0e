//! What a layout consists of: numbers, lists of figures, rankings, texts.
//!
//! Every function writes or reads, as its [`Coder`] does.

use super::bits::Coder;
use super::codes::{below, codes, count};
use super::quantise::Scale;
use crate::ResultError;
use crate::check::MAX_DIMS;

/// Dates and numbers: four bits a letter.
const DIGITS: &[u8] = b"0123456789-.:+ T";
/// Names: six bits a letter.
const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .";

/// A bit, and the value where there is one.
pub(super) fn optional<T: Default>(
    coder: &mut dyn Coder,
    value: &mut Option<T>,
    describe: impl FnOnce(&mut dyn Coder, &mut T) -> Result<(), ResultError>,
) -> Result<(), ResultError> {
    let mut is_there = u64::from(value.is_some());
    coder.bits(&mut is_there, 1)?;
    if is_there == 0 {
        *value = None;
        return Ok(());
    }
    describe(coder, value.get_or_insert_default())
}

/// A yes or no in one bit.
pub(super) fn flag(coder: &mut dyn Coder, value: &mut bool) -> Result<(), ResultError> {
    let mut bit = u64::from(*value);
    coder.bits(&mut bit, 1)?;
    *value = bit == 1;
    Ok(())
}

/// A count that is mostly small.
pub(super) fn number(coder: &mut dyn Coder, value: &mut u32) -> Result<(), ResultError> {
    let mut wide = u64::from(*value);
    count(coder, &mut wide, 6)?;
    *value = u32::try_from(wide).map_err(|_| coder.refusal("a number is too large"))?;
    Ok(())
}

/// Counts that mostly are one and the same, which is known.
pub(super) fn counts<'a>(
    coder: &mut dyn Coder,
    values: impl Iterator<Item = &'a mut u32>,
    usual: u32,
) -> Result<(), ResultError> {
    let values: Vec<_> = values.collect();
    let mut is_usual = values.iter().all(|value| **value == usual);
    flag(coder, &mut is_usual)?;
    for value in values {
        if is_usual {
            *value = usual;
        } else {
            number(coder, value)?;
        }
    }
    Ok(())
}

/// Rounded figures; a writer rounds those that it was given.
pub(super) fn figures<'a>(
    coder: &mut dyn Coder,
    values: impl Iterator<Item = &'a mut f64>,
    scale: Scale,
) -> Result<(), ResultError> {
    let mut values: Vec<_> = values.collect();
    let mut rounded: Vec<_> = values.iter().map(|value| scale.code(**value)).collect();
    codes(coder, &mut rounded)?;
    for (value, code) in values.iter_mut().zip(rounded) {
        **value = scale.value(code);
    }
    Ok(())
}

/// How many latents a list has; a reader makes as many.
pub(super) fn length<T: Clone + Default>(
    coder: &mut dyn Coder,
    values: &mut Vec<T>,
) -> Result<(), ResultError> {
    let mut n = values.len() as u32;
    number(coder, &mut n)?;
    if n as usize > MAX_DIMS {
        return Err(coder.refusal("it has too many latents"));
    }
    values.resize(n as usize, T::default());
    Ok(())
}

/// Each number by its place among those that are left.
pub(super) fn ranking(
    coder: &mut dyn Coder,
    ranking: &mut Vec<u32>,
    n_dims: usize,
) -> Result<(), ResultError> {
    let mut left: Vec<u32> = (0..n_dims as u32).collect();
    ranking.resize(n_dims, 0);
    for dim in ranking {
        let place = left.iter().position(|number| number == dim);
        let mut place = place.unwrap_or_default() as u64;
        below(coder, &mut place, left.len() as u64)?;
        if place as usize >= left.len() {
            return Err(coder.refusal("its ranking is none"));
        }
        *dim = left.remove(place as usize);
    }
    Ok(())
}

/// Figures in the order of a ranking by them: small steps from one to the next.
pub(super) fn ranked(
    coder: &mut dyn Coder,
    mut values: Vec<&mut f64>,
    ranking: &[u32],
    scale: Scale,
) -> Result<(), ResultError> {
    let order = || ranking.iter().map(|&dim| dim as usize);
    let rounded: Vec<_> = order().map(|dim| scale.code(*values[dim])).collect();
    let mut steps: Vec<_> = rounded.windows(2).map(|two| two[1].wrapping_sub(two[0])).collect();
    let mut first: Vec<_> = rounded.first().copied().into_iter().collect();
    codes(coder, &mut first)?;
    codes(coder, &mut steps)?;
    let mut code = first.first().copied().unwrap_or_default();
    for (dim, step) in order().zip([0].into_iter().chain(steps)) {
        code = code.wrapping_add(step);
        *values[dim] = scale.value(code);
    }
    Ok(())
}

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

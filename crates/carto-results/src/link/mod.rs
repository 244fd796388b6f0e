//! A result as the fragment of an address.
//!
//! `r1=` and then base64url without padding of: the figures, bit by bit
//! ([`layout`]); the names, where asked for, deflated ([`names`]); CRC-32 of both,
//! little-endian. A figure is rounded to a step of 1/2000, or to 1/1000 where the
//! finer one would not fit into [`MAX_CHARS`].
//!
//! Links are read forever: what is written today is a fixture of the tests, and a
//! change of the layout gets a number of its own.

mod bits;
mod codes;
mod fields;
mod layout;
mod names;
mod quantise;
mod tables;
#[cfg(test)]
mod tests;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use carto_types::RunResult;

use crate::ResultError;
use crate::check::check;
use bits::Reader;
use quantise::Steps;

/// The name of the version that is written and read.
const PREFIX: &str = "r1=";
/// What messengers and mailers pass on whole, less the page's own address.
const MAX_CHARS: usize = 1900;
/// Longer ones are not of ours: names are limited to 256 KiB before they are deflated.
const MAX_FRAGMENT: usize = 1 << 20;
/// Bytes of the checksum.
const N_CHECK: usize = 4;

/// What follows the `#` of a link that shows this result.
///
/// Figures are rounded to [`carto_types::RunParameters::step`] of what is read;
/// signs, classes, counts of signs and the ranking are those of the whole result. A link has no
/// songs and no issues, no cosines of single pairs, no name of a graphics
/// processor, and cuts long texts. Where the result came from a link itself, the
/// same link comes out.
///
/// - `has_names`: whether titles, artists and mappers go with it
///
/// # Errors
///
/// [`ResultError::NotForLinks`] for what a link has no room for, and what is wrong
/// with a result that is none.
pub fn link_fragment(result: &RunResult, has_names: bool) -> Result<String, ResultError> {
    check(result)?;
    let is_coarse = result.parameters.step.is_some_and(|step| step > Steps::FINE.step());
    let mut figures = match is_coarse {
        true => layout::write(result, Steps::COARSE, has_names)?,
        false => layout::write(result, Steps::FINE, has_names)?,
    };
    if !is_coarse && n_chars(figures.len()) > MAX_CHARS {
        figures = layout::write(result, Steps::COARSE, has_names)?;
    }
    if has_names {
        figures.extend(names::write(&result.songs)?);
    }
    figures.extend(crc32(&figures).to_le_bytes());
    Ok(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(&figures)))
}

/// Characters of a fragment with that many bytes of figures.
fn n_chars(n_bytes: usize) -> usize {
    PREFIX.len() + (8 * (n_bytes + N_CHECK)).div_ceil(6)
}

/// The result that a link holds.
///
/// - `fragment`: what follows the `#`
///
/// # Errors
///
/// [`ResultError::NoLink`] for another kind of fragment,
/// [`ResultError::NewerLink`], [`ResultError::CutLink`] where any character is
/// missing or changed, and [`ResultError::BadLink`] for figures that cannot be.
pub fn read_link(fragment: &str) -> Result<RunResult, ResultError> {
    let fragment = fragment.trim();
    let Some(text) = fragment.strip_prefix(PREFIX) else {
        return Err(other_version(fragment));
    };
    if text.len() > MAX_FRAGMENT {
        return Err(ResultError::NoLink);
    }
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| ResultError::CutLink)?;
    let (bytes, sum) = bytes.split_last_chunk::<N_CHECK>().ok_or(ResultError::CutLink)?;
    if crc32(bytes) != u32::from_le_bytes(*sum) {
        return Err(ResultError::CutLink);
    }
    let mut reader = Reader::new(bytes);
    let (mut result, has_names) = layout::read(&mut reader)?;
    let rest = reader.rest()?;
    match (has_names, rest) {
        (true, rest) => result.songs = names::read(rest)?,
        (false, []) => {}
        (false, _) => return Err(ResultError::BadLink),
    }
    check(&result).map_err(|_| ResultError::BadLink)?;
    Ok(result)
}

fn other_version(fragment: &str) -> ResultError {
    let version = fragment.strip_prefix('r').and_then(|rest| rest.split_once('='));
    match version.and_then(|(number, _)| number.parse::<u32>().ok()) {
        Some(number) if number > 1 => ResultError::NewerLink,
        _ => ResultError::NoLink,
    }
}

/// CRC-32 as in zip and PNG: finds every change of one letter, since that is a
/// burst of at most 6 bits.
///
/// Not that of a crate: its tables are 16 kB which nothing compresses, in a program that
/// has no other use for them.
fn crc32(bytes: &[u8]) -> u32 {
    // The polynomial of ISO 3309, its bits reversed.
    const POLYNOMIAL: u32 = 0xedb8_8320;
    let step = |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ POLYNOMIAL } else { crc >> 1 };
    let next = |crc: u32, &byte: &u8| (0..8).fold(crc ^ u32::from(byte), step);
    !bytes.iter().fold(u32::MAX, next)
}

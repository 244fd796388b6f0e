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
use carto_archive::crc32;
use carto_types::{ResultLink, ResultSong, RunResult};

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

/// A link that shows this result.
///
/// Figures are rounded to [`carto_types::RunParameters::step`] of what is read;
/// signs, classes, counts of signs and the ranking are those of the whole result. A link has no
/// figures of songs and no issues, no cosines of single pairs, no name of a graphics
/// processor, and cuts long texts. Of songs whose names do not fit into [`MAX_CHARS`] the
/// first ones are named. Where the result came from a link itself, the same link comes out.
///
/// - `has_names`: whether titles, artists and mappers go with it
///
/// # Errors
///
/// [`ResultError::NotForLinks`] for what a link has no room for, and what is wrong
/// with a result that is none.
pub fn make_link(result: &RunResult, has_names: bool) -> Result<ResultLink, ResultError> {
    check(result)?;
    let is_coarse = result.parameters.step.is_some_and(|step| step > Steps::FINE.step());
    let songs = if has_names { &*result.songs } else { &[] };
    let has_names = !songs.is_empty();
    if !is_coarse {
        let figures = layout::write(result, Steps::FINE, has_names)?;
        let names = names_in_full(songs, has_names);
        if let Some(names) = names.filter(|it| n_chars(figures.len() + it.len()) <= MAX_CHARS) {
            return Ok(link([figures, names].concat(), songs.len(), 0));
        }
    }
    let figures = layout::write(result, Steps::COARSE, has_names)?;
    if !has_names {
        return Ok(link(figures, 0, 0));
    }
    match names_that_fit(songs, MAX_CHARS.saturating_sub(n_chars(figures.len()))) {
        Some((names, n_named)) => {
            Ok(link([figures, names].concat(), n_named, songs.len() - n_named))
        }
        None => Ok(ResultLink { n_left_out: songs.len() as u32, ..make_link(result, false)? }),
    }
}

/// Nothing where no names are asked for; `None` where no link has room for them.
fn names_in_full(songs: &[ResultSong], has_names: bool) -> Option<Vec<u8>> {
    if has_names { names::write(songs) } else { Some(Vec::new()) }
}

/// The names of as many songs as fit, from the first on, and how many these are; `None`
/// where not one fits.
fn names_that_fit(songs: &[ResultSong], max_chars: usize) -> Option<(Vec<u8>, usize)> {
    let fitting = |n: usize| {
        let names = names::write(songs.get(..n)?)?;
        ((8 * names.len()).div_ceil(6) <= max_chars).then_some(names)
    };
    let (mut best, mut n_best) = (None, 0);
    // The first number that is known to be too many.
    let mut n_bad = songs.len() + 1;
    while n_best + 1 < n_bad {
        let middle = n_best.midpoint(n_bad);
        match fitting(middle) {
            Some(names) => (best, n_best) = (Some((names, middle)), middle),
            None => n_bad = middle,
        }
    }
    best
}

fn link(mut bytes: Vec<u8>, n_named: usize, n_left_out: usize) -> ResultLink {
    bytes.extend(crc32(&bytes).to_le_bytes());
    ResultLink {
        fragment: format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(&bytes)),
        n_named: n_named as u32,
        n_left_out: n_left_out as u32,
    }
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

//! What must hold for a result before anything is done with it.

mod songs;
mod tables;
#[cfg(test)]
mod tests;

use std::ops::RangeInclusive;

use carto_types::{RESULT_FORMAT, RunResult};

use crate::ResultError;

/// Sums of products in another order may pass 1 by a few units of the last place.
const SLACK: f64 = 1e-9;
/// Where r and cosines lie.
const UNIT: RangeInclusive<f64> = -1.0 - SLACK..=1.0 + SLACK;
/// Where the spread of r and cosines lies.
const UNIT_SPREAD: RangeInclusive<f64> = 0.0..=1.0 + SLACK;
/// Where means of absolute values and of squares lie: finite and not negative.
const POSITIVE: RangeInclusive<f64> = 0.0..=f64::MAX;
/// Where chances lie.
const CHANCE: RangeInclusive<f64> = 0.0..=1.0;

/// Thirty-two are published; a picture of more than these has no room for them.
pub(crate) const MAX_DIMS: usize = 1024;
/// Far above the 292 that are published, and what a table of a page can hold.
const MAX_SONGS: usize = 100_000;
/// Maps of one song.
const MAX_MAPS: usize = 10_000;
/// Pairs of all songs together; also the limit for cosines.
const MAX_PAIRS: usize = 2_000_000;
/// Issues of a run.
const MAX_ISSUES: usize = 1_000_000;
/// Bytes of a name, a date, a note.
const MAX_TEXT: usize = 4096;

/// Checks all that a reader relies on: lengths, numbers, names, ranges.
///
/// # Errors
///
/// The first thing that is wrong, with its place.
pub(crate) fn check(result: &RunResult) -> Result<(), ResultError> {
    if result.format != RESULT_FORMAT {
        return Err(unexpected("format", &result.format, RESULT_FORMAT));
    }
    check_texts(result)?;
    if let Some(step) = result.parameters.step {
        within(step, f64::MIN_POSITIVE..=0.1, || "parameters.step".to_owned())?;
    }
    let n_dims = tables::check(result)?;
    limited(result.issues.len(), MAX_ISSUES, || "issues".to_owned())?;
    songs::check(&result.songs, n_dims)
}

fn check_texts(result: &RunResult) -> Result<(), ResultError> {
    let origin = &result.origin;
    let optional = [&origin.repository, &origin.commit, &origin.date, &origin.note];
    let texts = [&result.name, &origin.program].into_iter().chain(optional.into_iter().flatten());
    let encoder = result.parameters.encoder.iter();
    let texts = texts.chain(encoder.clone().map(|encoder| &encoder.name));
    let texts = texts.chain(encoder.flat_map(|encoder| &encoder.note));
    let held_out = result.held_out.iter();
    let texts =
        texts.chain(held_out.flat_map(|held_out| [&held_out.description, &held_out.checkpoint]));
    for text in texts {
        limited(text.len(), MAX_TEXT, || "one of its texts".to_owned())?;
    }
    Ok(())
}

/// `at` names the place; it is only asked where there is something to say.
fn within(
    value: f64,
    range: RangeInclusive<f64>,
    at: impl FnOnce() -> String,
) -> Result<(), ResultError> {
    if range.contains(&value) {
        return Ok(());
    }
    Err(ResultError::OutOfRange { at: at(), value, low: *range.start(), high: *range.end() })
}

fn all_within(
    values: &[f64],
    range: &RangeInclusive<f64>,
    at: impl Fn() -> String,
) -> Result<(), ResultError> {
    let wrong = values.iter().enumerate().find(|(_, value)| !range.contains(value));
    wrong
        .map_or(Ok(()), |(idx, &value)| within(value, range.clone(), || format!("{}[{idx}]", at())))
}

fn of_length(n: usize, expected: usize, at: impl FnOnce() -> String) -> Result<(), ResultError> {
    if n == expected {
        return Ok(());
    }
    Err(ResultError::WrongLength { at: at(), n, expected })
}

fn limited(n: usize, limit: usize, at: impl FnOnce() -> String) -> Result<(), ResultError> {
    if n <= limit {
        return Ok(());
    }
    Err(ResultError::TooMany { at: at(), n, limit })
}

fn unexpected(at: &str, found: &str, expected: &str) -> ResultError {
    let (found, expected) = (found.to_owned(), expected.to_owned());
    ResultError::Unexpected { at: at.to_owned(), found, expected }
}

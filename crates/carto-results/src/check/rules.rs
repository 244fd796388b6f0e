//! Ranges, limits and the checks of single values.

use std::ops::RangeInclusive;

use crate::ResultError;

/// Sums of products in another order may pass 1 by a few units of the last place.
const SLACK: f64 = 1e-9;
/// Where r and cosines lie.
pub(super) const UNIT: RangeInclusive<f64> = -1.0 - SLACK..=1.0 + SLACK;
/// Where the spread of r and cosines lies.
pub(super) const UNIT_SPREAD: RangeInclusive<f64> = 0.0..=1.0 + SLACK;
/// Where means of absolute values and of squares lie: finite and not negative.
pub(super) const POSITIVE: RangeInclusive<f64> = 0.0..=f64::MAX;
/// Where chances lie.
pub(super) const CHANCE: RangeInclusive<f64> = 0.0..=1.0;

/// Thirty-two are published; a picture of more than these has no room for them.
pub(crate) const MAX_DIMS: usize = 1024;
/// Far above the 292 that are published, and what a table of a page can hold.
pub(super) const MAX_SONGS: usize = 100_000;
/// Maps of one song.
pub(super) const MAX_MAPS: usize = 10_000;
/// Pairs of all songs together; also the limit for cosines.
pub(super) const MAX_PAIRS: usize = 2_000_000;
/// Issues of a run.
pub(super) const MAX_ISSUES: usize = 1_000_000;
/// Bytes of a name, a date, a note.
pub(super) const MAX_TEXT: usize = 4096;

/// `at` names the place; it is only asked where there is something to say.
pub(super) fn within(
    value: f64,
    range: RangeInclusive<f64>,
    at: impl FnOnce() -> String,
) -> Result<(), ResultError> {
    if range.contains(&value) {
        return Ok(());
    }
    Err(ResultError::OutOfRange { at: at(), value, low: *range.start(), high: *range.end() })
}

pub(super) fn all_within(
    values: &[f64],
    range: &RangeInclusive<f64>,
    at: impl Fn() -> String,
) -> Result<(), ResultError> {
    let wrong = values.iter().enumerate().find(|(_, value)| !range.contains(value));
    wrong
        .map_or(Ok(()), |(idx, &value)| within(value, range.clone(), || format!("{}[{idx}]", at())))
}

pub(super) fn of_length(
    n: usize,
    expected: usize,
    at: impl FnOnce() -> String,
) -> Result<(), ResultError> {
    if n == expected {
        return Ok(());
    }
    Err(ResultError::WrongLength { at: at(), n, expected })
}

pub(super) fn limited(
    n: usize,
    limit: usize,
    at: impl FnOnce() -> String,
) -> Result<(), ResultError> {
    if n <= limit {
        return Ok(());
    }
    Err(ResultError::TooMany { at: at(), n, limit })
}

pub(super) fn unexpected(at: &str, found: &str, expected: &str) -> ResultError {
    let (found, expected) = (found.to_owned(), expected.to_owned());
    ResultError::Unexpected { at: at.to_owned(), found, expected }
}

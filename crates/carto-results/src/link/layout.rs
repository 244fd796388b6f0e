//! The order of what a link holds: one description, for writing and for reading.

use carto_types::RunResult;

use super::bits::{Coder, Reader, Writer};
use super::codes::{codes, count};
use super::quantise::{Scale, Steps};
use super::{empty, head, tables};
use crate::ResultError;
use crate::empty::empty_result;

/// The figures of a result in bits.
pub(super) fn write(
    result: &RunResult,
    steps: Steps,
    has_names: bool,
) -> Result<Vec<u8>, ResultError> {
    let mut writer = Writer::default();
    let mut rounded = result.clone();
    rounded.parameters.step = Some(steps.step());
    describe(&mut writer, &mut rounded, &mut u64::from(has_names))?;
    Ok(writer.into_bytes())
}

/// A result without names, and whether these follow.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<(RunResult, bool), ResultError> {
    let mut result = empty_result();
    let mut has_names = 0;
    describe(reader, &mut result, &mut has_names)?;
    Ok((result, has_names == 1))
}

fn describe(
    coder: &mut dyn Coder,
    result: &mut RunResult,
    has_names: &mut u64,
) -> Result<(), ResultError> {
    coder.bits(has_names, 1)?;
    let is_fine = result.parameters.step == Some(Steps::FINE.step());
    let mut is_fine = u64::from(is_fine);
    coder.bits(&mut is_fine, 1)?;
    let steps = if is_fine == 1 { Steps::FINE } else { Steps::COARSE };
    result.parameters.step = Some(steps.step());
    head::head(coder, result)?;
    optional(coder, &mut result.track_a, empty::track_a, |coder, track| {
        tables::track_a(coder, track, steps)
    })?;
    optional(coder, &mut result.track_b, empty::track_b, |coder, track| {
        tables::track_b(coder, track, steps)
    })?;
    optional(coder, &mut result.synthesis, empty::synthesis, |coder, table| {
        tables::synthesis(coder, table, steps)
    })?;
    optional(coder, &mut result.held_out, empty::held_out, |coder, held_out| {
        tables::held_out(coder, held_out, steps)
    })
}

/// A bit, and the value where there is one.
pub(super) fn optional<T>(
    coder: &mut dyn Coder,
    value: &mut Option<T>,
    empty: impl FnOnce() -> T,
    describe: impl FnOnce(&mut dyn Coder, &mut T) -> Result<(), ResultError>,
) -> Result<(), ResultError> {
    let mut is_there = u64::from(value.is_some());
    coder.bits(&mut is_there, 1)?;
    if is_there == 0 {
        *value = None;
        return Ok(());
    }
    describe(coder, value.get_or_insert_with(empty))
}

pub(super) fn flag(coder: &mut dyn Coder, value: &mut bool) -> Result<(), ResultError> {
    let mut bit = u64::from(*value);
    coder.bits(&mut bit, 1)?;
    *value = bit == 1;
    Ok(())
}

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

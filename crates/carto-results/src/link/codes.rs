//! Whole numbers in as few bits as their spread allows.

use super::bits::Coder;
use crate::ResultError;

/// Numbers beyond this are no rounded figures.
const MAX_CODE: u64 = 1 << 28;
/// Bits that say how many bits a number of a list's head has.
const HEAD_BITS: u32 = 5;
/// Bits that say how many low bits stand as they are.
const RICE_BITS: u32 = 5;

/// A number that is mostly small: how many bits it has, then those below the highest.
///
/// - `n_length_bits`: bits that say how many; 7 take any number
pub(super) fn count(
    coder: &mut dyn Coder,
    value: &mut u64,
    n_length_bits: u32,
) -> Result<(), ResultError> {
    let mut n_bits = u64::from(u64::BITS - value.leading_zeros());
    if n_bits >> n_length_bits > 0 {
        return Err(coder.refusal("a number is too large"));
    }
    coder.bits(&mut n_bits, n_length_bits)?;
    let Some(n_low) = n_bits.checked_sub(1) else {
        *value = 0;
        return Ok(());
    };
    if n_low > 63 {
        return Err(coder.refusal("a number is too large"));
    }
    coder.bits(value, n_low as u32)?;
    // A writer's value has its highest bit already.
    *value |= 1 << n_low;
    Ok(())
}

/// A number below `n`, each equally likely.
pub(super) fn below(coder: &mut dyn Coder, value: &mut u64, n: u64) -> Result<(), ResultError> {
    let n_bits = u64::BITS - n.saturating_sub(1).leading_zeros();
    let Some(n_low) = n_bits.checked_sub(1) else {
        *value = 0;
        return Ok(());
    };
    // The first few need a bit less, as many as leave no pattern unused.
    let n_short = (1_u64 << n_bits).wrapping_sub(n);
    let is_short = *value < n_short;
    let mut head = if is_short { *value } else { value.wrapping_add(n_short) >> 1 };
    coder.bits(&mut head, n_low)?;
    if head < n_short {
        *value = head;
        return Ok(());
    }
    let mut last = value.wrapping_add(n_short) & 1;
    coder.bits(&mut last, 1)?;
    *value = (head << 1 | last).wrapping_sub(n_short);
    Ok(())
}

/// A list of known length: equally likely between its least and its greatest, or
/// by Rice's code around its mean, whatever is shorter.
pub(super) fn codes(coder: &mut dyn Coder, values: &mut [i64]) -> Result<(), ResultError> {
    if values.is_empty() {
        return Ok(());
    }
    if values.iter().any(|value| value.unsigned_abs() > MAX_CODE) {
        return Err(coder.refusal("a figure is too large"));
    }
    let plan = Plan::of(values);
    let mut is_rice = u64::from(plan.rice_bits < plan.flat_bits);
    coder.bits(&mut is_rice, 1)?;
    if is_rice == 1 { rice(coder, values, &plan) } else { flat(coder, values, &plan) }
}

/// How many bits [`codes`] takes.
pub(super) fn n_bits(values: &[i64]) -> u64 {
    let plan = Plan::of(values);
    plan.rice_bits.min(plan.flat_bits)
}

/// What a writer finds best; a reader's has no meaning.
struct Plan {
    least: i64,
    greatest: i64,
    flat_bits: u64,
    centre: i64,
    n_low: u32,
    rice_bits: u64,
}

impl Plan {
    fn of(values: &[i64]) -> Self {
        let least = values.iter().copied().min().unwrap_or_default();
        let greatest = values.iter().copied().max().unwrap_or_default();
        let n = values.len() as u64;
        let width = u64::BITS - greatest.abs_diff(least).leading_zeros();
        let centre = values.iter().sum::<i64>() / values.len().max(1) as i64;
        let bits = |n_low: u32| {
            let high = values.iter().map(|&value| zigzag(value.wrapping_sub(centre)) >> n_low);
            high.sum::<u64>() + n * (1 + u64::from(n_low))
        };
        let (rice_bits, n_low) =
            (0..1 << RICE_BITS).map(|n_low| (bits(n_low), n_low)).min().unwrap_or_default();
        // Heads are left out of the sums: they differ by a few bits.
        Self { least, greatest, flat_bits: n * u64::from(width), centre, n_low, rice_bits }
    }
}

fn flat(coder: &mut dyn Coder, values: &mut [i64], plan: &Plan) -> Result<(), ResultError> {
    let (mut least, mut range) = (zigzag(plan.least), plan.greatest.abs_diff(plan.least));
    count(coder, &mut least, HEAD_BITS)?;
    count(coder, &mut range, HEAD_BITS)?;
    if range > 2 * MAX_CODE {
        return Err(coder.refusal("a figure is too large"));
    }
    let least = unzigzag(least);
    for value in values {
        let mut above = value.wrapping_sub(least) as u64;
        below(coder, &mut above, range + 1)?;
        *value = least.wrapping_add(above as i64);
    }
    Ok(())
}

fn rice(coder: &mut dyn Coder, values: &mut [i64], plan: &Plan) -> Result<(), ResultError> {
    let (mut centre, mut n_low) = (zigzag(plan.centre), u64::from(plan.n_low));
    count(coder, &mut centre, HEAD_BITS)?;
    coder.bits(&mut n_low, RICE_BITS)?;
    let (centre, n_low) = (unzigzag(centre), n_low as u32);
    for value in values {
        let mut number = zigzag(value.wrapping_sub(centre));
        let mut high = number >> n_low;
        unary(coder, &mut high)?;
        coder.bits(&mut number, n_low)?;
        // A writer's number is whole already, a reader's has its low bits only.
        number |= high.wrapping_shl(n_low);
        *value = centre.wrapping_add(unzigzag(number));
    }
    Ok(())
}

/// As many ones, then a zero; a reader ends with its bits.
fn unary(coder: &mut dyn Coder, value: &mut u64) -> Result<(), ResultError> {
    let mut n_ones = 0;
    loop {
        let mut bit = u64::from(n_ones < *value);
        coder.bits(&mut bit, 1)?;
        if bit == 0 {
            *value = n_ones;
            return Ok(());
        }
        n_ones += 1;
    }
}

/// 0, -1, 1, -2, ... as 0, 1, 2, 3, ...
fn zigzag(value: i64) -> u64 {
    (value << 1 ^ value >> 63) as u64
}

fn unzigzag(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::link::bits::{Reader, Writer};

    fn there_and_back(values: &[i64]) -> (Vec<i64>, usize) {
        let mut writer = Writer::default();
        let mut written = values.to_vec();
        codes(&mut writer, &mut written).unwrap();
        assert_eq!(written, values, "a writer leaves its values as they are");
        let bytes = writer.into_bytes();
        let mut read = vec![0; values.len()];
        codes(&mut Reader::new(&bytes), &mut read).unwrap();
        (read, bytes.len())
    }

    proptest! {
        #[test]
        fn lists_come_back(values in prop::collection::vec(-(1_i64 << 28)..=1 << 28, 0..20)) {
            prop_assert_eq!(there_and_back(&values).0, values);
        }

        #[test]
        fn small_lists_come_back(values in prop::collection::vec(-40_i64..40, 0..40)) {
            prop_assert_eq!(there_and_back(&values).0, values);
        }

        #[test]
        fn numbers_below_another_come_back(n in 1_u64..5000, value in any::<prop::sample::Index>()) {
            let value = value.index(n as usize) as u64;
            let mut writer = Writer::default();
            below(&mut writer, &mut value.clone(), n)?;
            let bytes = writer.into_bytes();
            let mut read = 0;
            below(&mut Reader::new(&bytes), &mut read, n)?;
            prop_assert_eq!(read, value);
        }

        #[test]
        fn counts_come_back(value in any::<u64>(), shift in 0_u32..64) {
            let value = value >> shift;
            let mut writer = Writer::default();
            count(&mut writer, &mut value.clone(), 7)?;
            let bytes = writer.into_bytes();
            let mut read = 0;
            count(&mut Reader::new(&bytes), &mut read, 7)?;
            prop_assert_eq!(read, value);
        }

        #[test]
        fn any_bytes_end_in_a_list_or_a_refusal(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = codes(&mut Reader::new(&bytes), &mut [0; 50]);
        }
    }

    #[test]
    fn equal_numbers_and_peaks_take_few_bits() {
        assert!(there_and_back(&[1234; 100]).1 < 8);
        let peak: Vec<i64> =
            (0..100).map(|idx| [0, 1, 0, -1, 0, 1, 0, 0, -1, 9][idx % 10]).collect();
        assert!(there_and_back(&peak).1 < 45);
    }
}

/// Places of values in rising order; of equal ones the first first, and NaN behind all numbers.
///
/// One function for all programs that sort rows by a number: each sort of a type of its own adds
/// four kilobytes to a program.
#[must_use]
pub fn rising_places(values: &[f64]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..values.len()).collect();
    let value = |place: &usize| values.get(*place).copied().unwrap_or(f64::NAN);
    places.sort_by(|a, b| value(a).total_cmp(&value(b)));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_keep_their_order_and_nan_comes_last() {
        assert_eq!(rising_places(&[2.0, f64::NAN, -1.0, 2.0, f64::NEG_INFINITY]), [4, 2, 0, 3, 1]);
        assert!(rising_places(&[]).is_empty());
    }
}

/// A number with `n` decimals, which is the same after it was written as JSON and
/// read again: `serde_json` may else read one that is a bit off.
pub(super) fn decimals(x: f64, n: i32) -> f64 {
    let factor = libm::pow(10.0, f64::from(n));
    libm::round(x * factor) / factor
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_gives_back_what_it_got() {
        for idx in 0..10_000 {
            let x = decimals(f64::from(idx) * 0.123_456_789_012, 6);
            let text = serde_json::to_string(&x).unwrap();
            assert_eq!(serde_json::from_str::<f64>(&text).unwrap().to_bits(), x.to_bits());
        }
    }
}

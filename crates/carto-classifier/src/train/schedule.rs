use std::f64::consts::PI;

/// Steps in which the learning rate rises from zero, or fewer in a short run.
const WARM_UP_STEPS: f64 = 50.0;

/// Share of the highest learning rate in a step: a straight rise times half a cosine
/// down to zero.
///
/// - `step`: counted from 0
pub(super) fn rate_share(step: usize, n_steps: usize) -> f64 {
    let warm_up = WARM_UP_STEPS.min(0.1 * n_steps as f64).max(1.0);
    let rise = ((step + 1) as f64 / warm_up).min(1.0);
    let done = step as f64 / n_steps.max(1) as f64;
    rise * 0.5 * (1.0 + libm::cos(PI * done))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_rises_once_and_falls_to_nothing() {
        let shares: Vec<f64> = (0..1000).map(|step| rate_share(step, 1000)).collect();
        assert!(shares[0] < 0.03 && shares[49] > 0.99 && shares[999] < 1e-4);
        assert!(shares[..50].is_sorted() && shares[50..].is_sorted_by(|a, b| a >= b));
    }
}

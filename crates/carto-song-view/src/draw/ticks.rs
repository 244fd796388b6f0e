//! Marks of time: how far apart they stand.

/// Distances between labelled times, ms.
const STEPS_MS: [f64; 11] = [
    100.0, 500.0, 1_000.0, 2_000.0, 5_000.0, 10_000.0, 15_000.0, 30_000.0, 60_000.0, 120_000.0,
    300_000.0,
];

/// The smallest distance between labels that leaves each its room, ms.
///
/// - `px_per_ms`: pixels of a millisecond
/// - `min_px`: room of a label
pub(crate) fn step_ms(px_per_ms: f64, min_px: f64) -> f64 {
    let fits = |step_ms: &&f64| **step_ms * px_per_ms >= min_px;
    STEPS_MS.iter().find(fits).copied().unwrap_or(600_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_have_room() {
        assert_eq!(step_ms(0.01, 60.0), 10_000.0);
        assert_eq!(step_ms(1.0, 60.0), 100.0);
        assert_eq!(step_ms(1e-6, 60.0), 600_000.0);
    }
}

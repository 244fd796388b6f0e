//! Marks of time: how far apart they stand.

use carto_charts::time_step_ms;

/// The smallest distance between labels that leaves each its room, ms.
///
/// - `px_per_ms`: pixels of a millisecond
/// - `min_px`: room of a label
pub(crate) fn step_ms(px_per_ms: f64, min_px: f64) -> f64 {
    time_step_ms(|step_ms| step_ms * px_per_ms >= min_px)
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

//! Marks of time: how far apart they stand, and their texts.

use carto_charts::number::fixed;

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

/// A time in minutes and seconds with a tenth, `1:44.7`; a minus before it below 0.
pub(crate) fn clock(time_ms: f64) -> String {
    let tenths = (time_ms.abs() / 100.0).round();
    let minutes = (tenths / 600.0).floor();
    let seconds = (tenths - minutes * 600.0) / 10.0;
    let sign = if time_ms < 0.0 && tenths > 0.0 { "−" } else { "" };
    let zero = if seconds < 9.95 { "0" } else { "" };
    format!("{sign}{}:{zero}{}", fixed(minutes, 0), fixed(seconds, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_a_tenth_and_carry_over() {
        assert_eq!(clock(104_700.0), "1:44.7");
        assert_eq!(clock(59_960.0), "1:00.0");
        assert_eq!(clock(9_960.0), "0:10.0");
        assert_eq!(clock(-1_250.0), "−0:01.3");
        assert_eq!(clock(-20.0), "0:00.0");
    }

    #[test]
    fn labels_have_room() {
        assert_eq!(step_ms(0.01, 60.0), 10_000.0);
        assert_eq!(step_ms(1.0, 60.0), 100.0);
        assert_eq!(step_ms(1e-6, 60.0), 600_000.0);
    }
}

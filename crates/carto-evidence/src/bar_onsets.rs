//! Onset F-measure on bars laid end to end, and what chance gives.

use carto_agreement::onset_counts;
use carto_types::BarFMeasure;

use crate::bars::{Bars, TWELFTHS};
use crate::shifts::MIN_BARS;

/// How far two onsets may lie apart, ms: that of MIREX.
const TOLERANCE_MS: f64 = 50.0;

/// Onsets times shifts: a second. Longer maps have no chance value.
const MAX_ONSETS_OF_SHIFTS: usize = 1 << 25;

/// F on some bars, beside its mean over all shifts of B by whole bars; `None` below 12
/// bars and for maps of hours.
///
/// - `onsets_ms`: of A and of B, ms, on the time line of the bars
#[must_use]
pub fn bar_f_measure(bars: &Bars, onsets_ms: [&[f64]; 2]) -> Option<BarFMeasure> {
    let n_bars = bars.len();
    if n_bars < MIN_BARS {
        return None;
    }
    let [a, b] = onsets_ms.map(|onsets_ms| on_bars(bars, onsets_ms));
    if n_bars.saturating_mul(a.len() + b.len()) > MAX_ONSETS_OF_SHIFTS {
        return None;
    }
    let reference = end_to_end(bars, &a, 0);
    let f_of = |shift| f_of_onsets(&reference, &end_to_end(bars, &b, shift));
    let f = f_of(0);
    let chance = (1..n_bars).map(f_of).sum::<f64>() / (n_bars - 1) as f64;
    Some(BarFMeasure { f, chance, excess: f - chance })
}

/// The F of [`bar_f_measure`] alone.
#[must_use]
pub(crate) fn bar_f(bars: &Bars, onsets_ms: [&[f64]; 2]) -> Option<f64> {
    let [a, b] = onsets_ms.map(|onsets_ms| end_to_end(bars, &on_bars(bars, onsets_ms), 0));
    (bars.len() >= MIN_BARS).then(|| f_of_onsets(&a, &b))
}

fn f_of_onsets(reference_ms: &[f64], estimate_ms: &[f64]) -> f64 {
    onset_counts(estimate_ms, reference_ms, TOLERANCE_MS).f_measure()
}

/// Bar and place in it of every onset that has one.
fn on_bars(bars: &Bars, onsets_ms: &[f64]) -> Vec<(usize, f64)> {
    let place = |&time_ms: &f64| {
        let (bar_idx, _) = bars.slot(time_ms, TWELFTHS)?;
        Some((bar_idx, bars.inside_ms(bar_idx, time_ms)))
    };
    onsets_ms.iter().filter_map(place).collect()
}

/// Times as if the bars, shifted by some, followed each other without gaps, each once.
fn end_to_end(bars: &Bars, onsets: &[(usize, f64)], shift: usize) -> Vec<f64> {
    let bar_ms = bars.bar_ms();
    let place = |&(bar_idx, inside_ms): &(usize, f64)| {
        ((bar_idx + shift) % bars.len()) as f64 * bar_ms + inside_ms
    };
    let mut times_ms: Vec<_> = onsets.iter().map(place).collect();
    times_ms.sort_by(f64::total_cmp);
    times_ms.dedup();
    times_ms
}

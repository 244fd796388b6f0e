use std::ops::Range;

use carto_agreement::Latents;
use carto_types::LatentSpan;

use crate::lag::MIN_FRAMES;
use crate::map::CLOCK;
use crate::statistics::pearson;

/// Compares the latents of two maps as they are: by columns of the published frames, lag 0.
///
/// - `a`, `b`: `[n_latents, n_columns]` each, of the same number of latents
/// - `frames_per_latent`: frames of a column
/// - `span_ms`: where both maps have begun and none has ended
/// - returns: `None` where less than 1,000 frames lie in columns whose middle is inside the span
#[must_use]
pub fn compare_latent_span(
    a: Latents<'_>,
    b: Latents<'_>,
    frames_per_latent: usize,
    span_ms: [f64; 2],
) -> Option<LatentSpan> {
    let n_columns = a.n_latents().min(b.n_latents());
    let column_ms = CLOCK.time_ms(frames_per_latent);
    let is_inside = |column: &usize| {
        let middle_ms = (*column as f64 + 0.5) * column_ms;
        (span_ms[0]..=span_ms[1]).contains(&middle_ms)
    };
    let first = (0..n_columns).find(is_inside)?;
    let end = first + (first..n_columns).take_while(is_inside).count();
    if (end - first) * frames_per_latent < MIN_FRAMES {
        return None;
    }
    Some(latents_on(a, b, first..end))
}

/// How much the latents of two maps agree on some columns; an r is missing where a side is constant
/// there, and without columns.
///
/// - `a`, `b`: `[n_latents, n_columns]` each, of the same number of latents
/// - `columns`: those that both do not have are left out
#[must_use]
pub fn latents_on(a: Latents<'_>, b: Latents<'_>, columns: Range<usize>) -> LatentSpan {
    let end = columns.end.min(a.n_latents()).min(b.n_latents());
    let columns = columns.start.min(end)..end;
    let r = |(a, b): (&[f32], &[f32])| pearson(&a[columns.clone()], &b[columns.clone()]);
    let r = a.dims().zip(b.dims()).map(r).collect();
    LatentSpan { columns: columns.len() as u32, r }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(a: &[f32], b: &[f32], span_ms: [f64; 2]) -> Option<LatentSpan> {
        let [a, b] = [a, b].map(|values| Latents::new(values, 2).unwrap());
        compare_latent_span(a, b, 18, span_ms)
    }

    #[test]
    fn columns_outside_the_span_and_constant_latents_take_no_part() {
        let column_ms = CLOCK.time_ms(18);
        // Opposite before column 20, equal from there on; the second latent never changes.
        let wave = |idx: u32| (f64::from(idx) * 0.7).sin() as f32;
        let a: Vec<f32> = (0..100).map(wave).chain([0.5; 100]).collect();
        let b: Vec<f32> =
            a.iter().enumerate().map(|(idx, &z)| if idx < 20 { -z } else { z }).collect();
        let found = span(&a, &b, [20.4 * column_ms, 80.4 * column_ms]).unwrap();
        assert_eq!((found.columns, found.r[1]), (60, None));
        assert!((found.r[0].unwrap() - 1.0).abs() < 1e-9);
        let whole = span(&a, &b, [0.0, 1e9]).unwrap();
        assert_eq!(whole.columns, 100);
        assert!(whole.r[0].unwrap() < 0.9);
        assert_eq!(span(&a, &b, [0.0, 55.4 * column_ms]), None);
        assert_eq!(span(&a, &b, [1e9, 2e9]), None);
    }
}

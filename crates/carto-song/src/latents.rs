//! Latents of two maps over time, and r of each on a stretch.

use carto_agreement::Latents;
use carto_evidence::latents_on;
use carto_types::{LatentSpan, SongLatents};

/// Why what an encoder made of two maps cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LatentsError {
    /// They are no tables of the columns that the span has.
    #[error(
        "the latents of the two maps are no tables of {n_latents} rows and {n_columns} columns"
    )]
    Misshapen {
        /// Latents of the encoder.
        n_latents: u32,
        /// Columns of the span.
        n_columns: u32,
    },
    /// A latent is NaN or infinite, as are channels on a slider of no length.
    #[error(
        "the encoder gives the {} map latents that are no numbers; choose another difficulty, or \
         another encoder",
        if *map_idx == 0 { "first" } else { "second" }
    )]
    NotFinite {
        /// 0 is A, 1 is B.
        map_idx: usize,
    },
}

/// What an encoder made of the frames that two maps share, with r of each latent over all of them.
///
/// - `first_frame`, `n_frames`: the span on the published grid, as of
///   [`Strips`](carto_types::Strips)
/// - `frames_per_column`: of the encoder, 1 or more; columns that are not full are padded by it and
///   stand last
/// - `n_latents`: of the encoder
/// - `maps`: `[n_latents, n_columns]` of A and of B, latent by latent
///
/// # Errors
///
/// [`LatentsError`].
pub fn song_latents(
    (first_frame, n_frames): (u32, u32),
    frames_per_column: u32,
    n_latents: u32,
    maps: [Vec<f32>; 2],
) -> Result<SongLatents, LatentsError> {
    let n_columns = n_frames.div_ceil(frames_per_column.max(1));
    let n_values = n_latents as usize * n_columns as usize;
    if n_values == 0 || maps.iter().any(|values| values.len() != n_values) {
        return Err(LatentsError::Misshapen { n_latents, n_columns });
    }
    let is_odd = |values: &Vec<f32>| values.iter().any(|value| !value.is_finite());
    if let Some(map_idx) = maps.iter().position(is_odd) {
        return Err(LatentsError::NotFinite { map_idx });
    }
    let song = LatentSpan::default();
    let latents =
        SongLatents { first_frame, n_frames, frames_per_column, n_columns, n_latents, maps, song };
    let [from_ms, to_ms] = latents.span_ms();
    let song = latents_of_stretch(&latents, from_ms, to_ms);
    Ok(SongLatents { song, ..latents })
}

/// How much the latents of two maps agree on the columns whose middle is in `[from_ms, to_ms)` and
/// inside the span; an r is missing where a side is constant there.
///
/// The whole song is the widest stretch: a last column of which less than half is in the span takes
/// no part in it.
///
/// - `from_ms`, `to_ms`: on the clock of A; beyond the span there is nothing
#[must_use]
pub fn latents_of_stretch(latents: &SongLatents, from_ms: f64, to_ms: f64) -> LatentSpan {
    let [start_ms, end_ms] = latents.span_ms();
    let (from_ms, to_ms) = (from_ms.max(start_ms), to_ms.min(end_ms));
    // Middles ascend.
    let (mut first, mut end) = (0, 0);
    for column_idx in 0..latents.n_columns {
        let middle_ms = latents.middle_ms(column_idx);
        first += usize::from(middle_ms < from_ms);
        end += usize::from(middle_ms < to_ms);
    }
    let [a, b] = latents.maps.each_ref().map(|it| Latents::new(it, latents.n_latents as usize));
    match (a, b) {
        (Some(a), Some(b)) => latents_on(a, b, first..end),
        _ => LatentSpan::default(),
    }
}

#[cfg(test)]
mod tests {
    use carto_types::frames_ms;

    use super::*;

    /// Two latents over 100 columns of 18 frames from frame 40 on, of which the last holds 4 frames:
    /// the first latent of both is equal from column 20 on and opposite before, the second constant.
    fn latents() -> SongLatents {
        let wave = |idx: u32| (f64::from(idx) * 0.7).sin() as f32;
        let a: Vec<f32> = (0..100).map(wave).chain([0.5; 100]).collect();
        let turned = |(idx, &z): (usize, &f32)| if idx < 20 { -z } else { z };
        let b: Vec<f32> = a.iter().enumerate().map(turned).collect();
        song_latents((40, 99 * 18 + 4), 18, 2, [a, b]).unwrap()
    }

    /// r by its definition, in float64.
    fn plain_r(a: &[f32], b: &[f32]) -> f64 {
        let mean = |of: &[f32]| of.iter().map(|&z| f64::from(z)).sum::<f64>() / of.len() as f64;
        let (mean_a, mean_b) = (mean(a), mean(b));
        let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
        for (&a, &b) in a.iter().zip(b) {
            let (a, b) = (f64::from(a) - mean_a, f64::from(b) - mean_b);
            (ab, aa, bb) = (ab + a * b, aa + a * a, bb + b * b);
        }
        ab / (aa * bb).sqrt()
    }

    #[test]
    fn r_is_that_of_the_columns_whose_middle_is_inside() {
        let latents = latents();
        let row = |map_idx| latents.latent(map_idx, 0);
        let found = latents_of_stretch(&latents, latents.middle_ms(3), latents.middle_ms(50));
        assert_eq!((found.columns, found.r[1]), (47, None), "the end is not inside");
        let expected = plain_r(&row(0)[3..50], &row(1)[3..50]);
        assert!((found.r[0].unwrap() - expected).abs() < 1e-9);
        let late = latents_of_stretch(&latents, latents.time_ms(20), 1e9);
        assert!((late.r[0].unwrap() - 1.0).abs() < 1e-9);
        let early = latents_of_stretch(&latents, -1e9, latents.time_ms(20));
        assert!((early.r[0].unwrap() + 1.0).abs() < 1e-9);
        assert_eq!(early.columns, 20);
    }

    #[test]
    fn the_song_is_the_widest_stretch_without_a_column_of_padding() {
        let latents = latents();
        assert_eq!((latents.n_columns, latents.song.columns), (100, 99));
        assert_eq!(latents_of_stretch(&latents, -1e9, 1e9), latents.song);
        let expected = plain_r(&latents.latent(0, 0)[..99], &latents.latent(1, 0)[..99]);
        assert!((latents.song.r[0].unwrap() - expected).abs() < 1e-9);
    }

    #[test]
    fn a_stretch_without_columns_has_no_r() {
        let latents = latents();
        for [from_ms, to_ms] in [[1e9, 2e9], [500.0, 400.0], [0.0, frames_ms(40)]] {
            let found = latents_of_stretch(&latents, from_ms, to_ms);
            assert_eq!((found.columns, found.r), (0, vec![None, None]));
        }
    }

    #[test]
    fn what_is_no_table_of_numbers_is_refused() {
        let misshapen = song_latents((0, 36), 18, 1, [vec![0.0; 2], vec![0.0; 3]]);
        assert_eq!(misshapen, Err(LatentsError::Misshapen { n_latents: 1, n_columns: 2 }));
        let odd = song_latents((0, 36), 18, 1, [vec![0.0; 2], vec![0.0, f32::NAN]]);
        assert_eq!(odd, Err(LatentsError::NotFinite { map_idx: 1 }));
        assert!(odd.unwrap_err().to_string().contains("gives the second map latents"));
    }
}

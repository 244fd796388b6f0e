//! Latents of two maps of one song over time, on the clock of the first.

use serde::{Deserialize, Serialize};

use crate::{LatentSpan, frames_ms, rising_places};

/// What an encoder made of the nine channels of two maps over the span that is compared, B moved by
/// the lag, as [`Strips`](crate::Strips) has them.
///
/// The encoder reads the span alone. Column `i` stands for the frames from
/// `first_frame + i * frames_per_column` on; the last one has fewer where the span is no whole
/// number of columns.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SongLatents {
    /// Where the span begins on the published grid.
    pub first_frame: u32,
    /// Frames of the span.
    pub n_frames: u32,
    /// Frames of a column, 1 or more.
    pub frames_per_column: u32,
    /// Columns of a latent.
    pub n_columns: u32,
    /// Latents of a map.
    pub n_latents: u32,
    /// `[n_latents, n_columns]` of A and of B, latent by latent, dimensionless.
    pub maps: [Vec<f32>; 2],
    /// How much they agree over the whole span.
    pub song: LatentSpan,
}

impl SongLatents {
    /// Where a column begins, ms on the clock of A.
    #[must_use]
    pub fn time_ms(&self, column_idx: u32) -> f64 {
        let frames = column_idx.saturating_mul(self.frames_per_column);
        frames_ms(self.first_frame.saturating_add(frames))
    }

    /// The middle of a column, ms on the clock of A.
    #[must_use]
    pub fn middle_ms(&self, column_idx: u32) -> f64 {
        let [from_ms, to_ms] =
            [column_idx, column_idx.saturating_add(1)].map(|it| self.time_ms(it));
        0.5 * (from_ms + to_ms)
    }

    /// Where the span begins, and where its last frame ends, ms on the clock of A.
    #[must_use]
    pub fn span_ms(&self) -> [f64; 2] {
        let end_frame = self.first_frame.saturating_add(self.n_frames);
        [self.first_frame, end_frame].map(frames_ms)
    }

    /// The column at a time, with its fraction, counted from the first: below 0 before it, above
    /// `n_columns` behind the last.
    #[must_use]
    pub fn column_at(&self, time_ms: f64) -> f64 {
        let frame = time_ms / frames_ms(1) - f64::from(self.first_frame);
        frame / f64::from(self.frames_per_column.max(1))
    }

    /// One latent of a map, `[n_columns]`; empty for one that there is none of.
    ///
    /// - `map_idx`: 0 is A, 1 is B
    /// - `latent_idx`: from 0
    #[must_use]
    pub fn latent(&self, map_idx: usize, latent_idx: usize) -> &[f32] {
        let n_columns = self.n_columns as usize;
        let start = latent_idx.saturating_mul(n_columns);
        let map = self.maps.get(map_idx);
        map.and_then(|values| values.get(start..start + n_columns)).unwrap_or(&[])
    }

    /// The latents that have an r over the whole span, by their numbers, the highest r first.
    #[must_use]
    pub fn ranked(&self) -> Vec<(usize, f64)> {
        let r = self.song.r.iter().enumerate();
        let known: Vec<_> = r.filter_map(|(idx, r)| Some((idx, (*r)?))).collect();
        let falling: Vec<f64> = known.iter().map(|(_, r)| -r).collect();
        rising_places(&falling).into_iter().filter_map(|place| known.get(place).copied()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn latents() -> SongLatents {
        SongLatents {
            first_frame: 100,
            n_frames: 50,
            frames_per_column: 18,
            n_columns: 3,
            n_latents: 2,
            maps: [vec![0.0, 1.0, 2.0, 3.0, 4.0, 5.0], vec![6.0; 6]],
            song: LatentSpan { columns: 3, r: vec![Some(-0.5), None, Some(0.25), Some(0.25)] },
        }
    }

    #[test]
    fn columns_stand_on_the_grid_of_a() {
        let latents = latents();
        assert_eq!(latents.time_ms(2), frames_ms(136));
        assert_eq!(latents.middle_ms(0), frames_ms(109));
        assert_eq!(latents.span_ms(), [frames_ms(100), frames_ms(150)]);
        assert!((latents.column_at(latents.middle_ms(1)) - 1.5).abs() < 1e-9);
        assert!(latents.column_at(0.0) < 0.0);
    }

    #[test]
    fn a_latent_is_a_row_and_what_is_not_there_is_empty() {
        let latents = latents();
        assert_eq!(latents.latent(0, 1), [3.0, 4.0, 5.0]);
        assert_eq!(latents.latent(0, 2), [0.0; 0]);
        assert_eq!(latents.latent(2, 0), [0.0; 0]);
    }

    #[test]
    fn latents_are_ranked_by_r_and_then_by_number() {
        assert_eq!(latents().ranked(), [(2, 0.25), (3, 0.25), (0, -0.5)]);
    }
}

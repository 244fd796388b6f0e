//! Latents of two maps over time: those that agree most and those that agree least.

use carto_types::{EncoderFacts, SongLatents, latent_name};

use crate::number::{counted, fixed};
use crate::song::SongChart;
use crate::text::{ChartText, encoder_caption};

/// Latents of each end that a picture shows.
const N_OF_EACH_END: usize = 4;

/// What is drawn of the latents of two maps over time.
#[derive(Debug, Clone, Copy)]
pub struct SongLatentsChart<'a> {
    /// The two maps, with the stretch that is shown, its bars and its times.
    pub song: SongChart<'a>,
    /// The latents of both.
    pub latents: &'a SongLatents,
    /// What made them.
    pub encoder: &'a EncoderFacts,
}

/// One latent of the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SongLatentRow {
    /// Its number, from 0.
    pub latent_idx: usize,
    /// Pearson's r over the song.
    pub r: f64,
}

impl SongLatentRow {
    /// `z7`.
    #[must_use]
    pub fn name(&self) -> String {
        latent_name(self.latent_idx)
    }
}

/// How high a value of a latent stands in its strip, in `[0, 1]`: 0 at the least value of the latent
/// in either map, 1 at the greatest. 0 for NaN, and where both are one.
///
/// - `extent`: as of [`latent_extent`]
#[must_use]
pub fn latent_height(extent: [f32; 2], value: f32) -> f64 {
    let [least, greatest] = extent.map(f64::from);
    let height = (f64::from(value) - least) / (greatest - least);
    if height.is_finite() { height.clamp(0.0, 1.0) } else { 0.0 }
}

/// Least and greatest value of a latent in either map; `[0, 0]` without any.
#[must_use]
pub fn latent_extent(latents: &SongLatents, latent_idx: usize) -> [f32; 2] {
    let rows = [0, 1].map(|map_idx| latents.latent(map_idx, latent_idx));
    extent(rows.into_iter().flatten()).unwrap_or_default()
}

fn extent<'a>(values: impl Iterator<Item = &'a f32>) -> Option<[f32; 2]> {
    values.fold(None, |extent: Option<[f32; 2]>, &value| {
        let [least, greatest] = extent.unwrap_or([value; 2]);
        Some([least.min(value), greatest.max(value)])
    })
}

/// What the latents of two maps show, as a sentence: from where to where their r reaches.
#[must_use]
pub fn latents_finding(latents: &SongLatents) -> String {
    let ranked = latents.ranked();
    let (Some((most, high)), Some((least, low))) = (ranked.first(), ranked.last()) else {
        return "No latent has an r: each is constant in a map.".to_owned();
    };
    let mean = ranked.iter().map(|(_, r)| r).sum::<f64>() / ranked.len() as f64;
    format!(
        "r of {} from {} ({}) to {} ({}), {} on average.",
        counted(ranked.len(), "latent", "latents"),
        fixed(*low, 2),
        latent_name(*least),
        fixed(*high, 2),
        latent_name(*most),
        fixed(mean, 2)
    )
}

impl SongLatentsChart<'_> {
    /// The latents that agree most over the song and those that agree least, the highest r first; all
    /// that have an r where these are few.
    #[must_use]
    pub fn rows(&self) -> Vec<SongLatentRow> {
        let ranked = self.latents.ranked();
        let last_of_most = N_OF_EACH_END;
        let first_of_least = ranked.len().saturating_sub(N_OF_EACH_END);
        let shown = ranked.into_iter().enumerate();
        shown
            .filter(|(place, _)| *place < last_of_most || *place >= first_of_least)
            .map(|(_, (latent_idx, r))| SongLatentRow { latent_idx, r })
            .collect()
    }

    /// Lower and upper edge of a latent's strip in each of some columns of the visible stretch, in
    /// `[0, 1]`.
    ///
    /// - `map_idx`: 0 is A, 1 is B
    #[must_use]
    pub fn edges(&self, map_idx: usize, latent_idx: usize, n_columns: u32) -> Vec<[f64; 2]> {
        let values = self.latents.latent(map_idx, latent_idx);
        let whole = latent_extent(self.latents, latent_idx);
        let [first, last] = self.song.visible_ms().map(|time_ms| self.latents.column_at(time_ms));
        let step = (last - first) / f64::from(n_columns.max(1));
        let edge = |column: u32| {
            let at = first + f64::from(column) * step;
            let (from, to) = (at.max(0.0) as usize, (at + step).max(0.0) as usize);
            let to = to.max(from + 1).min(values.len());
            let found = extent(values.get(from.min(to)..to).unwrap_or(&[]).iter());
            found.map_or([0.0; 2], |found| found.map(|value| latent_height(whole, value)))
        };
        (0..n_columns).map(edge).collect()
    }

    /// What the latents show, as a sentence.
    #[must_use]
    pub fn finding(&self) -> String {
        latents_finding(self.latents)
    }

    /// What is written around the picture.
    #[must_use]
    pub fn text(&self) -> ChartText {
        let heading = format!("Latents of {}", self.song.text().heading);
        let (a, b) = (self.song.map_name(0), self.song.map_name(1));
        let (rows, n_all) = (self.rows(), self.latents.n_latents);
        let which = match rows.len() == n_all as usize {
            true => "all latents".to_owned(),
            false => format!("{} of {n_all} latents, those that agree most and least", rows.len()),
        };
        let column_ms = self.latents.time_ms(1) - self.latents.time_ms(0);
        let caption = vec![
            format!("Above each line {a}, mirrored below it {b}: {which}."),
            format!(
                "One value each {} ms, drawn from the least of either map to the greatest; Pearson r \
                 over {}.",
                fixed(column_ms, 1),
                counted(self.latents.song.columns, "value", "values")
            ),
            encoder_caption(Some(self.encoder)),
        ];
        let numbers = rows.iter().map(|row| format!("{} {}", row.name(), fixed(row.r, 2)));
        let numbers = format!("r by latent: {}.", numbers.collect::<Vec<_>>().join(", "));
        let finding = Some(format!("{a} and {b}. {}", self.finding()));
        ChartText::new(heading, finding, caption, &numbers)
    }
}

#[cfg(test)]
mod tests {
    use carto_types::{LatentSpan, SongTexts, Strips};

    use super::*;
    use crate::song::tests::made;

    /// Twelve latents of ten columns, of which the fourth has no r.
    fn latents() -> SongLatents {
        let values: Vec<f32> = (0..120).map(|idx| (idx % 10) as f32).collect();
        let r = |idx: usize| (idx != 3).then_some(idx as f64 / 10.0 - 0.5);
        SongLatents {
            first_frame: 0,
            n_frames: 180,
            frames_per_column: 18,
            n_columns: 10,
            n_latents: 12,
            maps: [values.clone(), values.iter().map(|value| 2.0 * value).collect()],
            song: LatentSpan { columns: 10, r: (0..12).map(r).collect() },
        }
    }

    #[test]
    fn the_picture_has_the_latents_of_both_ends() {
        let (texts, song, strips) = (SongTexts::default(), made(10), Strips::default());
        let chart = SongChart { texts: &texts, song: &song, strips: &strips, here: song.song };
        let (all, encoder) = (latents(), EncoderFacts::default());
        let chart = SongLatentsChart { song: chart, latents: &all, encoder: &encoder };
        let rows: Vec<usize> = chart.rows().iter().map(|row| row.latent_idx).collect();
        assert_eq!(rows, [11, 10, 9, 8, 4, 2, 1, 0]);
        assert_eq!(
            chart.finding(),
            "r of 11 latents from −0.50 (z0) to 0.60 (z11), 0.07 on average."
        );
        let text = chart.text();
        assert!(text.caption[0].ends_with("8 of 12 latents, those that agree most and least."));
        assert!(text.caption[1].contains("107.7 ms"), "{:?}", text.caption);
        let few = SongLatents {
            n_latents: 2,
            song: LatentSpan { columns: 10, r: vec![Some(0.1), Some(0.2)] },
            ..latents()
        };
        let chart = SongLatentsChart { latents: &few, ..chart };
        assert_eq!(chart.rows().len(), 2);
        assert!(chart.text().caption[0].ends_with("all latents."));
    }

    #[test]
    fn edges_hold_the_values_of_their_columns() {
        let (texts, mut song, strips) = (SongTexts::default(), made(10), Strips::default());
        let all = latents();
        let [from_ms, to_ms] = all.span_ms();
        song.song.from_ms = from_ms;
        song.song.to_ms = to_ms;
        let chart = SongChart { texts: &texts, song: &song, strips: &strips, here: song.song };
        let encoder = EncoderFacts::default();
        let chart = SongLatentsChart { song: chart, latents: &all, encoder: &encoder };
        // From 0 to 18, the greatest of B.
        assert_eq!(latent_extent(&all, 5), [0.0, 18.0]);
        let halves = chart.edges(0, 5, 2);
        assert_eq!(halves, [[0.0, 4.0 / 18.0], [5.0 / 18.0, 0.5]]);
        assert_eq!(chart.edges(1, 5, 2)[1], [10.0 / 18.0, 1.0]);
        let fine = chart.edges(0, 5, 40);
        assert_eq!((fine.len(), fine[39]), (40, [0.5; 2]));
        assert_eq!(chart.edges(2, 5, 2), [[0.0; 2]; 2], "there are two maps");
        assert_eq!(latent_height([1.0, 1.0], 1.0), 0.0);
    }
}

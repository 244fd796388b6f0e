//! The latents of two maps as strips: which of them, and on what scale each.

use std::ops::Range;
use std::sync::Arc;

use carto_charts::{latent_extent, latent_height};
use carto_protocol::EncodedStrips;
use carto_types::SongLatents;

use crate::draw::{Palette, StripData};

/// How many latents are shown where not all are.
pub(crate) const N_SHOWN: usize = 8;

/// Which latents are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum LatentChoice {
    /// Those with the highest r over the song.
    #[default]
    Most,
    /// Those with the lowest r.
    Least,
    /// Every one.
    All,
}

impl LatentChoice {
    /// Every choice with its word in the address, and the words of its button.
    pub(crate) const ALL: [(Self, &str, &str); 3] = [
        (Self::Most, "most", "8 most alike"),
        (Self::Least, "least", "8 least alike"),
        (Self::All, "all", "All"),
    ];

    /// The word in the address.
    pub(crate) fn word(self) -> &'static str {
        Self::ALL.into_iter().find(|(it, ..)| *it == self).map_or("", |(_, word, _)| word)
    }

    /// The choice of a word in the address.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, it, _)| *it == word).map(|(choice, ..)| choice)
    }

    /// The latents that are shown, from the top: by r over the song, those without one last.
    fn latents(self, latents: &SongLatents) -> Vec<usize> {
        let ranked = latents.ranked().into_iter().map(|(idx, _)| idx);
        match self {
            Self::Most => ranked.take(N_SHOWN).collect(),
            Self::Least => ranked.rev().take(N_SHOWN).collect(),
            Self::All => {
                let without = |idx: &usize| !matches!(latents.song.r.get(*idx), Some(Some(_)));
                ranked.chain((0..latents.n_latents as usize).filter(without)).collect()
            }
        }
    }
}

/// Latents that are shown, from the top.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LatentStrips {
    encoded: Arc<EncodedStrips>,
    /// By row the number of its latent.
    shown: Vec<usize>,
    /// By row the least and the greatest value of either map.
    scales: Vec<[f32; 2]>,
}

impl LatentStrips {
    /// The latents of a choice.
    pub(crate) fn new(encoded: Arc<EncodedStrips>, choice: LatentChoice) -> Self {
        let latents = &encoded.latents;
        let shown = choice.latents(latents);
        let scales = shown.iter().map(|idx| latent_extent(latents, *idx)).collect();
        Self { encoded, shown, scales }
    }

    /// By row the number of its latent.
    pub(crate) fn shown(&self) -> &[usize] {
        &self.shown
    }
}

/// A step for each column.
impl StripData for LatentStrips {
    fn n_rows(&self) -> usize {
        self.shown.len()
    }

    fn step_at(&self, time_ms: f64) -> f64 {
        self.encoded.latents.column_at(time_ms)
    }

    fn values(&self, map_idx: usize, row: usize) -> &[f32] {
        self.shown.get(row).map_or(&[], |idx| self.encoded.latents.latent(map_idx, *idx))
    }

    /// Columns are so few that even a whole song needs no coarser bins: about five for a pixel.
    fn extent(&self, map_idx: usize, row: usize, steps: Range<u32>) -> Option<[f32; 2]> {
        let values = self.values(map_idx, row);
        let end = (steps.end as usize).min(values.len());
        let mut values = values.get(steps.start as usize..end)?.iter();
        let first = *values.next()?;
        Some(values.fold([first; 2], |[low, high], value| [low.min(*value), high.max(*value)]))
    }

    fn height(&self, row: usize, value: f32) -> f64 {
        latent_height(self.scales.get(row).copied().unwrap_or_default(), value)
    }

    fn colour<'a>(&self, _: usize, palette: &'a Palette) -> &'a str {
        &palette.above
    }

    fn is_stepped(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use carto_types::{Backend, LatentSpan};

    use super::*;

    /// Ten latents of three columns: latent `i` is `i`, `i + 1`, `i + 2` of A, and `i` of B.
    fn encoded() -> Arc<EncodedStrips> {
        let of_a = (0..10).flat_map(|idx| [0.0, 1.0, 2.0].map(|column| idx as f32 + column));
        let of_b = (0..10).flat_map(|idx| [idx as f32; 3]);
        let r = (0..10).map(|idx| (idx != 4).then_some(f64::from(idx) / 10.0)).collect();
        let latents = SongLatents {
            first_frame: 0,
            n_frames: 54,
            frames_per_column: 18,
            n_columns: 3,
            n_latents: 10,
            maps: [of_a.collect(), of_b.collect()],
            song: LatentSpan { columns: 3, r },
        };
        Arc::new(EncodedStrips { latents, key: String::new(), backend: Backend::default() })
    }

    #[test]
    fn latents_are_chosen_by_their_r_over_the_song() {
        let shown = |choice| LatentStrips::new(encoded(), choice).shown().to_vec();
        assert_eq!(shown(LatentChoice::Most), [9, 8, 7, 6, 5, 3, 2, 1]);
        assert_eq!(shown(LatentChoice::Least), [0, 1, 2, 3, 5, 6, 7, 8]);
        assert_eq!(shown(LatentChoice::All), [9, 8, 7, 6, 5, 3, 2, 1, 0, 4]);
    }

    #[test]
    fn each_latent_stands_between_its_least_and_its_greatest_value() {
        let strips = LatentStrips::new(encoded(), LatentChoice::Most);
        assert_eq!(strips.values(0, 1), [8.0, 9.0, 10.0]);
        assert_eq!([8.0, 9.0, 10.0].map(|value| strips.height(1, value)), [0.0, 0.5, 1.0]);
        assert_eq!(strips.height(1, f32::NAN), 0.0);
        assert_eq!(strips.extent(0, 1, 1..99), Some([9.0, 10.0]));
        assert_eq!(strips.extent(0, 1, 3..4), None);
        assert_eq!(strips.extent(0, 99, 0..1), None);
    }

    #[test]
    fn words_of_the_address_come_back() {
        for (choice, word, _) in LatentChoice::ALL {
            assert_eq!((choice.word(), LatentChoice::of_word(word)), (word, Some(choice)));
        }
        assert_eq!(LatentChoice::of_word("some"), None);
    }
}

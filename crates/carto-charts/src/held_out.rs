//! The chart of part D: agreement on songs that an encoder, trained again, did not see, beside
//! agreement on all songs.

use carto_types::{ClassBounds, HeldOut, TrackB};

use crate::number::{counted, fixed, signed};
use crate::text::evidence;

/// The top of the axis of r, which no published mean reaches.
const R_TOP: f64 = 0.6;

/// Latents of two trainings, rank by rank.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldOutChart {
    /// Mean r of each latent on all songs, highest first.
    all: Vec<f64>,
    /// Mean r of each latent on held-out songs, highest first.
    new: Vec<f64>,
    /// Mean cosine over pairs: on all songs, on held-out songs.
    cosine: (f64, f64),
    evidence: String,
}

impl HeldOutChart {
    /// - `track`: agreement on all songs
    #[must_use]
    pub fn new(track: &TrackB, held_out: &HeldOut) -> Self {
        Self {
            all: descending(track.dims.iter().map(|dim| dim.pearson_mean)),
            new: descending(held_out.dims.iter().map(|dim| dim.pearson_mean)),
            cosine: (track.cosine_mean, held_out.cosine_mean),
            evidence: evidence(held_out.n_pairs, held_out.n_songs),
        }
    }

    /// The figures that both sides have: name, on all songs, on held-out songs.
    fn figures(&self) -> [(&'static str, f64, f64); 3] {
        let most = |values: &[f64]| values.first().copied().unwrap_or(f64::NAN);
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        [
            ("Cosine", self.cosine.0, self.cosine.1),
            ("Best latent, r", most(&self.all), most(&self.new)),
            ("Mean r", mean(&self.all), mean(&self.new)),
        ]
    }

    /// The line above the heading.
    #[must_use]
    pub fn kicker(&self) -> String {
        format!("Part D · cross-validation · {} held out", self.evidence)
    }

    /// What moved which way, computed from the figures.
    #[must_use]
    pub fn finding(&self) -> String {
        let way = |(_, from, to): (&str, f64, f64)| if to > from { "higher" } else { "lower" };
        let [cosine, _, r] = self.figures();
        match (way(cosine), way(r)) {
            (a, b) if a == b => {
                format!("On held-out songs, cosine and correlation are both {a}.")
            }
            (a, b) => format!("On held-out songs, cosine is {a}. Correlation is {b}."),
        }
    }

    /// The heads of the table's columns.
    pub const TABLE_HEADS: [&str; 4] = ["figure", "all songs", "held out", "difference"];

    /// The rows of the table.
    #[must_use]
    pub fn table_rows(&self) -> [[String; 4]; 3] {
        self.figures().map(|(name, from, to)| {
            [name.to_owned(), fixed(from, 3), fixed(to, 3), signed(to - from, 3)]
        })
    }

    /// Each figure on all songs and on held-out songs, in words: cosine, best latent, mean r.
    #[must_use]
    pub fn from_to(&self) -> [String; 3] {
        self.figures().map(|(_, from, to)| format!("{} to {}", fixed(from, 3), fixed(to, 3)))
    }

    /// The marks of both spectra, on all songs and on held-out ones: rank and mean r, as shares
    /// of their axes.
    #[must_use]
    pub fn marks(&self) -> [Vec<(f64, f64)>; 2] {
        let n = self.all.len().max(self.new.len()).max(1) as f64;
        [&self.all, &self.new].map(|values| {
            let marks = values
                .iter()
                .enumerate()
                .map(|(rank, r)| ((rank as f64 + 0.5) / n, (r / R_TOP).clamp(0.0, 1.0)));
            marks.collect()
        })
    }

    /// The labels of the axis of r: place as a share of the axis, and text.
    #[must_use]
    pub fn ticks() -> [(f64, String); 4] {
        [0.0, 0.2, 0.4, 0.6].map(|r| (r / R_TOP, fixed(r, 1)))
    }

    /// Both spectra in words.
    #[must_use]
    pub fn label(&self) -> String {
        let end = |value: Option<&f64>| fixed(value.copied().unwrap_or_default(), 2);
        format!(
            "Mean r of each latent by rank: from {} to {} on all songs, from {} to {} on held-out songs.",
            end(self.all.first()),
            end(self.all.last()),
            end(self.new.first()),
            end(self.new.last()),
        )
    }

    /// How to read cosine beside correlation, with the counts of this result.
    #[must_use]
    pub fn note(&self) -> String {
        let bound = ClassBounds::LATENTS.perceptual_above;
        let n_above = self.new.iter().filter(|&&r| r > bound).count();
        let n_less = self.all.iter().zip(&self.new).filter(|(all, new)| new < all).count();
        let (bound, n_ranks) = (fixed(bound, 2), self.new.len());
        let latents = counted(n_above, "latent", "latents");
        let clear = if n_above == 1 { "clears" } else { "clear" };
        format!(
            "Cosine also rewards what stays constant; correlation counts only what moves together. {latents} {clear} {bound} on the held-out songs, and {n_less} of {n_ranks} ranks agree less there."
        )
    }
}

fn descending(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(|a, b| b.total_cmp(a));
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(cosine: (f64, f64), all: &[f64], new: &[f64]) -> HeldOutChart {
        HeldOutChart {
            all: descending(all.iter().copied()),
            new: descending(new.iter().copied()),
            cosine,
            evidence: evidence(460, 292),
        }
    }

    #[test]
    fn the_heading_says_which_way_each_figure_went() {
        let finding = |cosine, all, new| chart(cosine, &[all], &[new]).finding();
        assert_eq!(
            finding((0.774, 0.804), 0.266, 0.227),
            "On held-out songs, cosine is higher. Correlation is lower."
        );
        assert_eq!(
            finding((0.9, 0.8), 0.3, 0.2),
            "On held-out songs, cosine and correlation are both lower."
        );
    }

    #[test]
    fn latents_are_compared_by_rank() {
        let chart = chart((0.8, 0.83), &[0.1, 0.45], &[0.36, 0.06]);
        assert_eq!(chart.marks()[0], [(0.25, 0.75), (0.75, 0.1 / 0.6)]);
        assert_eq!(chart.table_rows()[0], ["Cosine", "0.800", "0.830", "+0.030"]);
        assert_eq!(chart.from_to()[1], "0.450 to 0.360");
        assert!(chart.label().ends_with("from 0.36 to 0.06 on held-out songs."));
        assert!(chart.note().ends_with(
            "1 latent clears 0.30 on the held-out songs, and 2 of 2 ranks agree less there."
        ));
        assert_eq!(chart.kicker(), "Part D · cross-validation · 460 pairs of 292 songs held out");
    }
}

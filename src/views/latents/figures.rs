//! The figures of Part B, as its marks need them.

use carto_types::{LatentSummary, Synthesis, TrackB};

use super::order::{LatentOrder, Places};
use super::span::RSpan;
use crate::format::{NO_VALUE, counted, fixed, spread};
use crate::views::channels::CHANNELS;
use crate::views::synthesis::{Nearest, nearest_channel};
use crate::views::words::AgreementClass;

/// All that the chart draws.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LatentFigures {
    /// Pairs behind every mean.
    pub(crate) n_pairs: usize,
    /// Songs with pairs.
    pub(crate) n_songs: usize,
    /// The scale bar beside the marks.
    pub(crate) span: RSpan,
    /// One for each latent, by number; none before the first pair.
    pub(crate) rows: Vec<LatentRow>,
}

/// One latent's mark, with its figures written out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LatentRow {
    /// Mean r: findings go by it.
    pub(crate) mean_r: f64,
    /// Place of the diamond in percent of the bar; `None` where there is no mean.
    pub(crate) at: Option<f64>,
    /// The spread through it; `None` where one pair has none.
    pub(crate) whisker: Option<LatentWhisker>,
    /// The mean, with two decimals.
    pub(crate) mean: String,
    /// The word for it.
    pub(crate) class: AgreementClass,
    /// The channel that it goes with most closely, once that is known.
    pub(crate) nearest: Option<Nearest>,
    /// The other mark at its place, where there is one.
    pub(crate) beside: Option<OtherLatent>,
    /// All of that as a sentence.
    pub(crate) reading: String,
}

/// The mark of what is laid over a latent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OtherLatent {
    /// Its number there.
    pub(crate) dim: u32,
    /// Place of the mark in percent of the bar.
    pub(crate) at: f64,
    /// The mean, with two decimals.
    pub(crate) mean: String,
}

/// Ends of a spread in percent of the bar; an end beyond the bar has no tick.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct LatentWhisker {
    /// Lower end.
    pub(crate) from: f64,
    /// Upper end.
    pub(crate) to: f64,
    /// Class of its line.
    pub(crate) class: &'static str,
}

impl LatentFigures {
    /// The figures of a run; no rows before its first pair.
    pub(crate) fn new(track: Option<&TrackB>, synthesis: Option<&Synthesis>) -> Self {
        let n_pairs = track.map_or(0, |track| track.pairs_compared as usize);
        let dims = track.filter(|_| n_pairs > 0).map_or(&[][..], |track| &track.dims);
        let span = RSpan::holding(dims.iter().map(|dim| (dim.pearson_mean, dim.pearson_std)));
        let ranking = track.map_or(&[][..], |track| &track.ranking);
        let row = |dim: &LatentSummary| {
            let rank = ranking.iter().position(|&other| other == dim.dim);
            LatentRow::new(dim, rank.map(|rank| (rank + 1, dims.len())), span, synthesis)
        };
        Self {
            n_pairs,
            n_songs: track.map_or(0, |track| track.songs_analyzed as usize),
            span,
            rows: dims.iter().map(row).collect(),
        }
    }

    /// Lays other figures over these: latents of one encoder by number, those of
    /// two by rank, where the latents stand by agreement.
    pub(crate) fn lay_beside(
        &mut self,
        other: Option<&TrackB>,
        order: LatentOrder,
        is_same_encoder: bool,
        places: &Places,
    ) {
        let Some(other) = other.filter(|other| other.pairs_compared > 0) else { return };
        let span = self.span;
        for (dim, row) in self.rows.iter_mut().enumerate() {
            let theirs = match (is_same_encoder, order) {
                (true, _) => Some(dim),
                (false, LatentOrder::Agreement) => {
                    other.ranking.get(places.of(dim)).map(|&dim| dim as usize)
                }
                (false, LatentOrder::Number) => None,
            };
            let theirs = theirs.and_then(|theirs| other.dims.get(theirs));
            row.beside = theirs.map(|theirs| OtherLatent {
                dim: theirs.dim,
                at: span.percent(theirs.pearson_mean),
                mean: fixed(theirs.pearson_mean, 2),
            });
        }
    }

    /// How many latents are of a class.
    pub(crate) fn n_of(&self, class: AgreementClass) -> usize {
        self.rows.iter().filter(|row| row.class == class).count()
    }

    /// Mean of the means, to stand beside the cosine; `None` without latents.
    pub(crate) fn mean_r(&self) -> Option<f64> {
        let sum: f64 = self.rows.iter().map(|row| row.mean_r).sum();
        (!self.rows.is_empty()).then(|| sum / self.rows.len() as f64)
    }
}

impl LatentRow {
    fn new(
        dim: &LatentSummary,
        rank: Option<(usize, usize)>,
        span: RSpan,
        synthesis: Option<&Synthesis>,
    ) -> Self {
        let n_pairs = dim.n_pairs as usize;
        let (mean, std) = (dim.pearson_mean, dim.pearson_std);
        let has_spread = n_pairs > 1 && mean.is_finite() && std.is_finite();
        let mut row = Self {
            mean_r: mean,
            at: mean.is_finite().then(|| span.percent(mean)),
            whisker: has_spread.then(|| LatentWhisker {
                from: span.percent(mean - std),
                to: span.percent(mean + std),
                class: match (span.holds(mean - std), span.holds(mean + std)) {
                    (true, true) => "ranks__whisker",
                    (false, true) => "ranks__whisker ranks__whisker--cut-low",
                    (true, false) => "ranks__whisker ranks__whisker--cut-high",
                    (false, false) => {
                        "ranks__whisker ranks__whisker--cut-low ranks__whisker--cut-high"
                    }
                },
            }),
            mean: fixed(mean, 2),
            class: class_of(dim),
            nearest: synthesis
                .and_then(|s| nearest_channel(s.downsampled.cells(), dim.dim as usize)),
            beside: None,
            reading: String::new(),
        };
        row.reading = row.read_aloud(dim, rank);
        row
    }

    fn read_aloud(&self, dim: &LatentSummary, rank: Option<(usize, usize)>) -> String {
        let pairs = counted(dim.n_pairs as usize, "pair", "pairs");
        let spread = match self.whisker {
            Some(_) => format!(", spread {}", spread(dim.pearson_std)),
            None => String::new(),
        };
        let rank = rank.map_or_else(String::new, |(rank, n)| format!(" Rank {rank} of {n}."));
        let nearest = self.nearest.map_or_else(String::new, |nearest| {
            format!(" Most like {}, r {}.", nearest.name(), fixed(nearest.r, 2))
        });
        let (mean, class) = (&self.mean, self.class.word());
        let cosine = fixed(dim.cosine_mean, 2);
        format!(
            "Latent {}. Mean r {mean} over {pairs}{spread}, cosine {cosine}: {class}.{rank}{nearest}",
            dim.dim
        )
    }
}

/// The class of a latent, where there are pairs enough to speak of one.
pub(crate) fn class_of(dim: &LatentSummary) -> AgreementClass {
    let n_pairs = dim.n_pairs as usize;
    match (AgreementClass::of_pairs(dim.pearson_mean, n_pairs), dim.class) {
        (AgreementClass::Undetermined, _) => AgreementClass::Undetermined,
        (_, carto_types::AgreementClass::Perceptual) => AgreementClass::Perceptual,
        (_, carto_types::AgreementClass::Mixed) => AgreementClass::Mixed,
        (_, carto_types::AgreementClass::Stylistic) => AgreementClass::Stylistic,
    }
}

impl Nearest {
    /// The channel's name.
    pub(crate) fn name(self) -> &'static str {
        CHANNELS.get(self.channel).map_or(NO_VALUE, |channel| channel.name)
    }

    /// Its r in a narrow cell, one decimal: `−.7`.
    pub(crate) fn short_r(self) -> String {
        let text = fixed(self.r, 1);
        match (text.strip_prefix("0."), text.strip_prefix("−0.")) {
            (Some(digit), _) => format!(".{digit}"),
            (_, Some(digit)) => format!("−.{digit}"),
            _ => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::latents::tests::{synthesis, track};

    #[test]
    fn a_latent_says_all_its_figures() {
        let figures = LatentFigures::new(Some(&track(15)), Some(&synthesis()));
        assert_eq!(
            figures.rows[1].reading,
            "Latent 1. Mean r 0.45 over 15 pairs, spread ±0.17, cosine 0.90: perceptual. Rank 1 of 3. Most like X, r −0.89."
        );
        assert_eq!(figures.n_of(AgreementClass::Perceptual), 1);
        assert_eq!(figures.n_of(AgreementClass::Stylistic), 1);
        assert!((figures.mean_r().unwrap() - 0.2).abs() < 1e-12);
    }

    #[test]
    fn one_pair_has_no_spread_and_no_class() {
        let row = &LatentFigures::new(Some(&track(1)), None).rows[0];
        assert_eq!((row.whisker, row.class), (None, AgreementClass::Undetermined));
        assert_eq!(
            row.reading,
            "Latent 0. Mean r 0.13 over 1 pair, cosine 0.90: too few pairs. Rank 2 of 3."
        );
    }

    #[test]
    fn without_pairs_there_are_no_marks() {
        let figures = LatentFigures::new(Some(&track(0)), None);
        assert!(figures.rows.is_empty() && figures.mean_r().is_none());
    }

    #[test]
    fn what_is_no_number_has_no_mark() {
        let mut track = track(15);
        track.dims[0].pearson_mean = f64::NAN;
        let row = &LatentFigures::new(Some(&track), None).rows[0];
        assert_eq!((row.at, row.whisker, row.mean.as_str()), (None, None, "none"));
    }

    #[test]
    fn short_figures_have_one_decimal() {
        let short = |r| Nearest { channel: 0, r }.short_r();
        assert_eq!(
            [short(-0.67), short(0.71), short(-0.97), short(0.01)],
            ["−.7", ".7", "−1.0", ".0"]
        );
    }
}

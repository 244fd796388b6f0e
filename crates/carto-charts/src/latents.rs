//! The chart of part B: how much mappers of one song agree, latent by latent.

use carto_types::{AgreementClass, ClassBounds, HeldOut, LatentSummary, Synthesis, TrackB};

use crate::axis::TenthsAxis;
use crate::channel::channel_name;
use crate::class::{background, band_name};
use crate::matrix::{Nearest, Sampling, nearest_channel};
use crate::mean::PairMean;
use crate::number::{capital, counted, fixed, grouped};
use crate::places::{LatentOrder, Places};
use crate::text::{
    ChartText, by_class, caption_of, class_caption, class_counts, evidence, few_songs, too_few_for,
    whisker_caption,
};

/// The agreement of one run's latents.
#[derive(Debug, Clone, PartialEq)]
pub struct LatentChart {
    /// The axis of the marks.
    pub axis: TenthsAxis,
    /// Pairs of maps behind each mean.
    pub n_pairs: u32,
    /// Songs with pairs.
    pub n_songs: u32,
    /// One for each latent, by number; none before the first pair.
    pub rows: Vec<LatentRow>,
    /// Numbers of the latents by mean r, highest first.
    pub ranking: Vec<u32>,
    /// What the picture's caption says of the encoder.
    pub encoder: String,
    /// Whether the encoder was trained without these songs.
    pub is_held_out: bool,
}

/// One latent over all pairs.
#[derive(Debug, Clone, PartialEq)]
pub struct LatentRow {
    /// Number of the latent, from 0.
    pub dim: u32,
    /// Mean r over pairs.
    pub r: PairMean,
    /// Mean cosine over pairs.
    cosine: f64,
    /// Place of the latent in the ranking, from 1.
    rank: Option<usize>,
    /// The channel that it correlates with most, once that is known.
    pub nearest: Option<Nearest>,
    /// The mark of the overlay, where there is an overlay.
    pub other: Option<OtherLatent>,
}

/// The latent of the overlay at the same place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OtherLatent {
    /// Number of the latent in that run.
    pub dim: u32,
    /// Mean r over the pairs of that run.
    pub r: PairMean,
}

impl LatentChart {
    /// The bounds of the classes.
    pub const BOUNDS: ClassBounds = ClassBounds::LATENTS;

    /// The heads of the table's columns.
    pub const TABLE_HEADS: [&str; 8] = [
        "latent",
        "mean r",
        "spread",
        "cosine",
        "spread",
        "variance between mappers",
        "pairs",
        "class by r",
    ];

    /// The chart of a run; without rows before its first pair.
    ///
    /// - `synthesis`: where the nearest channels come from
    #[must_use]
    pub fn new(track: Option<&TrackB>, synthesis: Option<&Synthesis>) -> Self {
        let n_pairs = track.map_or(0, |track| track.pairs_compared);
        let dims = track.filter(|_| n_pairs > 0).map_or(&[][..], |track| &track.dims);
        let ranking = track.map_or(&[][..], |track| &track.ranking);
        let n_songs = track.map_or(0, |track| track.songs_analyzed);
        let row = |dim: &LatentSummary| LatentRow {
            dim: dim.dim,
            r: PairMean::of_latent(dim, n_songs),
            cosine: dim.cosine_mean,
            rank: rank_of(ranking, dim.dim),
            nearest: synthesis
                .and_then(|s| nearest_channel(Sampling::Down.of(s), dim.dim as usize)),
            other: None,
        };
        Self::of_rows(dims.iter().map(row).collect(), ranking, (n_pairs, n_songs))
    }

    /// The chart of an encoder that was trained without these songs: its latents have numbers
    /// of their own.
    #[must_use]
    pub fn of_held_out(held_out: &HeldOut) -> Self {
        let rows = held_out.dims.iter().map(|dim| LatentRow {
            dim: dim.dim,
            r: PairMean::of_r((dim.pearson_mean, dim.pearson_std), dim.n_pairs)
                .of_songs(held_out.n_songs),
            cosine: f64::NAN,
            rank: None,
            nearest: None,
            other: None,
        });
        let counts = (held_out.n_pairs, held_out.n_songs);
        let chart = Self::of_rows(rows.collect(), &held_out.ranking, counts);
        let encoder = caption_of(&held_out.checkpoint, false);
        Self { encoder, is_held_out: true, ..chart }
    }

    fn of_rows(rows: Vec<LatentRow>, ranking: &[u32], (n_pairs, n_songs): (u32, u32)) -> Self {
        let reach: Vec<f64> = rows.iter().flat_map(|row| row.r.reach()).collect();
        Self {
            axis: TenthsAxis::covering((-1, 6), (-10, 10), &reach),
            n_pairs,
            n_songs,
            rows,
            ranking: ranking.to_vec(),
            encoder: String::new(),
            is_held_out: false,
        }
    }

    /// Lays another run over this one: latents of one encoder by number, those of two by rank,
    /// where the latents stand by agreement.
    pub fn lay_over(
        &mut self,
        other: Option<&TrackB>,
        order: LatentOrder,
        is_same_encoder: bool,
        places: &Places,
    ) {
        let Some(other) = other.filter(|other| other.pairs_compared > 0) else { return };
        for (dim, row) in self.rows.iter_mut().enumerate() {
            let theirs = match (is_same_encoder, order) {
                (true, _) => Some(dim),
                (false, LatentOrder::Agreement) => {
                    other.ranking.get(places.of(dim)).map(|&dim| dim as usize)
                }
                (false, LatentOrder::Number) => None,
            };
            let theirs = theirs.and_then(|theirs| other.dims.get(theirs));
            let r = |dim| PairMean::of_latent(dim, other.songs_analyzed);
            row.other = theirs.map(|dim| OtherLatent { dim: dim.dim, r: r(dim) });
        }
    }

    /// Rows by mean r, highest first.
    pub fn ranked(&self) -> impl Iterator<Item = &LatentRow> + Clone {
        self.ranking.iter().filter_map(|&dim| self.rows.get(dim as usize))
    }

    /// How many latents are of a class; of none, where there are too few songs.
    #[must_use]
    pub fn n_of(&self, class: Option<AgreementClass>) -> usize {
        self.rows.iter().filter(|row| row.r.class(Self::BOUNDS) == class).count()
    }

    /// The line above the heading.
    ///
    /// - `n_dims`: latents that the chart has room for
    #[must_use]
    pub fn kicker(&self, n_dims: usize) -> String {
        let latents = counted(n_dims, "latent", "latents");
        match self.n_pairs {
            0 => format!("Part B · {latents}"),
            _ => format!("Part B · {latents} · {}", evidence(self.n_pairs, self.n_songs)),
        }
    }

    /// What was found, computed from the rows.
    ///
    /// - `is_untrained`: whether the encoder's weights are random
    #[must_use]
    pub fn finding(&self, is_untrained: bool) -> String {
        let n = self.rows.len();
        if n == 0 {
            return "Latents: no data yet".to_owned();
        }
        if is_untrained {
            return format!("{n} latents of an untrained encoder. A rehearsal, not a finding.");
        }
        let n_unsure = self.n_of(None);
        if n_unsure == n {
            return few_songs((self.n_pairs, self.n_songs), "latents");
        }
        let shared = self.n_of(Some(AgreementClass::Perceptual));
        let own = self.n_of(Some(AgreementClass::Stylistic));
        let rest = too_few_for(n_unsure, &counted(n_unsure, "latent", "latents"), self.n_songs);
        match (shared, own) {
            (shared, own) if n_unsure > 0 => {
                format!("Mappers agree on {shared} of {n} latents, not on {own}.{rest}")
            }
            (0, 0) => format!("Mappers agree in part on all {n} latents."),
            (_, _) if shared == n => format!("Mappers agree on all {n} latents."),
            (_, _) if own == n => format!("Mappers agree on none of the {n} latents."),
            (0, own) => {
                format!("Mappers clearly agree on no latent. They do not agree on {own} of {n}.")
            }
            (shared, 0) => {
                format!("Mappers agree on {shared} of {n} latents, and in part on the rest.")
            }
            (shared, own) => {
                format!("Mappers agree on {shared} of {n} latents. They do not agree on {own}.")
            }
        }
    }

    /// What the study says of its own run, in its terms.
    #[must_use]
    pub fn study_finding(&self) -> String {
        let [shared, mixed, own] = AgreementClass::ALL.map(|class| self.n_of(Some(class)));
        let n = self.rows.len();
        match n {
            0 => "Latents: no data yet".to_owned(),
            _ => format!(
                "The study calls {shared} of {n} latents perceptual, {mixed} mixed, {} stylistic.",
                if own == 0 { "none".to_owned() } else { own.to_string() }
            ),
        }
    }

    /// The latents at both ends of the ranking, each with a sentence that follows its number;
    /// `None` below two.
    #[must_use]
    pub fn ends(&self) -> Option<[(u32, String); 2]> {
        let sentence = |dim: u32, degree: &str| {
            let row = self.rows.get(dim as usize)?;
            let nearest = row.nearest.map_or_else(String::new, |nearest| {
                let (name, r) = (channel_name(nearest.channel), fixed(nearest.r, 2));
                format!(" and correlates most with {name} (r = {r})")
            });
            Some((dim, format!("agrees {degree} ({}){nearest}.", row.r.mean_text())))
        };
        let (&first, &last) = (self.ranking.first()?, self.ranking.last()?);
        (first != last).then_some(())?;
        Some([sentence(first, "most")?, sentence(last, "least")?])
    }

    /// The name of a class's band with how many latents stand in it: `perceptual, above 0.30: 8`.
    #[must_use]
    pub fn band_label(class: AgreementClass, n: usize) -> String {
        let n = if n == 0 { "none".to_owned() } else { grouped(n) };
        format!("{}: {n}", band_name(Self::BOUNDS, class))
    }

    /// What the page's chart shows, in a sentence below it.
    #[must_use]
    pub fn caption(&self) -> String {
        match self.n_pairs {
            0 | 1 => {
                "Mean correlation between two mappers of one song, latent by latent.".to_owned()
            }
            n => format!(
                "Mean correlation between two mappers of one song, ± one standard deviation over {}.",
                counted(n, "pair", "pairs")
            ),
        }
    }

    /// All figures of a latent as a sentence, those of the overlay included.
    ///
    /// - `other_name`: name of the overlay
    #[must_use]
    pub fn reading(&self, dim: usize, other_name: &str) -> Option<String> {
        let LatentRow { dim, r, cosine, rank, nearest, other } = self.rows.get(dim)?;
        let (mean, pairs) = (r.mean_text(), counted(r.n_pairs, "pair", "pairs"));
        let spread = r.std.map_or_else(String::new, |_| format!(", spread {}", r.spread_text()));
        let (cosine, class) = (fixed(*cosine, 2), r.class_text(Self::BOUNDS));
        let interval = match r.interval_text() {
            Some(interval) => format!(", 95% interval of mean r {interval}"),
            None => String::new(),
        };
        let n = self.rows.len();
        let rank = rank.map_or_else(String::new, |rank| format!(" Rank {rank} of {n}."));
        let nearest = nearest.map_or_else(String::new, |nearest| {
            format!(" Most like {}, r {}.", channel_name(nearest.channel), fixed(nearest.r, 2))
        });
        let other = other.map_or_else(String::new, |OtherLatent { dim, r }| {
            format!(" {}, latent {dim}: {}.", capital(other_name), r.mean_text())
        });
        Some(format!(
            "Latent {dim}. Mean r {mean} over {pairs}{spread}, cosine {cosine}{interval}: {class}.{rank}{nearest}{other}"
        ))
    }

    /// The figures of a latent in the table, under [`Self::TABLE_HEADS`] between the latent and
    /// its class.
    #[must_use]
    pub fn table_row(dim: &LatentSummary) -> [String; 6] {
        let cosine = PairMean::of_r((dim.cosine_mean, dim.cosine_std), dim.n_pairs);
        [
            fixed(dim.pearson_mean, 3),
            PairMean::of_latent(dim, 0).spread_text(),
            fixed(dim.cosine_mean, 3),
            cosine.spread_text(),
            fixed(dim.between_var_mean, 4),
            grouped(dim.n_pairs),
        ]
    }

    /// What is written around the picture.
    #[must_use]
    pub fn text(&self) -> ChartText {
        let songs = if self.is_held_out { " on held-out songs" } else { "" };
        let latents = match self.rows.len() {
            0 => String::new(),
            1 => ", one latent".to_owned(),
            n_rows => format!(", {n_rows} latents"),
        };
        let values = self.rows.iter().map(|row| row.r);
        let counts = class_counts(Self::BOUNDS, values, |n| n.to_string());
        let (evidence, whisker) =
            (evidence(self.n_pairs, self.n_songs), whisker_caption(self.n_pairs));
        let mut caption = vec![
            format!("Diamond: mean Pearson r over {evidence}{whisker}."),
            background(Self::BOUNDS),
            self.encoder.clone(),
        ];
        caption.extend(class_caption(self.n_songs).map(str::to_owned));
        let names: Vec<_> = self.ranked().map(|row| (row.dim.to_string(), row.r)).collect();
        let rows = names.iter().map(|(name, r)| (name.as_str(), *r));
        let heading = format!("Agreement between mappers{songs}{latents}");
        ChartText::new(heading, Some(counts), caption, &by_class(Self::BOUNDS, rows))
    }
}

/// What mappers of one song share in a latent, as a sentence; empty before the first pair.
#[must_use]
pub fn agreement_of(track: &TrackB, dim: usize) -> String {
    let Some(row) = track.dims.get(dim).filter(|row| row.n_pairs > 0) else {
        return String::new();
    };
    let r = PairMean::of_latent(row, track.songs_analyzed);
    let spread = r.std.map_or_else(String::new, |_| format!(" {}", r.spread_text()));
    let rank = rank_of(&track.ranking, row.dim)
        .map_or_else(String::new, |rank| format!(", rank {rank} of {}", track.dims.len()));
    let class = r.class_text(LatentChart::BOUNDS);
    format!("Agreement between mappers: {}{spread}{rank}, {class}.", r.mean_text())
}

/// The place of a latent in a ranking, from 1.
fn rank_of(ranking: &[u32], dim: u32) -> Option<usize> {
    ranking.iter().position(|&other| other == dim).map(|place| place + 1)
}

#[cfg(test)]
#[path = "latents_tests.rs"]
mod tests;

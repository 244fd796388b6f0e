//! The chart of a mapper's fingerprint: every dimension as a diamond and an interval around 0.

use carto_types::{
    DifferenceVerdict, DimensionDifference, DimensionGroup, EncoderFacts, Estimate,
    MapperFingerprint, StarsApart,
};

use crate::axis::TenthsAxis;
use crate::evidence_words::with_interval;
use crate::mapper_words::{direction_rule, direction_text, stars_text, why_undetermined_text};
use crate::mean::Whisker;
use crate::number::{counted, fixed, grouped, in_words, signed};
use crate::text::{ChartText, encoder_caption, shortened};

/// Letters of a name in a heading.
const NAME_CHARS: usize = 32;

/// The most dimensions that a finding names.
const MOST_NAMED: usize = 4;

/// One dimension of a fingerprint.
#[derive(Debug, Clone, PartialEq)]
pub struct MapperRow {
    /// All numbers of the dimension.
    pub found: DimensionDifference,
}

impl MapperRow {
    /// `ONSET`, `mean_distance`, `z7`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.found.name
    }

    /// Where the diamond stands, as a share of the axis; `None` without a value.
    #[must_use]
    pub fn share(&self, axis: TenthsAxis) -> Option<f64> {
        Some(axis.share(self.found.standardised?.value))
    }

    /// The interval in shares of the axis; `None` where there is none.
    #[must_use]
    pub fn interval(&self, axis: TenthsAxis) -> Option<Whisker> {
        let interval = self.found.standardised?.interval?;
        Some(Whisker {
            from: axis.share(interval.low),
            to: axis.share(interval.high),
            is_cut_low: !axis.holds(interval.low),
            is_cut_high: !axis.holds(interval.high),
        })
    }

    /// Whether the dimension sets the mapper apart.
    #[must_use]
    pub fn is_determined(&self) -> bool {
        self.found.verdict != DifferenceVerdict::Undetermined
    }

    /// The standardised difference with its sign: `+0.42`.
    #[must_use]
    pub fn value_text(&self) -> String {
        self.found.standardised.map_or_else(|| "–".to_owned(), |it| signed(it.value, 2))
    }

    /// Which way, or why that is not known: `denser onsets`, `interval holds 0`.
    #[must_use]
    pub fn verdict_text(&self) -> String {
        match self.is_determined() {
            true => direction_text(&self.found).to_owned(),
            false => why_undetermined_text(&self.found),
        }
    }

    /// The same in few letters: `denser onsets`, `too few songs`.
    #[must_use]
    pub fn verdict_word(&self) -> &'static str {
        self.found.why_undetermined.map_or_else(|| direction_text(&self.found), |why| why.name())
    }

    /// The songs by sign, `14 above, 3 below`, and how many are equal where some are.
    #[must_use]
    pub fn signs_text(&self) -> String {
        let signs = self.found.signs;
        let equal = match signs.n_equal {
            0 => String::new(),
            n => format!(", {n} equal"),
        };
        format!("{} above, {} below{equal}", signs.n_above, signs.n_below)
    }

    /// All that the row shows, as a sentence for those who cannot see it.
    #[must_use]
    pub fn reading(&self) -> String {
        let verdict = match self.is_determined() {
            true => self.verdict_text(),
            false => format!("undetermined, {}", self.verdict_text()),
        };
        format!(
            "{}: {verdict}. {} over {}, {}.",
            self.name(),
            estimate_text(self.found.standardised),
            counted(self.found.difference.n_songs, "song", "songs"),
            self.signs_text()
        )
    }

    /// The figures of the row in the table, under [`MapperChart::TABLE_HEADS`].
    #[must_use]
    pub fn table_row(&self) -> Vec<String> {
        let found = &self.found;
        let number = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |it| signed(it, 3));
        vec![
            found.name.clone(),
            found.group.name().to_owned(),
            estimate_text(found.standardised),
            number(found.difference.mean),
            number(found.at_equal_stars.map(|it| it.value)),
            grouped(found.difference.n_songs),
            grouped(found.difference.n_pairs),
            grouped(found.signs.n_above),
            grouped(found.signs.n_below),
            found.q_value.map_or_else(|| "–".to_owned(), |q| fixed(q, 3)),
            self.verdict_text(),
        ]
    }

    /// How far it stands from 0.
    fn size(&self) -> f64 {
        self.found.standardised.map_or(0.0, |it| it.value.abs())
    }
}

fn estimate_text(estimate: Option<Estimate>) -> String {
    with_interval(estimate.map(|it| it.value), estimate.and_then(|it| it.interval))
}

/// The fingerprint of a mapper, or a head-to-head of two.
#[derive(Debug, Clone, PartialEq)]
pub struct MapperChart {
    /// The mapper.
    pub mapper: String,
    /// The other of a head-to-head; `None` for all others.
    pub against: Option<String>,
    /// The axis of all rows: 1 is the spread between two mappers' maps of one song.
    pub axis: TenthsAxis,
    /// Channels and movement in their order, whatever they have; features and latents with a value,
    /// the highest first.
    pub rows: Vec<MapperRow>,
    /// Songs with a pair that is compared.
    pub n_songs: u32,
    /// Maps of the mapper in these pairs.
    pub n_maps: u32,
    /// Which pairs are compared.
    pub stars: StarsApart,
    /// What the caption says of the encoder behind the latents; `None` without any.
    pub encoder: Option<String>,
    /// Features and latents without a row.
    n_left_out: usize,
}

impl MapperChart {
    /// The heads of the table's columns.
    pub const TABLE_HEADS: [&str; 11] = [
        "dimension",
        "group",
        "standardised",
        "difference",
        "at equal stars",
        "songs",
        "pairs",
        "above",
        "below",
        "q",
        "verdict",
    ];

    /// What the axis measures.
    pub const AXIS_TITLE: &str = "difference, 1 = spread between two mappers’ maps of one song";

    /// The chart of a fingerprint.
    #[must_use]
    pub fn new(found: &MapperFingerprint) -> Self {
        let mut rows = Vec::new();
        let mut n_left_out = 0;
        for group in DimensionGroup::ALL {
            let all = found.dimensions.iter().filter(|dimension| dimension.group == group);
            let mut of_group: Vec<MapperRow> =
                all.map(|found| MapperRow { found: found.clone() }).collect();
            if matches!(group, DimensionGroup::Feature | DimensionGroup::Latent) {
                let n_all = of_group.len();
                of_group.retain(|row| row.found.standardised.is_some());
                n_left_out += n_all - of_group.len();
                let value = |row: &MapperRow| row.found.standardised.map_or(0.0, |it| it.value);
                of_group.sort_by(|a, b| value(b).total_cmp(&value(a)));
            }
            rows.append(&mut of_group);
        }
        let reach: Vec<f64> = rows
            .iter()
            .filter_map(|row| row.found.standardised)
            .flat_map(|it| {
                let ends =
                    it.interval.map_or([it.value; 2], |interval| [interval.low, interval.high]);
                [it.value, ends[0], ends[1]]
            })
            .collect();
        Self {
            mapper: found.mapper.clone(),
            against: found.against.clone(),
            axis: TenthsAxis::covering((-6, 6), (-12, 12), &reach),
            rows,
            n_songs: found.n_songs,
            n_maps: found.n_maps,
            stars: found.stars,
            encoder: None,
            n_left_out,
        }
    }

    /// The chart with what made the latents; nothing is said of it where there are none.
    #[must_use]
    pub fn with_encoder(mut self, encoder: Option<&EncoderFacts>) -> Self {
        self.encoder = encoder.map(|encoder| encoder_caption(Some(encoder)));
        self
    }

    /// The groups that have rows, each with its heading and its rows.
    pub fn groups(&self) -> impl Iterator<Item = (&'static str, &[MapperRow])> {
        self.rows.chunk_by(|a, b| a.found.group == b.found.group).map(|rows| {
            let heading = match rows.first().map(|row| row.found.group) {
                Some(DimensionGroup::Channel) | None => "Channels",
                Some(DimensionGroup::Movement) => "Movement",
                Some(DimensionGroup::Feature) => "Features",
                Some(DimensionGroup::Latent) => "Latents",
            };
            (heading, rows)
        })
    }

    /// Whom the mapper is compared with: `the other mappers of 24 songs`, `Bea over 12 songs`.
    #[must_use]
    pub fn against_text(&self) -> String {
        let songs = counted(self.n_songs, "song", "songs");
        match &self.against {
            Some(other) => format!("{} over {songs}", shortened(other, NAME_CHARS)),
            None => format!("the other mappers of {songs}"),
        }
    }

    /// The line above the heading: `Mapper · 31 maps · 24 songs`.
    #[must_use]
    pub fn kicker(&self) -> String {
        let (maps, songs) =
            (counted(self.n_maps, "map", "maps"), counted(self.n_songs, "song", "songs"));
        let what = if self.against.is_some() { "Head-to-head" } else { "Mapper" };
        format!("{what} · {maps} · {songs}")
    }

    /// In how many dimensions the mapper stands apart, and the names of those farthest from 0.
    #[must_use]
    pub fn finding(&self) -> String {
        let mut apart: Vec<&MapperRow> =
            self.rows.iter().filter(|row| row.is_determined()).collect();
        apart.sort_by(|a, b| b.size().total_cmp(&a.size()));
        let n_all = self.rows.len();
        let named: Vec<String> = apart
            .iter()
            .take(MOST_NAMED)
            .map(|row| format!("{} ({})", row.name(), row.verdict_text()))
            .collect();
        match apart.len() {
            0 => format!("Undetermined in all {n_all} dimensions."),
            n if n <= MOST_NAMED => {
                format!("Apart in {} of {n_all} dimensions: {}.", in_words(n), named.join(", "))
            }
            n => format!(
                "Apart in {} of {n_all} dimensions, farthest in {}.",
                in_words(n),
                named.join(", ")
            ),
        }
    }

    /// What the marks are and how to read them, line by line.
    #[must_use]
    pub fn caption(&self) -> Vec<String> {
        let name = shortened(&self.mapper, NAME_CHARS);
        let others = match &self.against {
            Some(other) => shortened(other, NAME_CHARS),
            None => "the other mappers".to_owned(),
        };
        let mut caption = vec![
            format!("Diamond: {name} less {others}, mean over songs; hollow where undetermined. Band: 95% interval, Student’s t over songs."),
            format!("{}.", stars_text(&self.stars)),
            direction_rule(),
            "Levels of ONSET, COMBO, WHISTLE, FINISH and CLAP are low where events are dense; SPACING and \
             TURN are from one object to the next."
                .to_owned(),
        ];
        caption.extend(self.encoder.clone());
        if self.n_left_out > 0 {
            let n = counted(self.n_left_out, "dimension", "dimensions");
            caption.push(format!("Not drawn: {n} in which no two maps of a song differ."));
        }
        caption
    }

    /// What is written around the picture.
    #[must_use]
    pub fn text(&self) -> ChartText {
        let heading =
            format!("{} and {}", shortened(&self.mapper, NAME_CHARS), self.against_text());
        let rows: Vec<String> = self.rows.iter().map(MapperRow::reading).collect();
        ChartText::new(heading, Some(self.finding()), self.caption(), &rows.join(" "))
    }
}

#[cfg(test)]
#[path = "mapper_tests.rs"]
mod tests;

//! The chart of part A: how much mappers of one song agree, channel by channel.

use carto_types::{AgreementClass, ChannelSummary, ClassBounds, Mode, TrackA};

use crate::axis::TenthsAxis;
use crate::channel::CHANNELS;
use crate::class::{FEW_PAIRS, background, class_word};
use crate::mean::PairMean;
use crate::metric::Metric;
use crate::number::{capital, counted, fixed, grouped, in_words};
use crate::text::{
    ChartText, by_class, evidence, few_pairs, mean_and_spread, n_of_class, whisker_caption,
};

/// More channels than this are counted, not listed.
const MAX_LISTED: usize = 4;

/// The agreement of one run under one metric.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreementChart {
    /// What the marks show.
    pub metric: Metric,
    /// The axis of the marks.
    pub axis: TenthsAxis,
    /// Pairs of maps behind each mean.
    pub n_pairs: u32,
    /// Songs with pairs.
    pub n_songs: u32,
    /// The rules of reading; `None` where another program made the figures.
    pub mode: Option<Mode>,
    /// One for each channel, in the order of the data; none before the first pair.
    pub rows: Vec<AgreementRow>,
}

/// One channel over all pairs.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreementRow {
    /// Name of the channel, as in result files.
    pub name: String,
    /// Mean r, whatever the marks show: classes and findings go by it.
    pub r: PairMean,
    /// What the mark shows.
    pub shown: PairMean,
    /// The mean that stands beside it.
    pub companion: PairMean,
    /// The mark of the overlay, where there is an overlay.
    pub other: Option<PairMean>,
}

impl AgreementChart {
    /// The bounds of the classes.
    pub const BOUNDS: ClassBounds = ClassBounds::CHANNELS;

    /// The heads of the table's columns.
    pub const TABLE_HEADS: [&str; 9] = [
        "channel",
        "mean r",
        "spread",
        "cosine",
        "spread",
        "distance",
        "spread",
        "pairs",
        "class by r",
    ];

    /// The chart of a run; without rows before its first pair.
    ///
    /// - `other`: the overlay, channel by channel
    /// - `is_live`: whether marks are still coming: then the axis reaches 1 from the start, so
    ///   that nothing shifts
    #[must_use]
    pub fn new(
        track: Option<&TrackA>,
        other: Option<&TrackA>,
        metric: Metric,
        is_live: bool,
    ) -> Self {
        let others = measured(other);
        let rows = measured(track).iter().enumerate().map(|(idx, channel)| AgreementRow {
            name: channel.name.clone(),
            r: Metric::Correlation.of(channel),
            shown: metric.of(channel),
            companion: metric.companion().of(channel),
            other: others.get(idx).map(|other| metric.of(other)),
        });
        let rows: Vec<_> = rows.collect();
        let mut reach: Vec<f64> = rows
            .iter()
            .flat_map(|row| {
                row.shown.reach().chain(row.other.into_iter().flat_map(PairMean::reach))
            })
            .collect();
        if is_live {
            reach.push(1.0);
        }
        Self {
            metric,
            axis: TenthsAxis::covering(metric.least_tenths(), metric.range_tenths(), &reach),
            n_pairs: track.map_or(0, |track| track.pairs_compared),
            n_songs: track.map_or(0, |track| track.songs_analyzed),
            mode: None,
            rows,
        }
    }

    /// The line above the heading.
    #[must_use]
    pub fn kicker(&self) -> String {
        match self.n_pairs {
            0 => "Part A · nine channels".to_owned(),
            _ => format!("Part A · nine channels · {}", evidence(self.n_pairs, self.n_songs)),
        }
    }

    /// What was found, computed from the rows.
    ///
    /// - `is_running`: whether more pairs are coming
    #[must_use]
    pub fn finding(&self, is_running: bool) -> String {
        match self.n_pairs {
            0 if is_running => "The first pair is not compared yet.".to_owned(),
            0 => "Nothing to compare: no song here has maps by two mappers.".to_owned(),
            1..FEW_PAIRS => few_pairs(self.n_pairs),
            _ if is_running => format!("So far: {}", self.found()),
            _ => self.found(),
        }
    }

    fn found(&self) -> String {
        let shared = self.members(AgreementClass::Perceptual);
        let own = self.members(AgreementClass::Stylistic);
        let n_all = self.rows.len();
        match (shared.len(), own.len()) {
            (0, 0) => "Every channel lies between song and mapper.".to_owned(),
            (n, _) if n == n_all => "All nine channels follow the song.".to_owned(),
            (_, n) if n == n_all => "No agreement: all nine channels follow the mapper.".to_owned(),
            (0, _) => {
                format!("No channel clearly follows the song. {} the mapper.", follow(&own, n_all))
            }
            (_, 0) => format!("{} the song. None is the mapper’s alone.", follow(&shared, n_all)),
            _ => {
                format!("{} the song. {} the mapper.", follow(&shared, n_all), follow(&own, n_all))
            }
        }
    }

    /// Names of the channels of a class, by mean r, highest first.
    fn members(&self, class: AgreementClass) -> Vec<&str> {
        let rows = self.rows.iter().filter_map(|row| Some((row.r.mean?, row.name.as_str())));
        let mut rows: Vec<_> = rows.filter(|(r, _)| Self::BOUNDS.class_of(*r) == class).collect();
        rows.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        rows.into_iter().map(|(_, name)| name).collect()
    }

    /// All figures of a channel as a sentence, those of the overlay included.
    ///
    /// - `channel`: its row in the signal
    /// - `other_name`: name of the overlay
    #[must_use]
    pub fn reading(&self, channel: usize, other_name: &str) -> Option<String> {
        let (row, labels) = (self.rows.get(channel)?, CHANNELS.get(channel)?);
        let pairs = counted(row.shown.n_pairs, "pair", "pairs");
        let spread = match row.shown.n_pairs {
            1 => String::new(),
            _ => format!(", spread {}", row.shown.spread_text()),
        };
        let other = row.other.map_or_else(String::new, |other| {
            format!(" {}: {}.", capital(other_name), other.mean_text())
        });
        Some(format!(
            "{}, {}. {} {} over {pairs}{spread}, {} {}: {}.{other}",
            labels.name,
            labels.listens,
            capital(self.metric.column()),
            row.shown.mean_text(),
            self.metric.companion().column(),
            row.companion.mean_text(),
            class_word(row.r.class(Self::BOUNDS)),
        ))
    }

    /// The figures of a channel in the table, under [`Self::TABLE_HEADS`] between the channel
    /// and its class: means with three decimals.
    #[must_use]
    pub fn table_row(channel: &ChannelSummary) -> [String; 7] {
        let spread = |metric: Metric| metric.of(channel).spread_text();
        [
            fixed(channel.pearson_mean, 3),
            spread(Metric::Correlation),
            fixed(channel.cosine_mean, 3),
            spread(Metric::Cosine),
            fixed(channel.mad_mean, 3),
            spread(Metric::Distance),
            grouped(channel.n_pairs),
        ]
    }

    /// What is written around the picture.
    #[must_use]
    pub fn text(&self) -> ChartText {
        let (finding, numbers) = match self.metric {
            Metric::Correlation => {
                let rows = self.rows.iter().map(|row| (row.name.as_str(), row.r));
                (Some(self.counts()), by_class(Self::BOUNDS, rows))
            }
            Metric::Cosine | Metric::Distance => (self.ends(), self.all_rows()),
        };
        ChartText::new(self.heading(), finding, self.picture_caption(), &numbers)
    }

    fn heading(&self) -> String {
        let name = match self.metric {
            Metric::Correlation => "Agreement between mappers",
            Metric::Cosine => "Cosine between mappers",
            Metric::Distance => "Distance between mappers",
        };
        match self.rows.len() {
            0 => name.to_owned(),
            1 => format!("{name}, one channel"),
            n_rows => format!("{name}, {} channels", in_words(n_rows)),
        }
    }

    fn picture_caption(&self) -> Vec<String> {
        let mode = self.mode.map_or("its program's own", Mode::name);
        let reading = match self.metric {
            Metric::Correlation => background(Self::BOUNDS),
            Metric::Cosine => {
                "Cosine also rewards what stays constant: read it beside r.".to_owned()
            }
            Metric::Distance => {
                "Signals run from −1 to 1: 0 is identical, 2 is opposite.".to_owned()
            }
        };
        let (title, evidence) = (self.metric.axis_title(), evidence(self.n_pairs, self.n_songs));
        let whisker = whisker_caption(self.n_pairs);
        vec![format!("Diamond: {title} over {evidence}{whisker}; {mode} rules."), reading]
    }

    /// How many channels are of each class, in words.
    fn counts(&self) -> String {
        let counts = AgreementClass::ALL.map(|class| {
            let n = n_of_class(Self::BOUNDS, self.rows.iter().map(|row| row.r), class);
            format!("{} {}", in_words(n), class.name())
        });
        counts.join(", ")
    }

    /// The channels of the least and of the greatest mean.
    fn ends(&self) -> Option<String> {
        let values = || self.rows.iter().filter_map(|row| Some((row, row.shown.mean?)));
        let (least, _) = values().min_by(|(_, a), (_, b)| a.total_cmp(b))?;
        let (most, _) = values().max_by(|(_, a), (_, b)| a.total_cmp(b))?;
        let end = |row: &AgreementRow| format!("{} {}", row.name, row.shown.mean_text());
        Some(format!("{} to {}", end(least), end(most)))
    }

    fn all_rows(&self) -> String {
        let rows = self.rows.iter().map(|row| match row.shown.mean {
            None => format!("{} no value", row.name),
            Some(_) => {
                let (mean, r) = (mean_and_spread(row.shown), row.r.mean_text());
                format!("{} {mean}, mean r {r}", row.name)
            }
        });
        rows.collect::<Vec<_>>().join("; ") + "."
    }
}

/// The channels of a run that has pairs.
fn measured(track: Option<&TrackA>) -> &[ChannelSummary] {
    track.filter(|track| track.pairs_compared > 0).map_or(&[][..], |track| &track.channels)
}

/// `ONSET and COMBO follow`, `X follows`, `Six of nine channels follow`.
fn follow(names: &[&str], n_all: usize) -> String {
    match names {
        [] => "No channel follows".to_owned(),
        [one] => format!("{one} follows"),
        many if many.len() > MAX_LISTED => {
            format!("{} of {} channels follow", capital(&in_words(many.len())), in_words(n_all))
        }
        [all_but_last @ .., last] => format!("{} and {last} follow", all_but_last.join(", ")),
    }
}

#[cfg(test)]
#[path = "agreement_tests.rs"]
mod tests;

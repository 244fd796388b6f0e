//! The chart of part A: how much mappers of one song agree, channel by channel.

use carto_types::{AgreementClass, ChannelSummary, ClassBounds, Mode, TrackA};

use crate::axis::TenthsAxis;
use crate::channel::CHANNELS;
use crate::class::{background, class_word};
use crate::mean::PairMean;
use crate::metric::Metric;
use crate::number::{capital, counted, fixed, grouped, in_words};
use crate::text::{
    ChartText, by_class, class_caption, class_counts, evidence, few_pairs, mean_and_spread,
    too_few_for, whisker_caption,
};

/// More channels than this are counted, not listed.
const MAX_LISTED: usize = 4;

/// How far the run is whose figures are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// More pairs are coming.
    Running,
    /// A person stopped it: there may be more pairs.
    Stopped,
    /// All pairs there are were compared.
    Done,
}

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
    pub const TABLE_HEADS: [&str; 10] = [
        "channel",
        "mean r",
        "spread",
        "95% interval",
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
    #[must_use]
    pub fn finding(&self, progress: Progress) -> String {
        match (self.n_pairs, progress) {
            (0, Progress::Running) => "The first pair is not compared yet.".to_owned(),
            (0, Progress::Stopped) => "Stopped before the first pair was compared.".to_owned(),
            (0, Progress::Done) => {
                "Nothing to compare: no song here has two usable maps by two mappers.".to_owned()
            }
            (_, Progress::Running | Progress::Stopped) => format!("So far: {}", self.found()),
            (_, Progress::Done) => self.found(),
        }
    }

    fn found(&self) -> String {
        let shared = self.members(AgreementClass::Perceptual);
        let own = self.members(AgreementClass::Stylistic);
        let n_all = self.rows.len();
        let n_unsure = self.rows.iter().filter(|row| row.r.class(Self::BOUNDS).is_none()).count();
        if n_unsure > 0 && n_unsure == n_all {
            return few_pairs(self.n_pairs, "channels");
        }
        if n_unsure > 0 {
            return self.found_of_few(&shared, &own, n_unsure);
        }
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

    /// What few pairs say of some channels, and of how many they say nothing.
    fn found_of_few(&self, shared: &[&str], own: &[&str], n_unsure: usize) -> String {
        let n_all = self.rows.len();
        let mixed = self.members(AgreementClass::Mixed);
        let said = [
            (shared, format!("{} the song.", follow(shared, n_all))),
            (own, format!("{} the mapper.", follow(own, n_all))),
            (&mixed, format!("{} between the two.", verb(&mixed, n_all, "lies", "lie"))),
        ];
        let said = said.into_iter().filter(|(names, _)| !names.is_empty()).map(|(_, said)| said);
        let channels = format!(
            "{} {}",
            in_words(n_unsure),
            if n_unsure == 1 { "channel" } else { "channels" }
        );
        let rest = too_few_for(n_unsure, &channels, self.n_pairs);
        format!("{}{rest}", said.collect::<Vec<_>>().join(" "))
    }

    /// Names of the channels of a class, by mean r, highest first.
    fn members(&self, class: AgreementClass) -> Vec<&str> {
        let is_member = |row: &&AgreementRow| row.r.class(Self::BOUNDS) == Some(class);
        let rows = self.rows.iter().filter(is_member);
        let mut rows: Vec<_> =
            rows.filter_map(|row| Some((row.r.mean?, row.name.as_str()))).collect();
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
        let interval = match row.r.interval_text() {
            Some(interval) => format!(", 95% interval of mean r {interval}"),
            None => String::new(),
        };
        let other = row.other.map_or_else(String::new, |other| {
            format!(" {}: {}.", capital(other_name), other.mean_text())
        });
        Some(format!(
            "{}, {}. {} {} over {pairs}{spread}, {} {}{interval}: {}.{other}",
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
    pub fn table_row(channel: &ChannelSummary) -> [String; 8] {
        let spread = |metric: Metric| metric.of(channel).spread_text();
        let interval = Metric::Correlation.of(channel).interval_text();
        [
            fixed(channel.pearson_mean, 3),
            spread(Metric::Correlation),
            interval.unwrap_or_else(|| "–".to_owned()),
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
        let classes = match self.metric {
            Metric::Correlation => class_caption(self.n_pairs),
            Metric::Cosine | Metric::Distance => None,
        };
        let marks = format!("Diamond: {title} over {evidence}{whisker}; {mode} rules.");
        let mut caption = vec![marks, reading];
        caption.extend(classes.map(str::to_owned));
        caption
    }

    /// How many channels are of each class, in words.
    fn counts(&self) -> String {
        class_counts(Self::BOUNDS, self.rows.iter().map(|row| row.r), in_words)
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
    verb(names, n_all, "follows", "follow")
}

/// Names of channels, or how many they are, with what one of them and what several do.
fn verb(names: &[&str], n_all: usize, one_does: &str, many_do: &str) -> String {
    match names {
        [] => format!("No channel {one_does}"),
        [one] => format!("{one} {one_does}"),
        many if many.len() > MAX_LISTED => {
            let (n, n_all) = (capital(&in_words(many.len())), in_words(n_all));
            format!("{n} of {n_all} channels {many_do}")
        }
        [all_but_last @ .., last] => format!("{} and {last} {many_do}", all_but_last.join(", ")),
    }
}

#[cfg(test)]
#[path = "agreement_tests.rs"]
mod tests;

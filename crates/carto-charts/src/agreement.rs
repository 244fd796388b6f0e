//! The chart of part A: how much mappers of one song agree, channel by channel.

use carto_types::{AgreementClass, ChannelSummary, ClassBounds, Mode, TrackA};

use crate::axis::TenthsAxis;
use crate::channel::CHANNELS;
use crate::class::background;
use crate::mean::PairMean;
use crate::metric::Metric;
use crate::number::{capital, counted, fixed, grouped, in_words, uncapital};
use crate::text::{
    ChartText, by_class, channel_list, class_caption, class_counts, evidence, few_songs,
    mean_and_spread, too_few_for, whisker_caption,
};

/// How far the run is whose figures are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// More pairs are coming.
    Running,
    /// A person stopped it: there may be more pairs.
    Stopped,
    /// All pairs there are were compared, and this many of them left out as doubtful.
    Done {
        /// Pairs that no figure counts.
        n_left_out: u32,
    },
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
        let n_songs = |track: Option<&TrackA>| track.map_or(0, |track| track.songs_analyzed);
        let (ours, theirs) = (n_songs(track), n_songs(other));
        let rows = measured(track).iter().enumerate().map(|(idx, channel)| AgreementRow {
            name: channel.name.clone(),
            r: Metric::Correlation.of(channel, ours),
            shown: metric.of(channel, ours),
            companion: metric.companion().of(channel, ours),
            other: others.get(idx).map(|other| metric.of(other, theirs)),
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
            n_songs: ours,
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
            (0, Progress::Done { n_left_out: 0 }) => {
                let rules = match self.mode {
                    Some(Mode::Published) => "by the published rules ",
                    Some(Mode::Osu) | None => "",
                };
                format!(
                    "Nothing to compare: {rules}no song here has two usable maps by two mappers."
                )
            }
            (0, Progress::Done { n_left_out }) => format!(
                "Nothing is left to compare: {} as doubtful.",
                match n_left_out {
                    1 => "the one pair there is was left out".to_owned(),
                    n => format!("all {} pairs were left out", grouped(n)),
                }
            ),
            (_, Progress::Running | Progress::Stopped) => {
                format!("So far: {}", uncapital(&self.found()))
            }
            (_, Progress::Done { .. }) => self.found(),
        }
    }

    /// What the study says of its own run, in its terms.
    #[must_use]
    pub fn study_finding(&self) -> String {
        let n_all = self.rows.len();
        let called = [AgreementClass::Perceptual, AgreementClass::Stylistic].map(|class| {
            let members = self.members(class);
            let name = class.name();
            (!members.is_empty()).then(|| format!("{} {name}", channel_list(&members, n_all)))
        });
        match called.into_iter().flatten().collect::<Vec<_>>() {
            called if called.is_empty() => "The study calls no channel perceptual.".to_owned(),
            called => format!("The study calls {}.", called.join(", ")),
        }
    }

    fn found(&self) -> String {
        let n_all = self.rows.len();
        let [shared, mixed, own] = AgreementClass::ALL.map(|class| self.members(class));
        let unused = self.rows.iter().filter(|row| row.r.is_unused);
        let unused: Vec<_> = unused.map(|row| row.name.as_str()).collect();
        let n_used = n_all - unused.len();
        let n_unsure = n_used - shared.len() - mixed.len() - own.len();
        if n_used == 0 {
            return "No map here uses any of the channels.".to_owned();
        }
        let mut said = match n_unsure {
            n if n == n_used => few_songs((self.n_pairs, self.n_songs), "channels"),
            0 => self.found_of_all(&shared, &mixed, &own),
            n => {
                let things =
                    format!("{} {}", in_words(n), if n == 1 { "channel" } else { "channels" });
                let rest = too_few_for(n, &things, self.n_songs);
                format!("{}{rest}", self.found_of_some(&shared, &mixed, &own))
            }
        };
        if !unused.is_empty() {
            said.push_str(&format!(" Nobody uses {}.", channel_list(&unused, n_all)));
        }
        said
    }

    /// What is said where every channel that is used has a class.
    fn found_of_all(&self, shared: &[&str], mixed: &[&str], own: &[&str]) -> String {
        let n_all = self.rows.len();
        match (shared, own) {
            ([], []) => format!("Mappers agree in part on {}.", channel_list(mixed, n_all)),
            ([], own) if own.len() == n_all => {
                format!("Mappers agree on none of the {} channels.", in_words(n_all))
            }
            ([], own) if mixed.is_empty() => {
                format!("Mappers do not agree on {}.", channel_list(own, n_all))
            }
            ([], own) => format!(
                "Mappers clearly agree on no channel. They do not agree on {}.",
                channel_list(own, n_all)
            ),
            (shared, []) if mixed.is_empty() => {
                format!("Mappers agree on {}.", channel_list(shared, n_all))
            }
            (shared, []) => {
                format!(
                    "Mappers agree on {}, and in part on the rest.",
                    channel_list(shared, n_all)
                )
            }
            (shared, own) => format!(
                "Mappers agree on {}. They do not agree on {}.",
                channel_list(shared, n_all),
                channel_list(own, n_all)
            ),
        }
    }

    /// What few songs say of some channels.
    fn found_of_some(&self, shared: &[&str], mixed: &[&str], own: &[&str]) -> String {
        let n_all = self.rows.len();
        let said = [(shared, "agree on"), (own, "do not agree on"), (mixed, "agree in part on")];
        // Both ends are the finding: what lies between is told where there is only one.
        let n_told = if shared.is_empty() || own.is_empty() { 3 } else { 2 };
        let said = said.into_iter().take(n_told).filter(|(names, _)| !names.is_empty());
        let said = said.enumerate().map(|(idx, (names, verb))| {
            let who = if idx == 0 { "Mappers" } else { "They" };
            format!("{who} {verb} {}.", channel_list(names, n_all))
        });
        said.collect::<Vec<_>>().join(" ")
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
            row.r.class_text(Self::BOUNDS),
        ))
    }

    /// The figures of a channel in the table, under [`Self::TABLE_HEADS`] between the channel
    /// and its class: means with three decimals.
    ///
    /// - `n_songs`: songs that its pairs are of
    #[must_use]
    pub fn table_row(channel: &ChannelSummary, n_songs: u32) -> [String; 8] {
        let spread = |metric: Metric| metric.of(channel, n_songs).spread_text();
        let interval = Metric::Correlation.of(channel, n_songs).interval_text();
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
            Metric::Correlation => class_caption(self.n_songs),
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

#[cfg(test)]
#[path = "agreement_tests.rs"]
mod tests;

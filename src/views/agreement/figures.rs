//! The figures of the chart, as its rows need them.

use carto_types::{ChannelSummary, TrackA};

use super::scale::{Axis, Metric};
use crate::format::{counted, fixed, spread};
use crate::views::channels::CHANNELS;
use crate::views::words::{AgreementClass, capital};

/// All that the chart draws.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Figures {
    /// Pairs behind every mean.
    pub(crate) n_pairs: usize,
    /// Songs with pairs.
    pub(crate) n_songs: usize,
    /// The scale bar under the marks.
    pub(crate) axis: Axis,
    /// One for each channel; none before the first pair.
    pub(crate) rows: Vec<Row>,
}

/// One channel's mark, with its figures written out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// Mean r, whatever the marks show: classes and findings go by it.
    pub(crate) mean_r: f64,
    /// Place of the mark in percent of the bar.
    pub(crate) at: f64,
    /// Ends of the whisker, in percent; `None` where there is no spread to show.
    pub(crate) whisker: Option<Whisker>,
    /// The mean that the mark shows.
    pub(crate) mean: String,
    /// Its spread over pairs.
    pub(crate) spread: String,
    /// The mean that stands beside it.
    pub(crate) companion: String,
    /// The word for it.
    pub(crate) class: AgreementClass,
    /// The other mark on this row, where there is one.
    pub(crate) beside: Option<OtherMark>,
    /// All of that as a sentence.
    pub(crate) reading: String,
}

/// The mark of what is laid over the figures.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OtherMark {
    /// Place of the mark in percent of the bar.
    pub(crate) at: f64,
    /// Ends of its whisker.
    pub(crate) whisker: Option<Whisker>,
    /// The mean that it shows.
    pub(crate) mean: String,
}

/// A spread: a thin line with ticks at the ends that lie on the bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Whisker {
    /// Left end, in percent.
    pub(crate) from: f64,
    /// Right end, in percent.
    pub(crate) to: f64,
    /// Whether the left end is the spread's end and not the bar's.
    pub(crate) has_left_tick: bool,
    /// The same on the right.
    pub(crate) has_right_tick: bool,
}

impl Whisker {
    /// Class of its line: an end that is cut off has no tick.
    pub(crate) fn class(self) -> &'static str {
        match (self.has_left_tick, self.has_right_tick) {
            (true, true) => "whisker",
            (false, true) => "whisker whisker--cut-left",
            (true, false) => "whisker whisker--cut-right",
            (false, false) => "whisker whisker--cut-left whisker--cut-right",
        }
    }
}

impl Figures {
    /// The figures of a run under one metric; no rows before its first pair.
    ///
    /// - `beside`: what is laid over them
    pub(crate) fn new(track: Option<&TrackA>, beside: Option<&TrackA>, metric: Metric) -> Self {
        let channels = measured(track);
        let others = measured(beside);
        let all = channels.iter().chain(others);
        let marks: Vec<_> = all.map(|channel| metric.of(channel)).collect();
        let axis = Axis::spanning(metric, &marks);
        let rows = channels.iter().enumerate();
        let rows = rows.map(|(idx, channel)| Row::new(channel, others.get(idx), metric, axis));
        Self {
            n_pairs: track.map_or(0, |track| track.pairs_compared as usize),
            n_songs: track.map_or(0, |track| track.songs_analyzed as usize),
            axis,
            rows: rows.collect(),
        }
    }

    /// Name and mean r of every channel.
    pub(crate) fn means(&self) -> Vec<(&'static str, f64)> {
        CHANNELS.iter().zip(&self.rows).map(|(channel, row)| (channel.name, row.mean_r)).collect()
    }
}

/// The channels of a run that has pairs.
fn measured(track: Option<&TrackA>) -> &[ChannelSummary] {
    track.filter(|track| track.pairs_compared > 0).map_or(&[][..], |track| &track.channels)
}

/// The spread of a mean; `None` where one pair has none.
fn whisker(axis: Axis, (mean, std): (f64, f64), n_pairs: usize) -> Option<Whisker> {
    (n_pairs > 1).then(|| Whisker {
        from: axis.percent(mean - std),
        to: axis.percent(mean + std),
        has_left_tick: axis.holds(mean - std),
        has_right_tick: axis.holds(mean + std),
    })
}

impl Row {
    fn new(
        channel: &ChannelSummary,
        other: Option<&ChannelSummary>,
        metric: Metric,
        axis: Axis,
    ) -> Self {
        let n_pairs = channel.n_pairs as usize;
        let (mean, std) = metric.of(channel);
        let (companion, _) = metric.companion().of(channel);
        let class = AgreementClass::of_pairs(channel.pearson_mean, n_pairs);
        let spread = if n_pairs > 1 { spread(std) } else { "one pair".to_owned() };
        let mut row = Self {
            mean_r: channel.pearson_mean,
            at: axis.percent(mean),
            whisker: whisker(axis, (mean, std), n_pairs),
            mean: fixed(mean, 2),
            spread,
            companion: fixed(companion, 2),
            class,
            beside: other.map(|other| OtherMark {
                at: axis.percent(metric.of(other).0),
                whisker: whisker(axis, metric.of(other), other.n_pairs as usize),
                mean: fixed(metric.of(other).0, 2),
            }),
            reading: String::new(),
        };
        row.reading = row.read_aloud(metric, n_pairs);
        row
    }

    fn read_aloud(&self, metric: Metric, n_pairs: usize) -> String {
        let Self { mean, spread, companion, class, .. } = self;
        let pairs = counted(n_pairs, "pair", "pairs");
        let spread = if n_pairs > 1 { format!(", spread {spread}") } else { String::new() };
        let beside = metric.companion().column();
        let column = capital(metric.column());
        format!("{column} {mean} over {pairs}{spread}, {beside} {companion}: {}.", class.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn track(n_pairs: u32) -> TrackA {
        let channel = ChannelSummary {
            name: "ONSET".to_owned(),
            pearson_mean: 0.95,
            pearson_std: 0.1,
            mad_mean: 0.25,
            mad_std: 0.12,
            cosine_mean: 0.6,
            cosine_std: 0.2,
            n_pairs,
        };
        TrackA {
            channels: vec![channel; 9],
            cosine_mean: 0.5,
            cosine_std: 0.1,
            songs_analyzed: 1,
            pairs_compared: n_pairs,
        }
    }

    #[test]
    fn a_row_says_all_its_figures() {
        let figures = Figures::new(Some(&track(15)), None, Metric::Correlation);
        let row = &figures.rows[0];
        assert_eq!(
            row.reading,
            "Mean r 0.95 over 15 pairs, spread ±0.10, cosine 0.60: perceptual."
        );
        let whisker = row.whisker.unwrap();
        assert!(whisker.has_left_tick && !whisker.has_right_tick && whisker.to == 100.0);
    }

    #[test]
    fn one_pair_has_no_spread_and_no_class() {
        let row = &Figures::new(Some(&track(1)), None, Metric::Cosine).rows[0];
        assert_eq!(row.whisker, None);
        assert_eq!(row.spread, "one pair");
        assert_eq!(row.reading, "Cosine 0.60 over 1 pair, mean r 0.95: too few pairs.");
    }

    #[test]
    fn without_pairs_there_are_no_rows() {
        assert!(Figures::new(Some(&track(0)), None, Metric::Correlation).rows.is_empty());
        assert!(Figures::new(None, None, Metric::Distance).rows.is_empty());
    }
}

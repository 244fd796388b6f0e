//! The chart of the evidence: every dimension as a line between its floor and its ceiling.

use carto_types::{
    AGREEMENT_MARGIN, DimensionEvidence, EvidenceFloor, FEWEST_SONGS, Interval, MeanOverSongs,
    PairCounts, Placement, PlacementClass, RunEvidence, ShiftCounts, SignalChannel, Verdict,
};

use crate::axis::TenthsAxis;
use crate::evidence_words::{n_of_needed, place_text, with_interval};
use crate::line_figure::LineFigure;
use crate::mean::correlation;
use crate::number::{NO_VALUE, capital, counted, fixed, grouped, in_words, uncapital};
use crate::text::{channel_list, evidence as pairs_of_songs};

/// One dimension between what a shared grid gives and what one mapper repeats.
#[derive(Debug, Clone, PartialEq)]
pub struct EvidenceRow {
    /// `ONSET` to `Y`; `z7` for a latent.
    pub name: String,
    /// What stands on the line.
    pub figure: LineFigure,
    /// Mean over songs of all aligned pairs of two mappers; `None` without a value.
    pub mean: Option<f64>,
    /// Its 95 % interval.
    pub interval: Option<Interval>,
    /// What a shared grid gives in its place; `None` where that is not known.
    pub floor: Option<f64>,
    /// What one mapper's two difficulties of a set share; `None` where that is not known.
    pub ceiling: Option<f64>,
    /// The mean that the verdict is from.
    pub judged: MeanOverSongs,
    /// Whether there is agreement beyond the grid.
    pub verdict: Verdict,
    /// Its place between floor and ceiling, by pairs of like counts.
    pub place: Placement,
}

impl EvidenceRow {
    /// - `name`: a dimension of the tables; one that they lack has no value and no verdict
    pub(crate) fn of(evidence: &RunEvidence, name: &str) -> Self {
        let figure = LineFigure::of(name);
        let found = |table| evidence.set.dimension(table, name);
        let (line, judged) = (found(figure.table()), found(figure.judged_table()));
        let place = line.and_then(|line| line.placement).unwrap_or_default();
        let mean = |found: Option<&DimensionEvidence>| found.map(|it| it.mean).unwrap_or_default();
        let of_shifts = || match (evidence.set.floor, figure) {
            // Of latents it is always that of the shifts.
            (EvidenceFloor::BarShifts, _) | (_, LineFigure::LatentR) => {
                whole_bar_mean(evidence, name)
            }
            (EvidenceFloor::OtherSongs, _) => None,
        };
        Self {
            name: name.to_owned(),
            figure,
            mean: mean(line).mean.and_then(correlation),
            interval: mean(line).interval,
            floor: place.means.map(|means| means.floor).or_else(of_shifts),
            ceiling: place.means.map(|means| means.ceiling),
            judged: mean(judged),
            verdict: judged.and_then(|judged| judged.verdict).unwrap_or_default(),
            place,
        }
    }

    /// Why there is no verdict, or no place: `4 of the 10 songs that a verdict needs`; empty where
    /// there is one.
    #[must_use]
    pub fn why_undetermined(&self) -> String {
        match (self.verdict, self.judged.n_songs) {
            (Verdict::Undetermined, 0) => "no song has a value".to_owned(),
            (Verdict::Undetermined, n) if n < FEWEST_SONGS => n_of_needed(n, "a verdict"),
            (Verdict::Undetermined, _) => {
                format!("the interval reaches across {}", margin())
            }
            _ => String::new(),
        }
    }

    /// The place in words, beside the word of the verdict: where there is none, what it lacks:
    /// `no ceiling`, `ceiling from 4 songs`; [`NO_VALUE`] without a mean.
    #[must_use]
    pub fn place_text(&self) -> String {
        match (self.place.class, self.place.n_songs.ceiling) {
            (PlacementClass::Undetermined, _) if self.mean.is_none() => NO_VALUE.to_owned(),
            (PlacementClass::Undetermined, 0) => "no ceiling".to_owned(),
            (PlacementClass::Undetermined, n) if n < FEWEST_SONGS => {
                format!("ceiling from {}", counted(n, "song", "songs"))
            }
            (PlacementClass::Undetermined, _) => "place undetermined".to_owned(),
            _ => place_text(&self.place),
        }
    }

    /// All that the row shows, as a sentence for those who cannot see it.
    #[must_use]
    pub fn reading(&self) -> String {
        let why = match self.why_undetermined() {
            why if why.is_empty() => String::new(),
            why => format!(", {why}"),
        };
        let end = |word: &str, value: Option<f64>| {
            value.map_or_else(String::new, |value| format!(", {word} {}", fixed(value, 2)))
        };
        let place = match self.place.class {
            PlacementClass::Undetermined => String::new(),
            _ => format!(", {}", self.place_text()),
        };
        let (figure, mean) = (self.figure.name(), with_interval(self.mean, self.interval));
        let (floor, ceiling) = (end("floor", self.floor), end("ceiling", self.ceiling));
        let (verdict, songs) = (self.verdict.name(), counted(self.judged.n_songs, "song", "songs"));
        format!(
            "{}: {verdict}{why}. {figure} {mean} over {songs}{floor}{ceiling}{place}.",
            self.name
        )
    }

    /// The figures of the row in the table, under [`EvidenceChart::TABLE_HEADS`] behind its name.
    #[must_use]
    pub fn table_row(&self) -> Vec<String> {
        let value = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |it| fixed(it, 3));
        let [song, mapper] = [self.place.song_share, self.place.mapper_share].map(|share| {
            share.map_or_else(|| "–".to_owned(), |it| with_interval(Some(it.value), it.interval))
        });
        vec![
            self.figure.name().to_owned(),
            with_interval(self.mean, self.interval),
            value(self.floor),
            value(self.ceiling),
            with_interval(self.judged.mean, self.judged.interval),
            grouped(self.judged.n_songs),
            grouped(self.judged.n_pairs),
            song,
            mapper,
            self.place.class.name().to_owned(),
            self.verdict.name().to_owned(),
        ]
    }

    fn reach(&self) -> impl Iterator<Item = f64> {
        let bounds = self.interval.map(|interval| [interval.low, interval.high]);
        [self.mean, self.floor, self.ceiling]
            .into_iter()
            .flatten()
            .chain(bounds.into_iter().flatten())
    }
}

/// The evidence of a run, dimension by dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct EvidenceChart {
    /// The axis of all lines.
    pub axis: TenthsAxis,
    /// The nine channels.
    pub channels: Vec<EvidenceRow>,
    /// Latents, by number; empty without them.
    pub latents: Vec<EvidenceRow>,
    /// Pairs of two mappers and two sets.
    pub pairs: PairCounts,
    /// Pairs of two mappers in one set, which no mean is from.
    pub guest_pairs: PairCounts,
    /// From what the floors are.
    pub floor: EvidenceFloor,
}

impl EvidenceChart {
    /// The heads of the table's columns, the dimension first.
    pub const TABLE_HEADS: [&str; 12] = [
        "dimension",
        "figure",
        "mean",
        "floor",
        "ceiling",
        "beyond the grid",
        "songs",
        "pairs",
        "song share",
        "mapper share",
        "place",
        "verdict",
    ];

    /// The chart of a run.
    #[must_use]
    pub fn new(evidence: &RunEvidence) -> Self {
        let channels: Vec<_> = SignalChannel::ALL
            .into_iter()
            .map(|channel| EvidenceRow::of(evidence, channel.name()))
            .collect();
        let latents: Vec<_> =
            latent_names(evidence).map(|name| EvidenceRow::of(evidence, name)).collect();
        let reach: Vec<f64> =
            channels.iter().chain(&latents).flat_map(EvidenceRow::reach).collect();
        Self {
            // It reaches 1 from the start, so that no mark shifts when more songs come.
            axis: TenthsAxis::covering((-1, 10), (-10, 10), &reach),
            channels,
            latents,
            pairs: evidence.set.counts.cross,
            guest_pairs: evidence.set.counts.guest,
            floor: evidence.set.floor,
        }
    }

    /// All rows, channels first.
    pub fn rows(&self) -> impl Iterator<Item = &EvidenceRow> {
        self.channels.iter().chain(&self.latents)
    }

    /// Songs behind the dimension that has most.
    #[must_use]
    pub fn n_songs(&self) -> u32 {
        self.channels.iter().map(|row| row.judged.n_songs).max().unwrap_or(0)
    }

    /// The line above the heading: `Is it real? · 30 pairs of 28 songs`.
    #[must_use]
    pub fn kicker(&self) -> String {
        match self.pairs.n_aligned {
            0 => "Is it real?".to_owned(),
            n_pairs => format!("Is it real? · {}", pairs_of_songs(n_pairs, self.n_songs())),
        }
    }

    /// What was found of the channels.
    ///
    /// - `is_over`: whether no more songs are coming
    #[must_use]
    pub fn finding(&self, is_over: bool) -> String {
        if is_over && let Some(why) = self.why_empty() {
            return why;
        }
        let has_verdict = |row: &EvidenceRow| row.verdict != Verdict::Undetermined;
        match (self.channels.iter().any(has_verdict), is_over) {
            (false, _) => self.all_undetermined(is_over),
            (true, false) => format!("So far: {}", uncapital(&self.found())),
            (true, true) => self.found(),
        }
    }

    /// Why no figure can come of these pairs: they are all of one set; `None` where there are
    /// others, or none.
    #[must_use]
    pub fn why_empty(&self) -> Option<String> {
        let n_guests = self.guest_pairs.n_pairs();
        (self.pairs.n_pairs() == 0 && n_guests > 0).then(|| {
            let all = match n_guests {
                1 => "the only pair is".to_owned(),
                n => format!("all {} are", counted(n, "pair", "pairs")),
            };
            format!(
                "No evidence: {all} of two mappers in one set, who share its audio and timing, and \
                 often its hit sounds. Verdicts need maps of one song from two sets."
            )
        })
    }

    fn found(&self) -> String {
        let n_all = self.channels.len();
        let of = |verdict| {
            let rows = self.channels.iter().filter(move |row| row.verdict == verdict);
            rows.map(|row| row.name.as_str()).collect::<Vec<_>>()
        };
        let (agree, not) = (of(Verdict::Agree), of(Verdict::NoAgreement));
        let others = match not.as_slice() {
            [] => String::new(),
            [one] => format!(" {one} does not."),
            many => format!(" {} do not.", capital(&channel_list(many, n_all))),
        };
        match (agree.len(), not.len()) {
            (0, n) if n == n_all => {
                format!("None of {} channels agrees beyond the grid.", in_words(n_all))
            }
            (0, _) => format!("No channel surely agrees beyond the grid.{others}"),
            (1, _) => {
                format!("One of {} channels agrees beyond the grid.{others}", in_words(n_all))
            }
            (n, _) => format!(
                "{} of {} channels agree beyond the grid.{others}",
                capital(&in_words(n)),
                in_words(n_all)
            ),
        }
    }

    fn all_undetermined(&self, is_over: bool) -> String {
        let why = match self.n_songs() {
            n if n < FEWEST_SONGS => n_of_needed(n, "an interval"),
            _ => format!("every interval reaches across {}", margin()),
        };
        format!("Undetermined{}: {why}.", if is_over { "" } else { " so far" })
    }

    /// Pairs that take no part, and why: `2 of another tempo`; empty where none is.
    #[must_use]
    pub fn left_out(&self) -> String {
        self.pairs.text()
    }
}

fn latent_names(evidence: &RunEvidence) -> impl Iterator<Item = &str> {
    evidence.set.judged_latents().iter().map(|found| found.name.as_str())
}

/// What is left of the figure of a dimension when whole bars are shifted: the mean over songs,
/// where a table has it, else over all shifts of all pairs.
pub(crate) fn whole_bar_mean(evidence: &RunEvidence, name: &str) -> Option<f64> {
    let figure = LineFigure::of(name);
    if let Some(table) = figure.shift_mean_table() {
        return evidence.set.dimension(table, name)?.mean.mean;
    }
    let is_floor = evidence.set.floor == EvidenceFloor::BarShifts;
    let line = evidence.set.dimension(figure.table(), name).filter(|_| is_floor);
    let in_place = line.and_then(|line| Some(line.placement?.means?.floor));
    in_place.or_else(|| mean_of_shifts(shifts_of(evidence, name)?))
}

/// The whole-bar shifts of all aligned pairs of a channel.
pub(crate) fn shifts_of<'a>(evidence: &'a RunEvidence, name: &str) -> Option<&'a ShiftCounts> {
    evidence.shifts.get(SignalChannel::named(name)?).as_ref()
}

/// By the middles of the parts in which shifts are counted.
fn mean_of_shifts(shifts: &ShiftCounts) -> Option<f64> {
    let (counts, mut n, mut sum) = (shifts.counts(), 0.0, 0.0);
    for (bin, &count) in (0_u32..).zip(counts) {
        let middle = (2.0 * f64::from(bin) + 1.0) / counts.len() as f64 - 1.0;
        n += f64::from(count);
        sum += f64::from(count) * middle;
    }
    (n > 0.0).then(|| sum / n)
}

/// The smallest agreement of interest: `0.10`.
pub(crate) fn margin() -> String {
    fixed(AGREEMENT_MARGIN, 2)
}

#[cfg(test)]
#[path = "evidence_tests.rs"]
mod tests;

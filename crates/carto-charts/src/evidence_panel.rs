//! All evidence of one dimension: what was found, its figures, and what they rest on.

use carto_types::{
    DimensionEvidence, EvidenceTableKind, Interval, MeanPValue, PairCounts, PlacementClass,
    RunEvidence, Verdict,
};

use crate::evidence::{EvidenceRow, margin, whole_bar_mean};
use crate::evidence_measures::{CarryingSongs, MeasuresChart, density, measures};
use crate::evidence_reach::ReachChart;
use crate::evidence_words::{
    interval_text, lacking_songs, left_out_and_copies, place_text, with_interval,
};
use crate::line_figure::LineFigure;
use crate::number::{counted, fixed, grouped};

/// A figure at the top of the panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFigure {
    /// What it is.
    pub label: String,
    /// The figure, or a word where there is none.
    pub value: String,
    /// What stands beside it: an interval, a second count, or why there is none.
    pub beside: String,
}

/// All evidence of one dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct EvidencePanel {
    /// The dimension as the chart has it.
    pub row: EvidenceRow,
    /// What was found of it.
    pub title: String,
    /// The same in sentences, with the figures.
    pub summary: String,
    /// The four figures at the top.
    pub figures: [KeyFigure; 4],
    /// What the grid reaches.
    pub reach: ReachChart,
    /// As is against aligned.
    pub measures: MeasuresChart,
    /// The songs that carry the mean that the verdict is from.
    pub songs: CarryingSongs,
    /// How r changes with the counts of objects; without rows where there are too few songs.
    pub density: MeasuresChart,
    /// Kinds of pairs, and how many of each take part.
    pub pairs: Vec<(&'static str, String)>,
    /// What the figures rest on.
    pub origin: Vec<(&'static str, String)>,
}

impl EvidencePanel {
    /// The panel of a dimension of the chart.
    #[must_use]
    pub fn new(evidence: &RunEvidence, name: &str) -> Self {
        let row = EvidenceRow::of(evidence, name);
        Self {
            title: title(&row),
            summary: summary(evidence, &row),
            figures: key_figures(evidence, &row),
            reach: ReachChart::of(evidence, &row),
            measures: measures(evidence, name),
            songs: CarryingSongs::of(judged(evidence, &row)),
            density: density(evidence, name),
            pairs: pairs(evidence),
            origin: origin(evidence, &row),
            row,
        }
    }
}

fn title(row: &EvidenceRow) -> String {
    let name = &row.name;
    match row.verdict {
        Verdict::Agree => format!("{name} agrees beyond the grid."),
        Verdict::NoAgreement => format!("{name} does not agree beyond the grid."),
        Verdict::Undetermined => format!("{name} is undetermined."),
    }
}

fn judged<'a>(evidence: &'a RunEvidence, row: &EvidenceRow) -> Option<&'a DimensionEvidence> {
    evidence.set.dimension(row.figure.judged_table(), &row.name)
}

/// Mean and 95 % interval in the middle of a sentence: `0.39 (95% interval 0.31 to 0.47)`.
fn in_sentence(mean: Option<f64>, interval: Option<Interval>) -> String {
    let interval =
        interval.map_or_else(String::new, |it| format!(" (95% interval {})", interval_text(it)));
    format!("{}{interval}", with_interval(mean, None))
}

fn summary(evidence: &RunEvidence, row: &EvidenceRow) -> String {
    let left = in_sentence(row.judged.mean, row.judged.interval);
    let mut said = match row.figure {
        _ if row.judged.mean.is_none() => {
            "No pair of two mappers and two sets has a value of it by now.".to_owned()
        }
        LineFigure::Phi => {
            let shifted = whole_bar_mean(evidence, &row.name).map_or_else(String::new, |mean| {
                format!(" Shifted by whole bars they keep {}.", fixed(mean, 2))
            });
            format!(
                "{}, two mappers of one song agree with phi {left}.{shifted}",
                row.figure.judged_against()
            )
        }
        LineFigure::BarsR | LineFigure::LatentR => {
            let kept = row.mean.zip(row.judged.mean).map(|(mean, left)| fixed(mean - left, 2));
            format!(
                "On the bars in which both maps have objects r is {}. {} it keeps {}: {left} is left.",
                with_interval(row.mean, None),
                row.figure.judged_against(),
                kept.unwrap_or_default()
            )
        }
    };
    match row.verdict {
        Verdict::Undetermined if row.judged.mean.is_some() => {
            said.push_str(&format!(" No verdict: {}.", row.why_undetermined()));
        }
        _ => {}
    }
    said.push_str(&place_sentence(row));
    said
}

fn place_sentence(row: &EvidenceRow) -> String {
    let place = &row.place;
    match (place.class, place.song_share, place.mapper_share, place.means) {
        (PlacementClass::Placed, Some(song), Some(mapper), Some(means)) => format!(
            " Between what a shared grid gives ({}) and what one mapper repeats ({}), {} is the \
             song’s and {} the mapper’s.",
            fixed(means.floor, 2),
            fixed(means.ceiling, 2),
            fixed(song.value, 2),
            fixed(mapper.value, 2)
        ),
        (PlacementClass::NotReproducible, ..) => {
            let room = place.room.map_or_else(String::new, |room| {
                format!(": ceiling less floor is {}", in_sentence(Some(room.value), room.interval))
            });
            format!(
                " One mapper hardly repeats it between two difficulties{room}. So what two mappers \
                 do not share cannot be called style."
            )
        }
        _ => lacking_songs(place).map_or_else(String::new, |what| {
            format!(" Its place between floor and ceiling is undetermined: {what}.")
        }),
    }
}

fn key_figures(evidence: &RunEvidence, row: &EvidenceRow) -> [KeyFigure; 4] {
    let figure = |label: &str, value: String, beside: String| KeyFigure {
        label: label.to_owned(),
        value,
        beside,
    };
    let bounds = |interval: Option<Interval>| interval.map_or_else(String::new, interval_text);
    let aligned = match row.figure {
        LineFigure::LatentR => EvidenceTableKind::LatentBarsR,
        LineFigure::Phi | LineFigure::BarsR => EvidenceTableKind::AlignedR,
    };
    let aligned = evidence.set.dimension(aligned, &row.name);
    let aligned = aligned.map(|found| found.mean).unwrap_or_default();
    let left = match row.figure {
        LineFigure::Phi => "beyond the grid (phi)",
        LineFigure::BarsR | LineFigure::LatentR => "beyond the grid (r)",
    };
    let place = match (row.place.class, row.place.song_share) {
        (PlacementClass::Placed, Some(share)) => {
            figure("song share", fixed(share.value, 2), bounds(share.interval))
        }
        (class, _) => figure("place", class.name().to_owned(), String::new()),
    };
    [
        figure(
            "r aligned, mean over songs",
            with_interval(aligned.mean, None),
            bounds(aligned.interval),
        ),
        figure(left, with_interval(row.judged.mean, None), bounds(row.judged.interval)),
        place,
        figure(
            "evidence",
            counted(row.judged.n_songs, "song", "songs"),
            counted(row.judged.n_pairs, "pair", "pairs"),
        ),
    ]
}

fn pairs(evidence: &RunEvidence) -> Vec<(&'static str, String)> {
    let counts = &evidence.set.counts;
    let of = |counts: PairCounts| {
        format!(
            "{} of {} aligned{}",
            grouped(counts.n_aligned),
            grouped(counts.n_pairs()),
            left_out_and_copies(counts)
        )
    };
    vec![
        ("two mappers, two sets", of(counts.cross)),
        ("two mappers, one set", of(counts.guest)),
        ("one mapper, one set", of(counts.same_mapper)),
    ]
}

fn origin(evidence: &RunEvidence, row: &EvidenceRow) -> Vec<(&'static str, String)> {
    let mut origin = vec![
        (
            "Interval",
            "Student’s t over songs, 95%; each song counts once. No draws, so no seeds.".to_owned(),
        ),
        (
            "Verdict",
            format!(
                "agree where the whole interval is above {}, no agreement where it is below.",
                margin()
            ),
        ),
        ("Floor", format!("{}, mean over songs.", evidence.set.floor.name())),
    ];
    let line = evidence.set.dimension(row.figure.table(), &row.name);
    if let Some(guests) = line.and_then(|line| line.guest_placement.as_ref())
        && guests.class != PlacementClass::Undetermined
    {
        origin.push(("With guest difficulties", format!("{}.", place_text(guests))));
    }
    let judged = judged(evidence, row);
    if let Some(MeanPValue { p, test }) = row.judged.p_value {
        let q = judged.and_then(|judged| judged.q_value);
        let q = q.map_or_else(String::new, |q| {
            format!("; corrected for the dimensions of the table: {}", p_value(q))
        });
        origin.push(("p of a mean of 0", format!("{} ({}){q}.", p_value(p), test.name())));
    }
    if let Some(n) = row.judged.songs_needed {
        origin.push(("Songs for ±0.05", format!("{}, by the spread of these.", grouped(n))));
    }
    origin
}

/// `0.031`, `below 0.001`.
fn p_value(p: f64) -> String {
    if p < 0.001 { "below 0.001".to_owned() } else { fixed(p, 3) }
}

#[cfg(test)]
#[path = "evidence_panel_tests.rs"]
mod tests;

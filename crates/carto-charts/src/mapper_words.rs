//! The words of a mapper's fingerprint: which way a dimension differs, and why that is not known.

use carto_types::{
    DifferenceVerdict, DimensionDifference, FEWEST_SONGS, MOST_Q, MOST_STARS_APART, StarsApart,
    WhyUndetermined,
};

use crate::evidence_words::n_of_needed;
use crate::number::{counted, fixed};

/// What higher and what lower means, where the word alone would mislead.
const DIRECTIONS: [(&str, &str, &str); 11] = [
    ("ONSET", "sparser onsets", "denser onsets"),
    ("COMBO", "fewer new combos", "more new combos"),
    ("SLIDE", "farther along sliders", "less far along sliders"),
    ("SUSTAIN", "more held", "less held"),
    ("WHISTLE", "fewer whistles", "more whistles"),
    ("FINISH", "fewer finishes", "more finishes"),
    ("CLAP", "fewer claps", "more claps"),
    ("X", "farther right", "farther left"),
    ("Y", "farther down", "farther up"),
    ("SPACING", "wider spacing", "tighter spacing"),
    ("TURN", "straighter", "sharper turns"),
];

/// Which way a mapper differs in a dimension: `denser onsets`, `higher`; `undetermined`.
#[must_use]
pub fn direction_text(dimension: &DimensionDifference) -> &'static str {
    let words = DIRECTIONS.iter().find(|(name, ..)| *name == dimension.name);
    match (dimension.verdict, words) {
        (DifferenceVerdict::Higher, Some((_, higher, _))) => higher,
        (DifferenceVerdict::Lower, Some((.., lower))) => lower,
        (verdict, _) => verdict.name(),
    }
}

/// Why there is no direction: `4 of the 10 songs that a verdict needs`; empty where there is one.
#[must_use]
pub fn why_undetermined_text(dimension: &DimensionDifference) -> String {
    match dimension.why_undetermined {
        None => String::new(),
        Some(WhyUndetermined::FewSongs) if dimension.difference.n_songs == 0 => {
            "no song has a value".to_owned()
        }
        Some(WhyUndetermined::FewSongs) => n_of_needed(dimension.difference.n_songs, "a verdict"),
        Some(why) => why.name().to_owned(),
    }
}

/// Which pairs are compared: `31 pairs of maps at most 0.5 stars apart, 0.17 on average; left out: 4
/// farther apart, 1 without a rating`.
#[must_use]
pub fn stars_text(stars: &StarsApart) -> String {
    let limit = fixed(MOST_STARS_APART, 1);
    let mean = stars
        .mean_apart
        .map_or_else(String::new, |mean| format!(", {} on average", fixed(mean, 2)));
    let left_out: Vec<String> =
        [(stars.n_too_far, "farther apart"), (stars.n_unrated, "without a rating")]
            .into_iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, what)| format!("{n} {what}"))
            .collect();
    let left_out = match left_out.is_empty() {
        true => String::new(),
        false => format!("; left out: {}", left_out.join(", ")),
    };
    let pairs = counted(stars.n_pairs, "pair", "pairs");
    format!("{pairs} of maps at most {limit} stars apart{mean}{left_out}")
}

/// What a direction needs, as a sentence.
#[must_use]
pub fn direction_rule() -> String {
    format!(
        "A direction needs {FEWEST_SONGS} songs, an interval on one side of 0, also at equal stars, and a \
         p-value of at most {} after correction for all dimensions.",
        fixed(MOST_Q, 2)
    )
}

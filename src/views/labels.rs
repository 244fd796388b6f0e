//! Findings in words, computed from the figures they stand above.

use crate::format::{counted, n_of, time_left};
use crate::state::{Phase, StageView};

/// Below this, a mean says little: one pair is an anecdote, two may be a coincidence.
const FEW_PAIRS: usize = 3;

/// More channels than this are counted, not listed.
const MAX_LISTED: usize = 4;

/// Where its agreement places a channel, between the song and the mapper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AgreementClass {
    /// Both mappers do it: it follows the song.
    Perceptual,
    /// In between.
    Mixed,
    /// Each mapper does it their own way.
    Stylistic,
    /// Too few pairs for a word.
    Undetermined,
}

impl AgreementClass {
    /// Largest r that is still stylistic, and smallest that is perceptual,
    /// bounds belonging to what lies between: `run_analysis.py`, line 529, of
    /// osu-dreamer-cartography @ 7ec522b.
    pub(crate) const BOUNDS: (f64, f64) = (0.1, 0.3);

    /// The class of a mean r.
    pub(crate) fn of(r: f64) -> Self {
        let (stylistic_below, perceptual_above) = Self::BOUNDS;
        if r > perceptual_above {
            Self::Perceptual
        } else if r < stylistic_below {
            Self::Stylistic
        } else {
            Self::Mixed
        }
    }

    /// The same, where there are pairs enough to speak of one.
    pub(crate) fn of_pairs(r: f64, n_pairs: usize) -> Self {
        if n_pairs < FEW_PAIRS { Self::Undetermined } else { Self::of(r) }
    }

    /// The word beside the symbol.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Perceptual => "perceptual",
            Self::Mixed => "mixed",
            Self::Stylistic => "stylistic",
            Self::Undetermined => "too few pairs",
        }
    }
}

/// The heading of the agreement chart.
///
/// - `channels`: name and mean r of each
/// - `is_running`: more pairs are coming
pub(crate) fn finding(channels: &[(&str, f64)], n_pairs: usize, is_running: bool) -> String {
    if n_pairs == 0 {
        return match is_running {
            true => "The first pair is not compared yet.".to_owned(),
            false => "Nothing to compare: no song here has maps by two mappers.".to_owned(),
        };
    }
    if n_pairs < FEW_PAIRS {
        let pairs = counted(n_pairs, "pair", "pairs");
        return format!("Too few pairs to say much yet: {pairs}.");
    }
    let of_class = |class| {
        let mut members: Vec<_> =
            channels.iter().filter(|(_, r)| AgreementClass::of(*r) == class).collect();
        members.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        members.iter().map(|(name, _)| *name).collect::<Vec<_>>()
    };
    let shared = of_class(AgreementClass::Perceptual);
    let own = of_class(AgreementClass::Stylistic);
    let n_all = channels.len();
    let text = match (shared.len(), own.len()) {
        (0, 0) => "Every channel lies between song and mapper.".to_owned(),
        (n, _) if n == n_all => "All nine channels follow the song.".to_owned(),
        (_, n) if n == n_all => "No agreement: all nine channels follow the mapper.".to_owned(),
        (0, _) => {
            format!("No channel clearly follows the song. {} the mapper.", follow(&own, n_all))
        }
        (_, 0) => format!("{} the song. None is the mapper’s alone.", follow(&shared, n_all)),
        _ => format!("{} the song. {} the mapper.", follow(&shared, n_all), follow(&own, n_all)),
    };
    if is_running { format!("So far: {text}") } else { text }
}

/// `ONSET and COMBO follow`, `X follows`, `Six of nine channels follow`.
fn follow(names: &[&str], n_all: usize) -> String {
    match names {
        [] => "No channel follows".to_owned(),
        [one] => format!("{one} follows"),
        many if many.len() > MAX_LISTED => {
            format!("{} of {} channels follow", capital(small(many.len())), small(n_all))
        }
        [all_but_last @ .., last] => format!("{} and {last} follow", all_but_last.join(", ")),
    }
}

/// A number up to nine as a word.
pub(crate) fn small(n: usize) -> &'static str {
    const WORDS: [&str; 10] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(n).copied().unwrap_or("many")
}

/// With a capital at its start.
pub(crate) fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// `14 archives, 61 beatmaps, 6 songs with two mappers or more`.
pub(crate) fn inventory(n_archives: usize, n_beatmaps: usize, n_songs: Option<usize>) -> String {
    let read = format!(
        "{}, {}",
        counted(n_archives, "archive", "archives"),
        counted(n_beatmaps, "beatmap", "beatmaps"),
    );
    match n_songs {
        None => read,
        Some(0) => format!("{read}, no song with two mappers"),
        Some(n) => format!("{read}, {} with two mappers or more", counted(n, "song", "songs")),
    }
}

/// The line above the stages, its first word apart: `Charting` and
/// `38 of 61 maps, 4 s left`.
///
/// - `maps`: the stage that turns maps into channels
/// - `n_finished`: songs with all their pairs
pub(crate) fn progress_line(
    phase: Phase,
    maps: &StageView,
    n_finished: usize,
) -> (&'static str, String) {
    let progress = format!("{} maps", n_of(maps.n_done, maps.n_total));
    match phase {
        Phase::Empty | Phase::Running if maps.n_total == 0 => ("Reading", "archives".to_owned()),
        Phase::Empty | Phase::Running => {
            let left = maps.left_s.map(time_left).filter(|left| !left.is_empty());
            ("Charting", left.map_or(progress.clone(), |left| format!("{progress}, {left}")))
        }
        Phase::Cancelled if maps.n_total == 0 => {
            ("Stopped", "while reading archives; continue where you left off?".to_owned())
        }
        Phase::Cancelled => {
            let kept = match n_finished {
                0 => "No song is finished yet".to_owned(),
                1 => "The finished song stays".to_owned(),
                n => format!("The {} finished songs stay", number(n)),
            };
            ("Stopped", format!("after {progress}. {kept}; continue where you left off?"))
        }
        Phase::Done if maps.n_total == 0 => ("Done.", "There was no map to chart.".to_owned()),
        Phase::Done => (
            "Charted",
            format!(
                "{} of {}",
                counted(maps.n_done, "map", "maps"),
                counted(n_finished, "song", "songs")
            ),
        ),
    }
}

/// In words up to nine, in figures above.
fn number(n: usize) -> String {
    if n < 10 { small(n).to_owned() } else { n.to_string() }
}

/// The heading of the songs table.
///
/// - `timing`: title and timing r of each finished song
pub(crate) fn songs_finding(timing: &[(&str, f64)], is_running: bool) -> String {
    let by_r = |a: &&(&str, f64), b: &&(&str, f64)| a.1.total_cmp(&b.1);
    let ends = (timing.iter().max_by(by_r), timing.iter().min_by(by_r));
    match ends {
        (Some(most), Some(least)) if !is_running && most.0 != least.0 => format!(
            "Timing is most alike in {}, least in {}.",
            shortened(most.0),
            shortened(least.0)
        ),
        _ => "Where each song stands".to_owned(),
    }
}

/// A title that fits a heading.
fn shortened(title: &str) -> String {
    const MAX_CHARS: usize = 36;
    if title.chars().count() <= MAX_CHARS {
        return title.to_owned();
    }
    let kept: String = title.chars().take(MAX_CHARS).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;

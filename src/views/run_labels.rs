//! A run in words: what was read of it, and how far it is.

use carto_charts::number::{counted, in_words, n_of, time_left};

use crate::run::{Counts, Phase, StageView};

/// `14 archives, 61 beatmaps, 6 songs with two mappers or more`; of extracted sets `14 sets`, of
/// maps without an archive `61 single beatmaps`.
///
/// - `is_matched`: whether the songs are told too
pub(crate) fn inventory(counts: Counts, is_matched: bool) -> String {
    let Counts { n_sets, n_bare, has_folders, n_beatmaps, n_songs } = counts;
    let n_archives = n_sets.saturating_sub(n_bare);
    let sets = match has_folders {
        true => counted(n_archives, "set", "sets"),
        false => counted(n_archives, "archive", "archives"),
    };
    let bare = counted(n_bare, "single beatmap", "single beatmaps");
    let read = match (n_archives, n_bare) {
        (0, 1..) => bare,
        (_, 0) => format!("{sets}, {}", counted(n_beatmaps, "beatmap", "beatmaps")),
        _ => {
            let n_packed = n_beatmaps.saturating_sub(n_bare);
            format!("{sets}, {} and {bare}", counted(n_packed, "beatmap", "beatmaps"))
        }
    };
    match (is_matched, n_songs) {
        (false, _) => read,
        (true, 0) => format!("{read}, no song with two mappers"),
        (true, n) => format!("{read}, {} with two mappers or more", counted(n, "song", "songs")),
    }
}

/// The line above the stages, its first word apart: `Processing` and
/// `38 of 61 maps, 4 s left`.
///
/// - `maps`: the stage that turns maps into channels
/// - `n_finished`: songs with all their pairs
/// - `n_to_hear`: songs whose recordings are still to be heard
pub(crate) fn progress_line(
    phase: Phase,
    maps: &StageView,
    n_finished: usize,
    n_to_hear: usize,
) -> (&'static str, String) {
    let progress = format!("{} maps", n_of(maps.n_done, maps.n_total));
    match phase {
        Phase::Empty | Phase::Running if maps.n_total == 0 => ("Reading", "archives".to_owned()),
        Phase::Running if n_to_hear > 0 => {
            ("Hearing", format!("the recordings of {}", counted(n_to_hear, "song", "songs")))
        }
        Phase::Empty | Phase::Running => {
            let left = maps.left_s.map(time_left).filter(|left| !left.is_empty());
            ("Processing", left.map_or(progress.clone(), |left| format!("{progress}, {left}")))
        }
        Phase::Cancelled if maps.n_total == 0 => {
            ("Stopped", "while reading archives; continue where you left off?".to_owned())
        }
        Phase::Cancelled => {
            let kept = match n_finished {
                0 => "No song is finished yet".to_owned(),
                1 => "The finished song stays".to_owned(),
                n => format!("The {} finished songs stay", in_words(n)),
            };
            ("Stopped", format!("after {progress}. {kept}; continue where you left off?"))
        }
        Phase::Done if maps.n_total == 0 => ("Done.", "There was no map to process.".to_owned()),
        Phase::Done => (
            "Processed",
            format!(
                "{} of {}",
                counted(maps.n_done, "map", "maps"),
                counted(n_finished, "song", "songs")
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::{Stage, StageState};

    #[test]
    fn the_inventory_counts_in_words() {
        let counts = |n_sets, n_beatmaps, n_songs| Counts {
            n_sets,
            n_bare: 0,
            has_folders: false,
            n_beatmaps,
            n_songs,
        };
        assert_eq!(
            inventory(counts(14, 61, 6), true),
            "14 archives, 61 beatmaps, 6 songs with two mappers or more"
        );
        let one = inventory(counts(1, 1, 0), true);
        assert_eq!(one, "1 archive, 1 beatmap, no song with two mappers");
        let bare = Counts { n_bare: 1_554, ..counts(1_554, 1_554, 0) };
        assert_eq!(inventory(bare, false), "1,554 single beatmaps");
        let both = Counts { n_bare: 2, ..counts(5, 14, 0) };
        assert_eq!(inventory(both, false), "3 archives, 12 beatmaps and 2 single beatmaps");
        let extracted = Counts { has_folders: true, ..counts(3, 12, 0) };
        assert_eq!(inventory(extracted, false), "3 sets, 12 beatmaps");
    }

    fn maps(n_done: usize, n_total: usize, left_s: Option<f64>) -> StageView {
        let (stage, state) = (Stage::NineChannels, StageState::Running);
        StageView { stage, state, n_done, n_total, per_s: Some(5.4), left_s, elapsed_s: 7.0 }
    }

    #[test]
    fn progress_is_a_sentence() {
        let line = |phase, view, n| {
            let (lead, rest) = progress_line(phase, &view, n, 0);
            format!("{lead} {rest}")
        };
        let hearing = progress_line(Phase::Running, &maps(61, 61, None), 6, 2);
        assert_eq!(hearing, ("Hearing", "the recordings of 2 songs".to_owned()));
        assert_eq!(line(Phase::Running, maps(0, 0, None), 0), "Reading archives");
        assert_eq!(
            line(Phase::Running, maps(38, 61, Some(4.2)), 3),
            "Processing 38 of 61 maps, 4 s left"
        );
        assert_eq!(
            line(Phase::Cancelled, maps(38, 61, None), 3),
            "Stopped after 38 of 61 maps. The three finished songs stay; continue where you left off?"
        );
        assert_eq!(line(Phase::Done, maps(61, 61, None), 6), "Processed 61 maps of 6 songs");
    }
}

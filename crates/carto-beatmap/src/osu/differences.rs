use rosu_map::section::general::GameMode;

use super::error::OsuError;
use super::map::{OsuMap, ReadingNotes};
use super::pairing::Comparison;
use super::wording::{KindCounts, plural, sentences};
use crate::beatmap::Beatmap;
use crate::published::Refusal;

/// Approach rates this close are one: the file has at most a few decimals.
const RATE_TOLERANCE: f64 = 1e-6;

/// In what the two readings of one map differ, in short sentences.
///
/// Empty where they agree, where neither can use the map, and where the map
/// was not made for osu!standard. Times count from 1 ms on, since the
/// published reader cuts them to whole milliseconds, and positions from 1
/// osu!pixel on, at the head, the tail and three places between.
#[must_use]
pub fn differences(
    published: &Result<Beatmap, Refusal>,
    as_osu: &Result<OsuMap, OsuError>,
) -> Vec<String> {
    match (published, as_osu) {
        (Err(_), Err(_)) => Vec::new(),
        (Ok(_), Err(error)) => vec![format!("osu! itself would not read it: {error}")],
        (_, Ok(map)) if map.mode != GameMode::Osu => Vec::new(),
        (Err(refusal), Ok(map)) => {
            let mut all = vec![format!("published rules refuse it: {refusal}")];
            all.extend(corrections(map));
            all
        }
        (Ok(published), Ok(map)) => {
            let mut comparison = Comparison::of(
                &published.hit_objects,
                &map.beatmap.hit_objects,
                f64::from(map.notes.time_offset_ms),
            );
            let mut all = corrections(map);
            if stops_at_blank_line(published, map) {
                let n_objects = map.notes.n_object_lines;
                let n_read = published.hit_objects.len();
                all.push(format!(
                    "the published reader stops at a blank line: {n_read} of {n_objects} objects"
                ));
                comparison.n_osu_only = 0;
            }
            all.extend(count_difference(published, map));
            all.extend(sentences(&comparison));
            all.extend(rate_difference(published, map));
            all
        }
    }
}

/// Whether the published reader read what stands before the first blank line
/// of `[HitObjects]`, and osu! more (quirk 23).
fn stops_at_blank_line(published: &Beatmap, map: &OsuMap) -> bool {
    map.notes.n_object_lines_before_blank == Some(published.hit_objects.len())
}

/// What the reading as osu! does left out or set right by itself.
fn corrections(map: &OsuMap) -> Vec<String> {
    let ReadingNotes { n_object_lines, n_skipped_objects, n_ignored_holds, .. } = map.notes;
    let mut sentences = Vec::new();
    if n_skipped_objects > 0 {
        sentences.push(format!(
            "osu! cannot read {n_skipped_objects} of {n_object_lines} lines of [HitObjects]"
        ));
    }
    if n_ignored_holds > 0 {
        let objects = plural(n_ignored_holds, "hold note");
        sentences.push(format!("{objects} of osu!mania left out"));
    }
    if map.notes.was_out_of_order {
        sentences.push("objects out of order were sorted".to_owned());
    }
    if map.notes.time_offset_ms > 0 {
        sentences.push(format!(
            "osu! plays format {} {} ms later than written",
            map.format_version, map.notes.time_offset_ms
        ));
    }
    sentences
}

fn count_difference(published: &Beatmap, map: &OsuMap) -> Option<String> {
    let theirs = KindCounts::of(&published.hit_objects);
    let ours = KindCounts::of(&map.beatmap.hit_objects);
    let is_said = theirs == ours || stops_at_blank_line(published, map);
    (!is_said).then(|| format!("osu! reads {ours}, the published reader {theirs}"))
}

fn rate_difference(published: &Beatmap, map: &OsuMap) -> Option<String> {
    let (ours, theirs) = (map.beatmap.approach_rate, published.approach_rate);
    if (ours - theirs).abs() <= RATE_TOLERANCE {
        return None;
    }
    let why = if map.notes.has_approach_rate {
        "osu! keeps it between 0 and 10"
    } else {
        "OverallDifficulty stands in"
    };
    Some(format!("approach rate {ours} instead of {theirs} ({why})"))
}

//! What osu! understands of one file.

use rosu_map::section::general::GameMode;

use super::appearance::Appearance;
use crate::beatmap::Beatmap;
use carto_types::RegistryFields;

/// One difficulty as osu! reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct OsuMap {
    /// Objects by start, finite in every number. The approach rate lies in `[0, 10]`.
    pub beatmap: Beatmap,
    /// What the registry wants to know. Texts are `None` where the file has
    /// none, difficulty settings are those in effect, clamped to `[0, 10]`.
    pub fields: RegistryFields,
    /// Words for the search, with blanks between; guests of the set are among them.
    pub tags: String,
    /// What the file marks of its time.
    pub marks: TimeMarks,
    /// For which of the games it was made; osu!standard where the file does not say.
    pub mode: GameMode,
    /// The number after `osu file format v`; 14 where there is none.
    pub format_version: i32,
    /// What decides how it is drawn, beyond what [`Self::beatmap`] holds.
    pub appearance: Appearance,
    /// What was left out or set right.
    pub notes: ReadingNotes,
}

/// Stretches of time that a file marks: each from its begin to its end, ms, ascending, none
/// empty.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TimeMarks {
    /// Kiai times; one that is never turned off ends at infinity.
    pub kiai_ms: Vec<[f64; 2]>,
    /// Breaks.
    pub breaks_ms: Vec<[f64; 2]>,
}

/// What a reading left out or set right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReadingNotes {
    /// Lines of `[HitObjects]`, comments and blank lines aside.
    pub n_object_lines: usize,
    /// Of those, how many osu! cannot read, or not as finite numbers.
    pub n_skipped_objects: usize,
    /// Of those, how many hold notes of osu!mania stood in the map.
    pub n_ignored_holds: usize,
    /// Whether objects stood out of order and were sorted.
    pub was_out_of_order: bool,
    /// Lines of `[HitObjects]` before its first blank line, if more follow.
    pub n_object_lines_before_blank: Option<usize>,
    /// Whether the file states an approach rate. Where it does not, the overall
    /// difficulty stands in.
    pub has_approach_rate: bool,
    /// Added to every time of the file, ms: 24 in formats 3 and 4.
    pub time_offset_ms: u8,
}

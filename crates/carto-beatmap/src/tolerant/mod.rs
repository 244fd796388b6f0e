//! osu!'s own reading of a `.osu` file.
//!
//! # Source
//!
//! The crate rosu-map 0.2.1 reads the single lines of `[General]`,
//! `[Difficulty]`, `[Events]`, `[TimingPoints]` and `[HitObjects]`, and draws
//! slider paths. Around it stands our own reader of lines, so that limits hold
//! before anything large is built. Deviations from rosu-map, each towards
//! osu!lazer (repository ppy/osu, `LegacyBeatmapDecoder.cs` and
//! `ConvertHitObjectParser.cs`):
//!
//! 1. Formats 3 and 4 are played 24 ms later (`EARLY_VERSION_TIMING_OFFSET`).
//! 2. From format 128 on, coordinates keep their decimals.
//! 3. A head outside `[0, 512]` is moved to the border, in y as well as in x
//!    (pull request 38844, as the older client does).
//! 4. The difficulty settings are clamped to `[0, 10]`.
//! 5. A value keeps everything after its first colon (`Title:Re:Start`).
//! 6. A lone CR ends a line, and UTF-16 is decoded before lines are split.
//! 7. A slider line that cannot be read leaves no control points to the next.
//! 8. Angles of circular arcs come from `libm`, so that they are the same on
//!    every machine.
//!
//! Known to differ from osu!: a B-spline that states its degree (`B3`), which
//! only lazer's free-hand tool draws, is read as a Bezier curve; a hold note
//! in an osu!standard map is left out, where lazer shows a spinner.

mod arc;
mod assemble;
mod differences;
mod error;
mod lazer_path;
mod object;
mod pairing;
mod path_cost;
mod reader;
mod slider_path;
mod tempo;
pub mod text;
mod wording;

pub use differences::differences;
pub use error::TolerantError;

use crate::beatmap::Beatmap;
use crate::limits::Limits;
use carto_types::RegistryFields;

/// One difficulty as osu! reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct TolerantMap {
    /// Objects by start, finite in every number. The approach rate lies in `[0, 10]`.
    pub beatmap: Beatmap,
    /// What the registry wants to know. Texts are `None` where the file has
    /// none, difficulty settings are those in effect, clamped to `[0, 10]`.
    pub fields: RegistryFields,
    /// For which of the games it was made; osu!standard where the file does not say.
    pub mode: GameMode,
    /// The number after `osu file format v`; 14 where there is none.
    pub format_version: i32,
    /// What was left out or set right.
    pub notes: ReadingNotes,
}

/// One of the four games.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GameMode {
    /// osu!standard, number 0.
    Osu,
    /// osu!taiko, number 1.
    Taiko,
    /// osu!catch, number 2.
    Catch,
    /// osu!mania, number 3.
    Mania,
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

/// Reads one `.osu` as osu! does.
///
/// Whatever osu! skips is skipped and counted; the file stands alone, whether
/// its audio exists is not asked here. Holds are left out. A map of another
/// game may come without objects.
///
/// # Errors
///
/// [`TolerantError`] for a file that is no beatmap, has no object, or goes
/// beyond `limits`.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<TolerantMap, TolerantError> {
    if bytes.len() > limits.max_bytes {
        return Err(TolerantError::TooManyBytes { n_bytes: bytes.len(), limit: limits.max_bytes });
    }
    if bytes.is_empty() {
        return Err(TolerantError::Empty);
    }
    let text = text::decode(bytes);
    let mut reader = reader::Reader::new(limits);
    for (idx, line) in text::lines(&text).enumerate() {
        reader.read_line(idx + 1, line)?;
    }
    reader.finish()
}

//! osu!'s own reading of a `.osu` file.
//!
//! # Source
//!
//! The crate rosu-map 0.2.1 reads the single lines of `[General]`,
//! `[Difficulty]`, `[Events]`, `[TimingPoints]`, `[Colours]` and `[HitObjects]`,
//! and draws slider paths. Around it stands our own reader of lines, so that limits hold
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
//! 9. Of combo colours, the first eight count.
//!
//! Known to differ from osu!: a B-spline that states its degree (`B3`), which
//! only lazer's free-hand tool draws, is read as a Bezier curve; a hold note
//! in an osu!standard map is left out, where lazer shows a spinner.

mod appearance;
mod arc;
mod assemble;
mod differences;
mod error;
mod lazer_path;
mod map;
mod marks;
mod object;
mod pairing;
mod path_cost;
mod reader;
mod slider_path;
mod tempo;
mod wording;

pub use appearance::{Appearance, ObjectAppearance};
pub use differences::differences;
pub use error::OsuError;
pub use map::{OsuMap, ReadingNotes, TimeMarks};
pub use rosu_map::section::general::GameMode;

use crate::limits::Limits;
use crate::text::decode;
use assemble::assemble;
use reader::read_lines;

/// Reads one `.osu` as osu! does.
///
/// Whatever osu! skips is skipped and counted; the file stands alone, whether
/// its audio exists is not asked here. Holds are left out. A map of another
/// game may come without objects.
///
/// # Errors
///
/// [`OsuError`] for a file that is no beatmap, has no object, or goes
/// beyond `limits`.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<OsuMap, OsuError> {
    limits.check_bytes(bytes.len())?;
    assemble(read_lines(&decode(bytes), limits)?)
}

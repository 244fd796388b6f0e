//! What both readings of a set share.

use std::io::{Read, Seek};

use carto_archive::{ArchiveError, SetFiles};
use carto_beatmap::beatmap::Beatmap;
use carto_beatmap::signal::{self, FrameClock};
use carto_types::{ArchiveFacts, Cause, Issue, MapFacts, MapRefusal};

/// How long after its last object a map without audio goes on, ms: as long as
/// the signal remembers an event.
pub(crate) const TAIL_MS: f64 = 2048.0;

/// What one archive may ask for.
pub(crate) fn limits() -> carto_archive::Limits {
    carto_archive::Limits::default()
}

/// Says of an archive that there is nothing in it.
pub(super) fn no_map(facts: &mut ArchiveFacts) {
    let message = "there is no .osu file in this archive: is it a beatmap set?";
    facts.issues.push(Issue::skipped(&*facts.name, Cause::NoMap, message));
}

/// Reads files of a set as maps; one that cannot be read becomes an issue.
///
/// - `entries`: paths with places in the set
/// - `read`: bytes, path and place of a file to facts
pub(super) fn add_maps<'a, S: Read + Seek>(
    set: &mut SetFiles<'_, S>,
    entries: impl Iterator<Item = (&'a str, usize)>,
    facts: &mut ArchiveFacts,
    read: impl Fn(&[u8], &str, usize) -> MapFacts,
) {
    for (path, entry_idx) in entries {
        match set.read(entry_idx, limits().max_osu_bytes) {
            Ok(bytes) => facts.maps.push(read(&bytes, path, entry_idx)),
            Err(error) => {
                let subject = format!("{}, {path}", facts.name);
                let cause = cause_of(&error);
                facts.issues.push(Issue::skipped(subject, cause, error.to_string()));
            }
        }
    }
}

/// A file of an extracted set may be readable when it is dropped once more; an entry of an
/// archive is as it is.
pub(crate) fn cause_of(error: &ArchiveError) -> Cause {
    match error {
        ArchiveError::File { .. } => Cause::UnreadableFile,
        _ => Cause::UnreadableMap,
    }
}

/// Why a map has no signal on a grid that reaches past its end: it has none on any.
pub(super) fn signal_refusal(beatmap: &Beatmap) -> Option<MapRefusal> {
    let n_frames = FrameClock::OSU_DREAMER.frames_until_ms(beatmap.end_ms() + TAIL_MS);
    let error = signal::check(beatmap, n_frames as usize).err()?;
    Some(MapRefusal::new(error.cause(), error.to_string()))
}

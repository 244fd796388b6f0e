use std::io::{Read, Seek};

use carto_archive::Archive;
use carto_types::{ArchiveFacts, Mode, SourceKind};

use crate::names::map_label;
use crate::scan_published::OTHER_MODE;
use crate::{issues, scan_published, scan_tolerant};

/// Reads one archive's directory and `.osu` entries.
///
/// Never fails: what cannot be read becomes an issue that names it.
///
/// - `name`: path below what was dropped, with `/` between folders
pub fn scan<S: Read + Seek>(source: S, name: &str, kind: SourceKind, mode: Mode) -> ArchiveFacts {
    let mut facts = ArchiveFacts {
        name: name.to_owned(),
        kind,
        head: None,
        maps: Vec::new(),
        issues: Vec::new(),
    };
    match kind {
        SourceKind::BareMap => scan_bare(source, mode, &mut facts),
        SourceKind::Archive => match Archive::open(source, name, &limits()) {
            Ok(mut archive) => match mode {
                Mode::Published => scan_published::archive(&mut archive, &mut facts),
                Mode::Tolerant => scan_tolerant::archive(&mut archive, &mut facts),
            },
            Err(error) => {
                facts.issues.push(issues::skipped(name, "unreadable-archive", error.to_string()));
            }
        },
    }
    for map in &facts.maps {
        let Some(refusal) = map.refusal.as_ref().filter(|refusal| refusal.cause != OTHER_MODE)
        else {
            continue;
        };
        let version = map.fields.as_ref().and_then(|fields| fields.version.as_deref());
        let label = map_label(&facts.name, version, &map.path);
        facts.issues.push(issues::skipped(&label, &refusal.cause, &*refusal.message));
    }
    facts
}

fn scan_bare<S: Read>(source: S, mode: Mode, facts: &mut ArchiveFacts) {
    match read_bare(source, &facts.name) {
        Ok(bytes) => match mode {
            Mode::Published => scan_published::bare_map(&bytes, facts),
            Mode::Tolerant => scan_tolerant::bare_map(&bytes, facts),
        },
        Err(message) => {
            facts.issues.push(issues::skipped(&facts.name, "unreadable-file", message));
        }
    }
}

/// The bytes of a bare `.osu`, up to the limit for one.
pub(crate) fn read_bare<S: Read>(source: S, name: &str) -> Result<Vec<u8>, String> {
    let limit = limits().max_osu_bytes;
    let mut bytes = Vec::new();
    match source.take(limit + 1).read_to_end(&mut bytes) {
        Ok(n_bytes) if n_bytes as u64 > limit => {
            Err(format!("{name} is larger than {limit} bytes, the limit for one .osu file"))
        }
        Ok(_) => Ok(bytes),
        Err(error) => Err(format!("{name} cannot be read: {error}; drop it again")),
    }
}

/// What one archive may ask for.
pub(crate) fn limits() -> carto_archive::Limits {
    carto_archive::Limits::default()
}

mod common;
mod osu;
mod published;

use std::io::{Read, Seek};

use carto_archive::{Archive, is_resource_fork};
use carto_types::{ArchiveFacts, Cause, Issue, Mode, SourceKind};

use crate::names::map_label;

pub(crate) use common::{TAIL_MS, limits, read_bare, zip_rules};

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
        SourceKind::Archive => match Archive::open(source, name, zip_rules(mode), &limits()) {
            Ok(mut archive) => match mode {
                Mode::Published => published::archive(&mut archive, &mut facts),
                Mode::Osu => osu::archive(&mut archive, &mut facts),
            },
            Err(error) => {
                let cause = Cause::UnreadableArchive;
                facts.issues.push(Issue::skipped(name, cause, error.to_string()));
            }
        },
    }
    for map in &facts.maps {
        // Maps of other modes are a matter of course and no issue, and what macOS adds is
        // nobody's map.
        if let Some(refusal) = &map.refusal
            && refusal.cause != Cause::OtherMode
            && !is_resource_fork(&map.path)
        {
            let version = map.fields.as_ref().and_then(|fields| fields.version.as_deref());
            facts.issues.push(refusal.issue(&map_label(&facts.name, version, &map.path)));
        }
    }
    facts
}

fn scan_bare<S: Read>(source: S, mode: Mode, facts: &mut ArchiveFacts) {
    match read_bare(source, &facts.name) {
        Ok(bytes) => match mode {
            Mode::Published => published::bare_map(&bytes, facts),
            Mode::Osu => osu::bare_map(&bytes, facts),
        },
        Err(message) => {
            facts.issues.push(Issue::skipped(&*facts.name, Cause::UnreadableFile, message));
        }
    }
}

mod common;
mod osu;
mod published;

use std::io::{self, Read, Seek};

use carto_archive::{MapSource, ZipRules, is_resource_fork, read_map_file};
use carto_types::{ArchiveFacts, Cause, Issue, Mode, SourceKind};

use crate::names::map_label;

pub(crate) use self::osu::refuse_other_game;
pub(crate) use self::published::registered;
pub(crate) use common::{TAIL_MS, cause_of, limits};

/// Reads the `.osu` files of one archive, extracted set or single map, and the names of
/// what lies beside them.
///
/// Never fails: what cannot be read becomes an issue that names it.
///
/// - `path`: below what was dropped or named, with `/` between folders
pub fn scan<S: Read + Seek>(source: MapSource<'_, S>, path: &str, mode: Mode) -> ArchiveFacts {
    let kind = source.kind();
    let mut facts = ArchiveFacts {
        name: kind.set_name(path).into_owned(),
        kind,
        head: None,
        maps: Vec::new(),
        issues: Vec::new(),
    };
    match kind {
        SourceKind::BareMap => scan_bare(source.open_map(), mode, &mut facts),
        SourceKind::Archive | SourceKind::Folder => scan_set(source, mode, &mut facts),
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

fn scan_set<S: Read + Seek>(source: MapSource<'_, S>, mode: Mode, facts: &mut ArchiveFacts) {
    match source.open_set(&facts.name, ZipRules::from(mode), &limits()) {
        Ok(Ok(mut set)) => match mode {
            Mode::Published => published::set(&mut set, facts),
            Mode::Osu => osu::set(&mut set, facts),
        },
        Ok(Err(error)) => {
            let cause = Cause::UnreadableArchive;
            facts.issues.push(Issue::skipped(&*facts.name, cause, error.to_string()));
        }
        Err(error) => cannot_open(&error, facts),
    }
}

fn scan_bare<S: Read>(source: io::Result<S>, mode: Mode, facts: &mut ArchiveFacts) {
    let source = match source {
        Ok(source) => source,
        Err(error) => return cannot_open(&error, facts),
    };
    match read_map_file(source, &limits()) {
        Ok(bytes) => match mode {
            Mode::Published => published::bare_map(&bytes, facts),
            Mode::Osu => osu::bare_map(&bytes, facts),
        },
        Err(why) => {
            let message = format!("{} {why}", facts.name);
            facts.issues.push(Issue::skipped(&*facts.name, Cause::UnreadableFile, message));
        }
    }
}

fn cannot_open(error: &io::Error, facts: &mut ArchiveFacts) {
    let message = format!("it cannot be opened: {error}");
    facts.issues.push(Issue::skipped(&*facts.name, Cause::UnreadableFile, message));
}

//! Packs: archives in a file.

use std::io::{Read, Seek, Write};

use carto_archive::{Archive, ArchiveError, Entry, ZipRules, is_resource_fork};
use carto_types::{Cause, FileKind, Issue, PackContents, PackedArchive};

use crate::scan::limits;

/// Reads the directory of a pack, a zip file with archives in it.
///
/// Never fails: what cannot be read becomes an issue that names it. What lies in a pack
/// inside the pack is not looked for, so that nothing can be packed without end.
///
/// - `name`: path below what was dropped, with `/` between folders
pub fn open_pack<S: Read + Seek>(source: S, name: &str) -> PackContents {
    let mut contents = PackContents::default();
    let mut pack = match Archive::open(source, name, ZipRules::Osu, &limits()) {
        Ok(pack) => pack,
        Err(error) => {
            let issue = Issue::skipped(name, Cause::UnreadableArchive, error.to_string());
            contents.issues.push(issue);
            return contents;
        }
    };
    contents.has_maps = !pack.maps().is_empty();
    for entry in pack.entries().to_vec() {
        add_entry(&mut pack, &entry, name, &mut contents);
    }
    contents.archives.sort_by(|a, b| a.path.cmp(&b.path));
    if contents.archives.is_empty() && !contents.has_maps && contents.issues.is_empty() {
        let message = "there is no .osz archive and no .osu file in it";
        contents.issues.push(Issue::skipped(name, Cause::NoMap, message));
    }
    contents
}

fn add_entry<S: Read + Seek>(
    pack: &mut Archive<S>,
    entry: &Entry,
    pack_name: &str,
    contents: &mut PackContents,
) {
    if entry.is_dir() || is_resource_fork(&entry.name) {
        return;
    }
    let path = format!("{pack_name}/{}", entry.extracted_path());
    let refuse = |cause, message: String| Issue::skipped(&*path, cause, message);
    match FileKind::of_name(&path) {
        FileKind::Archive => {}
        FileKind::Pack | FileKind::OtherPack => {
            let message = "it is a pack in a pack, which is not opened: take it out of there";
            return contents.issues.push(refuse(Cause::OtherFile, message.to_owned()));
        }
        _ => return,
    }
    let limit = limits().max_packed_bytes;
    match pack.stored_range(entry.index) {
        Err(error) => {
            contents.issues.push(refuse(Cause::UnreadableArchive, in_pack(&error)));
        }
        Ok(None) if entry.size_bytes > limit => {
            let message = format!(
                "it has {} bytes, and an archive that is compressed in a pack may have {limit}: \
                 take it out of there",
                entry.size_bytes
            );
            contents.issues.push(refuse(Cause::OverALimit, message));
        }
        Ok(range) => contents.archives.push(PackedArchive {
            path,
            entry_idx: entry.index as u32,
            size_bytes: entry.size_bytes,
            stored_at: range.map(|range| range.start),
        }),
    }
}

/// Unpacks one archive of a pack, piece by piece.
///
/// - `to`: takes the pieces
///
/// # Errors
///
/// [`Cause::UnreadableArchive`], with the archive's path.
pub fn unpack<S: Read + Seek>(
    source: S,
    archive: &PackedArchive,
    to: &mut impl Write,
) -> Result<(), Issue> {
    let limits = limits();
    let unpacked =
        Archive::open(source, &archive.path, ZipRules::Osu, &limits).and_then(|mut pack| {
            pack.copy_entry(archive.entry_idx as usize, limits.max_packed_bytes, to)
        });
    unpacked
        .map_err(|error| Issue::skipped(&*archive.path, Cause::UnreadableArchive, in_pack(&error)))
}

/// What is wrong with an entry of the pack, which the subject names already.
fn in_pack(error: &ArchiveError) -> String {
    match error {
        ArchiveError::Entry { fault, .. } => fault.to_string(),
        error => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use carto_archive::write_archive;
    use carto_testkit::{RawEntry, stored_zip};

    use super::*;

    fn deflated(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let files: Vec<_> =
            files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.clone())).collect();
        write_archive(&files).unwrap()
    }

    fn set() -> Vec<u8> {
        deflated(&[("a.osu", b"osu file format v14".to_vec())])
    }

    fn paths(contents: &PackContents) -> Vec<&str> {
        contents.archives.iter().map(|archive| archive.path.as_str()).collect()
    }

    fn told(contents: &PackContents) -> Vec<(&str, &str)> {
        let issues = contents.issues.iter();
        issues.map(|issue| (issue.subject.as_str(), issue.cause.as_str())).collect()
    }

    #[test]
    fn stored_archives_stand_in_the_pack_and_others_are_unpacked() {
        let set = set();
        let entry = |name| RawEntry { name, content: &set, ..RawEntry::default() };
        let pack =
            stored_zip(&[entry(b"two.OSZ"), entry(b"sub/../one.osz"), entry(b"._one.osz")], b"");
        let contents = open_pack(Cursor::new(&pack), "x/pack.zip");
        assert_eq!(paths(&contents), ["x/pack.zip/sub/one.osz", "x/pack.zip/two.OSZ"]);
        assert!(!contents.has_maps && contents.issues.is_empty());
        for archive in &contents.archives {
            let start = archive.stored_at.unwrap() as usize;
            assert_eq!(pack[start..start + archive.size_bytes as usize], set);
        }
        let pack = deflated(&[("one.osz", set.clone()), ("cover.jpg", vec![0; 99])]);
        let contents = open_pack(Cursor::new(&pack), "pack.zip");
        let [archive] = &*contents.archives else { panic!("{contents:?}") };
        assert_eq!((archive.stored_at, archive.size_bytes), (None, set.len() as u64));
        let mut unpacked = Vec::new();
        unpack(Cursor::new(&pack), archive, &mut unpacked).unwrap();
        assert_eq!(unpacked, set);
    }

    #[test]
    fn what_cannot_be_read_is_named_and_the_rest_is_there() {
        let inner = [("one.osz", set()), ("more.zip", set()), ("sub/more.rar", set())];
        let contents = open_pack(Cursor::new(deflated(&inner)), "p.zip");
        assert_eq!(paths(&contents), ["p.zip/one.osz"]);
        let other = "other-file";
        assert_eq!(told(&contents), [("p.zip/more.zip", other), ("p.zip/sub/more.rar", other)]);
        let encrypted =
            RawEntry { name: b"one.osz", flags: 1, content: b"?", ..RawEntry::default() };
        let contents = open_pack(Cursor::new(stored_zip(&[encrypted], b"")), "p.zip");
        assert_eq!(told(&contents), [("p.zip/one.osz", "unreadable-archive")]);
        assert!(contents.issues[0].message.contains("encrypted"));
        let nothing = open_pack(Cursor::new(deflated(&[("a.txt", vec![])])), "p.zip");
        assert_eq!(told(&nothing), [("p.zip", "no-map")]);
        let rar = open_pack(Cursor::new(b"Rar!\x1a\x07\x01\0 and so on, for some time"), "p.zip");
        assert!(rar.issues[0].message.contains("RAR"), "{rar:?}");
    }

    #[test]
    fn an_archive_under_another_name_is_one() {
        let contents = open_pack(Cursor::new(set()), "set.osz.zip");
        assert!(contents.has_maps && contents.archives.is_empty() && contents.issues.is_empty());
    }

    #[test]
    fn a_pack_is_bounded() {
        let bomb = deflated(&[("one.osz", vec![0; 40 << 20])]);
        let contents = open_pack(Cursor::new(&bomb), "p.zip");
        let error = unpack(Cursor::new(&bomb), &contents.archives[0], &mut std::io::sink());
        assert!(error.unwrap_err().message.contains("zip bomb"));
        let mut large = deflated(&[("one.osz", vec![1; 9])]);
        // The size that its directory states.
        let place = large.windows(4).position(|word| word == b"PK\x01\x02").unwrap() + 24;
        large[place..place + 4].copy_from_slice(&(1_u32 << 30).to_le_bytes());
        let contents = open_pack(Cursor::new(&large), "p.zip");
        assert_eq!(told(&contents), [("p.zip/one.osz", "over-a-limit")]);
    }
}

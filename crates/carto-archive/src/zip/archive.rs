//! An `.osz`, opened.

use std::collections::BTreeMap;
use std::io::{Read, Seek, SeekFrom, Write};
use std::ops::Range;

use super::directory::read_entries;
use super::end_record::find_directory;
use super::entry::Entry;
use super::entry_reader::{EntryReader, MAX_HEADER_BYTES, stored_range};
use super::error::{ArchiveError, DirectoryFault, EntryFault};
use super::fields::read_at;
use super::names::is_map;
use super::rules::ZipRules;
use crate::audio::{AudioError, AudioLength, measure};
use crate::limits::Limits;

/// A beatmap archive over any source that can seek.
///
/// Holds the list of entries and nothing else; each call reads what it needs.
#[derive(Debug)]
pub struct Archive<S> {
    source: S,
    name: String,
    limits: Limits,
    entries: Vec<Entry>,
    /// Inflated so far, over all calls.
    total_bytes: u64,
}

impl<S: Read + Seek> Archive<S> {
    /// Reads the central directory of `source`.
    ///
    /// `name` is what errors call the archive; `rules` decide where it is unclear.
    ///
    /// # Errors
    ///
    /// [`ArchiveError`] where the source is no zip file, ends early, has a
    /// damaged directory, passes a limit or cannot be read.
    pub fn open(
        mut source: S,
        name: &str,
        rules: ZipRules,
        limits: &Limits,
    ) -> Result<Self, ArchiveError> {
        let entries = list_entries(&mut source, name, rules, limits)?;
        Ok(Self { source, name: name.to_owned(), limits: *limits, entries, total_bytes: 0 })
    }

    /// What the archive holds, in the order of its directory.
    ///
    /// Two entries may have the same name; Python's `zipfile` then reads the
    /// last of them under that name, see [`Self::last_named`].
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry that Python's `ZipFile.read(name)` and `extract(name)` take:
    /// the last of that name.
    #[must_use]
    pub fn last_named(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().rfind(|entry| entry.name == name)
    }

    /// Places of the maps by their names; of two entries with one name the later.
    #[must_use]
    pub fn maps(&self) -> BTreeMap<String, usize> {
        let entries = self.entries().iter().filter(|entry| is_map(&entry.name));
        entries.map(|entry| (entry.name.clone(), entry.index)).collect()
    }

    /// For each entry the bytes of the source that are enough to read it, header
    /// included, for those who fetch ranges: up to where the next entry begins,
    /// or as far as its header can reach. They may end behind the source.
    ///
    /// Entries of an honest archive do not overlap. Where they do, reading one
    /// needs more than its range.
    #[must_use]
    pub fn spans(&self) -> Vec<Range<u64>> {
        let mut starts: Vec<u64> = self.entries.iter().map(|entry| entry.header_offset).collect();
        starts.sort_unstable();
        let span = |entry: &Entry| {
            let start = entry.header_offset;
            let n_bytes = MAX_HEADER_BYTES.saturating_add(entry.compressed_size_bytes);
            let next = starts.get(starts.partition_point(|&other| other <= start));
            let next = next.copied().unwrap_or(u64::MAX);
            start..start.saturating_add(n_bytes).min(next)
        };
        self.entries.iter().map(span).collect()
    }

    /// Reads one entry whole; at most `max_bytes`, whatever its header claims.
    ///
    /// # Errors
    ///
    /// [`ArchiveError::Entry`] names the entry and its [`EntryFault`];
    /// [`ArchiveError::NoSuchEntry`], [`ArchiveError::Io`].
    pub fn read_entry(&mut self, index: usize, max_bytes: u64) -> Result<Vec<u8>, ArchiveError> {
        self.with_reader(index, |reader, entry| {
            if entry.size_bytes > max_bytes {
                return Err(EntryFault::TooLarge { limit_bytes: max_bytes }.into());
            }
            let mut bytes = Vec::new();
            reader.read_to_end(&mut bytes)?;
            Ok(bytes)
        })
        .map_err(|error| self.entry_error(index, error))
    }

    /// Hands an entry over piece by piece; at most `max_bytes`, whatever its header claims.
    ///
    /// # Errors
    ///
    /// As [`Self::read_entry`], and [`ArchiveError::Io`] where `to` takes no more; a part may
    /// have been handed over then.
    pub fn copy_entry(
        &mut self,
        index: usize,
        max_bytes: u64,
        to: &mut impl Write,
    ) -> Result<(), ArchiveError> {
        self.with_reader(index, |reader, entry| {
            if entry.size_bytes > max_bytes {
                return Err(EntryFault::TooLarge { limit_bytes: max_bytes }.into());
            }
            std::io::copy(reader, to).map(|_| ())
        })
        .map_err(|error| self.entry_error(index, error))
    }

    /// Where an entry stands in the source as it is, so that it can be read there; `None`
    /// where it is compressed. Its checksum is not looked at.
    ///
    /// # Errors
    ///
    /// [`ArchiveError::Entry`] with the fault that its headers show;
    /// [`ArchiveError::NoSuchEntry`], [`ArchiveError::Io`].
    pub fn stored_range(&mut self, index: usize) -> Result<Option<Range<u64>>, ArchiveError> {
        let found = match self.entries.get(index) {
            Some(entry) => stored_range(&mut self.source, entry),
            // Becomes `NoSuchEntry`.
            None => Err(std::io::ErrorKind::NotFound.into()),
        };
        found
            .and_then(|range| range.map_err(Into::into))
            .map_err(|error| self.entry_error(index, error))
    }

    /// Measures the audio in one entry, whatever its name, in constant memory.
    ///
    /// # Errors
    ///
    /// [`ArchiveError::Audio`] where the audio cannot be measured, otherwise as
    /// [`Self::read_entry`].
    pub fn audio_length(&mut self, index: usize) -> Result<AudioLength, ArchiveError> {
        let limits = self.limits;
        let measured = self
            .with_reader(index, |reader, entry| Ok(measure(reader, entry.size_bytes, &limits)))
            .map_err(|error| self.entry_error(index, error))?;
        measured.map_err(|error| match error {
            AudioError::Read(error) => self.entry_error(index, error),
            error => ArchiveError::Audio {
                archive: self.name.clone(),
                entry: self.entry_name(index),
                error,
            },
        })
    }

    /// Opens an entry for `read`; an [`EntryFault`] travels inside the error.
    fn with_reader<T>(
        &mut self,
        index: usize,
        read: impl FnOnce(&mut EntryReader<'_, S>, &Entry) -> std::io::Result<T>,
    ) -> std::io::Result<T> {
        // The caller turns this into `NoSuchEntry`.
        let entry = self.entries.get(index).ok_or(std::io::ErrorKind::NotFound)?;
        let (limits, total) = (&self.limits, &mut self.total_bytes);
        let mut reader = EntryReader::open(&mut self.source, entry, limits, total)??;
        read(&mut reader, entry)
    }

    fn entry_error(&self, index: usize, error: std::io::Error) -> ArchiveError {
        let archive = self.name.clone();
        if index >= self.entries.len() {
            return ArchiveError::NoSuchEntry { archive, index, n_entries: self.entries.len() };
        }
        match error.downcast::<EntryFault>() {
            Ok(fault) => ArchiveError::Entry { archive, entry: self.entry_name(index), fault },
            Err(error) => ArchiveError::Io { archive, error },
        }
    }

    fn entry_name(&self, index: usize) -> String {
        self.entries.get(index).map(|entry| entry.name.clone()).unwrap_or_default()
    }
}

fn list_entries<S: Read + Seek>(
    source: &mut S,
    name: &str,
    rules: ZipRules,
    limits: &Limits,
) -> Result<Vec<Entry>, ArchiveError> {
    let archive = || name.to_owned();
    let io = |error| ArchiveError::Io { archive: archive(), error };
    let damaged = |fault| ArchiveError::Directory { archive: archive(), fault };
    let source_bytes = source.seek(SeekFrom::End(0)).map_err(io)?;
    if source_bytes == 0 {
        return Err(ArchiveError::Empty { archive: archive() });
    }
    let found = find_directory(source, source_bytes, rules).map_err(io)?;
    let Some(place) = found.map_err(damaged)? else {
        let start = read_at(source, 0, 6).map_err(io)?;
        let archive = archive();
        return Err(match &*start {
            [b'P', b'K', 3, 4, ..] => ArchiveError::CutShort { archive },
            b"Rar!\x1a\x07" => ArchiveError::OtherFormat { archive, format: "RAR" },
            b"7z\xbc\xaf\x27\x1c" => ArchiveError::OtherFormat { archive, format: "7-Zip" },
            _ => ArchiveError::NotZip { archive },
        });
    };
    let (size_bytes, limit_bytes) = (place.size_bytes, limits.max_directory_bytes);
    if size_bytes > limit_bytes {
        return Err(damaged(DirectoryFault::TooLarge { size_bytes, limit_bytes }));
    }
    let directory = read_at(source, place.start, size_bytes).map_err(io)?;
    read_entries(&directory, place, rules, limits.max_entries).map_err(damaged)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::write_archive;

    #[test]
    fn maps_come_by_name_and_the_later_of_two_counts() {
        let entry = |name: &str| (name.to_owned(), vec![1]);
        let files = ["b.osu", "bg.jpg", "__MACOSX/._b.osu", "sub/A.OSU", "b.osu"].map(entry);
        let Ok(bytes) = write_archive(&files) else { unreachable!("a small archive is written") };
        let archive = Archive::open(Cursor::new(bytes), "a.osz", ZipRules::Osu, &Limits::default());
        let maps = archive.map(|archive| archive.maps()).unwrap_or_default();
        let expected = [("b.osu".to_owned(), 4), ("sub/A.OSU".to_owned(), 3)];
        assert_eq!(maps, BTreeMap::from(expected));
    }
}

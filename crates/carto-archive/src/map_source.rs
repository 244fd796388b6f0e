//! One way to read maps and audio, whatever they lie in.

use std::collections::BTreeMap;
use std::io::{self, Read, Seek};

use carto_types::{SourceFiles, SourceKind, files_of_slot};

use crate::audio::AudioLength;
use crate::limits::Limits;
use crate::set_folder::SetFolder;
use crate::zip::{Archive, ArchiveError, ZipRules, is_map};

/// An archive, an extracted set or a single map, of which nothing is opened yet.
pub struct MapSource<'a, S> {
    kind: SourceKind,
    paths: Vec<String>,
    open: Box<dyn FnMut(usize) -> io::Result<S> + 'a>,
}

impl<'a, S: Read + Seek> MapSource<'a, S> {
    /// - `open`: opens one of its files, by its place in [`SourceFiles::inner`]; of an
    ///   archive or a single map the only one
    pub fn new(files: &SourceFiles, open: impl FnMut(usize) -> io::Result<S> + 'a) -> Self {
        Self { kind: files.kind, paths: files.inner.clone(), open: Box::new(open) }
    }

    /// An archive or a single map that is open already, or cannot be opened.
    pub fn of_file(kind: SourceKind, file: io::Result<S>) -> Self
    where
        S: 'a,
    {
        let mut file = Some(file);
        let open = move |_| file.take().unwrap_or_else(|| Err(io::ErrorKind::NotFound.into()));
        Self { kind, paths: Vec::new(), open: Box::new(open) }
    }

    /// One of several sources whose files stand one source after the other; one that is not
    /// there is an archive that cannot be opened.
    ///
    /// - `slot`: place of the source
    /// - `open`: opens a file by its place among those of all sources
    pub fn of_slot(
        sources: &[SourceFiles],
        slot: usize,
        mut open: impl FnMut(usize) -> io::Result<S> + 'a,
    ) -> Self
    where
        S: 'a,
    {
        let Some(source) = sources.get(slot) else {
            let error = io::Error::new(io::ErrorKind::NotFound, "it did not come with the message");
            return Self::of_file(SourceKind::Archive, Err(error));
        };
        let start = files_of_slot(sources, slot).start;
        Self::new(source, move |idx| open(start + idx))
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> SourceKind {
        self.kind
    }

    /// Opens a single map.
    ///
    /// # Errors
    ///
    /// Whatever keeps its file from being opened.
    pub fn open_map(mut self) -> io::Result<S> {
        (self.open)(0)
    }

    /// Opens an archive or an extracted set.
    ///
    /// - `name`: what errors call it
    /// - `rules`: whose reading of a zip file, where it is an archive
    ///
    /// # Errors
    ///
    /// Outer: whatever keeps the file of an archive from being opened. Inner: what
    /// [`Archive::open`] finds wrong with it. The files of an extracted set are opened
    /// when they are read.
    pub fn open_set(
        mut self,
        name: &str,
        rules: ZipRules,
        limits: &Limits,
    ) -> io::Result<Result<SetFiles<'a, S>, ArchiveError>> {
        if self.kind == SourceKind::Folder {
            let folder = SetFolder::new(name, limits, self.paths, self.open);
            return Ok(Ok(SetFiles::Folder(folder)));
        }
        let file = (self.open)(0)?;
        Ok(Archive::open(file, name, rules, limits).map(SetFiles::Archive))
    }
}

/// The bytes of a single map.
///
/// # Errors
///
/// If it is larger than [`Limits::max_osu_bytes`] or cannot be read: words that follow its name.
pub fn read_map_file(source: impl Read, limits: &Limits) -> Result<Vec<u8>, String> {
    let limit = limits.max_osu_bytes;
    let mut bytes = Vec::new();
    match source.take(limit + 1).read_to_end(&mut bytes) {
        Ok(n_bytes) if n_bytes as u64 > limit => {
            Err(format!("is larger than {limit} bytes, the limit for one .osu file"))
        }
        Ok(_) => Ok(bytes),
        Err(error) => Err(format!("cannot be read: {error}; drop it again")),
    }
}

/// The files of a set, by their places in its list.
pub enum SetFiles<'a, S> {
    /// The entries of an archive.
    Archive(Archive<S>),
    /// The files of the folder that it was extracted into.
    Folder(SetFolder<'a, S>),
}

impl<S: Read + Seek> SetFiles<'_, S> {
    /// Names of all files: of an archive in the order of its directory, where one name may
    /// stand twice and folders end with `/`; of a folder the paths of its maps and audio
    /// files below it, ascending.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        match self {
            Self::Archive(archive) => {
                archive.entries().iter().map(|entry| entry.name.as_str()).collect()
            }
            Self::Folder(folder) => folder.paths().iter().map(String::as_str).collect(),
        }
    }

    /// Places of the maps by their names; of two files with one name the later.
    #[must_use]
    pub fn maps(&self) -> BTreeMap<String, usize> {
        let names = self.names().into_iter().enumerate();
        names.filter(|(_, name)| is_map(name)).map(|(idx, name)| (name.to_owned(), idx)).collect()
    }

    /// Reads one file whole; at most `max_bytes`.
    ///
    /// # Errors
    ///
    /// As [`Archive::read_entry`] and [`SetFolder::read_file`].
    pub fn read(&mut self, index: usize, max_bytes: u64) -> Result<Vec<u8>, ArchiveError> {
        match self {
            Self::Archive(archive) => archive.read_entry(index, max_bytes),
            Self::Folder(folder) => folder.read_file(index, max_bytes),
        }
    }

    /// Measures the audio in one file, whatever its name, in constant memory.
    ///
    /// # Errors
    ///
    /// As [`Archive::audio_length`] and [`SetFolder::audio_length`].
    pub fn audio_length(&mut self, index: usize) -> Result<AudioLength, ArchiveError> {
        match self {
            Self::Archive(archive) => archive.audio_length(index),
            Self::Folder(folder) => folder.audio_length(index),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::write_archive;

    const FILES: [(&str, &[u8]); 3] =
        [("a.osu", b"one"), ("audio.mp3", b"none"), ("sub/b.osu", b"three")];

    fn archive() -> MapSource<'static, Cursor<Vec<u8>>> {
        let files = FILES.map(|(name, bytes)| (name.to_owned(), bytes.to_vec()));
        let bytes = write_archive(&files).unwrap_or_default();
        MapSource::of_file(SourceKind::Archive, Ok(Cursor::new(bytes)))
    }

    fn folder() -> MapSource<'static, Cursor<Vec<u8>>> {
        let inner = FILES.iter().map(|(name, _)| (*name).to_owned()).collect();
        let files = SourceFiles { path: "1 a".to_owned(), kind: SourceKind::Folder, inner };
        MapSource::new(&files, |idx| Ok(Cursor::new(FILES[idx].1.to_vec())))
    }

    #[test]
    fn a_set_reads_alike_as_archive_and_as_folder() {
        let limits = Limits::default();
        for source in [archive(), folder()] {
            let Ok(Ok(mut set)) = source.open_set("1 a.osz", ZipRules::Osu, &limits) else {
                unreachable!("both can be opened")
            };
            assert_eq!(set.names(), ["a.osu", "audio.mp3", "sub/b.osu"]);
            let places: Vec<_> = set.maps().into_values().collect();
            assert_eq!(places, [0, 2]);
            assert_eq!(set.read(2, 5).unwrap_or_default(), b"three");
            let said = |error: ArchiveError| error.to_string();
            let too_large = set.read(2, 4).map_err(said);
            assert_eq!(too_large, Err("1 a.osz: sub/b.osu: it is larger than 4 bytes".to_owned()));
            let no_audio = set.audio_length(1).map_err(said).err().unwrap_or_default();
            assert!(no_audio.starts_with("1 a.osz: audio.mp3: "), "{no_audio}");
            assert!(matches!(set.read(3, 9), Err(ArchiveError::NoSuchEntry { n_entries: 3, .. })));
        }
    }

    #[test]
    fn a_file_that_is_gone_is_named_with_its_set() {
        let inner = vec!["a.osu".to_owned()];
        let files = SourceFiles { path: "1 a".to_owned(), kind: SourceKind::Folder, inner };
        let gone = |_| io::Result::<Cursor<Vec<u8>>>::Err(io::Error::other("it is gone"));
        let Ok(Ok(mut set)) =
            MapSource::new(&files, gone).open_set("1 a", ZipRules::Osu, &Limits::default())
        else {
            unreachable!("nothing is opened yet")
        };
        let error = set.read(0, 9).map_err(|error| error.to_string());
        assert_eq!(error, Err("1 a: a.osu cannot be read: it is gone".to_owned()));
    }
}

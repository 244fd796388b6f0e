//! `beatmaps.jsonl`.

use std::collections::{HashMap, HashSet};
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::disk::write_atomic;
use crate::error::CollectError;
use crate::osu_api::{ApiBeatmap, OnlyId};

const NAME: &str = "beatmaps.jsonl";

/// `beatmaps.jsonl`: what osu!'s API says of each map, one line a map.
///
/// Lines are added batch by batch. A line that an interruption cut off is cut
/// away when the file is opened, and its map is asked for again.
#[derive(Debug)]
pub(crate) struct BeatmapsFile {
    folder: PathBuf,
    file: File,
    /// Start and length of each map's line, in bytes, the line break included.
    lines: HashMap<u64, (u64, usize)>,
    /// Ids in the order of the file.
    order: Vec<u64>,
    n_bytes: u64,
}

impl BeatmapsFile {
    /// Opens or makes the file.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or written, and [`CollectError::Damaged`]
    /// for a line that is not the last and says nothing of a map.
    pub(crate) fn open(folder: &Path) -> Result<Self, CollectError> {
        let path = folder.join(NAME);
        // Not to append: Windows lets a file that is opened so not be cut.
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|source| CollectError::Unwritable { path: path.clone(), source })?;
        let folder = folder.to_owned();
        let mut this = Self { folder, file, lines: HashMap::new(), order: Vec::new(), n_bytes: 0 };
        this.read_lines()?;
        this.file.set_len(this.n_bytes).map_err(|source| this.unwritable(source))?;
        Ok(this)
    }

    fn read_lines(&mut self) -> Result<(), CollectError> {
        let path = self.folder.join(NAME);
        let unreadable = |source| CollectError::Unreadable { path: path.clone(), source };
        let mut reader = BufReader::new(self.file.try_clone().map_err(unreadable)?);
        let mut line = Vec::new();
        for line_idx in 0.. {
            line.clear();
            reader.read_until(b'\n', &mut line).map_err(unreadable)?;
            if !line.ends_with(b"\n") {
                break;
            }
            let Ok(OnlyId { id }) = serde_json::from_slice(&line) else {
                return Err(CollectError::Damaged { path, line: line_idx + 1 });
            };
            self.note(id, line.len());
        }
        Ok(())
    }

    fn note(&mut self, id: u64, n_bytes: usize) {
        self.lines.entry(id).or_insert((self.n_bytes, n_bytes));
        self.order.push(id);
        self.n_bytes += n_bytes as u64;
    }

    pub(crate) fn has(&self, id: u64) -> bool {
        self.lines.contains_key(&id)
    }

    /// Adds maps that are not there yet, all or none.
    ///
    /// # Errors
    ///
    /// A file that cannot be written.
    pub(crate) fn add(&mut self, batch: &[ApiBeatmap]) -> Result<(), CollectError> {
        let new: Vec<_> = batch.iter().filter(|one| !self.has(one.id)).collect();
        let text: String = new.iter().map(|one| format!("{}\n", one.json)).collect();
        if let Err(source) = self.write_at_end(text.as_bytes()) {
            // Where this fails too, the next run cuts the last line off.
            let _ = self.file.set_len(self.n_bytes);
            return Err(self.unwritable(source));
        }
        new.iter().for_each(|one| self.note(one.id, one.json.len() + 1));
        Ok(())
    }

    fn write_at_end(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(self.n_bytes))?;
        self.file.write_all(bytes)?;
        self.file.sync_data()
    }

    /// Puts the lines into the order of `wanted`, others behind them, so that
    /// the file is the same however often the run was interrupted. Nothing can be
    /// added after that.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or written; the old one is kept then.
    pub(crate) fn arrange(&mut self, wanted: &[u64]) -> Result<(), CollectError> {
        let mut order: Vec<u64> = wanted.iter().copied().filter(|&id| self.has(id)).collect();
        let is_wanted: HashSet<u64> = order.iter().copied().collect();
        let mut others: Vec<u64> =
            self.lines.keys().copied().filter(|id| !is_wanted.contains(id)).collect();
        others.sort_unstable_by_key(|id| self.lines[id]);
        order.append(&mut others);
        if order == self.order {
            return Ok(());
        }
        let text = self
            .text(&order)
            .map_err(|source| CollectError::Unreadable { path: self.folder.join(NAME), source })?;
        write_atomic(&self.folder, NAME, &text)
    }

    fn text(&mut self, order: &[u64]) -> io::Result<Vec<u8>> {
        let mut all = Vec::new();
        self.file.seek(SeekFrom::Start(0))?;
        self.file.read_to_end(&mut all)?;
        let mut text = Vec::with_capacity(all.len());
        for (start, n_bytes) in order.iter().filter_map(|id| self.lines.get(id)) {
            let line =
                usize::try_from(*start).ok().and_then(|start| all.get(start..start + n_bytes));
            text.extend_from_slice(line.ok_or(io::ErrorKind::UnexpectedEof)?);
        }
        Ok(text)
    }

    fn unwritable(&self, source: io::Error) -> CollectError {
        CollectError::Unwritable { path: self.folder.join(NAME), source }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn one(id: u64) -> ApiBeatmap {
        ApiBeatmap { id, json: format!("{{\"id\":{id},\"x\":\"é\"}}") }
    }

    fn text(ids: &[u64]) -> String {
        ids.iter().map(|&id| one(id).json + "\n").collect()
    }

    fn read(folder: &Path) -> String {
        fs::read_to_string(folder.join(NAME)).unwrap()
    }

    #[test]
    fn nothing_is_written_twice() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = BeatmapsFile::open(folder.path()).unwrap();
        file.add(&[one(3), one(1)]).unwrap();
        file.add(&[one(1), one(2)]).unwrap();
        let mut again = BeatmapsFile::open(folder.path()).unwrap();
        again.add(&[one(3)]).unwrap();
        assert_eq!(read(folder.path()), text(&[3, 1, 2]));
    }

    #[test]
    fn a_line_that_was_cut_off_anywhere_is_cut_away() {
        let whole = text(&[3, 1]);
        for n_bytes in text(&[3]).len()..whole.len() {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join(NAME), &whole.as_bytes()[..n_bytes]).unwrap();
            let mut file = BeatmapsFile::open(folder.path()).unwrap();
            assert!(file.has(3) && !file.has(1), "{n_bytes}");
            file.add(&[one(1)]).unwrap();
            assert_eq!(read(folder.path()), whole);
        }
    }

    #[test]
    fn the_order_is_that_of_the_collections() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = BeatmapsFile::open(folder.path()).unwrap();
        file.add(&[one(9), one(3), one(1), one(8)]).unwrap();
        file.arrange(&[1, 2, 3]).unwrap();
        assert_eq!(read(folder.path()), text(&[1, 3, 9, 8]));
        BeatmapsFile::open(folder.path()).unwrap().arrange(&[1, 3]).unwrap();
        assert_eq!(read(folder.path()), text(&[1, 3, 9, 8]));
    }

    #[test]
    fn a_line_in_the_middle_is_not_thrown_away() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(NAME), "{\"id\":1}\noops\n{\"id\":2}\n").unwrap();
        let error = BeatmapsFile::open(folder.path()).unwrap_err();
        assert!(matches!(error, CollectError::Damaged { line: 2, .. }), "{error}");
        assert!(read(folder.path()).contains("oops"));
    }
}

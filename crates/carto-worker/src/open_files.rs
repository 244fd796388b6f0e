use std::cell::RefCell;
use std::io;
use std::ops::Range;

use carto_port::serve::{FileSource, ReadsAhead, open_one};
use carto_study::DIRECTORY_BYTES;
use web_sys::File;

/// Of a file that is read as a whole, so much is read ahead at most.
const MAX_WHOLE_BYTES: u64 = 2 << 20;

/// The files of a job, with what it is going to read of them: a browser takes as long for one
/// read as for many at once.
///
/// Whatever goes wrong ahead goes wrong again when the file is opened, which then says so.
pub(crate) struct OpenFiles<'a> {
    files: &'a [File],
    /// Those that were read ahead, by their places.
    ahead: RefCell<Vec<(usize, FileSource)>>,
}

impl<'a> OpenFiles<'a> {
    pub(crate) fn new(files: &'a [File]) -> Self {
        Self { files, ahead: RefCell::default() }
    }

    /// Opens a file, with what was read ahead of it if this is the first time.
    ///
    /// # Errors
    ///
    /// If it did not come with the message, and as [`open_one`].
    pub(crate) fn open(&self, idx: usize) -> io::Result<FileSource> {
        let mut ahead = self.ahead.borrow_mut();
        if let Some(place) = ahead.iter().position(|(known, _)| *known == idx) {
            return Ok(ahead.swap_remove(place).1);
        }
        open_one(self.files, idx)
    }

    /// Reads the directories of archives, then what `wanted` names of each: two ways to the
    /// files and back, however many archives.
    pub(crate) async fn read_archives(
        &self,
        idxs: impl IntoIterator<Item = usize> + Clone,
        wanted: impl Fn(usize, &mut FileSource) -> Vec<Range<u64>>,
    ) {
        self.read(idxs.clone(), |_, source| source.begin_reading_end(DIRECTORY_BYTES)).await;
        let begin = |idx, source: &mut FileSource| {
            let ranges = wanted(idx, source);
            source.begin_reading(ranges)
        };
        self.read(idxs, begin).await;
    }

    /// Reads small files.
    pub(crate) async fn read_whole(&self, idxs: impl IntoIterator<Item = usize>) {
        self.read(idxs, |_, source| source.begin_reading(std::iter::once(0..MAX_WHOLE_BYTES)))
            .await;
    }

    /// Lets all reads begin before the first is waited for.
    async fn read(
        &self,
        idxs: impl IntoIterator<Item = usize>,
        begin: impl Fn(usize, &mut FileSource) -> ReadsAhead,
    ) {
        let mut reading = Vec::new();
        for idx in idxs {
            if let Ok(mut source) = self.open(idx) {
                let reads = begin(idx, &mut source);
                reading.push((idx, source, reads));
            }
        }
        for (idx, mut source, reads) in reading {
            source.end_reading(reads).await;
            self.ahead.borrow_mut().push((idx, source));
        }
    }
}

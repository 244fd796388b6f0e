//! What earlier runs read and compared, kept in a folder that a person named.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hasher};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{fs, io};

use anyhow::Result;
use carto_protocol::{decode, encode};
use carto_study::CacheKey;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::files;

/// Begins the file; changes with its layout.
const MAGIC: &[u8] = b"carto cache 1\n";
const FILE_NAME: &str = "carto-cache.bin";
const NUMBER_BYTES: usize = 8;

/// Runs for which a thing stays that none of them wanted: of changed files, of other folders.
const MAX_UNUSED_RUNS: u32 = 8;

/// Things by their names, some read from the folder, some new.
///
/// The file: a line that says what it is; a hash of the rest; the length of the index; the
/// index; the things one after the other.
pub(crate) struct Cache {
    path: PathBuf,
    run: u32,
    bytes: Vec<u8>,
    kept: HashMap<CacheKey, Place>,
    state: Mutex<State>,
}

/// Where a thing lies, and which run wanted it last.
#[derive(Debug, Clone)]
struct Place {
    range: Range<usize>,
    last_run: u32,
}

#[derive(Default)]
struct State {
    new: HashMap<CacheKey, Vec<u8>>,
    used: Vec<CacheKey>,
}

#[derive(Serialize, Deserialize)]
struct Index {
    run: u32,
    /// Name, run that wanted it last, length.
    things: Vec<(CacheKey, u32, u64)>,
}

impl Cache {
    /// Opens what is kept in a folder, which is made where it is missing. What cannot be read
    /// is said, and counts as nothing.
    ///
    /// # Errors
    ///
    /// A folder that cannot be made.
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        files::make_folder(folder)?;
        let path = folder.join(FILE_NAME);
        let none = || Self::of(path.clone(), Vec::new(), Index { run: 0, things: Vec::new() }, 0);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(none()),
            Err(error) => {
                warn(&path, &format!("cannot be read: {error}"));
                return Ok(none());
            }
        };
        match read_index(&bytes) {
            Some((index, start)) => Ok(Self::of(path, bytes, index, start)),
            None => {
                warn(&path, "is damaged or of another version");
                Ok(none())
            }
        }
    }

    fn of(path: PathBuf, bytes: Vec<u8>, index: Index, mut start: usize) -> Self {
        let place = |(key, last_run, n_bytes): (CacheKey, u32, u64)| {
            let range = start..start + n_bytes as usize;
            start = range.end;
            (key, Place { range, last_run })
        };
        let kept = index.things.into_iter().map(place).collect();
        Self { path, run: index.run.saturating_add(1), bytes, kept, state: Mutex::default() }
    }

    /// What is kept under a name.
    pub(crate) fn get<T: DeserializeOwned>(&self, key: CacheKey) -> Option<T> {
        let place = self.kept.get(&key)?;
        let thing = decode(self.bytes.get(place.range.clone())?).ok()?;
        self.state().used.push(key);
        Some(thing)
    }

    /// Keeps something for the next run.
    pub(crate) fn put<T: Serialize>(&self, key: CacheKey, thing: &T) {
        if let Ok(bytes) = encode(thing) {
            self.state().new.insert(key, bytes);
        }
    }

    /// Writes what is new beside what is kept. A file that cannot be written is said; the
    /// next run is slower, and no worse.
    pub(crate) fn save(self) {
        let (path, written) = (self.path.clone(), self.written());
        if let Err(error) = files::write_atomic(&path, &written) {
            eprintln!("carto: warning: {error:#}: the next run will read everything again");
        }
    }

    fn written(self) -> Vec<u8> {
        let Self { run, bytes, mut kept, state, .. } = self;
        let State { new, used } = state.into_inner().unwrap_or_else(PoisonError::into_inner);
        for key in used {
            kept.entry(key).and_modify(|place| place.last_run = run);
        }
        kept.retain(|key, place| {
            run.saturating_sub(place.last_run) <= MAX_UNUSED_RUNS && !new.contains_key(key)
        });
        let old = kept.iter().filter_map(|(key, place)| {
            Some((*key, place.last_run, bytes.get(place.range.clone())?))
        });
        let new = new.iter().map(|(key, bytes)| (*key, run, bytes.as_slice()));
        let mut things: Vec<(CacheKey, u32, &[u8])> = old.chain(new).collect();
        things.sort_by_key(|(key, ..)| *key);

        let list = things.iter().map(|(key, run, bytes)| (*key, *run, bytes.len() as u64));
        let index = encode(&Index { run, things: list.collect() }).unwrap_or_default();
        let mut rest = (index.len() as u64).to_le_bytes().to_vec();
        rest.extend(index);
        things.iter().for_each(|(_, _, bytes)| rest.extend_from_slice(bytes));
        [MAGIC, &hash(&rest).to_le_bytes(), &rest].concat()
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn warn(path: &Path, what: &str) {
    eprintln!("carto: warning: {} {what}: everything is read again", path.display());
}

/// The index of a file that is whole, and where its things begin.
fn read_index(bytes: &[u8]) -> Option<(Index, usize)> {
    let rest = bytes.strip_prefix(MAGIC)?;
    let (stated, rest) = rest.split_at_checked(NUMBER_BYTES)?;
    if stated != hash(rest).to_le_bytes() {
        return None;
    }
    let (n_bytes, rest) = rest.split_at_checked(NUMBER_BYTES)?;
    let n_bytes = usize::try_from(u64::from_le_bytes(n_bytes.try_into().ok()?)).ok()?;
    let (index, things) = rest.split_at_checked(n_bytes)?;
    let index: Index = decode(index).ok()?;
    let mut lengths = index.things.iter().map(|(_, _, n_bytes)| *n_bytes);
    let is_whole = lengths.try_fold(0, u64::checked_add) == Some(things.len() as u64);
    is_whole.then(|| (index, bytes.len() - things.len()))
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use carto_study::{FileStamp, facts_key};
    use carto_types::{Mode, SourceKind};

    use super::*;

    fn key(path: &str) -> CacheKey {
        let stamp = FileStamp { size_bytes: 1, modified_ms: 2 };
        facts_key(Mode::Osu, path, SourceKind::Archive, [("", stamp)])
    }

    /// Asks for things in one run; gives those that it had to make.
    fn made(folder: &Path, paths: &[&str]) -> Vec<String> {
        let cache = Cache::open(folder).unwrap();
        let mut made = Vec::new();
        for path in paths {
            match cache.get::<String>(key(path)) {
                Some(facts) => assert_eq!(facts, format!("facts of {path}")),
                None => {
                    made.push((*path).to_owned());
                    cache.put(key(path), &format!("facts of {path}"));
                }
            }
        }
        cache.save();
        made
    }

    #[test]
    fn everything_is_made_once() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("new");
        assert_eq!(made(&folder, &["a", "b", "c"]), ["a", "b", "c"]);
        assert_eq!(made(&folder, &["a", "c", "d"]), ["d"]);
        assert_eq!(made(&folder, &["d", "c"]), [""; 0]);
    }

    #[test]
    fn what_no_run_wants_goes() {
        let folder = tempfile::tempdir().unwrap();
        made(folder.path(), &["a", "b"]);
        let size = || fs::metadata(folder.path().join(FILE_NAME)).unwrap().len();
        let whole = size();
        for _ in 0..=MAX_UNUSED_RUNS {
            made(folder.path(), &["a"]);
        }
        assert!(size() < whole);
        assert_eq!(made(folder.path(), &["a", "b"]), ["b"]);
    }

    #[test]
    fn a_damaged_file_counts_as_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE_NAME);
        made(folder.path(), &["a"]);
        let whole = fs::read(&path).unwrap();
        let mut odd: Vec<Vec<u8>> = (0..whole.len()).map(|len| whole[..len].to_vec()).collect();
        odd.extend((0..whole.len()).map(|at| {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x40;
            bytes
        }));
        for bytes in odd {
            fs::write(&path, &bytes).unwrap();
            assert_eq!(Cache::open(folder.path()).unwrap().kept.len(), 0);
        }
        assert_eq!(made(folder.path(), &["a"]), ["a"]);
        assert_eq!(made(folder.path(), &["a"]), [""; 0]);
    }
}

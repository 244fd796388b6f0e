//! The maps themselves: osu! serves them, and a folder keeps them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::address::Address;
use crate::disk::{part_name, write_atomic};
use crate::error::{CollectError, ItemError, RequestError};
use crate::pacer::Pacer;
use crate::web::{Request, Web};

/// The maps that osu! serves.
#[derive(Debug)]
pub(crate) struct OsuFiles {
    address: Address,
    pacer: Pacer,
}

impl OsuFiles {
    pub(crate) fn new(address: Address, pacer: Pacer) -> Self {
        Self { address, pacer }
    }

    /// The bytes of a map; `None` where it was deleted, which osu! says with
    /// an empty answer or with 404.
    ///
    /// # Errors
    ///
    /// An answer that is no map, and what [`Web::send`] can come to.
    pub(crate) async fn map(
        &mut self,
        web: &mut Web<'_>,
        id: u64,
    ) -> Result<Option<Vec<u8>>, RequestError> {
        let request = Request::get(self.address.join(&format!("osu/{id}")));
        let response = web.send(&mut self.pacer, &request).await?;
        self.pacer.rest();
        let url = request.url.to_string();
        let fault = match response.status {
            200..300 if response.body.is_empty() => return Ok(None),
            200..300 if is_map(&response.body) => return Ok(Some(response.body)),
            200..300 => ItemError::NotAMap { url },
            404 | 410 => return Ok(None),
            status => ItemError::Refused { url, status },
        };
        self.pacer.hold(web.retry.first_pause);
        Err(fault.into())
    }
}

/// Whether it begins as every map does, after an optional byte order mark and
/// white space. A page that says that the site is down does not.
fn is_map(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    body.trim_ascii_start().starts_with(b"osu file format")
}

const FOLDER_NAME: &str = "osu";

/// `osu/`: the maps themselves, `{id}.osu`, byte for byte as they are served.
#[derive(Debug)]
pub(crate) struct MapsFolder {
    path: PathBuf,
    /// Size of all files in the folder, in bytes.
    pub(crate) n_bytes: u64,
}

impl MapsFolder {
    /// Makes the folder, and removes what an interruption left half-written.
    ///
    /// # Errors
    ///
    /// A folder that cannot be read or written.
    pub(crate) fn open(folder: &Path) -> Result<Self, CollectError> {
        let path = folder.join(FOLDER_NAME);
        fs::create_dir_all(&path)
            .map_err(|source| CollectError::Unwritable { path: path.clone(), source })?;
        let n_bytes = clean(&path)
            .map_err(|source| CollectError::Unreadable { path: path.clone(), source })?;
        Ok(Self { path, n_bytes })
    }

    /// Whether a map is there. An empty file is not.
    pub(crate) fn has(&self, id: u64) -> bool {
        fs::metadata(self.path.join(file_name(id))).is_ok_and(|found| found.len() > 0)
    }

    /// Writes a map.
    ///
    /// # Errors
    ///
    /// A file that cannot be written.
    pub(crate) fn add(&mut self, id: u64, bytes: &[u8]) -> Result<(), CollectError> {
        write_atomic(&self.path, &file_name(id), bytes)?;
        self.n_bytes += bytes.len() as u64;
        Ok(())
    }
}

fn file_name(id: u64) -> String {
    format!("{id}.osu")
}

/// Removes our own unfinished files and measures the others.
fn clean(path: &Path) -> io::Result<u64> {
    let mut n_bytes = 0;
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if is_unfinished(&entry.file_name().to_string_lossy()) {
            fs::remove_file(entry.path())?;
        } else {
            n_bytes += entry.metadata()?.len();
        }
    }
    Ok(n_bytes)
}

fn is_unfinished(file_name: &str) -> bool {
    let id: String = file_name.chars().filter(char::is_ascii_digit).collect();
    file_name == part_name(&format!("{id}.osu"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_maps_count() {
        let folder = tempfile::tempdir().unwrap();
        let osu = folder.path().join(FOLDER_NAME);
        fs::create_dir(&osu).unwrap();
        fs::write(osu.join("1.osu"), "osu file format v14").unwrap();
        fs::write(osu.join("2.osu"), "").unwrap();
        fs::write(osu.join(".3.osu.part"), "osu file").unwrap();
        fs::write(osu.join("notes.part"), "mine").unwrap();
        let mut maps = MapsFolder::open(folder.path()).unwrap();
        assert_eq!([1, 2, 3].map(|id| maps.has(id)), [true, false, false]);
        assert_eq!(maps.n_bytes, 23);
        maps.add(2, b"osu").unwrap();
        assert!(maps.has(2));
        assert_eq!(maps.n_bytes, 26);
        assert_eq!(fs::read_dir(&osu).unwrap().count(), 3);
    }

    #[test]
    fn a_map_is_told_from_a_page() {
        for body in ["osu file format v14\r\n", "\u{feff}osu file format v3", "\n\nosu file format"]
        {
            assert!(is_map(body.as_bytes()), "{body:?}");
        }
        for body in ["<!DOCTYPE html>", " ", "osu", "\u{feff}"] {
            assert!(!is_map(body.as_bytes()), "{body:?}");
        }
    }
}

//! What comes into a run: what was dropped, and what workers made, as files that the
//! browser keeps. These travel to any number of workers without being copied, and may lie
//! on its disk.

use carto_types::{DemoArchive, Issue, PackContents};
use js_sys::{Array, Uint8Array};
use web_sys::{File, FilePropertyBag};

use super::controller::Arrival;
use crate::beatmaps::forward;
use crate::files::{DroppedFile, DroppedSet};

/// The demo's archives, so that they are read like dropped ones; the view of beatmaps
/// gets them too.
///
/// An archive that the browser cannot take is left out; the rest still shows what
/// the page does.
pub(super) fn demo_files(archives: Vec<DemoArchive>) -> Vec<Arrival<File>> {
    let files: Vec<_> = archives.into_iter().filter_map(demo_file).collect();
    for demo in &files {
        demo.files.iter().for_each(|file| forward(&demo.path, file, true));
    }
    files
}

fn demo_file(archive: DemoArchive) -> Option<Arrival<File>> {
    let parts = Array::of1(&Uint8Array::from(archive.bytes.as_slice()));
    let options = FilePropertyBag::new();
    options.set_last_modified(0.0);
    let file =
        File::new_with_u8_array_sequence_and_options(&parts, &archive.name, &options).ok()?;
    Some(Arrival {
        path: archive.name,
        inner: Vec::new(),
        size_bytes: archive.bytes.len() as u64,
        modified_ms: 0,
        files: vec![file],
        is_unpacked: false,
    })
}

/// The archives of a pack, and the pack itself where it is one; with what of it cannot be
/// read. The view of beatmaps gets them too.
pub(super) fn packed_files(
    contents: PackContents,
    files: Vec<File>,
    pack_path: String,
    pack: Option<File>,
) -> (Vec<Arrival<File>>, Vec<Issue>) {
    let itself = pack.filter(|_| contents.has_maps).map(|pack| (pack_path, pack));
    let packed = contents.archives.into_iter().map(|archive| archive.path).zip(files);
    let arrivals = itself.into_iter().chain(packed).map(|(path, file)| {
        forward(&path, &file, false);
        let (size_bytes, modified_ms) = (file.size() as u64, file.last_modified() as i64);
        let (inner, files) = (Vec::new(), vec![file]);
        Arrival { path, inner, size_bytes, modified_ms, files, is_unpacked: true }
    });
    (arrivals.collect(), contents.issues)
}

/// An encoder's weights; `None` if the browser has no room for them.
pub(super) fn weights_file(name: &str, weights: &[u8]) -> Option<File> {
    let parts = Array::of1(&Uint8Array::from(weights));
    File::new_with_u8_array_sequence(&parts, name).ok()
}

impl From<DroppedFile> for Arrival<File> {
    fn from(dropped: DroppedFile) -> Self {
        let DroppedFile { path, file } = dropped;
        let (size_bytes, modified_ms) = (file.size() as u64, file.last_modified() as i64);
        let (inner, files) = (Vec::new(), vec![file]);
        Self { path, inner, size_bytes, modified_ms, files, is_unpacked: false }
    }
}

impl From<DroppedSet> for Arrival<File> {
    fn from(set: DroppedSet) -> Self {
        let DroppedSet { source, files } = set;
        let size_bytes = files.iter().map(|file| file.size() as u64).sum();
        let modified_ms = files.iter().map(|file| file.last_modified() as i64).max();
        let modified_ms = modified_ms.unwrap_or_default();
        let (path, inner) = (source.path, source.inner);
        Self { path, inner, size_bytes, modified_ms, files, is_unpacked: false }
    }
}

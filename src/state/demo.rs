use carto_types::DemoArchive;
use js_sys::{Array, Uint8Array};
use web_sys::{File, FilePropertyBag};

use super::course::Arrival;

/// The demo's archives as files, so that they take the road of dropped ones.
///
/// Their bytes then belong to the browser, which may keep them on disk. An
/// archive that the browser cannot take is left out; the rest still shows what
/// the page does.
pub(super) fn demo_files(archives: Vec<DemoArchive>) -> Vec<Arrival<File>> {
    archives.into_iter().filter_map(demo_file).collect()
}

fn demo_file(archive: DemoArchive) -> Option<Arrival<File>> {
    let parts = Array::of1(&Uint8Array::from(archive.bytes.as_slice()));
    let options = FilePropertyBag::new();
    options.set_last_modified(0.0);
    let file =
        File::new_with_u8_array_sequence_and_options(&parts, &archive.name, &options).ok()?;
    Some(Arrival {
        path: archive.name,
        size_bytes: archive.bytes.len() as u64,
        modified_ms: 0,
        file,
    })
}

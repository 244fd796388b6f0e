use js_sys::{Array, Uint8Array};
use web_sys::File;

/// An encoder's weights as a file, which travels to any number of workers
/// without being copied; the browser may keep it on disk.
///
/// `None` if the browser has no room for it.
pub(super) fn weights_file(name: &str, weights: &[u8]) -> Option<File> {
    let parts = Array::of1(&Uint8Array::from(weights));
    File::new_with_u8_array_sequence(&parts, name).ok()
}

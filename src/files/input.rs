use wasm_bindgen::JsValue;
use web_sys::{File, HtmlInputElement};

use super::name::{NameClass, below_root, classify};
use super::{Dropped, DroppedFile};

/// The files of an `<input type="file">`, with or without `webkitdirectory`.
///
/// The input is emptied, so that picking the same files again is an event too.
pub(crate) fn from_input(input: &HtmlInputElement) -> Dropped {
    let mut dropped = Dropped::default();
    if let Some(list) = input.files() {
        for file in (0..list.length()).filter_map(|file_idx| list.get(file_idx)) {
            take(file, &mut dropped);
        }
    }
    input.set_value("");
    dropped
}

/// A file that was picked by itself is named whatever it is; of a folder, the
/// archives and maps are taken and the others counted.
fn take(file: File, dropped: &mut Dropped) {
    let Some(relative_path) = relative_path(&file) else {
        dropped.files.push(DroppedFile { path: file.name(), file });
        return;
    };
    let path = below_root(&relative_path).to_owned();
    if classify(&path) == NameClass::Other {
        dropped.n_other += 1;
    } else {
        dropped.files.push(DroppedFile { path, file });
    }
}

/// Path from the picked folder's name on; `None` for a file picked by itself.
fn relative_path(file: &File) -> Option<String> {
    let value = js_sys::Reflect::get(file, &JsValue::from_str("webkitRelativePath")).ok()?;
    value.as_string().filter(|path| !path.is_empty())
}

use wasm_bindgen::JsValue;
use web_sys::{File, HtmlInputElement};

use super::name::below_root;
use super::{Dropped, DroppedFile};

/// The files of an `<input type="file">`, with or without `webkitdirectory`.
///
/// The input is emptied, so that picking the same files again is an event too.
pub(crate) fn from_input(input: &HtmlInputElement) -> Dropped {
    let mut files = Vec::new();
    if let Some(list) = input.files() {
        for file_idx in 0..list.length() {
            files.extend(list.get(file_idx).map(picked));
        }
    }
    input.set_value("");
    files.into()
}

fn picked(file: File) -> DroppedFile {
    let path = match relative_path(&file) {
        Some(path) => below_root(&path).to_owned(),
        None => file.name(),
    };
    DroppedFile { path, file }
}

/// Path from the picked folder's name on; `None` for a file picked by itself.
fn relative_path(file: &File) -> Option<String> {
    let value = js_sys::Reflect::get(file, &JsValue::from_str("webkitRelativePath")).ok()?;
    value.as_string().filter(|path| !path.is_empty())
}

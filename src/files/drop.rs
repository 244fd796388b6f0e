//! Files of a drop event, also of one that came before the page listened.

use carto_protocol::DropPart;
use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DataTransfer, File, FileSystemEntry};

use super::dropped::{Dropped, DroppedFile};
use super::folders::walk;

/// Everything that a drop event carries, folders opened recursively, in one part or more.
///
/// - `is_for_beatmaps`: whether the view of beatmaps reads what is found in folders; here
///   and below
/// - `on_part`: gets each part, and says whether more is wanted; here and below
pub(crate) fn from_drop(
    transfer: &DataTransfer,
    is_for_beatmaps: bool,
    on_part: impl FnMut(Dropped) -> bool + 'static,
) {
    // The event's data is gone when its handler returns: all is taken at once.
    let (items, found) = (transfer.items(), Array::new());
    for item in (0..items.length()).filter_map(|idx| items.get(idx)) {
        let entry = item.webkit_get_as_entry().ok().flatten();
        if let Some(folder) = entry.filter(FileSystemEntry::is_directory) {
            found.push(&folder);
        } else if let Ok(Some(file)) = item.get_as_file() {
            found.push(&file);
        }
    }
    from_objects(&found, is_for_beatmaps, on_part);
}

/// Where `www/boot.js` puts what is dropped before the page listens.
const EARLY: &str = "cartoDropped";

/// What was dropped before the page listened; it can be taken once.
pub(crate) fn from_early_drop(
    is_for_beatmaps: bool,
    on_part: impl FnMut(Dropped) -> bool + 'static,
) {
    let Some(window) = web_sys::window() else { return };
    if let Ok(early) = Reflect::get(&window, &EARLY.into())
        && let Ok(early) = early.dyn_into::<Array>()
    {
        // What cannot be removed would be read again, which is told.
        let _ = Reflect::delete_property(&window, &EARLY.into());
        from_objects(&early, is_for_beatmaps, on_part);
    }
}

/// Files and folders of a list, folders opened recursively, in one part or more.
///
/// - `objects`: of `File`, and what has the interface of `FileSystemDirectoryEntry`, as the
///   folders that `www/folders.js` has picked
pub(crate) fn from_objects(
    objects: &Array,
    is_for_beatmaps: bool,
    mut on_part: impl FnMut(Dropped) -> bool + 'static,
) {
    let (files, folders): (Vec<JsValue>, Vec<JsValue>) =
        objects.iter().filter(JsValue::is_object).partition(JsValue::has_type::<File>);
    let files = files.into_iter().map(JsCast::unchecked_into::<File>);
    let files: Vec<_> = files.map(DroppedFile::alone).collect();
    let (is_whole, has_files) = (folders.is_empty(), !files.is_empty());
    if is_whole || has_files {
        let part = if is_whole { DropPart::Whole } else { DropPart::First };
        if !on_part(Dropped { files, part, ..Dropped::default() }) || is_whole {
            return;
        }
    }
    walk(&folders.iter().collect(), is_for_beatmaps, !has_files, on_part);
}

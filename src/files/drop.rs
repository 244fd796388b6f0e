//! Files of a drop event, also of one that came before the page listened.

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DataTransfer, File, FileSystemEntry};

use super::dropped::{Dropped, DroppedFile};
use super::folders::{IsRead, walk};

/// Everything that a drop event carries, folders opened recursively, in one part or more.
///
/// The event's data is gone when its handler returns, so the entries are taken
/// at once and only the walk through folders is left to the future.
///
/// - `is_read`: kinds of files below folders that are read beside sets; here and below
/// - `on_part`: gets each part, and says whether more is wanted; here and below
pub(crate) fn from_drop<P: FnMut(Dropped) -> bool>(
    transfer: &DataTransfer,
    is_read: IsRead,
    on_part: P,
) -> impl Future<Output = ()> + use<P> {
    let mut dropped = Dropped::default();
    let entries = take_entries(transfer, &mut dropped);
    walk(entries, dropped, is_read, on_part)
}

/// Where `www/boot.js` puts what is dropped before the page listens.
const EARLY: &str = "cartoDropped";

/// What was dropped before the page listened; it can be taken once.
pub(crate) fn from_early_drop(
    is_read: IsRead,
    on_part: impl FnMut(Dropped) -> bool,
) -> Option<impl Future<Output = ()>> {
    let window = web_sys::window()?;
    let early: Array = Reflect::get(&window, &EARLY.into()).ok()?.dyn_into().ok()?;
    Reflect::delete_property(&window, &EARLY.into()).ok()?;
    Some(from_objects(&early, is_read, on_part))
}

/// Files and folders of a list, folders opened recursively, in one part or more.
///
/// - `objects`: of `File`, and what has the interface of `FileSystemEntry`, as the folders
///   that `www/folders.js` has picked
pub(crate) fn from_objects<P: FnMut(Dropped) -> bool>(
    objects: &Array,
    is_read: IsRead,
    on_part: P,
) -> impl Future<Output = ()> + use<P> {
    let (files, entries): (Vec<JsValue>, Vec<JsValue>) =
        objects.iter().filter(JsValue::is_object).partition(JsValue::has_type::<File>);
    let files = files.into_iter().map(JsCast::unchecked_into::<File>);
    let files: Vec<_> = files.map(DroppedFile::alone).collect();
    let entries = entries.into_iter().map(JsCast::unchecked_into).collect();
    walk(entries, files.into(), is_read, on_part)
}

/// The dropped entries; items that are files without an entry, as a program's
/// own drag makes them, go straight into `dropped`.
fn take_entries(transfer: &DataTransfer, dropped: &mut Dropped) -> Vec<FileSystemEntry> {
    let items = transfer.items();
    let mut entries = Vec::new();
    for item_idx in 0..items.length() {
        let Some(item) = items.get(item_idx).filter(|item| item.kind() == "file") else {
            continue;
        };
        if let Ok(Some(entry)) = item.webkit_get_as_entry() {
            entries.push(entry);
        } else if let Ok(Some(file)) = item.get_as_file() {
            dropped.files.push(DroppedFile::alone(file));
        }
    }
    entries
}

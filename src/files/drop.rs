//! Files of a drop event, also of one that came before the page listened.

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DataTransfer, File, FileSystemEntry};

use super::dropped::{Dropped, DroppedFile};
use super::folders::walk;

/// Everything that a drop event carries, folders opened recursively.
///
/// The event's data is gone when its handler returns, so the entries are taken
/// at once and only the walk through folders is left to the future.
pub(crate) fn from_drop(transfer: &DataTransfer) -> impl Future<Output = Dropped> + use<> {
    let mut dropped = Dropped::default();
    let entries = take_entries(transfer, &mut dropped);
    async move {
        walk(entries, &mut dropped).await;
        dropped
    }
}

/// Where `www/boot.js` puts what is dropped before the page listens.
const EARLY: &str = "cartoDropped";

/// What was dropped before the page listened; it can be taken once.
pub(crate) fn from_early_drop() -> Option<impl Future<Output = Dropped>> {
    let window = web_sys::window()?;
    let early: Array = Reflect::get(&window, &EARLY.into()).ok()?.dyn_into().ok()?;
    Reflect::delete_property(&window, &EARLY.into()).ok()?;
    let (files, entries): (Vec<JsValue>, Vec<JsValue>) =
        early.iter().filter(JsValue::is_object).partition(JsValue::has_type::<File>);
    let files = files.into_iter().map(JsCast::unchecked_into::<File>);
    let files = files.map(DroppedFile::alone);
    let mut dropped = Dropped::from(files.collect::<Vec<_>>());
    Some(async move {
        walk(entries.into_iter().map(JsCast::unchecked_into).collect(), &mut dropped).await;
        dropped
    })
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

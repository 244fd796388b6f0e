//! The way to the program that walks through folders (`carto-folders`), which
//! `www/folders.js` fetches with the first of them. Walks wait for it in
//! `window.cartoWalks`, and an event says that there are more.

use carto_protocol::{DropPart, FoundPart, decode};
use carto_types::{Cause, Issue, SourceFiles};
use carto_ui::dispatch_event;
use js_sys::{Array, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::File;

use super::dropped::{Dropped, DroppedFile, DroppedSet};

/// Has folders walked to their last file.
///
/// - `folders`: with the interface of `FileSystemDirectoryEntry`
/// - `is_for_beatmaps`: whether the view of beatmaps reads what is found
/// - `is_first`: whether nothing of the drop came before
/// - `on_part`: gets each part, and says whether more is wanted
pub(super) fn walk(
    folders: &Array,
    is_for_beatmaps: bool,
    is_first: bool,
    mut on_part: impl FnMut(Dropped) -> bool + 'static,
) {
    let on_found = Closure::<dyn FnMut(JsValue, Array) -> bool>::new(move |bytes, handles| {
        on_part(received(&bytes, &handles).unwrap_or_else(|| not_walked(is_first)))
    });
    let on_found = on_found.into_js_value();
    let request = Array::of4(folders, &is_for_beatmaps.into(), &is_first.into(), &on_found);
    if let Ok(waiting) = Reflect::get(&window(), &"cartoWalks".into()) {
        waiting.unchecked_into::<Array>().push(&request);
    }
    dispatch_event("carto-walk", &JsValue::NULL);
}

/// A part of what was found; `None` where the program could not be loaded.
fn received(bytes: &JsValue, handles: &Array) -> Option<Dropped> {
    let bytes = bytes.dyn_ref::<Uint8Array>()?.to_vec();
    let FoundPart { files, sets, n_other, issues, part } = decode(&bytes).ok()?;
    let mut handles = handles.iter().map(JsCast::unchecked_into::<File>);
    let files = files.into_iter().zip(&mut handles);
    let files = files.map(|(path, file)| DroppedFile { path, file }).collect();
    let set = |source: SourceFiles| {
        let files = handles.by_ref().take(source.n_files()).collect();
        DroppedSet { source, files }
    };
    let sets = sets.into_iter().map(set).collect();
    Some(Dropped { files, sets, n_other, issues, part })
}

fn not_walked(is_first: bool) -> Dropped {
    let message = "the part of this page that opens folders could not be loaded: check the \
                   connection, reload the page and drop them again";
    let issues = vec![Issue::skipped("folders", Cause::UnreadableFolder, message)];
    let part = if is_first { DropPart::Whole } else { DropPart::Last };
    Dropped { issues, part, ..Dropped::default() }
}

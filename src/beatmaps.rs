//! The way to the view of beatmaps, a program of its own that `www/views.js` fetches
//! when it is opened first. Files for it wait in `window.cartoBeatmaps` as
//! `[path, file, is_demo]`, extracted sets as `[path, files, is_demo, inner paths]` with the
//! maps of the set alone, what was left out as `[path, why, is_demo]`, and an event says that
//! there are more.

use carto_types::{FileKind, Issue};
use carto_ui::dispatch_event;
use js_sys::{Array, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::File;

use crate::files::DroppedSet;

/// Forwards a file to the view of beatmaps; it is read when the view is opened, or soon
/// if it is.
///
/// - `is_demo`: whether it makes room for a person's own, as it does in a run
pub(crate) fn forward(path: &str, file: &File, is_demo: bool) {
    push(&Array::of3(&path.into(), file, &is_demo.into()));
}

/// Forwards the maps of an extracted set; of a person's own alone.
pub(crate) fn forward_set(set: &DroppedSet) {
    let (files, inner) = (Array::new(), Array::new());
    for (path, file) in set.source.inner.iter().zip(&set.files) {
        if FileKind::of_name(path) == FileKind::Map {
            files.push(file);
            inner.push(&path.into());
        }
    }
    push(&Array::of4(&(&*set.source.path).into(), &files, &false.into(), &inner));
}

/// Forwards why something was left out.
pub(crate) fn forward_issue(issue: &Issue) {
    let (subject, why) = (issue.subject.as_str(), issue.message.as_str());
    push(&Array::of3(&subject.into(), &why.into(), &false.into()));
}

fn push(entry: &Array) {
    if let Ok(waiting) = Reflect::get(&window(), &"cartoBeatmaps".into()) {
        waiting.unchecked_into::<Array>().push(entry);
    }
    dispatch_event("carto-beatmaps", &JsValue::NULL);
}

/// Has the program of the view fetched, which then draws into the element `beatmaps`.
pub(crate) fn load_view() {
    dispatch_event("carto-beatmaps-open", &JsValue::NULL);
}

//! The way to the view of beatmaps, a program of its own that `www/beatmaps.js` fetches
//! when it is opened first. Files for it wait in `window.cartoBeatmaps` as
//! `[path, file, is_demo]`, and an event says that there are more.

use carto_ui::dispatch_event;
use js_sys::{Array, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::File;

/// Forwards a file to the view of beatmaps; it is read when the view is opened, or soon
/// if it is.
///
/// - `is_demo`: whether it makes room for a person's own, as it does in a run
pub(crate) fn forward(path: &str, file: &File, is_demo: bool) {
    if let Ok(waiting) = Reflect::get(&window(), &"cartoBeatmaps".into()) {
        let waiting: Array = waiting.unchecked_into();
        waiting.push(&Array::of3(&path.into(), file, &is_demo.into()));
    }
    dispatch_event("carto-beatmaps", &JsValue::NULL);
}

/// Has the program of the view fetched, which then draws into the element `beatmaps`.
pub(crate) fn load_view() {
    dispatch_event("carto-beatmaps-open", &JsValue::NULL);
}

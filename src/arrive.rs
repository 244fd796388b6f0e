//! What comes in: beatmaps and encoders go to the run, results to be opened.

use carto_protocol::ResultSource;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::files::{Dropped, DroppedFile, is_cross_validation, is_result};
use crate::state::{Results, Run};

/// Files that the system opened the page with wait here until the page listens;
/// `www/launch.js` puts them there and tells of later ones.
const WAITING: &str = "cartoFiles";

/// Hands over everything that was dropped or picked.
pub(crate) fn take_in(run: Run, results: Results, mut dropped: Dropped) {
    let found: Vec<_> = dropped.files.extract_if(.., |file| is_result(&file.path)).collect();
    open_results(results, found);
    let parts = dropped.files.extract_if(.., |file| is_cross_validation(&file.path));
    if let Some(part) = parts.last() {
        results.read_cross_validation(part.file);
    }
    run.add_files(dropped);
}

/// Opens result files: one of ours, or the published layouts of one run together.
pub(crate) fn open_results(results: Results, files: Vec<DroppedFile>) {
    let Some(first) = files.first() else { return };
    let name = match files.as_slice() {
        [one] => one.file.name(),
        _ => format!("{} and {} more", first.file.name(), files.len() - 1),
    };
    let files = files.into_iter().map(|file| file.file).collect();
    results.open(ResultSource::File { name }, files);
}

/// Takes in what the system opens the installed page with.
pub(crate) fn listen_to_launches(run: Run, results: Results) {
    let take = move |files: &wasm_bindgen::JsValue| {
        let files = js_sys::Array::from(files);
        let files = files.iter().filter_map(|file| file.dyn_into::<web_sys::File>().ok());
        let files: Vec<_> = files.map(|file| DroppedFile { path: file.name(), file }).collect();
        if !files.is_empty() {
            take_in(run, results, files.into());
        }
    };
    let handle = window_event_listener(
        ev::Custom::new("carto-files"),
        move |event: web_sys::CustomEvent| {
            take(&event.detail());
        },
    );
    on_cleanup(move || handle.remove());
    if let Ok(waiting) = js_sys::Reflect::get(&window(), &WAITING.into())
        && waiting.is_object()
    {
        let _ = js_sys::Reflect::delete_property(&window(), &WAITING.into());
        take(&waiting);
    }
}

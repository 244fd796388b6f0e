//! What comes in: beatmaps and encoders go to the run, results to be opened.

use carto_protocol::ResultSource;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::app::{use_results, use_run};
use crate::beatmaps::{hand_over, is_for_it_alone};
use crate::files::{Dropped, DroppedFile, NameClass, classify, is_cross_validation, is_result};
use crate::state::{Results, Run};
use crate::view_state::{Tab, use_view_state};

/// Files that the system opened the page with wait here until the page listens;
/// `www/launch.js` puts them there and tells of later ones.
const WAITING: &str = "cartoFiles";

/// Everyone who takes files.
#[derive(Clone, Copy)]
pub(crate) struct Takers {
    run: Run,
    results: Results,
    tab: RwSignal<Tab>,
}

/// Those of this page; asked for while a part of it is drawn.
pub(crate) fn use_takers() -> Takers {
    Takers { run: use_run(), results: use_results(), tab: use_view_state().tab }
}

/// Hands over everything that was dropped or picked.
pub(crate) fn take_in(takers: Takers, mut dropped: Dropped) {
    let Takers { run, results, tab } = takers;
    let found: Vec<_> = dropped.files.extract_if(.., |file| is_result(&file.path)).collect();
    open_results(results, found);
    let parts = dropped.files.extract_if(.., |file| is_cross_validation(&file.path));
    if let Some(part) = parts.last() {
        results.read_cross_validation(part.file);
    }
    let is_alone = |file: &DroppedFile| is_for_it_alone(&file.path);
    if dropped.files.iter().any(is_alone) {
        tab.set(Tab::Beatmaps);
    }
    let is_there = tab.get_untracked() == Tab::Beatmaps;
    // There, what is of no use is named too.
    for file in &dropped.files {
        if is_there || classify(&file.path) != NameClass::Other {
            hand_over(&file.path, &file.file, false);
        }
    }
    // Whoever looks at kinds of maps asks for nothing else.
    if !is_there {
        run.add_files(dropped);
    }
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
pub(crate) fn listen_to_launches(takers: Takers) {
    let take = move |files: &wasm_bindgen::JsValue| {
        let all = js_sys::Array::from(files);
        let files = all.iter().filter_map(|file| file.dyn_into::<web_sys::File>().ok());
        let files: Vec<_> = files.map(|file| DroppedFile { path: file.name(), file }).collect();
        if !files.is_empty() {
            take_in(takers, files.into());
        } else if all.length() > 0 {
            // The view of beatmaps asks for the demo set.
            takers.run.run_demo();
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

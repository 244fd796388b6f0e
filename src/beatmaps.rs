//! The way to the view of beatmaps, a program of its own that `www/beatmaps.js` fetches
//! when it is opened first. Files for it wait in `window.cartoBeatmaps` as
//! `[path, file, is_demo]`, and an event says that there are more.

use js_sys::{Array, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{CustomEvent, File};

use crate::view_state::{Tab, use_view_state};
use crate::views::flag;

/// Hands a file over; it is read when the view is opened, or soon if it is.
///
/// - `is_demo`: whether it makes room for a person's own, as it does in a run
pub(crate) fn hand_over(path: &str, file: &File, is_demo: bool) {
    if let Ok(waiting) = Reflect::get(&window(), &"cartoBeatmaps".into()) {
        let waiting: Array = waiting.unchecked_into();
        waiting.push(&Array::of3(&path.into(), file, &is_demo.into()));
    }
    say("carto-beatmaps");
}

fn say(event: &str) {
    if let Ok(event) = CustomEvent::new(event) {
        let _ = window().dispatch_event(&event);
    }
}

/// Whether a file is something that only this view reads.
pub(crate) fn is_for_it_alone(path: &str) -> bool {
    [".osdb", ".classifier", "collection.db"].iter().any(|ending| path.ends_with(ending))
}

/// Room for the view, empty until its program draws into it.
#[component]
pub(crate) fn BeatmapsHost() -> impl IntoView {
    let tab = use_view_state().tab;
    Effect::new(move || {
        if tab.get() == Tab::Beatmaps {
            say("carto-beatmaps-open");
        }
    });
    view! {
        <div id="beatmaps" hidden=flag(move || tab.get() != Tab::Beatmaps)></div>
    }
}

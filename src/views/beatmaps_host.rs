//! Room for the view of beatmaps.

use carto_ui::derived_bool;
use leptos::prelude::*;

use super::look::{Tab, use_look};
use crate::beatmaps::load_view;

/// An element that stays empty until the program of the view draws into it.
#[component]
pub(crate) fn BeatmapsHost() -> impl IntoView {
    let tab = use_look().tab;
    Effect::new(move || {
        if tab.get() == Tab::Beatmaps {
            load_view();
        }
    });
    view! {
        <div id="beatmaps" hidden=derived_bool(move || tab.get() != Tab::Beatmaps)></div>
    }
}

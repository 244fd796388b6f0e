//! Room for the view of beatmaps.

use carto_ui::derived_bool;
use leptos::prelude::*;

use crate::beatmaps::load_view;
use crate::view_state::{Tab, use_view_state};

/// An element that stays empty until the program of the view draws into it.
#[component]
pub(crate) fn BeatmapsHost() -> impl IntoView {
    let tab = use_view_state().tab;
    Effect::new(move || {
        if tab.get() == Tab::Beatmaps {
            load_view();
        }
    });
    view! {
        <div id="beatmaps" hidden=derived_bool(move || tab.get() != Tab::Beatmaps)></div>
    }
}

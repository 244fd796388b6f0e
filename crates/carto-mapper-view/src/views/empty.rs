//! What is to be done where nothing can be measured.

use carto_ui::{derived_string, view_link};
use leptos::prelude::*;

use crate::client::use_client;

/// The files of the run are not there.
#[component]
pub(super) fn NoFiles() -> impl IntoView {
    let words = "A mapper is compared with the other mappers of the same songs, by the maps \
                 themselves, and none are on this page. Drop the .osz archives of these songs, or your \
                 Songs folder, anywhere in this window: they stay on this computer.";
    without_songs(words)
}

/// The songs of the run may still change.
#[component]
pub(super) fn RunAtWork() -> impl IntoView {
    let words = "The songs of your maps are not all known yet. Mappers can be compared once your maps \
                 are read and compared, or that is stopped after its first songs.";
    without_songs(words)
}

/// The rules of the run know hosts alone.
#[component]
pub(super) fn PublishedRules() -> impl IntoView {
    let words = "By the published rules every difficulty counts as its host’s. Choose “As osu! players \
                 know it” under Rules of your maps: then guest difficulties count as their makers’.";
    without_songs(words)
}

fn without_songs(words: &'static str) -> AnyView {
    let state = use_client().state;
    let title = derived_string(move || match state.mapper.get() {
        name if name.is_empty() => "Mappers".to_owned(),
        name => name,
    });
    view! {
        <div class="mapper-head">
            <div class="mapper-head__words">
                <p class="kicker">"Mapper"</p>
                <h1 class="mapper-head__title">{title}</h1>
                <p class="lede">{words}</p>
                <p>{view_link("view=yours".to_owned(), "Your maps".to_owned(), None, "")}</p>
            </div>
        </div>
    }
    .into_any()
}

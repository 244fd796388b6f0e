//! The mapper, what is known of their maps, and what can be done.

use carto_charts::MapperChart;
use carto_ui::{derived_string, view_link};
use leptos::prelude::*;

use super::pick::AgainstPicker;
use super::save::SaveMenu;
use crate::client::use_client;
use crate::links::mapper_query;
use crate::words::about_maps;

/// Kicker, name, counts, the other of a head-to-head, and the menu of files.
#[component]
pub(super) fn Head() -> impl IntoView {
    let state = use_client().state;
    let kicker = derived_string(move || match state.found() {
        Some(found) => MapperChart::new(found.shown()).kicker(),
        None => "Mapper".to_owned(),
    });
    // In the spelling of the run, once that is known.
    let title = derived_string(move || match state.found() {
        Some(found) => found.report.fingerprint.mapper.clone(),
        None => state.mapper.get(),
    });
    let about =
        derived_string(move || state.found().map_or_else(String::new, |found| about_maps(&found)));
    view! {
        <div class="mapper-head">
            <div class="mapper-head__words">
                <p class="mapper-head__back">
                    {view_link(mapper_query("", ""), "All mappers".to_owned(), None, "")}
                </p>
                <p class="kicker">{kicker}</p>
                <h1 id="mapper-title" class="mapper-head__title" tabindex="-1">{title}</h1>
                <p class="mapper-head__about">{about}</p>
            </div>
            <div class="mapper-head__buttons">
                <AgainstPicker/>
                <SaveMenu/>
            </div>
        </div>
    }
}

//! The choice of the other mapper of a head-to-head.

use carto_charts::number::counted;
use carto_types::{MapperCount, Mode, creator_key};
use carto_ui::{derived_bool, dynamic, go_to};
use leptos::prelude::*;

use crate::client::use_client;
use crate::links::mapper_query;
use crate::state::{Comparison, RequestState};

/// A list of the mappers who have songs in common with the one that is shown.
#[component]
pub(super) fn AgainstPicker() -> impl IntoView {
    let state = use_client().state;
    // While another pair is compared the list stays, and with it the focus.
    let others = Memo::new(move |before: Option<&Vec<MapperCount>>| match state.found.get() {
        RequestState::Ready(Comparison::Found(found)) => found.others.clone(),
        RequestState::Ready(Comparison::Nobody(_)) | RequestState::Failed(_) => Vec::new(),
        RequestState::Idle | RequestState::Pending(_) => before.cloned().unwrap_or_default(),
    });
    let options = dynamic(move || {
        let against = state.against.get();
        let chosen = creator_key(Mode::Osu, &against).into_owned();
        let others = others.get();
        let is_chosen = |other: &MapperCount| creator_key(Mode::Osu, &other.name) == chosen;
        // One who has no song in common is named too: the list says what the address asks for.
        let stranger = (!against.is_empty() && !others.iter().any(is_chosen)).then(
            || view! { <option value=against.clone() prop:selected=true>{against.clone()}</option> },
        );
        let option = |other: &MapperCount| {
            let text = format!("{} · {}", other.name, counted(other.n_songs, "song", "songs"));
            let is_chosen = is_chosen(other);
            view! { <option value=other.name.clone() prop:selected=is_chosen>{text}</option> }
        };
        view! {
            <option value="" prop:selected=against.is_empty()>"all other mappers"</option>
            {stranger}
            {others.iter().map(option).collect_view()}
        }
        .into_any()
    });
    let choose = move |event: leptos::ev::Event| {
        go_to(&mapper_query(&state.mapper.get_untracked(), &event_target_value(&event)));
    };
    view! {
        <label class="mapper-pick" hidden=derived_bool(move || others.with(Vec::is_empty))>
            "Against "
            <select id="mapper-against" class="mapper-pick__list" on:change=choose>{options}</select>
        </label>
    }
}

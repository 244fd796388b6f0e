//! Which maps are shown, and how they are played.

use carto_ui::{derived_bool, segment};
use leptos::prelude::*;

use crate::client::use_client;
use crate::format::{counted, grouped};
use crate::labels::{display_name, label_groups};
use crate::rows::Played;

/// Filters by text, label and stars, and the choice of mods.
#[component]
pub(crate) fn Filters() -> impl IntoView {
    let client = use_client();
    let choice = client.state.choice;
    let labels = Memo::new(move |_| {
        client.state.model.with(|model| {
            let labels = model.as_ref().map(|model| model.facts.labels.clone());
            labels.unwrap_or_default()
        })
    });
    let options = move || {
        let labels = labels.get();
        let labels = label_groups(&labels).into_iter().flat_map(|group| group.labels);
        labels
            .map(|label| view! { <option value=label.idx.to_string()>{label.name}</option> })
            .collect_view()
    };
    let shown = Memo::new(move |_| {
        client.state.rows.with(|rows| choice.with(|choice| (choice.of(rows).len(), rows.len())))
    });
    view! {
        <form class="beat-filters" role="search" aria-label="Maps" on:submit=|event| event.prevent_default()>
            <label class="beat-filters__field">
                "Find"
                <input
                    type="search"
                    placeholder="title, artist, mapper"
                    prop:value=move || choice.with(|choice| choice.find.clone())
                    on:input=move |event| choice.update(|choice| choice.find = event_target_value(&event))
                />
            </label>
            <label class="beat-filters__field">
                "Label, 10% or more"
                <select
                    prop:value=move || choice.with(|choice| choice.label.map_or_else(String::new, |label| label.to_string()))
                    on:change=move |event| choice.update(|choice| choice.label = event_target_value(&event).parse().ok())
                >
                    <option value="">"any label"</option>
                    {options}
                </select>
            </label>
            <fieldset class="beat-filters__stars">
                <legend>"Stars"</legend>
                {stars_input("at least", move |choice, value| choice.stars.0 = value)}
                <span>" to "</span>
                {stars_input("at most", move |choice, value| choice.stars.1 = value)}
            </fieldset>
            <fieldset class="beat-filters__mods">
                <legend>"Played with"</legend>
                <div class="segments">
                    {Played::ALL.map(|played| segment(
                        played.name(),
                        derived_bool(move || choice.with(|choice| choice.played == played)),
                        Callback::new(move |()| choice.update(|choice| choice.played = played)),
                    )).collect_view()}
                </div>
            </fieldset>
            <p class="beat-filters__count">
                {move || {
                    let (n_shown, n_all) = shown.get();
                    format!("{} of {}", grouped(n_shown), counted(n_all, "map", "maps"))
                }}
                {move || choice.with(|choice| choice.label).and_then(|label| {
                    labels.with(|labels| labels.get(label).map(|label| format!(", {} 10% or more", display_name(label))))
                })}
            </p>
        </form>
    }
}

fn stars_input(
    name: &'static str,
    put: impl Fn(&mut crate::rows::Choice, Option<f64>) + Copy + 'static,
) -> impl IntoView {
    let choice = use_client().state.choice;
    view! {
        <input
            type="number"
            min="0"
            step="0.1"
            aria-label=format!("Stars, {name}")
            on:input=move |event| choice.update(|choice| put(choice, event_target_value(&event).parse().ok()))
        />
    }
}

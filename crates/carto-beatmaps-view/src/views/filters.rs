//! Which maps are shown, and how they are played.

use carto_ui::{derived_bool, segment};
use leptos::ev::Event;
use leptos::html;
use leptos::prelude::*;

use crate::choice::Choice;
use crate::client::use_client;
use crate::format::{counted, grouped};
use crate::labels::{display_name, label_groups};
use crate::rows::Mods;

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
            .map(|label| {
                let is_chosen = move || choice.with(|choice| choice.label == Some(label.idx));
                view! { <option value=label.idx.to_string() prop:selected=is_chosen>{label.name}</option> }
            })
            .collect_view()
    };
    let shown =
        Memo::new(move |_| (client.state.shown.with(Vec::len), client.state.rows.with(Vec::len)));
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
                    on:change=move |event| choice.update(|choice| choice.label = event_target_value(&event).parse().ok())
                >
                    <option value="" prop:selected=move || choice.with(|choice| choice.label.is_none())>"any label"</option>
                    {options}
                </select>
            </label>
            <fieldset class="beat-filters__stars">
                <legend>"Stars"</legend>
                {stars_input("at least", |choice| &mut choice.stars.0)}
                <span>" to "</span>
                {stars_input("at most", |choice| &mut choice.stars.1)}
            </fieldset>
            <fieldset class="beat-filters__mods">
                <legend>"Played with"</legend>
                <div class="segments">
                    {Mods::ALL.map(|played| segment(
                        played.label(),
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

/// A bound of the stars.
///
/// - `bound`: which one
fn stars_input(name: &'static str, bound: fn(&mut Choice) -> &mut Option<f64>) -> impl IntoView {
    let choice = use_client().state.choice;
    let input = NodeRef::<html::Input>::new();
    let value = Memo::new(move |_| *bound(&mut choice.get()));
    let parsed = |text: String| text.parse::<f64>().ok();
    // What a person is typing stays as it is: "4." is 4.
    Effect::new(move || {
        let (Some(input), value) = (input.get(), value.get()) else { return };
        if parsed(input.value()) != value {
            input.set_value(&value.map_or_else(String::new, |value| value.to_string()));
        }
    });
    let on_input = move |event: Event| {
        let value = parsed(event_target_value(&event));
        choice.update(|choice| *bound(choice) = value);
    };
    view! {
        <input
            node_ref=input
            type="number"
            min="0"
            step="0.1"
            aria-label=format!("Stars, {name}")
            on:input=on_input
        />
    }
}

//! What can be saved of the maps: tables and collections, of all maps or of those that the
//! table shows.

use carto_ui::{Menu, MenuIds, derived_bool, derived_string, focus};
use leptos::prelude::*;

use crate::client::use_client;
use crate::export::{Extent, save_features, save_probabilities};
use crate::format::counted;

const IDS: MenuIds =
    MenuIds { menu: "beat-save", button: "beat-save-open", panel: "beat-save-list" };

/// The menu with a table or file for each purpose; it closes when something is saved.
#[component]
pub(crate) fn SaveMenu() -> impl IntoView {
    let client = use_client();
    let state = client.state;
    let is_open = RwSignal::new(false);
    let n_all = Memo::new(move |_| state.rows.with(Vec::len));
    let n_shown = Memo::new(move |_| state.shown.with(Vec::len));
    let is_shown_only = RwSignal::new(false);
    // What is left out is chosen by the filters; without them there is no choice.
    let has_choice = derived_bool(move || n_shown.get() < n_all.get());
    let extent = move || match is_shown_only.get_untracked() && has_choice.get_untracked() {
        true => Extent::Shown,
        false => Extent::All,
    };
    let is_unclassified =
        derived_bool(move || state.has_unclassified() || state.model.with(Option::is_none));
    let close = move || {
        is_open.set(false);
        focus(IDS.button);
    };
    let option = move |label: Signal<String>, is_shown: bool| {
        view! {
            <label class="beat-save__extent">
                <input
                    type="radio"
                    name="beat-save-extent"
                    prop:checked=derived_bool(move || is_shown_only.get() == is_shown)
                    on:change=move |_| is_shown_only.set(is_shown)
                />
                {label}
            </label>
        }
    };
    let label = view! { "Save" }.into_any();
    view! {
        <Menu ids=IDS label is_open is_disabled=derived_bool(|| false)>
            <div id=IDS.panel class="menu__list" hidden=derived_bool(move || !is_open.get())>
                <fieldset class="beat-save__extents" hidden=derived_bool(move || !has_choice.get())>
                    <legend class="visually-hidden">"Maps"</legend>
                    {option(derived_string(move || format!("All {}", counted(n_all.get(), "map", "maps"))), false)}
                    {option(derived_string(move || format!("The {} shown", counted(n_shown.get(), "map", "maps"))), true)}
                </fieldset>
                {item(
                    "Save features (CSV)",
                    "44 numbers of each map, for a spreadsheet or to train on",
                    derived_bool(|| false),
                    Callback::new(move |()| {
                        save_features(state, extent());
                        close();
                    }),
                )}
                {item(
                    "Save label probabilities (CSV)",
                    "Each label’s probability for each map, for a spreadsheet",
                    is_unclassified,
                    Callback::new(move |()| {
                        save_probabilities(state, extent());
                        close();
                    }),
                )}
                {item(
                    "Save as collections",
                    "Lists of maps by label, for osu! or Collection Manager",
                    derived_bool(|| false),
                    Callback::new(move |()| {
                        close();
                        let is_shown_only = extent() == Extent::Shown;
                        client.collections.choose(|choice| choice.is_shown_only = is_shown_only);
                        client.collections.is_open.set(true);
                    }),
                )}
            </div>
        </Menu>
    }
}

/// A line of the menu: what it saves, and what that is for.
fn item(
    name: &'static str,
    purpose: &'static str,
    is_disabled: Signal<bool>,
    save: Callback<()>,
) -> AnyView {
    view! {
        <button class="menu__item" type="button" disabled=is_disabled on:click=move |_| save.run(())>
            <span>{name}</span>
            <span class="menu__purpose">{purpose}</span>
        </button>
    }
    .into_any()
}

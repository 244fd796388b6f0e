//! Which features are columns.

use carto_features::COLUMNS;
use carto_ui::{Menu, MenuIds, derived_bool};
use leptos::prelude::*;

use crate::client::use_client;
use crate::feature_words::heading;

const IDS: MenuIds =
    MenuIds { menu: "beat-columns", button: "beat-columns-open", panel: "beat-columns-list" };

/// The choice of the features that are columns: any of them can be.
#[component]
pub(crate) fn ColumnsMenu() -> impl IntoView {
    let columns = use_client().state.columns;
    let is_open = RwSignal::new(false);
    let choices = COLUMNS.iter().enumerate().map(|(place, column)| {
        let toggle = move |_| {
            columns.update(|columns| {
                if !columns.remove(&place) {
                    columns.insert(place);
                }
            });
        };
        view! {
            <label class="beat-columns__choice">
                <input
                    type="checkbox"
                    prop:checked=move || columns.with(|columns| columns.contains(&place))
                    on:change=toggle
                />
                {heading(column.name)}
            </label>
        }
    });
    let choices = choices.collect_view();
    let label = view! { "Choose columns" }.into_any();
    view! {
        <Menu ids=IDS label is_open is_disabled=derived_bool(|| false)>
            <div
                id=IDS.panel
                class="menu__list beat-columns__list"
                role="group"
                aria-label="Columns"
                hidden=derived_bool(move || !is_open.get())
            >
                {choices}
            </div>
        </Menu>
    }
}

//! Which features are columns, and what stands above them.

use carto_features::COLUMNS;
use leptos::prelude::*;

use crate::client::use_client;

/// The choice of the features that are columns: any of them can be.
#[component]
pub(crate) fn ColumnsMenu() -> impl IntoView {
    let client = use_client();
    let columns = client.state.columns;
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
    view! {
        <details class="beat-columns">
            <summary class="button">"Choose columns"</summary>
            <div class="beat-columns__list" role="group" aria-label="Columns">
                {choices.collect_view()}
            </div>
        </details>
    }
}

/// What stands above the column of a feature.
pub(crate) fn heading(name: &str) -> String {
    match name {
        "star_rating" => "stars".to_owned(),
        "bpm" => "BPM".to_owned(),
        "ar" | "cs" | "od" | "hp" => name.to_uppercase(),
        "total_length" => "length".to_owned(),
        "notes_per_second" => "notes/s".to_owned(),
        "stream_density" => "streams".to_owned(),
        "mean_distance" => "spacing".to_owned(),
        name => name.replace('_', " "),
    }
}

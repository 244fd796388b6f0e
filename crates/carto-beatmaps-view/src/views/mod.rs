//! The parts of the view, from its head to the training of a person's own classifier.

mod bars;
mod collections;
mod columns;
mod detail;
mod empty;
mod filters;
mod head;
mod issues;
mod model;
mod notes;
mod row;
mod songs;
mod table;
mod train;

use leptos::prelude::*;

use crate::client::BeatmapsClient;

/// The view as a whole.
#[component]
pub(crate) fn Beatmaps() -> impl IntoView {
    let client = BeatmapsClient::new();
    provide_context(client);
    let is_empty = Memo::new(move |_| {
        client.state.rows.with(Vec::is_empty) && client.state.read.with(|(_, n_all)| *n_all == 0)
    });
    view! {
        <head::Head/>
        {move || if is_empty.get() {
            view! { <empty::Empty/> }.into_any()
        } else {
            view! {
                <filters::Filters/>
                <table::Table/>
                <notes::Notes/>
                <songs::Songs/>
            }.into_any()
        }}
        <issues::Issues/>
        <train::Train/>
        <collections::CollectionsDialog/>
    }
}

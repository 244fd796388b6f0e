//! The parts of the view, from its head to the training of a person's own classifier.

mod bars;
mod collections;
mod columns;
mod detail;
mod effects;
mod empty;
mod filters;
mod head;
mod issues;
mod model;
mod notes;
mod row;
mod save;
mod songs;
mod table;
mod train;

use carto_ui::focus;
use leptos::prelude::*;

use crate::client::BeatmapsClient;

/// The view as a whole.
#[component]
pub(crate) fn Beatmaps() -> impl IntoView {
    let client = BeatmapsClient::new();
    provide_context(client);
    let is_empty = Memo::new(move |_| {
        client.state.rows.with(Vec::is_empty) && client.state.read.with(|read| read.n_all == 0)
    });
    // The button that began it is gone: what it brought takes its place, and what a person sees
    // is the begin of a long table and not its end.
    Effect::new(move |was_empty: Option<bool>| {
        let is_empty = is_empty.get();
        if was_empty == Some(true) && !is_empty {
            focus(head::TITLE);
        }
        is_empty
    });
    view! {
        <head::Head/>
        <issues::Issues/>
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
        <train::Train/>
        <collections::CollectionsDialog/>
    }
}

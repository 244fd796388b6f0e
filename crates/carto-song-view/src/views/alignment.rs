//! By how much the times of the two maps lie apart, and what is compared.

use carto_charts::number::clock;
use carto_ui::derived_string;
use leptos::prelude::*;

use crate::client::use_client;
use crate::words::alignment;

/// The lag, its source, and the span.
#[component]
pub(super) fn Alignment() -> impl IntoView {
    let state = use_client().state;
    let lag = derived_string(move || {
        state.opened().map_or_else(String::new, |pair| alignment(&pair.song.lag))
    });
    let span = derived_string(move || {
        state.opened().map_or_else(String::new, |pair| {
            let [from_ms, to_ms] = pair.song.span_ms;
            let (from, to) = (clock(from_ms), clock(to_ms));
            format!("Agreement is measured from {from} to {to}, the span that both maps cover.")
        })
    });
    view! {
        <section class="song-alignment" aria-labelledby="song-alignment-title">
            <h2 id="song-alignment-title" class="song-alignment__title">"Alignment"</h2>
            <p>{lag} " " {span}</p>
        </section>
    }
}

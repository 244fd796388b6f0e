//! The head of the view: title, progress, and what can be done with the maps.

use leptos::prelude::*;
use web_sys::File;

use super::columns::ColumnsMenu;
use crate::client::{BeatmapsClient, use_client};
use crate::export::{save_features, save_probabilities};
use crate::format::{counted, grouped};
use crate::intake::Incoming;
use crate::rows::Row;

/// Title, buttons, progress of reading, and status.
#[component]
pub(crate) fn Head() -> impl IntoView {
    let client = use_client();
    // Drawn once, so that the focus stays on a button while maps come.
    let has_rows = Memo::new(move |_| client.state.rows.with(|rows| !rows.is_empty()));
    let is_reading = Memo::new(move |_| client.state.read.with(|(n_done, n_all)| n_done < n_all));
    view! {
        <div class="beat-head">
            <div>
                <p class="kicker">
                    "Beatmaps"
                    {move || has_rows.get().then(|| format!(" · {}", client.state.rows.with(|rows| counted(rows.len(), "map", "maps"))))}
                </p>
                <h1 class="beat-head__title">"What kind of map is it? Rarely just one."</h1>
            </div>
            <div class="beat-head__buttons">
                {move || has_rows.get().then(|| view! {
                    <FileButton id="beat-more" label="Add files"/>
                    <ColumnsMenu/>
                    <button class="button" type="button" on:click=move |_| save_features(client)>"Save features (CSV)"</button>
                    <button
                        class="button"
                        type="button"
                        disabled=move || client.state.has_unclassified() || client.state.model.with(Option::is_none)
                        on:click=move |_| save_probabilities(client)
                    >"Save label probabilities (CSV)"</button>
                    <button
                        id="beat-collect"
                        class="button"
                        type="button"
                        aria-haspopup="dialog"
                        on:click=move |_| client.collections.is_open.set(true)
                    >"Save as collections"</button>
                    <button class="button" type="button" on:click=move |_| client.clear()>"Clear maps"</button>
                })}
            </div>
        </div>
        <div class="beat-reading" hidden=move || !is_reading.get()>
            <progress
                class="beat-reading__bar"
                aria-label="Files read"
                max=move || client.state.read.with(|(_, n_all)| n_all.to_string())
                prop:value=move || client.state.read.with(|(n_done, _)| n_done.to_string())
            ></progress>
            <span>{move || client.state.read.with(|(n_done, n_all)| {
                format!("{} of {} read", grouped(*n_done), counted(*n_all, "file", "files"))
            })}</span>
            <button class="button button--small" type="button" on:click=move |_| client.stop()>"Stop"</button>
        </div>
        <p id="beat-status" class="visually-hidden" role="status">{move || status(client, is_reading.get())}</p>
        <p class="failure" role="alert" hidden=move || client.state.failure.with(String::is_empty)>
            {move || client.state.failure.get()}
        </p>
    }
}

/// What screen readers say once all maps are read and classified; empty until then.
fn status(client: BeatmapsClient, is_reading: bool) -> String {
    let n_maps = client.state.rows.with(Vec::len);
    if n_maps == 0 || is_reading || client.state.has_unclassified() {
        return String::new();
    }
    let is_classified = |row: &&Row| row.prediction.is_some();
    let n_classified = client.state.rows.with(|rows| rows.iter().filter(is_classified).count());
    format!("Read {}, classified {}.", counted(n_maps, "map", "maps"), grouped(n_classified))
}

/// A button that opens a dialogue for maps, collections and classifiers.
#[component]
pub(crate) fn FileButton(
    /// Id of the input; one of each on the page.
    id: &'static str,
    /// What the button says.
    label: &'static str,
) -> impl IntoView {
    let client = use_client();
    let on_pick = Callback::new(move |picked: Vec<File>| {
        client.add_files(picked.into_iter().map(Incoming::alone).collect());
    });
    let accept = ".osz,.olz,.osu,.db,.osdb,.classifier";
    view! { <carto_ui::FileButton id label accept on_pick/> }
}

use leptos::prelude::*;
use web_sys::HtmlInputElement;

use super::columns::ColumnsMenu;
use crate::client::{BeatmapsClient, use_client};
use crate::download::save_file;
use crate::format::{counted, grouped};
use crate::intake::from_input;
use crate::rows::Row;
use crate::tables;

/// Name, question, how far it is, and what there is to do.
#[component]
pub(crate) fn Head() -> impl IntoView {
    let client = use_client();
    let has_rows = move || client.state.rows.with(|rows| !rows.is_empty());
    let is_reading = Memo::new(move |_| client.state.read.with(|(n_done, n_all)| n_done < n_all));
    view! {
        <div class="beat-head">
            <div>
                <p class="kicker">
                    "Beatmaps"
                    {move || has_rows().then(|| format!(" · {}", client.state.rows.with(|rows| counted(rows.len(), "map", "maps"))))}
                </p>
                <h1 class="beat-head__title">"What kind of map is it? Rarely just one."</h1>
            </div>
            <div class="beat-head__buttons">
                {move || has_rows().then(|| view! {
                    <FileButton id="beat-more" label="Add files" is_folder=false/>
                    <ColumnsMenu/>
                    <button class="button" type="button" on:click=move |_| save_features(client)>"Save features (CSV)"</button>
                    <button
                        class="button"
                        type="button"
                        disabled=move || has_unjudged(client) || client.state.model.with(Option::is_none)
                        on:click=move |_| save_kinds(client)
                    >"Save kinds (CSV)"</button>
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

/// What is said to those who do not see the table grow.
fn status(client: BeatmapsClient, is_reading: bool) -> String {
    let n_maps = client.state.rows.with(Vec::len);
    if n_maps == 0 || is_reading {
        return String::new();
    }
    if has_unjudged(client) {
        return String::new();
    }
    let n_judged =
        client.state.rows.with(|rows| rows.iter().filter(|row| row.judged.is_some()).count());
    format!("Read {}, classified {}.", counted(n_maps, "map", "maps"), grouped(n_judged))
}

/// Whether a map that could be read waits for the classifier.
fn has_unjudged(client: BeatmapsClient) -> bool {
    let waits = |row: &Row| row.judged.is_none() && !row.map.numbers.is_empty();
    client.state.rows.with(|rows| rows.iter().any(waits))
}

/// In the order in which the command writes them.
fn in_order(client: BeatmapsClient) -> Vec<Row> {
    let mut rows = client.state.rows.get_untracked();
    rows.sort_by(|a, b| (&a.file, a.place).cmp(&(&b.file, b.place)));
    rows
}

fn save_features(client: BeatmapsClient) {
    let played = client.state.choice.with_untracked(|choice| choice.played);
    save_file("features.csv", tables::features(&in_order(client), played).as_bytes());
}

fn save_kinds(client: BeatmapsClient) {
    let Some(model) = client.state.model.get_untracked() else { return };
    let played = client.state.choice.with_untracked(|choice| choice.played);
    let table = tables::kinds(&model.facts.labels, &in_order(client), played);
    save_file("kinds.csv", table.as_bytes());
}

/// A file input that looks like a button.
#[component]
pub(crate) fn FileButton(
    /// Id of the input; one of each on the page.
    id: &'static str,
    /// What the button says.
    label: &'static str,
    /// Whether it takes a folder instead of files.
    is_folder: bool,
) -> impl IntoView {
    let client = use_client();
    let on_change = move |event: leptos::ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        client.add_files(from_input(&input));
    };
    let accept = if is_folder { "" } else { ".osz,.osu,.db,.osdb,.classifier" };
    view! {
        <span class="file-button">
            <input
                id=id
                class="file-button__input visually-hidden"
                type="file"
                multiple
                accept=accept
                prop:webkitdirectory=is_folder
                on:change=on_change
            />
            <label class="button" for=id>{label}</label>
        </span>
    }
}

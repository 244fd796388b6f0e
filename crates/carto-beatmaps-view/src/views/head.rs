//! The head of the view: title, progress, and what can be done with the maps.

use carto_ui::PickedFile;
use leptos::prelude::*;

use super::columns::ColumnsMenu;
use crate::desk::{Desk, use_desk};
use crate::export::{save_features, save_probabilities};
use crate::format::{counted, grouped};
use crate::intake::picked_files;
use crate::rows::Row;

/// Title, buttons, progress of reading, and status.
#[component]
pub(crate) fn Head() -> impl IntoView {
    let desk = use_desk();
    let has_rows = move || desk.see.rows.with(|rows| !rows.is_empty());
    let is_reading = Memo::new(move |_| desk.see.read.with(|(n_done, n_all)| n_done < n_all));
    view! {
        <div class="beat-head">
            <div>
                <p class="kicker">
                    "Beatmaps"
                    {move || has_rows().then(|| format!(" · {}", desk.see.rows.with(|rows| counted(rows.len(), "map", "maps"))))}
                </p>
                <h1 class="beat-head__title">"What kind of map is it? Rarely just one."</h1>
            </div>
            <div class="beat-head__buttons">
                {move || has_rows().then(|| view! {
                    <FileButton id="beat-more" label="Add files" is_folder=false/>
                    <ColumnsMenu/>
                    <button class="button" type="button" on:click=move |_| save_features(desk)>"Save features (CSV)"</button>
                    <button
                        class="button"
                        type="button"
                        disabled=move || has_unclassified(desk) || desk.see.model.with(Option::is_none)
                        on:click=move |_| save_probabilities(desk)
                    >"Save label probabilities (CSV)"</button>
                    <button class="button" type="button" on:click=move |_| desk.clear()>"Clear maps"</button>
                })}
            </div>
        </div>
        <div class="beat-reading" hidden=move || !is_reading.get()>
            <progress
                class="beat-reading__bar"
                aria-label="Files read"
                max=move || desk.see.read.with(|(_, n_all)| n_all.to_string())
                prop:value=move || desk.see.read.with(|(n_done, _)| n_done.to_string())
            ></progress>
            <span>{move || desk.see.read.with(|(n_done, n_all)| {
                format!("{} of {} read", grouped(*n_done), counted(*n_all, "file", "files"))
            })}</span>
            <button class="button button--small" type="button" on:click=move |_| desk.stop()>"Stop"</button>
        </div>
        <p id="beat-status" class="visually-hidden" role="status">{move || status(desk, is_reading.get())}</p>
        <p class="failure" role="alert" hidden=move || desk.see.trouble.with(String::is_empty)>
            {move || desk.see.trouble.get()}
        </p>
    }
}

/// What screen readers say once all maps are read and classified; empty until then.
fn status(desk: Desk, is_reading: bool) -> String {
    let n_maps = desk.see.rows.with(Vec::len);
    if n_maps == 0 || is_reading || has_unclassified(desk) {
        return String::new();
    }
    let is_classified = |row: &&Row| row.prediction.is_some();
    let n_classified = desk.see.rows.with(|rows| rows.iter().filter(is_classified).count());
    format!("Read {}, classified {}.", counted(n_maps, "map", "maps"), grouped(n_classified))
}

/// Whether a map that could be read has no label probabilities yet.
fn has_unclassified(desk: Desk) -> bool {
    let waits = |row: &Row| row.prediction.is_none() && !row.map.numbers.is_empty();
    desk.see.rows.with(|rows| rows.iter().any(waits))
}

/// A button that opens a dialogue for maps, collections and classifiers, or for a folder.
#[component]
pub(crate) fn FileButton(
    /// Id of the input; one of each on the page.
    id: &'static str,
    /// What the button says.
    label: &'static str,
    /// Whether it takes a folder instead of files.
    is_folder: bool,
) -> impl IntoView {
    let desk = use_desk();
    let on_pick = Callback::new(move |picked: Vec<PickedFile>| desk.take_in(picked_files(picked)));
    let accept = if is_folder { "" } else { ".osz,.osu,.db,.osdb,.classifier" };
    view! { <carto_ui::FileButton id label accept is_folder on_pick/> }
}

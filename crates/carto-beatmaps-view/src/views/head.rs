use leptos::prelude::*;
use web_sys::HtmlInputElement;

use super::columns::ColumnsMenu;
use crate::desk::{Desk, use_desk};
use crate::download::save_file;
use crate::format::{counted, grouped};
use crate::intake::from_input;
use crate::rows::Row;
use crate::tables;

/// Name, question, how far it is, and what there is to do.
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
                        disabled=move || has_unjudged(desk) || desk.see.model.with(Option::is_none)
                        on:click=move |_| save_kinds(desk)
                    >"Save kinds (CSV)"</button>
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

/// What is said to those who do not see the table grow.
fn status(desk: Desk, is_reading: bool) -> String {
    let n_maps = desk.see.rows.with(Vec::len);
    if n_maps == 0 || is_reading {
        return String::new();
    }
    if has_unjudged(desk) {
        return String::new();
    }
    let n_judged =
        desk.see.rows.with(|rows| rows.iter().filter(|row| row.judged.is_some()).count());
    format!("Read {}, classified {}.", counted(n_maps, "map", "maps"), grouped(n_judged))
}

/// Whether a map that could be read waits for the classifier.
fn has_unjudged(desk: Desk) -> bool {
    let waits = |row: &Row| row.judged.is_none() && !row.map.numbers.is_empty();
    desk.see.rows.with(|rows| rows.iter().any(waits))
}

/// In the order in which the command writes them.
fn in_order(desk: Desk) -> Vec<Row> {
    let mut rows = desk.see.rows.get_untracked();
    rows.sort_by(|a, b| (&a.file, a.place).cmp(&(&b.file, b.place)));
    rows
}

fn save_features(desk: Desk) {
    let played = desk.see.choice.with_untracked(|choice| choice.played);
    save_file("features.csv", tables::features(&in_order(desk), played).as_bytes());
}

fn save_kinds(desk: Desk) {
    let Some(model) = desk.see.model.get_untracked() else { return };
    let played = desk.see.choice.with_untracked(|choice| choice.played);
    let table = tables::kinds(&model.facts.labels, &in_order(desk), played);
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
    let desk = use_desk();
    let on_change = move |event: leptos::ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        desk.take_in(from_input(&input));
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

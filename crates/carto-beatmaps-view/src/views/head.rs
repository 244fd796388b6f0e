//! The head of the view: messages, title, what can be done with the maps, and progress.

use carto_ui::{MessageKind, Messages, derived_string, focus, message};
use leptos::prelude::*;
use web_sys::File;

use super::columns::ColumnsMenu;
use super::save::SaveMenu;
use crate::client::{BeatmapsClient, use_client};
use crate::format::{counted, grouped, n_of, rate, time_left};
use crate::intake::Incoming;
use crate::rows::Row;
use crate::state::ReadProgress;

/// The heading, which takes the focus when the first maps come.
pub(crate) const TITLE: &str = "beat-title";

/// The button that brings cleared maps back.
const UNDO: &str = "beat-undo-clear";

/// Messages, title, buttons, progress of reading, and status.
#[component]
pub(crate) fn Head() -> impl IntoView {
    let client = use_client();
    let state = client.state;
    // Drawn once, so that the focus stays on a button while maps come.
    let has_rows = Memo::new(move |_| state.rows.with(|rows| !rows.is_empty()));
    let is_reading = Memo::new(move |_| state.read.with(ReadProgress::is_reading));
    let clear = move |_| {
        client.clear();
        // What was cleared stands there with the next frame, and the way back.
        request_animation_frame(|| focus(UNDO));
    };
    view! {
        <Messages>
            {message(MessageKind::Failure, state.failure.into(), Callback::new(move |()| state.failure.set(String::new())))}
            {message(MessageKind::Notice, state.notice.into(), Callback::new(move |()| state.notice.set(String::new())))}
        </Messages>
        <div class="beat-head">
            <div>
                <p class="kicker">
                    "Beatmaps"
                    {move || has_rows.get().then(|| format!(" · {}", state.rows.with(|rows| counted(rows.len(), "map", "maps"))))}
                </p>
                <h1 id=TITLE class="beat-head__title" tabindex="-1">"What kind of map is it? Rarely just one."</h1>
            </div>
            <div class="beat-head__buttons">
                {move || has_rows.get().then(|| view! {
                    <FileButton id="beat-more" label="Add files"/>
                    <ColumnsMenu/>
                    <SaveMenu/>
                    <button class="button" type="button" on:click=clear>"Clear maps"</button>
                })}
            </div>
        </div>
        {move || state.cleared.get().map(|maps| view! {
            <section class="bring-back" aria-label="What can be brought back">
                <p class="bring-back__what"><b>"Cleared: "</b> {counted(maps.rows.len(), "map", "maps")} "."</p>
                <button
                    id=UNDO
                    class="button button--small"
                    type="button"
                    on:click=move |_| {
                        client.undo_clear();
                        focus(TITLE);
                    }
                >"Undo"</button>
            </section>
        })}
        <div class="beat-reading" hidden=move || !is_reading.get()>
            <progress
                class="beat-reading__bar"
                aria-label="Files read"
                max=move || state.read.with(|read| read.n_all.to_string())
                prop:value=move || state.read.with(|read| read.n_done.to_string())
            ></progress>
            <span class="beat-reading__pace">{derived_string(move || state.read.with(reading_in_words))}</span>
            <button class="button button--small" type="button" on:click=move |_| client.stop()>"Stop"</button>
        </div>
        <p id="beat-status" class="visually-hidden" role="status">{move || status(client, is_reading.get())}</p>
    }
}

/// `733 of 1,554 files read · 90 files a second · 9 s left`.
fn reading_in_words(read: &ReadProgress) -> String {
    let mut words = format!("{} files read", n_of(read.n_done, read.n_all));
    if let Some(per_s) = read.per_s {
        let left = time_left((read.n_all - read.n_done.min(read.n_all)) as f64 / per_s);
        for part in [rate(per_s, "files"), left].iter().filter(|part| !part.is_empty()) {
            words.extend([" · ", part]);
        }
    }
    words
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
    /// Classes of the button.
    #[prop(default = "button")]
    class: &'static str,
) -> impl IntoView {
    let client = use_client();
    let on_pick = Callback::new(move |picked: Vec<File>| {
        client.add_files(picked.into_iter().map(Incoming::alone).collect());
    });
    let accept = ".osz,.olz,.osu,.db,.osdb,.classifier";
    view! { <carto_ui::FileButton id label class accept on_pick/> }
}

//! How far measuring is, with its end and its continuation.

use carto_ui::{derived_bool, derived_str, derived_string};
use leptos::prelude::*;

use crate::client::use_client;
use crate::state::Progress;
use crate::words::progress_text;

/// A bar over songs, and one button that stops or goes on; hidden once all are measured.
#[component]
pub(super) fn MeasuringBar() -> impl IntoView {
    let client = use_client();
    let progress = client.state.progress;
    let is_over = derived_bool(move || {
        let Progress { n_done, n_all, .. } = progress.get();
        n_done >= n_all
    });
    // One button for both: it keeps its place and the focus.
    let act = move |_| match progress.get_untracked().is_stopped {
        true => client.resume(),
        false => client.stop(),
    };
    view! {
        <div class="mapper-measuring" hidden=is_over>
            <progress
                class="mapper-measuring__bar"
                aria-label="Songs measured"
                max=derived_string(move || progress.get().n_all.to_string())
                prop:value=derived_string(move || progress.get().n_done.to_string())
            ></progress>
            <span>{derived_string(move || progress_text(progress.get()))}</span>
            <button id="mapper-stop" class="button button--small" type="button" on:click=act>
                {derived_str(move || if progress.get().is_stopped { "Resume" } else { "Stop" })}
            </button>
        </div>
    }
}

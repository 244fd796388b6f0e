//! What can be brought back: the run that was cleared, and the result of the last run, also of
//! an earlier visit.

use carto_ui::{dynamic, focus};
use leptos::prelude::*;

use super::run_labels::inventory;
use crate::context::{use_own_result, use_results, use_run};
use crate::run::Phase;

/// A line for the run that was cleared, and else one for the last run; nothing where there is
/// neither, or where a person is at a run of theirs.
#[component]
pub(crate) fn BringBack() -> impl IntoView {
    let (run, own, results) = (use_run(), use_own_result(), use_results());
    let (phase, cleared, last_run) = (run.state.phase, run.state.cleared, own.last_run);
    let is_empty = Memo::new(move |_| phase.get() == Phase::Empty);
    let undo = move |_| {
        run.undo_clear();
        focus("run-title");
    };
    dynamic(move || match (cleared.get(), last_run.get()) {
        (Some(counts), _) => view! {
            <section class="bring-back" aria-label="What can be brought back">
            <p class="bring-back__what">
                <b>{if is_empty.get() { "Cleared: " } else { "Put aside for the demo set: " }}</b>
                {inventory(counts, counts.n_songs > 0)} "."
            </p>
            <button id="undo-clear" class="button button--small" type="button" on:click=undo>
                {if is_empty.get() { "Undo" } else { "Back to your maps" }}
            </button>
            </section>
        }
        .into_any(),
        (None, Some(last_run)) if is_empty.get() => view! {
            <section class="bring-back" aria-label="What can be brought back">
            <p class="bring-back__what"><b>"Your last run: "</b> {last_run.name} "."</p>
            <button
                id="open-last-run"
                class="button button--small"
                type="button"
                on:click=move |_| own.open_last_run(results)
            >
                "Open its result"
            </button>
            </section>
        }
        .into_any(),
        _ => ().into_any(),
    })
}

//! What the browser keeps for the next visit: the result of the last run, what is read, and
//! the folder to come back to; whether it does, how much that is, and its end.

use carto_charts::number::file_size;
use carto_protocol::Kept;
use carto_ui::{derived_bool, derived_string, focus};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::context::{use_own_result, use_run};
use crate::files::kept_folder;
use crate::routing::use_file_sinks;
use crate::settings;

/// Two switches, what is kept, and buttons that delete it and read the kept folder again.
#[component]
pub(crate) fn KeepPanel() -> impl IntoView {
    let run = use_run();
    let sinks = use_file_sinks();
    let (is_on, kept) = (run.state.is_keeping, run.state.kept);
    let folder = RwSignal::new(None::<String>);
    let said = RwSignal::new(String::new());
    run.ask_kept();
    // Else nothing is kept, and nobody asked for a database.
    if is_on.get_untracked() {
        spawn_local(async move {
            folder.set(kept_folder::name().await);
        });
    }
    let delete = move || {
        folder.set(None);
        spawn_local(kept_folder::forget());
    };
    let set = move |is_on: bool| {
        settings::store_keeping(is_on);
        run.set_keeping(is_on);
        if !is_on {
            delete();
        }
    };
    let open = move |_| {
        let is_again = folder.with_untracked(Option::is_some);
        spawn_local(async move {
            let found =
                if is_again { kept_folder::read().await } else { kept_folder::pick().await };
            match found {
                Ok(Some(folder)) => sinks.route_objects(&folder),
                Ok(None) => {}
                Err(error) => said.set(format!("The folder was not read: {error}.")),
            }
            folder.set(kept_folder::name().await);
        });
    };
    view! {
        <section class="plate keep-panel" aria-label="Next visit">
            <KeepLastRun/>
            <div class="keep-panel__row">
            <label class="keep-panel__choice">
                <input
                    id="keep"
                    type="checkbox"
                    prop:checked=is_on
                    on:change=move |event| set(event_target_checked(&event))
                />
                " Keep what is read for the next visit"
            </label>
            <p class="keep-panel__what">
                "In this browser, on this computer alone: files that did not change are not read again. "
                <span role="status">{derived_string(move || kept.with(in_words) + &said.get())}</span>
            </p>
            <button
                class="button button--small"
                type="button"
                hidden=derived_bool(move || !is_on.get() || !kept_folder::can_be_kept())
                on:click=open
            >
                {derived_string(move || folder.with(|folder| match folder {
                    Some(name) => format!("Read “{name}” again"),
                    None => "Choose a folder to come back to".to_owned(),
                }))}
            </button>
            <button
                class="button button--small"
                type="button"
                hidden=derived_bool(move || kept.with(|kept| kept.as_ref().is_none_or(|kept| kept.n_bytes == 0)))
                on:click=move |_| {
                    run.delete_kept();
                    delete();
                }
            >
                "Delete what is kept"
            </button>
            </div>
        </section>
    }
}

/// The choice to keep the result of the last run, and the way to delete it.
#[component]
fn KeepLastRun() -> impl IntoView {
    let own = use_own_result();
    let last_run = own.last_run;
    let said = derived_string(move || {
        let kept = last_run.with(|it| it.as_ref().map(|it| format!("Kept: {}. ", it.name)));
        kept.unwrap_or_default() + &own.problem.get()
    });
    view! {
        <div class="keep-panel__row">
        <label class="keep-panel__choice">
            <input
                id="keep-last-run"
                type="checkbox"
                prop:checked=own.is_keeping
                on:change=move |event| own.set_keeping(event_target_checked(&event))
            />
            " Keep the result of the last run"
        </label>
        <p class="keep-panel__what">
            "So that a closed tab loses nothing: its figures, songs and pairs, and no map. "
            <span role="status">{said}</span>
        </p>
        <button
            id="forget-last-run"
            class="button button--small"
            type="button"
            hidden=derived_bool(move || last_run.with(Option::is_none))
            on:click=move |_| {
                own.forget_last_run();
                focus("keep-last-run");
            }
        >
            "Delete this result"
        </button>
        </div>
    }
}

/// How much is kept, and why no more is.
fn in_words(kept: &Option<Kept>) -> String {
    let Some(Kept { n_bytes, problem }) = kept else { return String::new() };
    match problem {
        Some(problem) => format!("Nothing more is kept: {problem}. "),
        None => format!("{} kept. ", file_size(*n_bytes)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_said_with_its_size_or_the_problem() {
        assert_eq!(in_words(&None), "");
        let kept = |problem: Option<&str>| {
            Some(Kept { n_bytes: 12_345_678, problem: problem.map(str::to_owned) })
        };
        assert_eq!(in_words(&kept(None)), "12 MB kept. ");
        assert_eq!(in_words(&kept(Some("no room"))), "Nothing more is kept: no room. ");
    }
}

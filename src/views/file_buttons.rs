//! The two ways to choose files without dragging.

use leptos::prelude::*;

use crate::app::{use_results, use_run};
use crate::arrive::{open_results, take_in};
use crate::files::from_input;

/// A file input that looks like a button: the input keeps focus, keys and name.
///
/// It is a real `<input type="file">` out of sight, so everything that opens a
/// file dialogue anywhere opens this one.
#[component]
pub(crate) fn FileButton(
    /// Id of the input; one of each on the page.
    id: &'static str,
    /// What the button says.
    label: &'static str,
    /// Classes of the button.
    class: &'static str,
    /// Whether it takes a folder instead of files.
    #[prop(optional)]
    is_folder: bool,
) -> impl IntoView {
    let (run, results) = (use_run(), use_results());
    let on_change = move |event: leptos::ev::Event| {
        take_in(run, results, from_input(&event_target(&event)));
    };
    view! {
        <span class="file-button">
            <input
                id=id
                class="file-button__input visually-hidden"
                type="file"
                multiple
                accept={(!is_folder).then_some(".osz,.osu,.json")}
                prop:webkitdirectory={is_folder}
                on:change=on_change
            />
            <label class=class for=id>{label}</label>
        </span>
    }
}

/// The way to open a result file by hand.
#[component]
pub(crate) fn OpenResultButton(
    /// Id of the input.
    id: &'static str,
) -> impl IntoView {
    let results = use_results();
    let on_change = move |event: leptos::ev::Event| {
        open_results(results, from_input(&event_target(&event)).files);
    };
    view! {
        <span class="file-button">
            <input
                id=id
                class="file-button__input visually-hidden"
                type="file"
                multiple
                accept=".json"
                on:change=on_change
            />
            <label class="button" for=id>"Open a result file"</label>
        </span>
    }
}

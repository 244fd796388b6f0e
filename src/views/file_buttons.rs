//! The ways to choose files without dragging.

use leptos::prelude::*;
use web_sys::HtmlInputElement;

use crate::arrive::{open_results, take_in, use_takers};
use crate::context::use_results;
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
    let takers = use_takers();
    let accept = if is_folder { "" } else { ".osz,.osu,.json" };
    let take = Callback::new(move |input| take_in(takers, from_input(&input)));
    button((id, label, class), accept, is_folder, take)
}

/// The way to open a result file by hand.
#[component]
pub(crate) fn OpenResultButton(
    /// Id of the input.
    id: &'static str,
) -> impl IntoView {
    let results = use_results();
    let take = Callback::new(move |input| open_results(results, from_input(&input).files));
    button((id, "Open a result file", "button"), ".json", false, take)
}

/// - `accept`: endings, by commas; empty for any
fn button(
    (id, label, class): (&'static str, &'static str, &'static str),
    accept: &'static str,
    is_folder: bool,
    take: Callback<HtmlInputElement>,
) -> impl IntoView {
    view! {
        <span class="file-button">
            <input
                id=id
                class="file-button__input visually-hidden"
                type="file"
                multiple
                accept=accept
                prop:webkitdirectory=is_folder
                on:change=move |event| take.run(event_target(&event))
            />
            <label class=class for=id>{label}</label>
        </span>
    }
}

//! Choosing files without dragging.

use leptos::prelude::*;
use web_sys::{File, HtmlInputElement};

/// The files of an `<input type="file">`.
///
/// The input is emptied, so that choosing the same files again is an event too.
fn pick_files(input: &HtmlInputElement) -> Vec<File> {
    let list = input.files();
    let files = list.iter().flat_map(|list| (0..list.length()).filter_map(|idx| list.get(idx)));
    let picked = files.collect();
    input.set_value("");
    picked
}

/// A file input that looks like a button: the input keeps focus, keys and name.
///
/// It is a real `<input type="file">` out of sight, so everything that opens a file
/// dialogue anywhere opens this one.
#[component]
pub fn FileButton(
    /// Id of the input; one of each on the page.
    id: &'static str,
    /// Text of the button.
    label: &'static str,
    /// Classes of the button.
    #[prop(default = "button")]
    class: &'static str,
    /// Extensions that the dialogue offers, by commas; empty for any file.
    accept: &'static str,
    /// Whether it takes one file alone.
    #[prop(optional)]
    is_single: bool,
    /// Gets what was chosen; nothing of the files is read here.
    on_pick: Callback<Vec<File>>,
) -> impl IntoView {
    view! {
        <span class="file-button">
            <input
                id=id
                class="file-button__input visually-hidden"
                type="file"
                multiple=!is_single
                accept=accept
                on:change=move |event| on_pick.run(pick_files(&event_target(&event)))
            />
            <label class=class for=id>{label}</label>
        </span>
    }
}

/// As [`FileButton`], for a folder.
///
/// It has no callback: `www/folders.js` opens the best dialogue that the browser has, and
/// sends the page the event `carto-files` with the folder, which then comes in as one that
/// was dropped.
#[component]
pub fn FolderButton(
    /// Id of the input; one of each on the page.
    id: &'static str,
    /// Text of the button.
    label: &'static str,
) -> impl IntoView {
    view! {
        <span class="file-button">
            <input
                id=id
                class="file-button__input visually-hidden"
                type="file"
                prop:webkitdirectory=true
            />
            <label class="button" for=id>{label}</label>
        </span>
    }
}

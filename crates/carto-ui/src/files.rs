//! Choosing files without dragging.

use js_sys::Reflect;
use leptos::prelude::*;
use web_sys::{File, HtmlInputElement};

/// A file that was chosen with an input.
#[derive(Debug, Clone)]
pub struct PickedFile {
    /// Path below the chosen folder, whose own name is left out as the command does; the
    /// name of a file that was chosen by itself.
    pub path: String,
    /// Whether it came with a folder, which nobody looked through before.
    pub is_in_folder: bool,
    /// Handle; nothing of the file is read here.
    pub file: File,
}

/// The files of an `<input type="file">`, with or without `webkitdirectory`.
///
/// The input is emptied, so that choosing the same files again is an event too.
pub fn pick_files(input: &HtmlInputElement) -> Vec<PickedFile> {
    let list = input.files();
    let files = list.iter().flat_map(|list| (0..list.length()).filter_map(|idx| list.get(idx)));
    let picked = files.map(picked_file).collect();
    input.set_value("");
    picked
}

/// A file with the path that the browser has for it below a picked folder.
pub fn picked_file(file: File) -> PickedFile {
    let relative = Reflect::get(&file, &"webkitRelativePath".into()).ok();
    let relative = relative.and_then(|path| path.as_string()).filter(|path| !path.is_empty());
    PickedFile {
        path: relative.as_deref().map_or_else(|| file.name(), |path| below_root(path).to_owned()),
        is_in_folder: relative.is_some(),
        file,
    }
}

/// The path without the chosen folder's own name; a lone name stays.
fn below_root(relative_path: &str) -> &str {
    relative_path.split_once('/').map_or(relative_path, |(_, below)| below)
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
    /// Extensions that the dialogue offers, by commas; empty for any file, and for folders.
    accept: &'static str,
    /// Whether it takes a folder instead of files.
    #[prop(optional)]
    is_folder: bool,
    /// Whether it takes one file alone.
    #[prop(optional)]
    is_single: bool,
    /// Gets what was chosen.
    on_pick: Callback<Vec<PickedFile>>,
) -> impl IntoView {
    view! {
        <span class="file-button">
            <input
                id=id
                class="file-button__input visually-hidden"
                type="file"
                multiple=!is_single
                accept=accept
                prop:webkitdirectory=is_folder
                on:change=move |event| on_pick.run(pick_files(&event_target(&event)))
            />
            <label class=class for=id>{label}</label>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::below_root;

    #[test]
    fn a_picked_folders_own_name_is_left_out() {
        assert_eq!(below_root("songs/1001.osz"), "1001.osz");
        assert_eq!(below_root("songs/more/1001.osz"), "more/1001.osz");
        assert_eq!(below_root("1001.osz"), "1001.osz");
    }
}

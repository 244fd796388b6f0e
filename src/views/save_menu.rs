//! The files of a run, to take home one by one.

use std::sync::Arc;

use carto_types::OutputFile;
use leptos::prelude::*;

use super::icons::{CHEVRON, icon};
use super::live::{aria, drawn, flag, text};
use super::menu::folding;
use crate::context::use_run;
use crate::download::{save_file, save_picture};

/// What each file is for, those that most people want first.
const KNOWN_FILES: [(&str, &str); 10] = [
    ("result.json", "All of it: drop it here to open it again"),
    ("track_a_results.json", "Agreement of the nine channels, in the published layout"),
    ("cross_mapper_agreement.svg", "The chart as a picture"),
    ("methods.txt", "A paragraph for a paper, from the run’s own parameters"),
    ("track_b_results.json", "Agreement of the latents, in the published layout"),
    ("synthesis_results.json", "Latents against channels, in the published layout"),
    ("report.json", "What was skipped and why, times, versions"),
    ("multi_mapper_index.json", "Songs with two mappers or more"),
    ("beatmap_registry.json", "Every map that could take part"),
    ("encoding_manifest.json", "The maps that were compared"),
];

/// The files of one's own run.
#[component]
pub(crate) fn SaveMenu() -> impl IntoView {
    let files: Signal<Arc<[OutputFile]>> = use_run().state.outputs.into();
    let has_none = flag(move || files.with(|files| files.is_empty()));
    let (trouble, on_open) = (text(String::new), Callback::new(|()| ()));
    view! { <FilesMenu files has_none trouble on_open/> }
}

/// A button that unfolds a list of files; each is saved on its own.
#[component]
pub(crate) fn FilesMenu(
    /// The files; they may come when the menu is open.
    files: Signal<Arc<[OutputFile]>>,
    /// Whether there are none and never will be.
    has_none: Signal<bool>,
    /// Why there are none.
    trouble: Signal<String>,
    /// Runs when the menu is opened.
    on_open: Callback<()>,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let items = drawn(move || {
        let names = files.with(|files| names_in_order(files));
        names.into_iter().map(|name| menu_item(files, name)).collect_view().into_any()
    });

    let (keys, leave) = folding(is_open, "save-menu", "save");
    view! {
        <div id="save-menu" class="menu" on:keydown=keys on:focusout=leave>
            <button
                id="save"
                class="button"
                type="button"
                aria-expanded=aria(move || is_open.get())
                aria-controls="save-list"
                disabled=has_none
                on:click=move |_| {
                    is_open.update(|is_open| *is_open = !*is_open);
                    on_open.run(());
                }
            >
                "Save results"
                {icon(CHEVRON)}
            </button>
            <ul id="save-list" class="menu__list" hidden=flag(move || !is_open.get())>
                {items}
                <li class="menu__trouble"><span role="status">{trouble}</span></li>
            </ul>
        </div>
    }
}

/// The text of a file may be megabytes: it is fetched when it is asked for.
fn menu_item(files: Signal<Arc<[OutputFile]>>, name: String) -> impl IntoView {
    let purpose = purpose_of(&name);
    let shown = name.clone();
    let picture = name.ends_with(".svg").then(|| {
        let name = name.clone();
        let save = move |_| {
            files.with_untracked(|files| {
                if let Some(file) = files.iter().find(|file| file.name == name) {
                    save_picture(&file.name, &file.text);
                }
            });
        };
        view! {
            <button class="menu__item menu__item--more" type="button" aria-label=format!("{} as PNG", shown.trim_end_matches(".svg")) on:click=save>
                "PNG"
            </button>
        }
    });
    let shown = name.clone();
    let save = move |_| {
        files.with_untracked(|files| {
            if let Some(file) = files.iter().find(|file| file.name == name) {
                save_file(&file.name, &file.text);
            }
        });
    };
    view! {
        <li class="menu__row">
            <button class="menu__item" type="button" on:click=save>
                <b class="menu__name">{shown}</b>
                " "
                <span class="menu__purpose">{purpose}</span>
            </button>
            {picture}
        </li>
    }
}

fn purpose_of(name: &str) -> &'static str {
    let known = KNOWN_FILES.iter().find(|(known, _)| *known == name);
    match (known, name.rsplit_once('.')) {
        (Some((_, what)), _) => what,
        (None, Some((_, "csv"))) => "A table, for spreadsheets and scripts",
        (None, Some((_, "svg"))) => "A chart as a picture",
        _ => "",
    }
}

/// Known files in their order, then any other.
fn names_in_order(files: &[OutputFile]) -> Vec<String> {
    let is_known = |name: &str| KNOWN_FILES.iter().any(|(known, _)| *known == name);
    let known = KNOWN_FILES.iter().filter(|(name, _)| files.iter().any(|file| file.name == *name));
    let others = files.iter().filter(|file| !is_known(&file.name));
    known.map(|(name, _)| (*name).to_owned()).chain(others.map(|file| file.name.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_most_people_want_stands_first() {
        let file = |name: &str| OutputFile { name: name.to_owned(), text: String::new() };
        let files = [file("new.json"), file("report.json"), file("track_a_results.json")];
        assert_eq!(names_in_order(&files), ["track_a_results.json", "report.json", "new.json"]);
    }
}

//! The files of a run, to take home one by one.

use carto_protocol::OutputFile;
use leptos::ev;
use leptos::prelude::*;

use super::focus;
use super::icons::{CHEVRON, icon};
use super::live::{aria, drawn, flag};
use crate::app::use_run;
use crate::download::save_file;
use crate::state::Run;

/// What each file is for, those that most people want first.
const KNOWN_FILES: [(&str, &str); 6] = [
    ("track_a_results.json", "Agreement of the nine channels, in the published layout"),
    ("cross_mapper_agreement.svg", "The chart as a picture"),
    ("report.json", "What was skipped and why, times, versions"),
    ("multi_mapper_index.json", "Songs with two mappers or more"),
    ("beatmap_registry.json", "Every map that could take part"),
    ("encoding_manifest.json", "The maps that were compared"),
];

/// A button that unfolds a list of files; each is saved on its own.
#[component]
pub(crate) fn SaveMenu() -> impl IntoView {
    let run = use_run();
    let is_open = RwSignal::new(false);
    let has_none = flag(move || run.outputs().with(Vec::is_empty));
    let items = drawn(move || {
        let names = run.outputs().with(|files| names_in_order(files));
        names.into_iter().map(|name| menu_item(run, name)).collect_view().into_any()
    });

    let close_on_escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && is_open.get_untracked() {
            is_open.set(false);
            focus("save");
        }
    };
    // A press or focus anywhere else folds it up again.
    let close_outside = move |target: Option<web_sys::EventTarget>| {
        if is_open.get_untracked() && !is_inside_menu(target) {
            is_open.set(false);
        }
    };
    let handle = window_event_listener(ev::pointerdown, move |event| close_outside(event.target()));
    on_cleanup(move || handle.remove());

    view! {
        <div
            id="save-menu"
            class="menu"
            on:keydown=close_on_escape
            on:focusout=move |event| {
                if event.related_target().is_some() {
                    close_outside(event.related_target());
                }
            }
        >
            <button
                id="save"
                class="button"
                type="button"
                aria-expanded=aria(move || is_open.get())
                aria-controls="save-list"
                disabled=has_none
                on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
            >
                "Save results"
                {icon(CHEVRON)}
            </button>
            <ul id="save-list" class="menu__list" hidden=flag(move || !is_open.get())>
                {items}
            </ul>
        </div>
    }
}

/// The text of a file may be megabytes: it is fetched when it is asked for.
fn menu_item(run: Run, name: String) -> impl IntoView {
    let purpose = KNOWN_FILES.iter().find(|(known, _)| *known == name).map_or("", |(_, what)| what);
    let shown = name.clone();
    let save = move |_| {
        run.outputs().with_untracked(|files| {
            if let Some(file) = files.iter().find(|file| file.name == name) {
                save_file(&file.name, &file.text);
            }
        });
    };
    view! {
        <li>
            <button class="menu__item" type="button" on:click=save>
                <b class="menu__name">{shown}</b>
                " "
                <span class="menu__purpose">{purpose}</span>
            </button>
        </li>
    }
}

fn is_inside_menu(target: Option<web_sys::EventTarget>) -> bool {
    use wasm_bindgen::JsCast;
    let node = target.and_then(|target| target.dyn_into::<web_sys::Node>().ok());
    let menu = document().get_element_by_id("save-menu");
    menu.is_some_and(|menu| menu.contains(node.as_ref()))
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

//! The files of a run, to take home one by one.

use carto_protocol::OutputFile;
use leptos::ev;
use leptos::prelude::*;

use super::icons::{CHEVRON, icon};
use crate::app::use_run;
use crate::download::save_file;

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
    let root = NodeRef::<leptos::html::Div>::new();
    let toggle = NodeRef::<leptos::html::Button>::new();

    // Names only: the texts may be megabytes and stay where they are.
    let names = Memo::new(move |_| {
        let mut names: Vec<String> = run.outputs().with(|files| names_of(files));
        names.sort_by_key(|name| place(name));
        names
    });
    let has_none = move || names.with(Vec::is_empty);
    let close_on_escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && is_open.get_untracked() {
            is_open.set(false);
            let _ = toggle.get_untracked().map(|button| button.focus());
        }
    };
    // A press or focus anywhere else folds it up again.
    let close_outside = move |target: Option<web_sys::EventTarget>| {
        use wasm_bindgen::JsCast;
        let node = target.and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let is_inside = root.get_untracked().is_some_and(|root| root.contains(node.as_ref()));
        if !is_inside && is_open.get_untracked() {
            is_open.set(false);
        }
    };
    let handle = window_event_listener(ev::pointerdown, move |event| close_outside(event.target()));
    on_cleanup(move || handle.remove());

    let entry = move |name: String| {
        let purpose = KNOWN_FILES.iter().find(|(known, _)| *known == name).map(|(_, what)| *what);
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
    };
    view! {
        <div
            class="menu"
            node_ref=root
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
                node_ref=toggle
                aria-expanded=move || if is_open.get() { "true" } else { "false" }
                aria-controls="save-list"
                disabled=has_none
                on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
            >
                "Save results"
                {icon(CHEVRON)}
            </button>
            <ul id="save-list" class="menu__list" hidden=move || !is_open.get()>
                <For each=move || names.get() key=String::clone children=entry/>
            </ul>
        </div>
    }
}

fn place(name: &str) -> usize {
    KNOWN_FILES.iter().position(|(known, _)| *known == name).unwrap_or(KNOWN_FILES.len())
}

fn names_of(files: &[OutputFile]) -> Vec<String> {
    files.iter().map(|file| file.name.clone()).collect()
}

//! The menu of files to save, of one's own run and of a result that was not computed here.

use std::sync::Arc;

use carto_protocol::ResultText;
use carto_types::OutputFile;
use carto_ui::{Menu, MenuIds, derived_bool, derived_string, dynamic, save_file, save_picture};
use leptos::prelude::*;

use super::icons::{CHEVRON, icon};
use crate::context::{use_results, use_run};
use crate::results::RequestState;

/// Purpose of each file by its name, in the order of the menu.
const KNOWN_FILES: [(&str, &str); 10] = [
    ("result.json", "The whole result: drop it here to open it again"),
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

/// The menu of the files of a person's own run.
#[component]
pub(crate) fn SaveMenu() -> impl IntoView {
    let files: Signal<Arc<[OutputFile]>> = use_run().state.outputs.into();
    let is_disabled = derived_bool(move || files.with(|files| files.is_empty()));
    let status = derived_string(String::new);
    view! { <FilesMenu files is_disabled status on_press=Callback::new(|()| ())/> }
}

/// The menu of the files of another result, which are made when it is opened first.
#[component]
pub(crate) fn ExportMenu(
    /// The result to save.
    result: Signal<Option<ResultText>>,
) -> impl IntoView {
    let results = use_results();
    let exported = results.state.exported;
    let files = Signal::derive(move || match exported.get() {
        RequestState::Ready(files) => files,
        _ => Arc::default(),
    });
    let status = derived_string(move || match exported.get() {
        RequestState::Pending(_) => "Making the files.".to_owned(),
        RequestState::Failed(why) => why,
        _ => String::new(),
    });
    Effect::new(move || {
        result.track();
        results.forget_files();
    });
    let on_press = Callback::new(move |()| {
        if exported.with_untracked(|exported| *exported == RequestState::Idle)
            && let Some(result) = result.get_untracked()
        {
            results.export(result);
        }
    });
    let is_disabled = derived_bool(move || result.with(Option::is_none));
    view! { <FilesMenu files is_disabled status on_press/> }
}

/// A menu of files; each is saved on its own.
#[component]
fn FilesMenu(
    /// The files; they may come when the menu is open.
    files: Signal<Arc<[OutputFile]>>,
    /// Whether there is no result to save.
    is_disabled: Signal<bool>,
    /// Why there are no files yet; empty where there are.
    status: Signal<String>,
    /// Runs after each press of the menu's button.
    on_press: Callback<()>,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let items = dynamic(move || {
        let names = files.with(|files| names_in_order(files));
        names.into_iter().map(|name| menu_item(files, name)).collect_view().into_any()
    });
    let ids = MenuIds { menu: "save-menu", button: "save", panel: "save-list" };
    let label = view! { "Save results" {icon(CHEVRON)} }.into_any();
    view! {
        <Menu ids label is_open is_disabled on_press>
            <ul id=ids.panel class="menu__list" hidden=derived_bool(move || !is_open.get())>
                {items}
                <li class="menu__trouble"><span role="status">{status}</span></li>
            </ul>
        </Menu>
    }
}

/// A line of the menu. The text of a file may be megabytes: it is taken when it is saved.
fn menu_item(files: Signal<Arc<[OutputFile]>>, name: String) -> impl IntoView {
    let purpose = purpose_of(&name);
    let press = |save: fn(&OutputFile)| {
        let name = name.clone();
        move |_| {
            files.with_untracked(|files| {
                if let Some(file) = files.iter().find(|file| file.name == name) {
                    save(file);
                }
            });
        }
    };
    let save = press(|file| save_file(&file.name, file.text.as_bytes()));
    let picture = name.strip_suffix(".svg").map(|stem| {
        let save = press(|file| save_picture(&file.name, &file.text));
        view! {
            <button class="menu__item menu__item--more" type="button" aria-label=format!("{stem} as PNG") on:click=save>
                "PNG"
            </button>
        }
    });
    view! {
        <li class="menu__row">
            <button class="menu__item" type="button" on:click=save>
                <b class="menu__name">{name}</b>
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

/// Names of the files: the known ones in the order of [`KNOWN_FILES`], then the others.
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

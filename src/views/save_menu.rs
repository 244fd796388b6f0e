//! The menu of files to save, of one's own run and of a result that was not computed here.

use std::sync::Arc;

use carto_protocol::ResultText;
use carto_types::{OutputFile, ResultLabel};
use carto_ui::{
    Menu, MenuIds, derived_bool, derived_string, dynamic, focus, save_file, save_picture,
};
use leptos::prelude::*;

use super::icons::{CHEVRON, icon};
use super::result_name::{NameField, ResultNaming};
use super::result_parts::ResultParts;
use super::saved_files::{ListedFile, listed};
use crate::context::{use_results, use_run};
use crate::results::RequestState;

/// Ids of the menu's parts.
const IDS: MenuIds = MenuIds { menu: "save-menu", button: "save", panel: "save-list" };

/// The file that has everything.
const RESULT: &str = "result.json";

/// The menu of the files of a person's own run.
#[component]
pub(crate) fn SaveMenu(
    /// What the run is called.
    naming: ResultNaming,
) -> impl IntoView {
    let files: Signal<Arc<[OutputFile]>> = use_run().state.outputs.into();
    let is_disabled = derived_bool(move || files.with(|files| files.is_empty()));
    let parts = ResultParts::of_own_run();
    let status = derived_string(move || parts.get().in_files());
    view! { <FilesMenu files naming is_disabled status on_press=Callback::new(|()| ())/> }
}

/// The menu of the files of another result, which are made when it is opened first.
#[component]
pub(crate) fn ExportMenu(
    /// The result to save.
    result: Signal<Option<ResultText>>,
    /// What it is called.
    naming: ResultNaming,
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
    view! { <FilesMenu files naming is_disabled status on_press/> }
}

/// A menu of files: all as one zip, or each on its own. It closes once one is saved.
#[component]
fn FilesMenu(
    /// The files; they may come when the menu is open.
    files: Signal<Arc<[OutputFile]>>,
    /// What the result is called.
    naming: ResultNaming,
    /// Whether there is no result to save.
    is_disabled: Signal<bool>,
    /// Why there are no files yet, or what they lack so far; empty where there is nothing to say.
    status: Signal<String>,
    /// Runs after each press of the menu's button.
    on_press: Callback<()>,
) -> impl IntoView {
    let results = use_results();
    let saving = results.state.saving;
    let is_open = RwSignal::new(false);
    let close = move || {
        is_open.set(false);
        focus(IDS.button);
    };
    // Whoever saves a result wants its name in it; what has none to give is saved as it is.
    let save = move |file: &OutputFile| {
        let label = naming.label.get_untracked();
        if file.name == RESULT && label != ResultLabel::default() {
            results.save_result(file.text.clone(), label, naming.on_saved);
        } else {
            save_file(&file.name, file.text.as_bytes());
        }
        close();
    };
    let save_all = move |_| {
        let (name, label) = (naming.name.get_untracked(), naming.label.get_untracked());
        files.with_untracked(|files| results.save_all(files, &name, label, naming.on_saved));
        close();
    };
    let save_drawing = move |file: &OutputFile| {
        save_picture(&file.name, &file.text);
        close();
    };
    let with_file = move |name: &str, act: &dyn Fn(&OutputFile)| {
        // The text of a file may be megabytes: it is taken when it is saved.
        let files = files.get_untracked();
        if let Some(file) = files.iter().find(|file| file.name == name) {
            act(file);
        }
    };
    let item = move |ListedFile { name, purpose }: ListedFile| {
        let picture = name.strip_suffix(".svg").map(|stem| {
            let name = name.clone();
            view! {
                <button
                    class="menu__item menu__item--more"
                    type="button"
                    aria-label=format!("{stem} as PNG")
                    on:click=move |_| with_file(&name, &save_drawing)
                >
                    "PNG"
                </button>
            }
        });
        let file_name = name.clone();
        view! {
            <li class="menu__row">
                <button class="menu__item" type="button" on:click=move |_| with_file(&file_name, &save)>
                    <b class="menu__name">{name}</b>
                    " "
                    <span class="menu__purpose">{purpose}</span>
                </button>
                {picture}
            </li>
        }
    };
    let groups = dynamic(move || {
        let groups = files.with(|files| listed(files)).into_iter().map(|(heading, files)| {
            view! {
                <li>
                    <p class="menu__group">{heading}</p>
                    <ul>{files.into_iter().map(item).collect_view()}</ul>
                </li>
            }
        });
        groups.collect_view().into_any()
    });
    let has_none = derived_bool(move || files.with(|files| files.is_empty()));
    let trouble = derived_string(move || match saving.get() {
        RequestState::Failed(why) => format!("It was not saved: {why}"),
        _ => status.get(),
    });
    // A failure is told where the menu was, which closed when the saving began.
    Effect::new(move |had_failed: Option<bool>| {
        let has_failed = saving.with(|saving| matches!(saving, RequestState::Failed(_)));
        if has_failed && had_failed == Some(false) {
            is_open.set(true);
        }
        has_failed
    });
    let label = view! { "Save results" {icon(CHEVRON)} }.into_any();
    view! {
        <Menu ids=IDS label is_open is_disabled on_press>
            <div id=IDS.panel class="menu__list" hidden=derived_bool(move || !is_open.get())>
                <NameField id="save-name" naming/>
                <button
                    id="save-all"
                    class="button menu__all"
                    type="button"
                    disabled=has_none
                    on:click=save_all
                >
                    "Save all as one zip"
                </button>
                <p class="menu__trouble"><span role="status">{trouble}</span></p>
                <ul class="menu__files">{groups}</ul>
            </div>
        </Menu>
    }
}

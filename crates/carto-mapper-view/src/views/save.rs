//! Files of what is shown, made on this computer as the command makes them.

use carto_types::OutputFile;
use carto_ui::{
    Menu, MenuIds, derived_bool, derived_string, dynamic, focus, save_file, save_picture,
};
use leptos::prelude::*;

use crate::client::use_client;
use crate::state::RequestState;

const IDS: MenuIds =
    MenuIds { menu: "mapper-save", button: "mapper-save-open", panel: "mapper-save-list" };

/// What the files are for.
const PURPOSES: [(&str, &str); 6] = [
    ("fingerprint.csv", "Every dimension with its figures, for a spreadsheet"),
    ("head_to_head.csv", "The same of the two mappers"),
    ("typical.csv", "What is typical, with its examples"),
    ("mapper.json", "All of it, for scripts"),
    ("mapper.svg", "The chart of the mapper"),
    ("head_to_head.svg", "The chart of the two mappers"),
];

/// A menu of files, which are made when it is opened first; it closes once one is saved.
#[component]
pub(super) fn SaveMenu() -> impl IntoView {
    let client = use_client();
    let state = client.state;
    let is_open = RwSignal::new(false);
    let close = move || {
        is_open.set(false);
        focus(IDS.button);
    };
    let item = move |file: &OutputFile| {
        let purpose = PURPOSES.iter().find(|(name, _)| *name == file.name).map(|(_, it)| *it);
        let name = file.name.clone();
        let picture = name.strip_suffix(".svg").map(|stem| {
            let (label, file) = (format!("{stem} as PNG"), file.clone());
            let save = move |_| {
                save_picture(&file.name, &file.text);
                close();
            };
            view! {
                <button class="menu__item menu__item--more" type="button" aria-label=label on:click=save>
                    "PNG"
                </button>
            }
        });
        let file = file.clone();
        let save = move |_| {
            save_file(&file.name, file.text.as_bytes());
            close();
        };
        view! {
            <li class="menu__row">
                <button class="menu__item" type="button" on:click=save>
                    <b class="menu__name">{name.clone()}</b>
                    " "
                    <span class="menu__purpose">{purpose}</span>
                </button>
                {picture}
            </li>
        }
    };
    let items = dynamic(move || {
        state.files.with(|files| match files {
            RequestState::Ready(files) => files.iter().map(item).collect_view().into_any(),
            _ => ().into_any(),
        })
    });
    let status = derived_string(move || {
        state.files.with(|files| match files {
            RequestState::Pending(_) => "Making the files.".to_owned(),
            RequestState::Failed(why) => format!("The files could not be made: {why}."),
            RequestState::Idle | RequestState::Ready(_) => String::new(),
        })
    });
    // What is shown may change while the menu is open.
    Effect::new(move || {
        if is_open.get() && state.files.with(|files| *files == RequestState::Idle) {
            client.write_files();
        }
    });
    view! {
        <Menu
            ids=IDS
            label="Save".into_any()
            is_open
            is_disabled=derived_bool(move || state.found().is_none())
        >
            <div id=IDS.panel class="menu__list" hidden=derived_bool(move || !is_open.get())>
                <p class="menu__trouble"><span role="status">{status}</span></p>
                <ul class="menu__files">{items}</ul>
            </div>
        </Menu>
    }
}

//! Files of what is shown, made on this computer.

use carto_types::OutputFile;
use carto_ui::{Menu, MenuIds, derived_bool, derived_str, save_file, save_picture};
use leptos::prelude::*;

use super::save_still::StillButtons;
use crate::client::use_client;
use crate::clip::ClipMaker;
use crate::player::use_player;

const IDS: MenuIds =
    MenuIds { menu: "song-save", button: "song-save-button", panel: "song-save-panel" };

/// A menu of the files that the command writes too, and clips.
#[component]
pub(super) fn SaveMenu() -> impl IntoView {
    let client = use_client();
    let state = client.state;
    let is_open = RwSignal::new(false);
    let files = RwSignal::new(Vec::<OutputFile>::new());
    let ask = Callback::new(move |()| {
        if !is_open.get_untracked() {
            return;
        }
        files.set(Vec::new());
        client.write_files(move |written| match written {
            Ok(written) => files.set(written),
            Err(why) => state.failure.set(why),
        });
    });
    let items = move || {
        files.with(|files| {
            let button = |file: &OutputFile| {
                let file = file.clone();
                let name = file.name.clone();
                view! {
                    <button class="button button--small" type="button" on:click=move |_| save_file(&file.name, file.text.as_bytes())>
                        {name}
                    </button>
                }
            };
            let picture = files.iter().find(|file| file.name.ends_with(".svg")).cloned();
            let picture = picture.map(|file| {
                view! {
                    <button class="button button--small" type="button" on:click=move |_| save_picture(&file.name, &file.text)>
                        {file.name.replace(".svg", ".png")}
                    </button>
                }
            });
            view! { {files.iter().map(button).collect_view()} {picture} }.into_any()
        })
    };
    let is_waiting = derived_bool(move || !files.with(Vec::is_empty));
    let clip = ClipMaker::new(client, use_player());
    let clip_label = derived_str(move || match clip.is_recording.get() {
        true => "Stop and save the clip",
        false => "Record a clip, 15 s",
    });
    let clip_part = match ClipMaker::is_available() {
        true => view! {
            <button class="button" type="button" on:click=move |_| clip.toggle()>{clip_label}</button>
        }
        .into_any(),
        false => view! { <p class="song-transport__note">"This browser records no clips."</p> }.into_any(),
    };
    view! {
        <div class="song-keep">
        <Menu
            ids=IDS
            label="Save".into_any()
            is_open
            is_disabled=derived_bool(|| false)
            on_press=ask
        >
            <div id=IDS.panel class="menu__list song-save" hidden=derived_bool(move || !is_open.get())>
                <p role="status" hidden=is_waiting>"Writing the files."</p>
                {items}
                <StillButtons/>
            </div>
        </Menu>
        {clip_part}
        </div>
    }
}

//! Pictures of what the view shows now.

use carto_ui::{save_file, save_picture};
use leptos::prelude::*;

use crate::client::use_client;
use crate::draw::Palette;
use crate::observe::wants_less_motion;
use crate::player::{Player, use_player};
use crate::state::SongState;
use crate::still::{Shown, still_svg};

/// Name of the picture as SVG.
const SVG: &str = "still.svg";

/// Buttons that save what is visible with both playfields at the moment, as SVG and as PNG.
#[component]
pub(super) fn StillButtons() -> impl IntoView {
    let (state, player) = (use_client().state, use_player());
    let save = move |act: fn(&str)| {
        move |_: leptos::ev::MouseEvent| {
            if let Some(svg) = still(state, player) {
                act(&svg);
            }
        }
    };
    view! {
        <p class="song-save__head">"What is visible, with the playfields:"</p>
        <button class="button button--small" type="button" on:click=save(|svg| save_file(SVG, svg.as_bytes()))>
            "still.svg"
        </button>
        <button class="button button--small" type="button" on:click=save(|svg| save_picture(SVG, svg))>
            "still.png"
        </button>
    }
}

/// What is shown now; `None` while there is no pair.
fn still(state: SongState, player: Player) -> Option<String> {
    let pair = state.opened_now()?;
    let visible = state.visible.get_untracked();
    let song = state.offered.with_untracked(|song| {
        song.as_ref().map(|song| [song.title.clone(), song.artist.clone()]).unwrap_or_default()
    });
    let is_settled = state.settled.get_untracked() == visible;
    Some(still_svg(&Shown {
        pair: &pair,
        // Of another stretch it would be wrong.
        here: state.here.get_untracked().filter(|_| is_settled),
        visible,
        cursor_ms: player.stage().cursor_ms(),
        is_over: state.is_over.get_untracked(),
        is_calm: wants_less_motion(),
        palette: &Palette::read(),
        song,
        names: untrack(|| state.names()),
    }))
}

//! The plate of agreement through the song: the chart, and the brush on it.

use carto_charts::number::fixed;
use carto_ui::{ShowAsTable, derived_bool, derived_string, dynamic};
use leptos::html;
use leptos::prelude::*;
use web_sys::{KeyboardEvent, PointerEvent};

use super::profile_table::ProfileTable;
use crate::client::use_client;
use crate::gesture::{ChartPointers, Move};
use crate::observe::on_resize;
use crate::player::{Player, use_player};
use crate::stage::Part;
use crate::state::SongState;
use crate::visible::Stretch;
use crate::words::{bars_text, finding};

/// How near to a moment's number a press must be, px.
const NEAR_PX: f64 = 16.0;

/// What a drag on the chart does.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
enum Drag {
    /// Nothing is dragged.
    #[default]
    None,
    /// The window goes along.
    Window,
    /// A new window, from this time on, ms.
    New(f64),
}

/// Chart and table.
#[component]
pub(super) fn Profile() -> impl IntoView {
    let state = use_client().state;
    let is_table = state.is_table[0];
    let n_bars = derived_string(move || {
        state.opened().map_or_else(String::new, |pair| fixed(f64::from(pair.song.window_bars), 0))
    });
    let has_reach = derived_bool(move || {
        state.opened().is_some_and(|pair| pair.song.windows.iter().any(|it| it.reach.is_some()))
    });
    let body = dynamic(move || match is_table.get() {
        true => view! { <ProfileTable/> }.into_any(),
        false => view! { <ProfileChart/> }.into_any(),
    });
    view! {
        <section class="plate song-plate song-profile" aria-labelledby="song-profile-title">
            <div class="song-plate__head">
                <h2 id="song-profile-title" class="song-plate__title">
                    <b>"Agreement through the song"</b>
                    " mean r of nine channels, windows of " {n_bars} " bars"
                </h2>
                <ShowAsTable is_table/>
            </div>
            <p class="song-key" hidden=derived_bool(move || !has_reach.get())>
                <span class="song-key__mark song-key__mark--above"></span>
                "above the reach of shifts"
                <span class="song-key__mark song-key__mark--within"></span>
                "within it"
                <span class="song-key__mark song-key__mark--reach"></span>
                "reach of shifts by whole bars (5% to 95%)"
            </p>
            {body}
        </section>
    }
}

#[component]
fn ProfileChart() -> impl IntoView {
    let (state, player) = (use_client().state, use_player());
    let canvas = NodeRef::<html::Canvas>::new();
    let cursor = NodeRef::<html::Div>::new();
    Effect::new(move || {
        let (Some(canvas), Some(cursor)) = (canvas.get(), cursor.get()) else { return };
        let stage = player.stage();
        stage.put(Part::Profile, canvas.clone());
        stage.put_cursor(Part::Profile, &cursor.into());
        on_resize(&canvas, move || player.stage().fit(Part::Profile));
    });
    on_cleanup(move || player.stage().remove(Part::Profile));
    let pointers = ChartPointers::new();
    let drag = StoredValue::new(Drag::default());
    let time_at = move |x: f64| player.stage().with_plot(|plot| plot.time_ms(x));
    let on_down = move |event: PointerEvent| {
        let Some(time_ms) = time_at(pointers.press(&event)) else { return };
        let is_inside = state.visible.get_untracked().has(time_ms);
        drag.set_value(if is_inside { Drag::Window } else { Drag::New(time_ms) });
    };
    let on_move = move |event: PointerEvent| {
        let moved = pointers.shift(&event);
        let (Some(Move::Drag { x, by }), Some(whole)) = (moved, state.whole()) else { return };
        match (drag.get_value(), time_at(x), time_at(x - by)) {
            (Drag::Window, Some(now_ms), Some(before_ms)) => {
                let by_ms = now_ms - before_ms;
                let Stretch { from_ms, to_ms } = state.visible.get_untracked();
                let next = Stretch::new(from_ms + by_ms, to_ms + by_ms);
                state.visible.set(next.inside(whole));
            }
            (Drag::New(start_ms), Some(now_ms), _) => {
                let next = Stretch::new(start_ms.min(now_ms), start_ms.max(now_ms));
                state.visible.set(next.inside(whole));
            }
            _ => {}
        }
    };
    let on_up = move |event: PointerEvent| {
        let was_tap = pointers.release(&event);
        drag.set_value(Drag::None);
        if was_tap {
            tap(state, player, f64::from(event.offset_x()), f64::from(event.offset_y()));
        }
    };
    let label = derived_string(move || {
        let found = state.opened().map(|pair| finding(&pair.song)).unwrap_or_default();
        format!("Agreement through the song. {} {}", found.0, found.1)
    });
    view! {
        <div
            class="song-chart"
            role="slider"
            tabindex="0"
            aria-label=label
            aria-valuemin="0"
            aria-valuemax="1000"
            aria-valuenow=derived_string(move || share_of_song(state))
            aria-valuetext=derived_string(move || seen_text(state))
            on:keydown=move |event| on_key(state, &event)
        >
            <canvas
                class="song-chart__canvas song-profile__canvas"
                node_ref=canvas
                on:pointerdown=on_down
                on:pointermove=on_move
                on:pointerup=on_up
                on:pointercancel=move |_| pointers.cancel()
            ></canvas>
            <div class="song-cursor" node_ref=cursor aria-hidden="true"></div>
        </div>
    }
}

/// Goes to the moment whose number was pressed, else to the time.
fn tap(state: SongState, player: Player, x: f64, y: f64) {
    let Some(pair) = state.opened_now() else { return };
    let found = player.stage().with_plot(|plot| {
        let moment = plot.moment_near(&pair.song, (x, y), NEAR_PX).map(|moment| moment.number);
        (moment, plot.time_ms(x))
    });
    match found {
        Some((Some(number), _)) => player.jump(number),
        Some((None, time_ms)) => {
            if let Some(whole) = state.whole() {
                state.visible.set(state.visible.get_untracked().around(time_ms, whole));
            }
            player.seek(time_ms);
        }
        None => {}
    }
}

/// Arrow keys move the window, with Shift they make it longer or shorter; Home and End go to the
/// ends of the song.
pub(super) fn on_key(state: SongState, event: &KeyboardEvent) {
    let Some(whole) = state.whole() else { return };
    let visible = state.visible.get_untracked();
    let next = match (event.key().as_str(), event.shift_key()) {
        ("ArrowLeft" | "ArrowDown", false) => visible.panned(-0.125, whole),
        ("ArrowRight" | "ArrowUp", false) => visible.panned(0.125, whole),
        ("ArrowLeft" | "ArrowDown", true) => visible.zoomed(0.8, 0.5, whole),
        ("ArrowRight" | "ArrowUp", true) => visible.zoomed(1.25, 0.5, whole),
        ("PageUp", _) => visible.panned(-1.0, whole),
        ("PageDown", _) => visible.panned(1.0, whole),
        ("Home", _) => visible.panned(-1e9, whole),
        ("End", _) => visible.panned(1e9, whole),
        _ => return,
    };
    event.prevent_default();
    state.visible.set(next);
}

/// Where the window begins, in thousandths of the song.
pub(super) fn share_of_song(state: SongState) -> String {
    let visible = state.settled.get();
    let whole = state.whole().unwrap_or(visible);
    fixed((1_000.0 * whole.fraction(visible.from_ms)).clamp(0.0, 1_000.0), 0)
        .replace([',', '−'], "")
}

/// Which bars are seen.
pub(super) fn seen_text(state: SongState) -> String {
    let visible = state.settled.get();
    state.opened().map_or_else(String::new, |pair| bars_text(&pair.song, visible))
}

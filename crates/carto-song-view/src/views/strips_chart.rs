//! A chart of mirrored strips: what pointers, the wheel and keys do on it, and the words beside each
//! strip.

use std::cell::Cell;
use std::rc::Rc;

use carto_ui::derived_string;
use leptos::html;
use leptos::prelude::*;
use web_sys::{Element, PointerEvent, WheelEvent};

use super::profile::{on_key, seen_text, share_of_song};
use crate::client::use_client;
use crate::draw::{RowsInSight, StripRows};
use crate::gesture::{ChartPointers, Move};
use crate::observe::{on_resize, on_sight};
use crate::player::use_player;
use crate::stage::Part;

/// By how much a turn of the wheel by 100 zooms.
const WHEEL_ZOOM: f64 = 1.2;

/// The class of a row.
const ROW: &str = "song-strips__row";

/// Strips on a canvas, with the words of each row at its sides.
#[component]
pub(super) fn StripsChart(
    /// [`Part::Strips`] or [`Part::Latents`].
    part: Part,
    /// The name of the chart: its finding.
    label: Signal<String>,
    /// Rows that have a strip.
    n_rows: Signal<usize>,
    /// A [`strip_row`] for each; more than have a strip may be there, hidden.
    rows: AnyView,
) -> impl IntoView {
    let (state, player) = (use_client().state, use_player());
    let canvas = NodeRef::<html::Canvas>::new();
    let cursor = NodeRef::<html::Div>::new();
    let names = NodeRef::<html::Div>::new();
    Effect::new(move || {
        let (Some(canvas), Some(cursor), Some(names)) = (canvas.get(), cursor.get(), names.get())
        else {
            return;
        };
        let stage = player.stage();
        stage.put(part, canvas.clone());
        stage.put_cursor(part, cursor.into());
        stage.set_rows(part, places(&canvas), RowsInSight::default());
        let in_sight = Rc::new(Cell::new(RowsInSight::default()));
        let (element, rows) = (canvas.clone(), Rc::clone(&in_sight));
        // The browser tells of a chart that was taken away, too.
        let place_rows = Rc::new(move || {
            if element.is_connected() {
                player.stage().set_rows(part, places(&element), rows.get());
            }
        });
        let resized = Rc::clone(&place_rows);
        on_resize(&canvas, move || {
            resized();
            player.stage().fit(part);
        });
        on_sight(&names, ROW, move |row, is_in_sight| {
            in_sight.set(in_sight.get().with(row, is_in_sight));
            place_rows();
        });
    });
    on_cleanup(move || player.stage().remove(part));
    let pointers = ChartPointers::new();
    let width = move || canvas.get_untracked().map_or(1.0, |it| f64::from(it.client_width()));
    let on_move = move |event: PointerEvent| {
        let moved = pointers.shift(&event);
        let (Some(moved), Some(whole)) = (moved, state.whole()) else { return };
        let (visible, width) = (state.visible.get_untracked(), width().max(1.0));
        state.visible.set(match moved {
            Move::Drag { by, .. } => visible.panned(-by / width, whole),
            Move::Pinch { factor, x } => visible.zoomed(factor, x / width, whole),
        });
    };
    let on_up = move |event: PointerEvent| {
        if pointers.release(&event) {
            let share = f64::from(event.offset_x()) / width().max(1.0);
            player.seek(state.visible.get_untracked().time_ms(share));
        }
    };
    let on_wheel = move |event: WheelEvent| {
        let Some(whole) = state.whole() else { return };
        let visible = state.visible.get_untracked();
        let width = width().max(1.0);
        let next = if event.ctrl_key() || event.meta_key() {
            let factor = js_sys::Math::pow(WHEEL_ZOOM, event.delta_y() / 100.0);
            visible.zoomed(factor, f64::from(event.offset_x()) / width, whole)
        } else if event.shift_key() || event.delta_x().abs() > event.delta_y().abs() {
            let by = if event.delta_x() == 0.0 { event.delta_y() } else { event.delta_x() };
            visible.panned(by / width, whole)
        } else {
            return;
        };
        event.prevent_default();
        state.visible.set(next);
    };
    view! {
        <div
            class="song-chart song-strips__chart"
            style=("--rows", derived_string(move || n_rows.get().to_string()))
            role="slider"
            tabindex="0"
            aria-label=label
            aria-valuemin="0"
            aria-valuemax="1000"
            aria-valuenow=derived_string(move || share_of_song(state))
            aria-valuetext=derived_string(move || seen_text(state))
            on:keydown=move |event| on_key(state, &event)
            on:wheel=on_wheel
        >
            <div class="song-strips__canvas-box">
                <canvas
                    class="song-chart__canvas song-strips__canvas"
                    node_ref=canvas
                    on:pointerdown=move |event| {
                        pointers.press(&event);
                    }
                    on:pointermove=on_move
                    on:pointerup=on_up
                    on:pointercancel=move |_| pointers.cancel()
                ></canvas>
                <div class="song-cursor song-cursor--marked" node_ref=cursor></div>
            </div>
            <div class="song-strips__rows" aria-hidden="true" node_ref=names>
                <p class="song-strips__heads"><span>"r here"</span> <span>"song"</span></p>
                {rows}
            </div>
        </div>
    }
}

/// The words of a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowTexts {
    /// What it is called.
    pub(super) name: Signal<String>,
    /// What it means, where a word says that.
    pub(super) listens: Signal<String>,
    /// r of what is seen.
    pub(super) here: Signal<String>,
    /// r of the song.
    pub(super) song: Signal<String>,
}

/// Name of a row, and r of it.
pub(super) fn strip_row(swatch: AnyView, texts: RowTexts, is_hidden: Signal<bool>) -> AnyView {
    let RowTexts { name, listens, here, song } = texts;
    view! {
        <div class=ROW hidden=is_hidden>
            <p class="song-strips__name">
                {swatch}
                <b>{name}</b>
                <span class="song-strips__listens">{listens}</span>
            </p>
            <p class="song-strips__r">
                <span class="song-strips__unit">"r "</span>
                <b>{here}</b>
            </p>
            <p class="song-strips__song">{song}</p>
        </div>
    }
    .into_any()
}

/// Where the stylesheet puts the strips.
fn places(canvas: &Element) -> StripRows {
    let style = window().get_computed_style(canvas).ok().flatten();
    let px = |name: &str, usual: f64| {
        let value = style.as_ref().and_then(|style| style.get_property_value(name).ok());
        let value = value.and_then(|value| value.trim().parse::<u16>().ok());
        value.map_or(usual, f64::from)
    };
    StripRows {
        top: px("--strip-top", 0.0),
        height: px("--strip-height", 60.0),
        pitch: px("--strip-pitch", 68.0),
    }
}

//! The plate of the nine channels: mirrored strips, with r of what is seen beside that of the song.

use carto_charts::CHANNELS;
use carto_charts::number::fixed;
use carto_types::SignalChannel;
use carto_ui::{ShowAsTable, derived_string, dynamic};
use leptos::html;
use leptos::prelude::*;
use web_sys::{Element, PointerEvent, WheelEvent};

use super::profile::{on_key, seen_text, share_of_song};
use super::strips_table::StripsTable;
use crate::client::use_client;
use crate::draw::StripRows;
use crate::gesture::{ChartPointers, Move};
use crate::observe::on_resize;
use crate::player::use_player;
use crate::stage::Part;
use crate::state::SongState;

/// By how much a turn of the wheel by 100 zooms.
const WHEEL_ZOOM: f64 = 1.2;

/// Chart and table.
#[component]
pub(super) fn StripsPlate() -> impl IntoView {
    let (state, player) = (use_client().state, use_player());
    let is_table = state.is_table[1];
    let body = dynamic(move || match is_table.get() {
        true => view! { <StripsTable/> }.into_any(),
        false => view! { <StripsChart/> }.into_any(),
    });
    let names = move |side: usize| derived_string(move || state.names()[side].clone());
    let zoom = move |is_in: bool| move |_| player.run(crate::keys::Command::Zoom { is_in });
    view! {
        <section class="plate song-plate song-strips" aria-labelledby="song-strips-title">
            <div class="song-plate__head">
                <h2 id="song-strips-title" class="song-plate__title">
                    <b>"Nine channels, " {derived_string(move || seen_text(state))}</b>
                </h2>
                <div class="song-plate__buttons">
                    <button class="button button--small" type="button" aria-label="Show less, larger" title="Zoom in (key +)" on:click=zoom(true)>"+"</button>
                    <button class="button button--small" type="button" aria-label="Show more, smaller" title="Zoom out (key −)" on:click=zoom(false)>"−"</button>
                    <ShowAsTable is_table/>
                </div>
            </div>
            <p class="song-key">
                {names(0)} " above, " {names(1)} " mirrored below: " <b>"symmetry is agreement"</b>
                <span class="song-key__hint">" Drag to move, Ctrl and wheel or two fingers to zoom, press to go there."</span>
            </p>
            {body}
        </section>
    }
}

#[component]
fn StripsChart() -> impl IntoView {
    let (state, player) = (use_client().state, use_player());
    let canvas = NodeRef::<html::Canvas>::new();
    let cursor = NodeRef::<html::Div>::new();
    Effect::new(move || {
        let (Some(canvas), Some(cursor)) = (canvas.get(), cursor.get()) else { return };
        let stage = player.stage();
        stage.put(Part::Strips, canvas.clone());
        stage.put_cursor(Part::Strips, cursor.into());
        stage.set_rows(rows(&canvas));
        let element = canvas.clone();
        on_resize(&canvas, move || {
            let stage = player.stage();
            stage.set_rows(rows(&element));
            stage.fit(Part::Strips);
        });
    });
    on_cleanup(move || player.stage().remove(Part::Strips));
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
    let label = derived_string(move || chart_name(state));
    view! {
        <div
            class="song-chart song-strips__chart"
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
            <div class="song-strips__rows" aria-hidden="true">
                <p class="song-strips__heads"><span>"r here"</span> <span>"song"</span></p>
                {SignalChannel::ALL.map(|channel| row(state, channel)).collect_view()}
            </div>
        </div>
        <p class="song-strips__mean">{mean_text(state)}</p>
    }
}

/// Name of a channel, and r of it.
fn row(state: SongState, channel: SignalChannel) -> impl IntoView {
    let labels = CHANNELS.get(channel as usize);
    let swatch = labels.map_or("swatch", |it| it.swatch);
    let (name, listens) = labels.map_or(("", ""), |it| (it.name, it.listens));
    let here = derived_string(move || {
        let r = state.here.get().and_then(|here| *here.r.get(channel));
        r.map_or_else(|| "–".to_owned(), |r| fixed(r, 2))
    });
    let song = derived_string(move || {
        let r = state.opened().and_then(|pair| *pair.song.song.r.get(channel));
        r.map_or_else(|| "–".to_owned(), |r| fixed(r, 2))
    });
    view! {
        <div class="song-strips__row">
            <p class="song-strips__name">
                <span class=swatch></span>
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
}

/// Mean r of what is seen, and of the song.
fn mean_text(state: SongState) -> Signal<String> {
    derived_string(move || {
        let text = |mean: Option<f64>| mean.map_or_else(|| "–".to_owned(), |mean| fixed(mean, 2));
        let here = state.here.get().and_then(|here| here.mean);
        let song = state.opened().and_then(|pair| pair.song.song.mean);
        format!("Mean r of the nine channels: {} here, {} over the song.", text(here), text(song))
    })
}

/// The name of the chart: its finding.
fn chart_name(state: SongState) -> String {
    let [a, b] = state.names();
    let here = state.here.get();
    let strongest = here.and_then(|here| {
        let of = here.r.iter().filter_map(|(channel, r)| Some((channel, (*r)?)));
        of.max_by(|a, b| a.1.total_cmp(&b.1))
    });
    let strongest = strongest.map_or_else(String::new, |(channel, r)| {
        format!(" They agree most in {}, r {}.", channel.name(), fixed(r, 2))
    });
    format!("Nine channels of {a} and {b} over time.{strongest}")
}

/// Where the stylesheet puts the strips.
fn rows(canvas: &Element) -> StripRows {
    let style = window().get_computed_style(canvas).ok().flatten();
    let px = |name: &str, usual: f64| {
        let value = style.as_ref().and_then(|style| style.get_property_value(name).ok());
        let value = value.and_then(|value| value.trim().trim_end_matches("px").parse().ok());
        value.unwrap_or(usual)
    };
    StripRows {
        top: px("--strip-top", 0.0),
        height: px("--strip-height", 60.0),
        pitch: px("--strip-pitch", 68.0),
    }
}

//! Play and pause, rates, volumes, and what keys do.

use carto_charts::number::clock;
use carto_sound::Rate;
use carto_ui::{derived_bool, derived_str, derived_string, segment};
use leptos::prelude::*;

use crate::client::use_client;
use crate::player::{Player, use_player};

/// What the buttons of the rates say.
const RATES: [(Rate, &str); 3] =
    [(Rate::Half, "½×"), (Rate::ThreeQuarters, "¾×"), (Rate::Full, "1×")];

/// The keys of the view.
const KEYS: [(&str, &str); 6] = [
    ("Space", "play and pause"),
    (", .", "a frame back, on"),
    ("[ ]", "a bar back, on"),
    ("1 to 6", "to a moment"),
    ("+ −", "zoom"),
    ("x", "swap A and B"),
];

/// What is reached at any time: it stays in sight on narrow screens.
#[component]
pub(super) fn TransportBar() -> impl IntoView {
    let (state, player) = (use_client().state, use_player());
    let is_playing = player.state.is_playing;
    let time = derived_string(move || clock(state.cursor_ms.get()));
    let length = derived_string(move || {
        state.opened().map_or_else(String::new, |pair| clock(pair.song.whole_ms[1]))
    });
    let rates = RATES.map(|(rate, label)| {
        let is_chosen = derived_bool(move || player.state.rate.get() == rate);
        segment(label, is_chosen, Callback::new(move |()| player.set_rate(rate)))
    });
    view! {
        <section class="song-transport" aria-label="Playing">
            <div class="song-transport__row">
                <button class="song-transport__step" type="button" aria-label="A bar back" aria-keyshortcuts="[" on:click=move |_| player.step_bars(-1)>
                    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path class="icon__fill" d="M3 3h2v10H3zM13 3v10L6 8z"></path></svg>
                </button>
                <button
                    class="song-transport__play"
                    type="button"
                    aria-label=derived_str(move || if is_playing.get() { "Pause" } else { "Play" })
                    aria-keyshortcuts="Space"
                    on:click=move |_| player.toggle()
                >
                    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
                        <path class="icon__fill" d=derived_str(move || match is_playing.get() {
                            true => "M4 3h3v10H4zM9 3h3v10H9z",
                            false => "M4 2.5v11L13.5 8z",
                        })></path>
                    </svg>
                </button>
                <button class="song-transport__step" type="button" aria-label="A bar on" aria-keyshortcuts="]" on:click=move |_| player.step_bars(1)>
                    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path class="icon__fill" d="M11 3h2v10h-2zM3 3v10l7-5z"></path></svg>
                </button>
                <p class="song-transport__time"><b>{time}</b> " of " {length}</p>
                <div class="segments" role="group" aria-label="Rate">{rates.collect_view()}</div>
            </div>
            <p class="song-transport__no-sound" role="status">{player.state.no_sound}</p>
            <details class="song-transport__more">
                <summary>"Sound and keys"</summary>
                <div class="song-transport__panel">
                    <Volumes player/>
                    <p class="song-transport__note" role="status">{player.state.note}</p>
                    <dl class="song-keys">
                        {KEYS.map(|(key, what)| view! { <div><dt>{key}</dt><dd>{what}</dd></div> }).collect_view()}
                    </dl>
                </div>
            </details>
        </section>
    }
}

/// How loud recording and ticks are.
#[component]
fn Volumes(
    /// The player of the view.
    player: Player,
) -> impl IntoView {
    let names = ["Recording", "Ticks of A, left", "Ticks of B, right"];
    let slider = |(name, volume): (&'static str, RwSignal<f64>)| {
        let set = move |event: leptos::ev::Event| {
            if let Ok(percent) = event_target_value(&event).parse::<u16>() {
                volume.set((f64::from(percent) / 100.0).clamp(0.0, 1.0));
            }
        };
        view! {
            <label class="song-volume">
                {name}
                <input
                    type="range"
                    min="0"
                    max="100"
                    step="5"
                    prop:value=derived_string(move || format!("{:.0}", volume.get() * 100.0))
                    on:input=set
                />
            </label>
        }
    };
    names.into_iter().zip(player.state.volumes).map(slider).collect_view()
}

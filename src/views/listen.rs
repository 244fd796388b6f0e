//! What each of the nine channels listens to, shown on two bars.

use leptos::prelude::*;

use super::channels::CHANNELS;
use super::listen_example::{Example, MAP_A, MAP_B, N_BEATS, area};
use super::sentences;
use crate::format::percent;

/// Two invented maps of one invented song, as objects and as nine curves.
#[component]
pub(crate) fn ListenSheet() -> impl IntoView {
    view! {
        <section class="sheet" id="channels" aria-labelledby="listen-title">
            <div class="sheet__head">
                <p class="kicker">"What the channels listen to · an invented example"</p>
                <h2 id="listen-title" class="heading">
                    {sentences("Both hit nearly the same beats. Each crosses the screen in their own way.")}
                </h2>
            </div>
            <div class="sheet__body">
                <figure class="plate listen" aria-labelledby="listen-title">
                    {objects_row("Mapper A", &MAP_A, "listen__objects")}
                    {(0..CHANNELS.len()).map(channel_strip).collect_view()}
                    {objects_row("Mapper B", &MAP_B, "listen__objects listen__objects--b")}
                    <figcaption class="listen__caption">
                        "Symmetry is agreement. Two bars of four beats; each bar line is drawn strong."
                    </figcaption>
                </figure>
                <aside class="notes" aria-label="Reading the strips">
                    <h3 class="notes__title">"Reading the strips"</h3>
                    <p>
                        <b>"Above the line: "</b>"mapper A, solid. "
                        <b>"Below: "</b>"mapper B, outlined. Where the halves mirror each other, the two agree."
                    </p>
                    <p>
                        <b>"Peaks: "</b>
                        "every hit is a peak that fades over two seconds, so near misses in time still count as near."
                    </p>
                    <p>
                        <b>"Curves: "</b>
                        "sliders rise while they are held. X and Y follow the cursor, between objects too."
                    </p>
                </aside>
            </div>
        </section>
    }
}

/// The objects of one map over its two bars.
fn objects_row(name: &'static str, map: &'static [Example], class: &'static str) -> impl IntoView {
    let place = |beat: f64| percent(beat / N_BEATS as f64 * 100.0);
    view! {
        <div class=class>
            <span class="listen__mapper">{name}</span>
            <div class="listen__lane" aria-hidden="true">
                {map
                    .iter()
                    .map(|object| {
                        view! {
                            <span
                                class={if object.end > object.beat { "hit hit--slider" } else { "hit" }}
                                style:left=place(object.beat)
                                style=("--length", place(object.end - object.beat))
                            >
                                <span class="hit__circle">{object.number}</span>
                            </span>
                        }
                    })
                    .collect_view()}
            </div>
        </div>
    }
}

/// Name, explanation, and the mirrored curves of one channel.
fn channel_strip(idx: usize) -> impl IntoView {
    let channel = CHANNELS[idx];
    let hue = channel.swatch.replace("swatch swatch--", "listen__strip hue--");
    view! {
        <div class="listen__row">
            <p class="listen__name">
                <span class=channel.swatch></span>
                <b>{channel.name}</b>
                <span class="listen__explained">{channel.explained}</span>
            </p>
            <svg class=hue viewBox="0 0 240 40" preserveAspectRatio="none" aria-hidden="true">
                <path class="listen__a" d=area(&MAP_A, idx, false)></path>
                <path class="listen__b" d=area(&MAP_B, idx, true)></path>
            </svg>
        </div>
    }
}

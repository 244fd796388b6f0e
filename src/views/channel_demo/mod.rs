//! The nine channels of two bars, as an example.

mod example;

use carto_charts::number::percent;
use carto_charts::{CHANNELS, ChannelLabels};
use leptos::prelude::*;

use super::sentences::sentences;
use example::{Example, MAP_A, MAP_B, N_BEATS, area};

/// How to read the strips. Nothing in it changes: it is plain HTML.
const NOTES: &str = "<h3 class='notes__title'>Reading the strips</h3>\
    <p><b>Above the line: </b>mapper A, solid. <b>Below: </b>mapper B, outlined. \
    Where the halves mirror each other, the two agree.</p>\
    <p><b>Peaks: </b>every hit is a peak that fades over two seconds. Time matters: a map against \
    itself, 12 milliseconds late, has r 0.84 in ONSET, 50 milliseconds late 0.55.</p>\
    <p><b>Curves: </b>sliders rise while they are held. X and Y follow the cursor, between \
    objects too.</p>";

/// Two invented maps of one invented song, as objects and as nine curves.
#[component]
pub(crate) fn ChannelDemo() -> impl IntoView {
    view! {
        <section class="sheet" id="channels" aria-labelledby="listen-title">
            <div class="sheet__head">
                <p class="kicker">"The nine channels · an invented example"</p>
                <h2 id="listen-title" class="heading">
                    {sentences(
                        "Both maps hit nearly the same beats. Each moves across the screen in its own way.",
                        ". ",
                    )}
                </h2>
            </div>
            <div class="sheet__body">
                <figure class="plate listen" aria-labelledby="listen-title" inner_html=figure()></figure>
                <aside class="notes" aria-label="Reading the strips" inner_html=NOTES></aside>
            </div>
        </section>
    }
}

/// The objects of A, nine mirrored strips, the objects of B, as HTML: all of it
/// is written in this file or computed from constants.
fn figure() -> String {
    let mut html = objects("Mapper A", &MAP_A);
    for (idx, channel) in CHANNELS.iter().enumerate() {
        html.push_str(&strip(idx, channel));
    }
    html.push_str(&objects("Mapper B", &MAP_B));
    html.push_str(
        "<figcaption class='listen__caption'>Symmetry is agreement. Two bars of four beats; \
        each bar line is drawn strong.</figcaption>",
    );
    html
}

/// The objects of one map over its two bars: circles with combo numbers, and
/// the bodies of sliders.
fn objects(name: &str, map: &[Example]) -> String {
    let mut html = format!(
        "<div class='listen__objects'><span class='listen__mapper'>{name}</span>\
        <svg class='listen__lane' aria-hidden='true'>"
    );
    for object in map {
        let place = |beat: f64| percent(beat / N_BEATS as f64 * 100.0);
        let (from, to, number) = (place(object.beat), place(object.end), object.number);
        if object.end > object.beat {
            for layer in ["hit__edge", "hit__body"] {
                html.push_str(&format!(
                    "<line class='{layer}' x1='{from}' x2='{to}' y1='24' y2='24'/>"
                ));
            }
        }
        html.push_str(&format!(
            "<circle class='hit__circle' cx='{from}' cy='24' r='13'/>\
            <text class='hit__number' x='{from}' y='24'>{number}</text>"
        ));
    }
    html + "</svg></div>"
}

/// Name, explanation, and the mirrored curves of one channel.
fn strip(idx: usize, channel: &ChannelLabels) -> String {
    let ChannelLabels { name, explained, swatch, .. } = channel;
    let hue = swatch.replace("swatch swatch--", "hue--");
    let (a, b) = (area(&MAP_A, idx, false), area(&MAP_B, idx, true));
    format!(
        "<div class='listen__row'>\
        <p class='listen__name'><span class='{swatch}'></span><b>{name}</b> \
        <span class='listen__explained'>{explained}</span></p>\
        <svg class='listen__strip {hue}' viewBox='0 0 240 40' preserveAspectRatio='none' aria-hidden='true'>\
        <path class='listen__a' d='{a}'/><path class='listen__b' d='{b}'/></svg></div>"
    )
}

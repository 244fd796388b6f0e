//! The plate of the nine channels: mirrored strips, with r of what is seen beside that of the song.

use carto_charts::CHANNELS;
use carto_charts::number::fixed;
use carto_types::SignalChannel;
use carto_ui::{ShowAsTable, derived_bool, derived_string, dynamic};
use leptos::prelude::*;

use super::profile::seen_text;
use super::strips_chart::{RowTexts, StripsChart, strip_row};
use super::strips_table::StripsTable;
use crate::client::use_client;
use crate::player::use_player;
use crate::stage::Part;
use crate::state::SongState;

/// Chart and table.
#[component]
pub(super) fn StripsPlate() -> impl IntoView {
    let (state, player) = (use_client().state, use_player());
    let is_table = state.is_table[1];
    let body = dynamic(move || match is_table.get() {
        true => view! { <StripsTable/> }.into_any(),
        false => view! {
            <StripsChart
                part=Part::Strips
                label=derived_string(move || chart_name(state))
                n_rows=Signal::stored(SignalChannel::COUNT)
                rows=SignalChannel::ALL.map(|channel| row(state, channel)).collect_view().into_any()
            />
            <p class="song-strips__mean">{mean_text(state)}</p>
        }
        .into_any(),
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

/// Name of a channel, and r of it.
fn row(state: SongState, channel: SignalChannel) -> AnyView {
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
    let texts = RowTexts {
        name: Signal::stored(name.to_owned()),
        listens: Signal::stored(listens.to_owned()),
        here,
        song,
    };
    strip_row(view! { <span class=swatch></span> }.into_any(), texts, derived_bool(|| false))
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

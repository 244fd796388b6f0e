//! Songs by several mappers, and how far their maps overlap.

use leptos::prelude::*;

use super::bars::{bars, in_words};
use crate::client::use_client;
use crate::format::{counted, percent};
use crate::labels::{LabelGroup, label_groups};
use crate::songs::{Song, songs};
use crate::state::ReadProgress;

/// Songs in the page at most; those with the least overlap come first.
const MAX_SONGS: usize = 50;

/// Songs by several mappers, those with the least overlap first.
#[component]
pub(crate) fn Songs() -> impl IntoView {
    let state = use_client().state;
    let is_settled = Memo::new(move |_| !state.read.with(ReadProgress::is_reading));
    let found = Memo::new(move |_| {
        if !is_settled.get() {
            return Vec::new();
        }
        let played = state.choice.with(|choice| choice.played);
        state.rows.with(|rows| songs(rows, played))
    });
    let groups = Memo::new(move |_| {
        state.model.with(|model| {
            model.as_ref().map(|model| label_groups(&model.facts.labels)).unwrap_or_default()
        })
    });
    let list = move || {
        let groups = groups.get();
        found.with(|found| {
            found.iter().take(MAX_SONGS).map(|song| song_item(song, &groups)).collect_view()
        })
    };
    view! {
        <section class="beat-songs" hidden=move || found.with(Vec::is_empty) aria-labelledby="beat-songs-title">
            <p class="kicker">"One song, several mappers"</p>
            <h2 id="beat-songs-title" class="heading">
                {move || found.with(|found| {
                    let mean = found.iter().map(|song| song.overlap).sum::<f64>() / found.len().max(1) as f64;
                    format!("{}: mean overlap of two mappers {}%", counted(found.len(), "song", "songs"), percent(mean))
                })}
            </h2>
            <p class="beat-songs__hint">"Each bar is the mean probability of a label over one mapper’s maps of the song. The overlap of two mappers is the sum, over labels, of the smaller probability. Songs with the least overlap stand first, each mapper next to the most similar."</p>
            <div class="plate">{list}</div>
        </section>
    }
}

fn song_item(song: &Song, groups: &[LabelGroup]) -> impl IntoView + use<> {
    let mappers = song.mappers.iter().map(|mapper| {
        view! {
            <li class="beat-hand">
                <span class="beat-hand__name">
                    <b>{mapper.creator.clone()}</b>
                    <span>{counted(mapper.n_maps, "map", "maps")}</span>
                    <span class="beat-hand__words">{in_words(groups, &mapper.probabilities)}</span>
                </span>
                {bars(groups, &mapper.probabilities)}
            </li>
        }
    });
    let mappers = mappers.collect_view();
    view! {
        <article class="beat-song">
            <h3 class="beat-song__title">
                {song.title.clone()} " " <span>{song.artist.clone()}</span>
                <span class="beat-song__overlap">"overlap " {percent(song.overlap)} "%"</span>
            </h3>
            <ul>{mappers}</ul>
        </article>
    }
}

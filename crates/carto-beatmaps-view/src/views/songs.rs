use leptos::prelude::*;

use super::bars::{bars, in_words};
use crate::client::use_client;
use crate::format::{counted, percent};
use crate::kinds::{Family, families};
use crate::songs::{Song, songs};

/// Songs in the page at most; the most different come first.
const MAX_SONGS: usize = 50;

/// Do the mappers of one song make the same kind of map?
#[component]
pub(crate) fn Songs() -> impl IntoView {
    let state = use_client().state;
    let is_settled = Memo::new(move |_| state.read.with(|(n_done, n_all)| n_done == n_all));
    let found = Memo::new(move |_| {
        if !is_settled.get() {
            return Vec::new();
        }
        let played = state.choice.with(|choice| choice.played);
        state.rows.with(|rows| songs(rows, played))
    });
    let kinds = Memo::new(move |_| {
        state.model.with(|model| {
            model.as_ref().map(|model| families(&model.facts.labels)).unwrap_or_default()
        })
    });
    let list = move || {
        let kinds = kinds.get();
        found.with(|found| {
            found.iter().take(MAX_SONGS).map(|song| song_item(song, &kinds)).collect_view()
        })
    };
    view! {
        <section class="beat-songs" hidden=move || found.with(Vec::is_empty) aria-labelledby="beat-songs-title">
            <p class="kicker">"One song, several mappers"</p>
            <h2 id="beat-songs-title" class="heading">
                {move || found.with(|found| {
                    let mean = found.iter().map(|song| song.overlap).sum::<f64>() / found.len().max(1) as f64;
                    format!("{}: mappers share {}% of what their maps are", counted(found.len(), "song", "songs"), percent(mean))
                })}
            </h2>
            <p class="beat-songs__hint">"Each bar is the mean over one person’s maps of the song. What two share is the sum of the smaller memberships. The most different songs stand first, each mapper beside the most similar."</p>
            <div class="plate">{list}</div>
        </section>
    }
}

fn song_item(song: &Song, families: &[Family]) -> impl IntoView + use<> {
    let hands = song.hands.iter().map(|hand| {
        view! {
            <li class="beat-hand">
                <span class="beat-hand__name">
                    <b>{hand.creator.clone()}</b>
                    <span>{counted(hand.n_maps, "map", "maps")}</span>
                    <span class="beat-hand__words">{in_words(families, &hand.shares)}</span>
                </span>
                {bars(families, &hand.shares)}
            </li>
        }
    });
    let hands = hands.collect_view();
    view! {
        <article class="beat-song">
            <h3 class="beat-song__title">
                {song.title.clone()} " " <span>{song.artist.clone()}</span>
                <span class="beat-song__overlap">{percent(song.overlap)} "% in common"</span>
            </h3>
            <ul>{hands}</ul>
        </article>
    }
}

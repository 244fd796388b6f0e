//! Title and finding, and which two maps are shown.

use carto_charts::number::fixed;
use carto_types::OfferedSong;
use carto_ui::{derived_string, dynamic, query_of, view_link};
use leptos::prelude::*;

use crate::choice::{Side, mappers, maps_of};
use crate::client::{SongClient, use_client};
use crate::words::{finding, kicker};

/// Kicker, title, artist, pickers, and what agreement through the song comes to.
#[component]
pub(super) fn Head() -> impl IntoView {
    let client = use_client();
    let state = client.state;
    let kicker = derived_string(move || {
        let opened = state.opened();
        state.offered.with(|song| {
            song.as_ref().map_or_else(String::new, |song| {
                kicker(song, opened.as_ref().map(|pair| &pair.song))
            })
        })
    });
    let of_song = move |text: fn(&OfferedSong) -> &str| {
        derived_string(move || {
            state.offered.with(|song| song.as_ref().map_or("", |song| text(song)).to_owned())
        })
    };
    let to_mappers = dynamic(move || {
        let link = |side: Side| {
            let mapper = state.map(side)?.mapper;
            let query = query_of(&[("view", "mapper"), ("mapper", &mapper)]);
            let label = format!("Compare {mapper} with the other mappers of the same songs");
            let is_named = !mapper.is_empty();
            is_named.then(|| view! { <li>{view_link(query, mapper, Some(label), "")}</li> })
        };
        Side::BOTH.into_iter().filter_map(link).collect_view().into_any()
    });
    let found =
        Memo::new(move |_| state.opened().map(|pair| finding(&pair.song)).unwrap_or_default());
    view! {
        <div class="song-head">
            <div class="song-head__song">
                <p class="kicker">{kicker}</p>
                <h1 class="song-head__title">{of_song(|song| &song.title)}</h1>
                <p class="song-head__artist">{of_song(|song| &song.artist)}</p>
                <div class="song-head__mappers">
                    <span id="song-to-mappers">"Mappers: "</span>
                    <ul aria-labelledby="song-to-mappers">{to_mappers}</ul>
                </div>
            </div>
            <div class="song-pickers">
                <Picker client side=Side::A/>
                <button
                    class="button song-pickers__swap"
                    type="button"
                    title="Swap A and B (key x)"
                    aria-label="Swap A and B"
                    aria-keyshortcuts="x"
                    on:click=move |_| client.swap()
                >
                    <span aria-hidden="true">"⇄"</span>
                </button>
                <Picker client side=Side::B/>
            </div>
            <p class="song-head__finding">
                <b>{derived_string(move || found.with(|(finding, _)| finding.clone()))}</b>
                " "
                {derived_string(move || found.with(|(_, more)| more.clone()))}
            </p>
        </div>
    }
}

/// Mapper and difficulty of one side.
#[component]
fn Picker(
    /// The client of the view.
    client: SongClient,
    /// Which side.
    side: Side,
) -> impl IntoView {
    let state = client.state;
    let (name, id) = match side {
        Side::A => ("Mapper A, above the line", "song-a"),
        Side::B => ("Mapper B, below the line", "song-b"),
    };
    let pick = move |map: Option<u32>| {
        if let (Some(map), Some(chosen)) = (map, state.chosen.get_untracked()) {
            client.choose(Some(chosen.with(side, map)));
        }
    };
    let pick_mapper = move |mapper: &str| {
        let maps = state.offered.with_untracked(|song| {
            song.as_ref().map(|song| maps_of(song, mapper)).unwrap_or_default()
        });
        // The other map of this mapper where one of the two is shown on the other side.
        let other = state.chosen.get_untracked().map(|chosen| match side {
            Side::A => chosen.b,
            Side::B => chosen.a,
        });
        let free = maps.iter().copied().find(|map| Some(*map) != other);
        pick(free.or_else(|| maps.first().copied()));
    };
    let options = dynamic(move || {
        let mapper = state.map(side).map(|map| map.mapper).unwrap_or_default();
        let names = state.offered.with(|song| song.as_ref().map(|song| mappers(song)));
        let option = |name: String| {
            let is_chosen = name == mapper;
            let text = if name.is_empty() { "unknown mapper".to_owned() } else { name.clone() };
            view! { <option value=name prop:selected=is_chosen>{text}</option> }
        };
        names.unwrap_or_default().into_iter().map(option).collect_view().into_any()
    });
    let versions = dynamic(move || {
        let chosen = state.chosen.get().map(|chosen| chosen.of(side));
        let mapper = state.map(side).map(|map| map.mapper).unwrap_or_default();
        state.offered.with(|song| {
            let Some(song) = song else { return ().into_any() };
            let option = |place: u32| {
                let map = song.maps.get(place as usize)?;
                let stars = map.star_rating.map(|stars| format!(" {}★", fixed(stars, 2)));
                let text = format!("{}{}", map.version, stars.unwrap_or_default());
                let is_chosen = Some(place) == chosen;
                Some(view! { <option value=place.to_string() prop:selected=is_chosen>{text}</option> })
            };
            maps_of(song, &mapper).into_iter().filter_map(option).collect_view().into_any()
        })
    });
    view! {
        <fieldset class="song-picker" id=id>
            <legend class="song-picker__name">{name}</legend>
            <select
                class="song-picker__select"
                aria-label="Mapper"
                on:change=move |event| pick_mapper(&event_target_value(&event))
            >
                {options}
            </select>
            <select
                class="song-picker__select"
                aria-label="Difficulty"
                on:change=move |event| pick(event_target_value(&event).parse().ok())
            >
                {versions}
            </select>
        </fieldset>
    }
}

//! One song, opened: who mapped what, and every pair with its figures.

use carto_charts::number::{cell, fixed, minutes};
use carto_charts::{CHANNELS, alignment_text, lag_text, timing_r};
use carto_types::{
    AlignmentClass, AudioRelation, Ownership, PairDoubt, PairLag, SongMap, SongPair, SongRow,
    SongStatus,
};
use carto_ui::{FigureTable, derived_bool, derived_string, dynamic};
use leptos::html;
use leptos::prelude::*;

use super::data::SongsData;
use super::links::{map_link, mapper_link, search_link, song_words};
use super::owners::explained;
use crate::context::use_run;

/// Title and artist of the song that is open; `None` while none is.
pub(super) type OpenedSong = RwSignal<Option<(String, String)>>;

/// The dialog of a song, which is open while there is one to show.
#[component]
pub(super) fn SongDialog(
    /// The songs of the table.
    data: SongsData,
    /// Which song.
    opened: OpenedSong,
    /// Opens the dialog of owners with these words.
    wanted_owners: RwSignal<Option<String>>,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    // As long as it is open it follows what is compared anew.
    let song = Memo::new(move |_| {
        let (title, artist) = opened.get()?;
        let is_it = |song: &&SongRow| song.title == title && song.artist == artist;
        data.songs.with(|songs| songs.iter().find(is_it).cloned())
    });
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        if opened.with(Option::is_some) && !dialog.open() {
            let _ = dialog.show_modal();
        }
    });
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    // The dialog would lie over the view that a link in it leads to.
    let close_to_leave = data.is_own.then(|| Callback::new(move |()| close()));
    let correct = move |_| {
        let title = opened.with_untracked(|opened| opened.as_ref().map(|(title, _)| title.clone()));
        close();
        wanted_owners.set(title);
    };
    let title = derived_string(move || {
        opened.with(|opened| {
            opened
                .as_ref()
                .map_or_else(String::new, |(title, artist)| format!("{title} – {artist}"))
        })
    });
    let is_demo = use_run().state.is_demo;
    let parts = dynamic(move || {
        let leaves_out = data.leaves_out.get();
        // osu! knows neither invented songs nor invented mappers.
        let is_on_osu = !(data.is_own && is_demo.get());
        song.with(|song| match song {
            Some(song) => parts_of(song, leaves_out, is_on_osu, close_to_leave),
            None if opened.with(Option::is_some) => {
                view! { <p role="status">"This song is not in the table any more."</p> }.into_any()
            }
            None => ().into_any(),
        })
    });
    view! {
        <dialog
            class="owners song"
            node_ref=dialog
            aria-labelledby="song-title"
            on:close=move |_| opened.set(None)
        >
            <form method="dialog" class="owners__head">
                <h2 id="song-title" class="heading">{title}</h2>
                <button class="button">"Close"</button>
            </form>
            {parts}
            <button
                class="button button--small"
                type="button"
                hidden=derived_bool(move || !data.can_correct.get())
                on:click=correct
            >
                "Correct who made a difficulty"
            </button>
        </dialog>
    }
}

/// - `leaves_out`: whether doubtful pairs are left out
/// - `is_on_osu`: whether osu!'s site may know the song and its mappers
/// - `to_mappers`: done before the view of a mapper is opened; `None` where their files are not there
fn parts_of(
    song: &SongRow,
    leaves_out: bool,
    is_on_osu: bool,
    to_mappers: Option<Callback<()>>,
) -> AnyView {
    let words = song_words(&song.title, &song.artist);
    let find = || search_link(&words, "This song on osu!’s site".to_owned(), "");
    view! {
        {is_on_osu.then(|| view! { <p class="song__find">{find()}</p> })}
        {maps_of(song, is_on_osu, to_mappers)}
        {pairs_of(song, leaves_out)}
    }
    .into_any()
}

/// Headings of the table of maps. On a narrow screen a row is a card, with these words in it.
const MAP_HEADS: [&str; 6] =
    ["mapper", "difficulty", "stars", "length", "audio file", "how we know"];

/// A row for each map that speaks for its mapper.
fn maps_of(song: &SongRow, is_on_osu: bool, to_mappers: Option<Callback<()>>) -> AnyView {
    if song.maps.is_empty() {
        let names: Vec<_> = song.mappers.iter().map(|mapper| mapper.name.as_str()).collect();
        let names = names.join(", ");
        return view! { <p>{names}</p> }.into_any();
    }
    let maps = song.maps.clone();
    view! {
        <FigureTable
            named_by="song-maps"
            caption="Who mapped what"
            class="table song__table song__maps"
            heads=MAP_HEADS.map(str::to_owned).to_vec()
            rows=dynamic(move || {
                let row = |map| map_row(map, is_on_osu, to_mappers);
                maps.iter().map(row).collect_view().into_any()
            })
        />
    }
    .into_any()
}

fn map_row(map: &SongMap, is_on_osu: bool, to_mappers: Option<Callback<()>>) -> AnyView {
    let version = match map.beatmap_id {
        Some(id) => map_link(id, map.version.clone()),
        None => map.version.clone().into_any(),
    };
    let stars = map.star_rating.map_or_else(|| "–".to_owned(), |stars| fixed(stars, 2));
    let length = map.audio_ms().map_or_else(|| "–".to_owned(), |ms| minutes(ms / 1000.0));
    let audio = map.audio_file.clone().unwrap_or_else(|| "–".to_owned());
    let why = match (&map.refusal, &map.owner) {
        (Some(refusal), _) => format!("takes no part: {}", refusal.message),
        (None, Some(owner)) => explained(owner).to_owned(),
        (None, None) => "the set’s host".to_owned(),
    };
    let mapper = match is_on_osu {
        true => search_link(&map.mapper, map.mapper.clone(), ""),
        false => map.mapper.clone().into_any(),
    };
    // A group is nobody who could be compared with others, and neither is a likely name.
    let is_person = |owner: &Ownership| owner.names.len() == 1 && owner.evidence.is_sure();
    let to_mapper = to_mappers
        .filter(|_| map.owner.as_ref().is_some_and(is_person))
        .map(|before| mapper_link(&map.mapper, "Compare".to_owned(), move || before.run(())));
    let [_, difficulty, star_rating, length_head, audio_file, evidence] = MAP_HEADS;
    view! {
        <tr role="row">
            <th role="rowheader" scope="row">{mapper} " " {to_mapper}</th>
            <td role="cell" class="song__text" data-label=difficulty>{version}</td>
            <td role="cell" data-label=star_rating>{stars}</td>
            <td role="cell" data-label=length_head>{length}</td>
            <td role="cell" class="song__text" data-label=audio_file>{audio}</td>
            <td role="cell" class="song__text" data-label=evidence>{why}</td>
        </tr>
    }
    .into_any()
}

/// Headings of the table of pairs, as [`MAP_HEADS`].
///
/// - `has_lags`: whether the pairs have evidence
fn pair_heads(has_lags: bool) -> impl Iterator<Item = &'static str> {
    let channels = CHANNELS.map(|channel| channel.abbr);
    let lag = has_lags.then_some("lag");
    ["pair"].into_iter().chain(channels).chain(["timing r", "cosine", "audio"]).chain(lag)
}

/// A row for each pair: whose, r of the nine channels, timing r, and how its audio relates.
fn pairs_of(song: &SongRow, leaves_out: bool) -> AnyView {
    if song.pairs.is_empty() {
        let why = match song.status {
            SongStatus::Waiting | SongStatus::Comparing { .. } => "Its pairs are not compared yet.",
            SongStatus::NoPairs => "No two maps of it could be compared.",
            SongStatus::Done | SongStatus::NameOnly => {
                "Its single pairs did not come with the result."
            }
        };
        return view! { <p>{why}</p> }.into_any();
    }
    let has_lags = song.pairs.iter().any(|pair| pair.lag.is_some());
    let heads: Vec<_> = pair_heads(has_lags).map(str::to_owned).collect();
    let (maps, pairs) = (song.maps.clone(), song.pairs.clone());
    let rows = move || {
        let row = |pair: &SongPair| pair_row(pair, &maps, (leaves_out, has_lags));
        pairs.iter().map(row).collect_view().into_any()
    };
    view! {
        <FigureTable
            named_by="song-pairs"
            caption="Pairs: r of each channel, mean r of ONSET and COMBO, cosine over all channels"
            class="table song__table song__pairs"
            heads
            rows=dynamic(rows)
        />
    }
    .into_any()
}

/// - `leaves_out`: whether doubtful pairs are left out
/// - `has_lags`: whether the pairs have evidence
fn pair_row(pair: &SongPair, maps: &[SongMap], (leaves_out, has_lags): (bool, bool)) -> AnyView {
    let name = |place: u32| match maps.get(place as usize) {
        Some(map) => format!("{} [{}]", map.mapper, map.version),
        None => format!("map {}", place + 1),
    };
    let r = pair.agreement.channels.map(|channel| channel.pearson);
    let figures = r.iter().map(|r| cell(*r)).chain([fixed(timing_r(&r), 2)]);
    let figures = figures.chain([fixed(pair.agreement.full_cosine, 2)]);
    let figures = figures
        .zip(pair_heads(false).skip(1))
        .map(|(figure, head)| view! { <td role="cell" data-label=head>{figure}</td> });
    let audio = pair.audio.map_or("not known", |audio| match audio {
        AudioRelation::SameFile => "one file",
        AudioRelation::SameLength => "files of one length",
        AudioRelation::Other if pair.has_unknown_length(maps) => "length not known",
        AudioRelation::Other => "files of two lengths",
    });
    let doubt = pair.doubt.map(|doubt| doubt_mark(doubt, leaves_out));
    view! {
        <tr role="row">
            <th role="rowheader" scope="row">{name(pair.a)} <br/> {name(pair.b)}</th>
            {figures.collect_view()}
            <td role="cell" class="song__text" data-label="audio">{audio} {doubt}</td>
            {has_lags.then(|| lag_cell(pair.lag.as_ref()))}
        </tr>
    }
    .into_any()
}

/// By how much the times of a pair lie apart, and from what that is known or why it is left out.
fn lag_cell(lag: Option<&PairLag>) -> AnyView {
    let text = lag.map_or_else(|| "–".to_owned(), lag_text);
    let why = lag.map(|lag| {
        let class = if lag.class == AlignmentClass::Aligned { "" } else { "song__left-out" };
        let warning = lag.warning.as_ref().map(|warning| format!(" ({warning})"));
        view! { <span class=class>{alignment_text(lag)} {warning}</span> }
    });
    view! { <td role="cell" class="song__text" data-label="lag"><b>{text}</b> " " {why}</td> }
        .into_any()
}

/// Why a pair is doubtful, and whether it is left out for that.
fn doubt_mark(doubt: PairDoubt, leaves_out: bool) -> AnyView {
    let left_out = if leaves_out { ", left out" } else { "" };
    view! { <b class="song__doubt">{format!("Doubtful: {}{left_out}", doubt.name())}</b> }
        .into_any()
}

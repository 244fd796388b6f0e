//! One song of the table.

use carto_charts::number::{cell, counted, fixed, grouped, n_of, plain};
use carto_charts::{CHANNELS, why_not_aligned};
use carto_types::{
    AlignmentClass, OtherAudio, OwnerEvidence, PairDoubt, SongMapper, SongPair, SongRow, SongStatus,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::details::OpenedSong;
use super::links::{other_mappers_link, search_link, song_words, view_link};
use crate::view_state::timing_r;

/// Title, artist, counts, and r of each channel as a stick with its figure.
///
/// A row has its full height from the start, so nothing below it moves when
/// its figures arrive.
///
/// - `row_index`: which row of the table it is
/// - `opened`: opens the dialog of the song
/// - `is_own`: whether its files are there, to be opened in the view of one song
pub(crate) fn song_row(
    row_index: Signal<String>,
    song: SongRow,
    opened: OpenedSong,
    is_own: bool,
) -> impl IntoView {
    let name = (song.title.clone(), song.artist.clone());
    let open = {
        let name = name.clone();
        move |_| opened.set(Some(name.clone()))
    };
    // A press beside the links and buttons of a row opens it too.
    let open_from_row = move |event: web_sys::MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if target.is_some_and(|target| target.closest("a, button").ok().flatten().is_none()) {
            opened.set(Some(name.clone()));
        }
    };
    let is_one_mapper = |pair: &&SongPair| pair.doubt == Some(PairDoubt::OneMapper);
    let one_mapper = match song.pairs.iter().filter(is_one_mapper).count() {
        0 => None,
        n => Some(format!(" · {} in {}", PairDoubt::OneMapper.name(), counted(n, "pair", "pairs"))),
    };
    let left_out = not_aligned(&song.pairs);
    let timing = timing_r(&song).map(|r| fixed(r, 2));
    let word = match song.status {
        SongStatus::Waiting => "waiting".to_owned(),
        SongStatus::Comparing { n_done, n_total } => {
            format!("comparing, {} maps", n_of(n_done, n_total))
        }
        SongStatus::Done if song.is_left_out() => {
            "all its pairs are left out as doubtful".to_owned()
        }
        SongStatus::Done => "compared".to_owned(),
        SongStatus::NoPairs => "no two maps could be compared".to_owned(),
        SongStatus::NameOnly => "its name alone came with the link".to_owned(),
    };
    let cells = match song.r {
        Some(r) => CHANNELS
            .into_iter()
            .zip(r)
            .map(|(channel, r)| r_cell(channel.abbr, channel.swatch, r))
            .collect_view()
            .into_any(),
        None => {
            let is_lacking = song.status == SongStatus::NoPairs;
            let other = is_lacking.then(|| other_mappers_link(&song.title, &song.artist));
            view! {
                <td class="songs__pending" role="cell" colspan="9"><span>{word}</span>{other}</td>
            }
            .into_any()
        }
    };
    let words = song_words(&song.title, &song.artist);
    let in_time = is_own.then(|| view_link(&song.title, &song.artist));
    view! {
        <tr class="songs__row" role="row" aria-rowindex=row_index on:click=open_from_row>
            <th class="songs__song" role="rowheader" scope="row">
                {search_link(&words, song.title, "songs__title")}
                <span class="songs__artist">{song.artist} {other_audio(song.other_audio)} {one_mapper} {left_out}</span>
                <div class="songs__line">
                    <button
                        id=format!("song-{}", song.song_idx)
                        class="songs__mappers"
                        type="button"
                        aria-haspopup="dialog"
                        on:click=open
                    >
                        {names(&song.mappers)}
                    </button>
                    {in_time}
                </div>
            </th>
            <td class="songs__count" role="cell" data-label="mappers">
                {grouped(song.mappers.len())}
            </td>
            <td class="songs__count" role="cell" data-label="pairs">
                {song.n_pairs.map_or_else(|| "–".to_owned(), grouped)}
            </td>
            {cells}
            <td class="songs__timing" role="cell" data-label="timing r">
                {timing.unwrap_or_else(|| "–".to_owned())}
            </td>
        </tr>
    }
}

/// The names of the mappers, those that are only likely with a question mark.
fn names(mappers: &[SongMapper]) -> AnyView {
    let name = |(place, mapper): (usize, &SongMapper)| {
        let is_likely = mapper.evidence == Some(OwnerEvidence::Name);
        let mark = is_likely.then(|| {
            view! { <abbr class="songs__likely" title="likely: the difficulty’s name alone says so">"?"</abbr> }
        });
        let before = if place > 0 { ", " } else { "" };
        view! { {before} {mapper.name.clone()} {mark} }
    };
    mappers.iter().enumerate().map(name).collect_view().into_any()
}

/// How the audio of a song's maps relates, where they do not have one file.
fn other_audio(audio: OtherAudio) -> Option<String> {
    let OtherAudio { n_pairs, n_other_length, n_unknown_length } = audio;
    let pairs = |n| counted(n, "pair", "pairs");
    match (n_other_length, n_unknown_length) {
        _ if n_pairs == 0 => None,
        (None, _) => Some(" · audio files of several sets".to_owned()),
        (Some(0), 0) => Some(" · audio files of one length".to_owned()),
        (Some(0), n) => Some(format!(" · audio of unknown length in {}", pairs(n))),
        (Some(n), 0) => Some(format!(" · audio of two lengths in {}", pairs(n))),
        (Some(n), unknown) => Some(format!(
            " · audio of two lengths in {}, of unknown length in {}",
            pairs(n),
            pairs(unknown)
        )),
    }
}

/// Why pairs of a song take no part in aligned figures, where some do not.
fn not_aligned(pairs: &[SongPair]) -> String {
    let reasons = AlignmentClass::ALL.into_iter().filter_map(|class| {
        let is_it = |pair: &&SongPair| pair.lag.as_ref().is_some_and(|lag| lag.class == class);
        let (why, n) = (why_not_aligned(class)?, pairs.iter().filter(is_it).count());
        (n > 0).then(|| format!(" · {why} in {}", counted(n, "pair", "pairs")))
    });
    reasons.collect()
}

/// The stick over its figure. The figure is the cell's text; the stick repeats it.
fn r_cell(abbr: &'static str, swatch: &'static str, r: f64) -> impl IntoView {
    let stem = swatch.replace("swatch swatch--", "stick__stem swatch--");
    let height = plain(r.clamp(-1.0, 1.0), 3);
    view! {
        <td class="songs__r" role="cell" data-label=abbr>
            <span class="stick" aria-hidden="true" style=("--r", height)>
                <span class=stem></span>
            </span>
            <span class="songs__figure">{cell(r)}</span>
        </td>
    }
}

//! One song of the table.

use carto_charts::CHANNELS;
use carto_charts::number::{cell, counted, fixed, grouped, n_of, plain};
use carto_types::{OtherAudio, SongMap, SongMapper, SongRow, SongStatus};
use leptos::prelude::*;

use super::links::{map_link, other_mappers_link, search_link, song_words};
use crate::view_state::timing_r;

/// Title, artist, counts, and r of each channel as a stick with its figure.
///
/// A row has its full height from the start, so nothing below it moves when
/// its figures arrive.
///
/// - `row_index`: which row of the table it is
/// - `wanted_owners`: opens the dialog of owners with these words; `None` where nobody may
///   correct them
pub(crate) fn song_row(
    row_index: Signal<String>,
    song: SongRow,
    wanted_owners: Option<RwSignal<Option<String>>>,
) -> impl IntoView {
    let title = song.title.clone();
    let names: Vec<_> = song.mappers.iter().map(SongMapper::text).collect();
    let names = names.join(", ");
    let who = match wanted_owners {
        Some(wanted_owners) => view! {
            <button
                class="songs__mappers"
                type="button"
                title=names.clone()
                aria-haspopup="dialog"
                on:click=move |_| wanted_owners.set(Some(title.clone()))
            >
                {names}
            </button>
        }
        .into_any(),
        None => view! { <span class="songs__mappers">{names}</span> }.into_any(),
    };
    let timing = timing_r(&song).map(|r| fixed(r, 2));
    let word = match song.status {
        SongStatus::Waiting => "waiting".to_owned(),
        SongStatus::Comparing { n_done, n_total } => {
            format!("comparing, {} maps", n_of(n_done, n_total))
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
    view! {
        <tr class="songs__row" role="row" aria-rowindex=row_index>
            <th class="songs__song" role="rowheader" scope="row">
                {search_link(&words, song.title, "songs__title")}
                <span class="songs__artist">{song.artist} {other_audio(song.other_audio)}</span>
                {who}
            </th>
            <td class="songs__count" role="cell" data-label="mappers">
                {mappers(song.mappers.len(), &song.maps)}
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

/// How many mappers, and on demand who they are, with the map that stands for each.
///
/// The list lies over what is below it, so that rows keep their height.
fn mappers(n_mappers: usize, maps: &[SongMap]) -> AnyView {
    if maps.is_empty() {
        return grouped(n_mappers).into_any();
    }
    let item = |SongMap { mapper, version, beatmap_id, .. }: &SongMap| {
        let map = match beatmap_id {
            Some(id) => map_link(*id, version.clone()),
            None => version.clone().into_any(),
        };
        view! { <li>{search_link(mapper, mapper.clone(), "")} " [" {map} "]"</li> }
    };
    view! {
        <details class="songs__who" name="songs-who">
            <summary>{grouped(n_mappers)}</summary>
            <ul>{maps.iter().map(item).collect_view()}</ul>
        </details>
    }
    .into_any()
}

/// How the audio of a song's maps relates, where they do not have one file.
fn other_audio(audio: OtherAudio) -> Option<String> {
    let OtherAudio { n_pairs, n_other_length } = audio;
    match n_other_length {
        _ if n_pairs == 0 => None,
        None => Some(" · audio files of several sets".to_owned()),
        Some(0) => Some(" · audio files of one length".to_owned()),
        Some(n) => Some(format!(" · audio of two lengths in {}", counted(n, "pair", "pairs"))),
    }
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

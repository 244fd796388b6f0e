//! One song of the table.

use carto_charts::CHANNELS;
use carto_charts::number::{cell, fixed, grouped, n_of, plain};
use leptos::prelude::*;

use crate::run::{SongRow, SongStatus};
use crate::view_state::timing_r;

/// Title, artist, counts, and r of each channel as a stick with its figure.
///
/// A row has its full height from the start, so nothing below it moves when
/// its figures arrive.
pub(crate) fn song_row(song: SongRow) -> impl IntoView {
    let timing = timing_r(&song).map(|r| fixed(r, 2));
    let word = match song.status {
        SongStatus::Waiting => "waiting".to_owned(),
        SongStatus::Comparing { n_done, n_total } => {
            format!("comparing, {} maps", n_of(n_done, n_total))
        }
        SongStatus::Done => "compared".to_owned(),
        SongStatus::NoPairs => "no two maps could be compared".to_owned(),
    };
    let cells = match song.r {
        Some(r) => CHANNELS
            .into_iter()
            .zip(r)
            .map(|(channel, r)| r_cell(channel.abbr, channel.swatch, r))
            .collect_view()
            .into_any(),
        None => view! {
            <td class="songs__pending" role="cell" colspan="9"><span>{word}</span></td>
        }
        .into_any(),
    };
    view! {
        <tr class="songs__row" role="row">
            <th class="songs__song" role="rowheader" scope="row">
                <span class="songs__title">{song.title}</span>
                <span class="songs__artist">{song.artist}</span>
            </th>
            <td class="songs__count" role="cell" data-label="mappers">{grouped(song.n_mappers)}</td>
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

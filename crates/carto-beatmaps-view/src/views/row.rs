use carto_features::COLUMNS;
use leptos::prelude::*;

use super::bars::bars;
use super::columns::heading;
use super::detail::detail;
use crate::client::BeatmapsClient;
use crate::format::{NO_VALUE, minutes};
use crate::kinds::Family;
use crate::rows::{Played, Row};

/// One map; its name opens what there is to say of it.
pub(crate) fn map_row(
    client: BeatmapsClient,
    row: &Row,
    played: Played,
    columns: &[usize],
    families: Vec<Family>,
) -> impl IntoView + use<> {
    let opened = client.state.opened;
    let key = row.key;
    let is_open = Memo::new(move |_| opened.get() == Some(key));
    let turn = move |_| opened.update(|opened| *opened = (*opened != Some(key)).then_some(key));
    let (title, version, by) = match &row.map.facts {
        Some(texts) => (
            texts.title.clone(),
            texts.version.clone(),
            format!("{} · {}", texts.artist, texts.creator),
        ),
        None => (row.map.path.clone(), String::new(), "cannot be read".to_owned()),
    };
    let numbers = columns.iter().map(|&place| {
        let name = COLUMNS[place].name;
        let text = row
            .number(played, place)
            .map_or_else(|| NO_VALUE.to_owned(), |value| shown(name, value));
        view! { <td class="beat-table__number" role="cell" data-label=heading(name)>{text}</td> }
    });
    let n_kinds: usize = families.iter().map(|family| family.kinds.len()).sum();
    let memberships = match row.shares(played) {
        Some(shares) if n_kinds > 0 => bars(&families, shares).into_any(),
        _ if row.map.facts.is_none() => ().into_any(),
        _ => view! { <span class="beat-bars__pending">"not classified yet"</span> }.into_any(),
    };
    let n_cells = (columns.len() + 1 + n_kinds).to_string();
    let detail_row = row.clone();
    view! {
        <tr class="beat-row" class:beat-row--open=is_open role="row">
            <th class="beat-table__map" role="rowheader" scope="row">
                <button
                    class="beat-row__name"
                    type="button"
                    aria-expanded=move || is_open.get().to_string()
                    on:click=turn
                >
                    <b>{title}</b> " " <span>{version}</span>
                </button>
                <span class="beat-row__by">{by}</span>
            </th>
            {numbers.collect_view()}
            <td class="beat-table__bars" role="cell" colspan=n_kinds.max(1).to_string()>{memberships}</td>
        </tr>
        {move || is_open.get().then(|| view! {
            <tr class="beat-detail" role="row">
                <td role="cell" colspan=n_cells.clone()>{detail(client, &detail_row, played, &families)}</td>
            </tr>
        })}
    }
}

/// A number as a person reads it; the saved table has all its digits.
pub(crate) fn shown(name: &str, value: f64) -> String {
    match name {
        "star_rating" => format!("{value:.2}"),
        "total_length" | "hit_length" | "break_length" => minutes(value),
        "stream_density"
        | "burst_density"
        | "kiai_note_ratio"
        | "slider_ratio"
        | "slider_share"
        | "alt_ratio"
        | "stream_density_local"
        | "rhythm_complexity"
        | "break_ratio" => {
            format!("{:.0}%", value * 100.0)
        }
        "notes_per_second" | "ar" | "cs" | "od" | "hp" => format!("{value:.1}"),
        _ if value.abs() >= 20.0 => format!("{value:.0}"),
        _ => format!("{value:.2}"),
    }
}

//! A map of the table.

use carto_features::COLUMNS;
use leptos::prelude::*;

use super::bars::bars;
use super::detail::detail;
use crate::client::BeatmapsClient;
use crate::feature_words::heading;
use crate::format::{NO_VALUE, feature_text};
use crate::labels::LabelGroup;
use crate::rows::{Mods, Row};

/// The row of a map; its name opens its details below.
///
/// - `row_index`: which row of the table it is
pub(crate) fn map_row(
    client: BeatmapsClient,
    row_index: Signal<String>,
    row: &Row,
    played: Mods,
    columns: &[usize],
    groups: Vec<LabelGroup>,
) -> impl IntoView + use<> {
    let opened = client.state.opened;
    let key = row.key;
    let is_open = Memo::new(move |_| opened.get() == Some(key));
    let toggle = move |_| opened.update(|opened| *opened = (*opened != Some(key)).then_some(key));
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
            .map_or_else(|| NO_VALUE.to_owned(), |value| feature_text(name, value));
        view! { <td class="beat-table__number" role="cell" data-label=heading(name)>{text}</td> }
    });
    let n_labels: usize = groups.iter().map(|group| group.labels.len()).sum();
    let label_bars = match row.probabilities(played) {
        Some(probabilities) if n_labels > 0 => bars(&groups, probabilities).into_any(),
        _ if row.map.facts.is_none() => ().into_any(),
        _ => view! { <span class="beat-bars__pending">"not classified yet"</span> }.into_any(),
    };
    let n_cells = (columns.len() + 1 + n_labels).to_string();
    let detail_row = row.clone();
    view! {
        <tr class="beat-row" class:beat-row--open=is_open role="row" aria-rowindex=row_index>
            <th class="beat-table__map" role="rowheader" scope="row">
                <button
                    class="beat-row__name"
                    type="button"
                    aria-expanded=move || is_open.get().to_string()
                    on:click=toggle
                >
                    <b>{title}</b> " " <span>{version}</span>
                </button>
                {row.is_joke.then(|| view! { <span class="beat-row__joke">"Likely a joke map"</span> })}
                <span class="beat-row__by">{by}</span>
            </th>
            {numbers.collect_view()}
            <td class="beat-table__bars" role="cell" colspan=n_labels.max(1).to_string()>{label_bars}</td>
        </tr>
        {move || is_open.get().then(|| view! {
            <tr class="beat-detail" role="row">
                <td role="cell" colspan=n_cells.clone()>{detail(client, &detail_row, played, &groups)}</td>
            </tr>
        })}
    }
}

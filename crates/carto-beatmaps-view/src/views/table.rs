//! The table of maps.

use carto_features::COLUMNS;
use carto_ui::RowWindow;
use leptos::prelude::*;

use super::row::map_row;
use crate::choice::SortKey;
use crate::client::use_client;
use crate::feature_words::heading;
use crate::labels::{LabelGroup, label_groups};
use crate::rows::{Row, column};
use crate::state::USUAL_COLUMNS;

/// Height of a row as it mostly is.
const ROW_PX: f64 = 60.0;

/// The columns in the order of the head: the usual ones first, then all others that
/// were chosen.
pub(crate) fn shown_columns(chosen: &std::collections::BTreeSet<usize>) -> Vec<usize> {
    let usual = USUAL_COLUMNS.map(column);
    let first = usual.into_iter().filter(|place| chosen.contains(place));
    let others = chosen.iter().copied().filter(|place| !usual.contains(place));
    first.chain(others).collect()
}

/// Maps with their features and label probabilities.
#[component]
pub(crate) fn Table() -> impl IntoView {
    let client = use_client();
    let state = client.state;
    let body = NodeRef::new();
    let columns = Memo::new(move |_| state.columns.with(shown_columns));
    let groups = Memo::new(move |_| {
        state.model.with(|model| {
            model.as_ref().map(|model| label_groups(&model.facts.labels)).unwrap_or_default()
        })
    });
    let shown = state.shown;
    let n_rows = Signal::derive(move || shown.with(Vec::len));
    let window = RowWindow::new(n_rows, ROW_PX, body);
    view! {
        <h2 class="visually-hidden">"Maps"</h2>
        <div class="plate beat-plate">
            <div class="beat-scroll" tabindex="0" role="region" aria-label="Maps, features and label probabilities">
                <table class="beat-table" role="table" aria-rowcount=move || (n_rows.get() + 1).to_string()>
                    <thead role="rowgroup">
                        {move || group_heads(&groups.get(), columns.with(Vec::len))}
                        <tr role="row">
                            {move || sort_head(SortKey::Title, "Map".to_owned(), "beat-table__map")}
                            {move || columns.get().into_iter().map(|place| {
                                sort_head(SortKey::Column(place), heading(COLUMNS[place].name), "beat-table__number")
                            }).collect_view()}
                            {move || label_heads(&groups.get())}
                        </tr>
                    </thead>
                    {window.gap_before()}
                    <tbody role="rowgroup" node_ref=body>
                        <ForEnumerate
                            each=move || {
                                let range = window.range();
                                let rows = shown.with(|rows: &Vec<Row>| rows.get(range).unwrap_or_default().to_vec());
                                let (played, columns) = (state.choice.with(|choice| choice.played), columns.get());
                                let model = state.model.with(|model| model.as_ref().map(|model| model.id));
                                let groups = groups.get();
                                // The rows are a moment old: there may be another classifier by now.
                                rows.into_iter().map(|row| (row.predicted_by(model), played, columns.clone(), model, groups.clone())).collect::<Vec<_>>()
                            }
                            key=|(row, played, columns, model, _)| {
                                (row.key, *played, columns.clone(), *model, row.prediction.is_some())
                            }
                            children=move |place, (row, played, columns, _, groups)| {
                                map_row(client, window.row_index(place), &row, played, &columns, groups)
                            }
                        />
                    </tbody>
                    {window.gap_behind()}
                </table>
            </div>
            <p class="beat-none" hidden=move || shown.with(|rows| !rows.is_empty())>
                {move || if state.rows.with(Vec::is_empty) { "Maps appear as soon as they are read." } else { "No map fits the filters." }}
            </p>
        </div>
    }
}

/// Headings of the groups, above their labels.
fn group_heads(groups: &[LabelGroup], n_columns: usize) -> impl IntoView + use<> {
    let has_headings = groups.iter().any(|group| !group.heading.is_empty());
    has_headings.then(|| {
        let heads = groups.iter().map(|group| {
            let n_labels = group.labels.len().to_string();
            view! { <th class="beat-table__family" role="columnheader" colspan=n_labels scope="colgroup">{group.heading}</th> }
        });
        view! {
            <tr class="beat-table__families" role="row">
                <td role="cell" colspan=(n_columns + 1).to_string()></td>
                {heads.collect_view()}
            </tr>
        }
    })
}

/// Headings of the labels, upright beside each other.
fn label_heads(groups: &[LabelGroup]) -> impl IntoView + use<> {
    groups
        .iter()
        .flat_map(|group| &group.labels)
        .map(|label| sort_head(SortKey::Label(label.idx), label.name.clone(), "beat-table__kind"))
        .collect_view()
}

/// A heading that sorts: descending first for numbers, ascending first for titles.
fn sort_head(key: SortKey, name: String, class: &'static str) -> impl IntoView {
    let choice = use_client().state.choice;
    let sort = move |_| choice.update(|choice| choice.sort_by(key));
    let order = move || {
        choice.with(|choice| match (choice.sort == key, choice.is_rising) {
            (false, _) => None,
            (true, true) => Some("ascending"),
            (true, false) => Some("descending"),
        })
    };
    let mark = move || match order() {
        Some("ascending") => " ↑",
        Some(_) => " ↓",
        None => "",
    };
    view! {
        <th class=class role="columnheader" scope="col" aria-sort=order>
            <button class="beat-table__sort" type="button" on:click=sort>
                {name}<span aria-hidden="true">{mark}</span>
            </button>
        </th>
    }
}

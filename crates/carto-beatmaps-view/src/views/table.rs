use carto_features::COLUMNS;
use leptos::prelude::*;

use super::columns::heading;
use super::row::map_row;
use crate::client::use_client;
use crate::format::grouped;
use crate::kinds::{Family, families};
use crate::rows::{SortKey, column};
use crate::state::USUAL_COLUMNS;

/// Rows in the page at once; a thousand maps of fifteen bars are slow to lay out.
const ROWS_AT_ONCE: usize = 100;

/// The columns in the order of the head: the usual ones first, then all others that
/// were chosen.
pub(crate) fn shown_columns(chosen: &std::collections::BTreeSet<usize>) -> Vec<usize> {
    let usual = USUAL_COLUMNS.map(column);
    let first = usual.into_iter().filter(|place| chosen.contains(place));
    let others = chosen.iter().copied().filter(|place| !usual.contains(place));
    first.chain(others).collect()
}

/// Maps, features, kinds.
#[component]
pub(crate) fn Table() -> impl IntoView {
    let client = use_client();
    let state = client.state;
    let n_rows = RwSignal::new(ROWS_AT_ONCE);
    let columns = Memo::new(move |_| state.columns.with(shown_columns));
    let kinds = Memo::new(move |_| {
        state.model.with(|model| {
            model.as_ref().map(|model| families(&model.facts.labels)).unwrap_or_default()
        })
    });
    // Many files come at once: what is shown is made anew a few times a second.
    let shown = RwSignal::new(Vec::new());
    let is_due = StoredValue::new(false);
    Effect::new(move || {
        state.rows.track();
        state.choice.track();
        if is_due.get_value() {
            return;
        }
        is_due.set_value(true);
        set_timeout(
            move || {
                if is_due.try_set_value(false).is_none() {
                    let rows = state.rows.with_untracked(|rows| {
                        state.choice.with_untracked(|choice| choice.of(rows))
                    });
                    shown.try_set(rows);
                }
            },
            std::time::Duration::from_millis(60),
        );
    });
    let n_hidden = move || shown.with(Vec::len).saturating_sub(n_rows.get());
    view! {
        <h2 class="visually-hidden">"Maps"</h2>
        <div class="plate beat-plate">
            <div class="beat-scroll" tabindex="0" role="region" aria-label="Maps, their features and kinds">
                <table class="beat-table" role="table">
                    <thead role="rowgroup">
                        {move || kind_head(&kinds.get(), columns.with(Vec::len))}
                        <tr role="row">
                            {move || sort_head(SortKey::Title, "Map".to_owned(), "beat-table__map")}
                            {move || columns.get().into_iter().map(|place| {
                                sort_head(SortKey::Column(place), heading(COLUMNS[place].name), "beat-table__number")
                            }).collect_view()}
                            {move || kind_heads(&kinds.get())}
                        </tr>
                    </thead>
                    <tbody role="rowgroup">
                        <For
                            each=move || {
                                let mut rows = shown.get();
                                rows.truncate(n_rows.get());
                                let (played, columns) = (state.choice.with(|choice| choice.played), columns.get());
                                let model = state.model.with(|model| model.as_ref().map(|model| model.id));
                                let kinds = kinds.get();
                                // The rows are a moment old: another classifier may judge them by now.
                                rows.into_iter().map(|row| (row.judged_by(model), played, columns.clone(), model, kinds.clone())).collect::<Vec<_>>()
                            }
                            key=|(row, played, columns, model, _)| {
                                (row.key, *played, columns.clone(), *model, row.judged.is_some())
                            }
                            children=move |(row, played, columns, _, kinds)| map_row(client, &row, played, &columns, kinds)
                        />
                    </tbody>
                </table>
            </div>
            <p class="beat-none" hidden=move || shown.with(|rows| !rows.is_empty())>
                {move || if state.rows.with(Vec::is_empty) { "Maps appear as soon as they are read." } else { "No map here fits what you look for." }}
            </p>
            <button
                class="button button--small beat-more"
                type="button"
                hidden=move || n_hidden() == 0
                on:click=move |_| n_rows.update(|n_rows| *n_rows += ROWS_AT_ONCE)
            >
                {move || format!("Show {} more", grouped(n_hidden().min(ROWS_AT_ONCE)))}
            </button>
        </div>
    }
}

/// Families over their kinds.
fn kind_head(families: &[Family], n_columns: usize) -> impl IntoView + use<> {
    let has_headings = families.iter().any(|family| !family.heading.is_empty());
    has_headings.then(|| {
        let heads = families.iter().map(|family| {
            let n_kinds = family.kinds.len().to_string();
            view! { <th class="beat-table__family" role="columnheader" colspan=n_kinds scope="colgroup">{family.heading}</th> }
        });
        view! {
            <tr class="beat-table__families" role="row">
                <td role="cell" colspan=(n_columns + 1).to_string()></td>
                {heads.collect_view()}
            </tr>
        }
    })
}

/// Names of kinds, upright beside each other.
fn kind_heads(families: &[Family]) -> impl IntoView + use<> {
    families
        .iter()
        .flat_map(|family| &family.kinds)
        .map(|kind| sort_head(SortKey::Label(kind.label), kind.name.clone(), "beat-table__kind"))
        .collect_view()
}

/// A heading that sorts: falling first for numbers, rising first for titles.
fn sort_head(key: SortKey, name: String, class: &'static str) -> impl IntoView {
    let choice = use_client().state.choice;
    let turn = move |_| {
        choice.update(|choice| {
            choice.is_rising =
                if choice.sort == key { !choice.is_rising } else { key == SortKey::Title };
            choice.sort = key;
        });
    };
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
            <button class="beat-table__sort" type="button" on:click=turn>
                {name}<span aria-hidden="true">{mark}</span>
            </button>
        </th>
    }
}

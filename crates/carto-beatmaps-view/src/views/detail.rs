use carto_features::COLUMNS;
use carto_types::Influence;
use leptos::prelude::*;

use super::bars::{in_words, ranked};
use super::columns::heading;
use super::row::shown;
use crate::client::BeatmapsClient;
use crate::format::{NO_VALUE, percent, points};
use crate::kinds::Family;
use crate::rows::{Played, Row};
use crate::songs::alike;
use crate::state::RequestState;

/// Other mappers that are named at most.
const MAX_OTHERS: usize = 8;

/// What drove a map's kinds, its like by other hands, and all its numbers.
pub(crate) fn detail(
    client: BeatmapsClient,
    row: &Row,
    played: Played,
    families: &[Family],
) -> impl IntoView + use<> {
    let first = row.shares(played).and_then(|shares| ranked(families, shares).into_iter().next());
    let first_name = first.map(|(kind, _)| kind.name).unwrap_or_default();
    let influences = client.state.influences;
    let drivers = move || match influences.get() {
        RequestState::Ready(found) => drivers(&found, &first_name).into_any(),
        RequestState::Failed(why) => view! { <p>{why}</p> }.into_any(),
        RequestState::Pending(_) | RequestState::Idle => {
            view! { <p>"Asking the classifier."</p> }.into_any()
        }
    };
    view! {
        <div class="beat-detail__parts">
            <section>
                <h3 class="notes__title">"What drove it"</h3>
                {drivers}
            </section>
            <section>
                <h3 class="notes__title">"The same song by others"</h3>
                {others(client, row, played, families)}
            </section>
            <section>
                <h3 class="notes__title">"All features"</h3>
                {features(row, played)}
            </section>
        </div>
    }
}

/// Each with the map's number, the usual one, and what it does.
fn drivers(influences: &[Influence], first: &str) -> impl IntoView + use<> {
    let lines = influences.iter().map(|influence| {
        let name = influence.column.as_str();
        let value = influence.value.map_or_else(|| NO_VALUE.to_owned(), |value| shown(name, value));
        let usual = shown(name, influence.median);
        let way = if influence.change < 0.0 { "beat-driver--against" } else { "beat-driver--for" };
        let width = format!("width:{:.0}%", influence.change.abs().min(1.0) * 100.0);
        view! {
            <tr class=format!("beat-driver {way}") role="row">
                <th role="rowheader" scope="row">{heading(name)}</th>
                <td role="cell">{value}</td>
                <td role="cell">{usual}</td>
                <td role="cell" class="beat-driver__change">
                    <span class="beat-driver__bar" style=width></span>
                    {points(influence.change)}
                </td>
            </tr>
        }
    });
    let lines = lines.collect_view();
    view! {
        <p>"How much more it would be " <b>{first.to_owned()}</b> " through each number than with that of the middle map, in percentage points. Numbers that say the same share what they do."</p>
        <table class="beat-drivers" role="table">
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">"feature"</th>
                    <th role="columnheader" scope="col">"here"</th>
                    <th role="columnheader" scope="col">"middle"</th>
                    <th role="columnheader" scope="col">"does"</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{lines}</tbody>
        </table>
    }
}

/// Maps of the same song by other people, the most similar first.
fn others(
    client: BeatmapsClient,
    row: &Row,
    played: Played,
    families: &[Family],
) -> impl IntoView + use<> {
    if row.shares(played).is_none() {
        return view! { <p>"Known once it is classified."</p> }.into_any();
    }
    let (row, families) = (row.clone(), families.to_vec());
    // Each map that comes or is classified may be one more.
    let lines = Memo::new(move |_| {
        let found = client.state.rows.with(|rows| alike(&row, rows, played));
        found
            .iter()
            .take(MAX_OTHERS)
            .map(|found| line(found, played, &families))
            .collect::<Vec<_>>()
    });
    let list = move || {
        if lines.with(Vec::is_empty) {
            return view! { <p>"Nobody else’s map of this song is here."</p> }.into_any();
        }
        let items =
            lines.get().into_iter().map(|(name, said)| view! { <li><b>{name}</b> {said}</li> });
        view! { <ul class="beat-others">{items.collect_view()}</ul> }.into_any()
    };
    view! { {list} }.into_any()
}

/// Whose map, and what it has in common.
fn line((overlap, other): &(f64, Row), played: Played, families: &[Family]) -> (String, String) {
    let texts = other.map.facts.as_ref();
    let name = texts.map(|texts| format!("{}, {}", texts.creator, texts.version));
    let kinds = other.shares(played).map(|shares| in_words(families, shares));
    let said = format!(": {}% in common ({})", percent(*overlap), kinds.unwrap_or_default());
    (name.unwrap_or_default(), said)
}

/// Every number, with the digits of the saved table.
fn features(row: &Row, played: Played) -> impl IntoView + use<> {
    let numbers = row.numbers(played).map(<[_]>::to_vec).unwrap_or_default();
    let pairs = COLUMNS.iter().zip(numbers).map(|(column, value)| {
        let text = match value {
            Some(value) => column.text_of(Some(value)),
            None => NO_VALUE.to_owned(),
        };
        view! {
            <div class="beat-features__pair">
                <dt>{column.name}</dt>
                <dd>{text}</dd>
            </div>
        }
    });
    view! { <dl class="beat-features">{pairs.collect_view()}</dl> }
}

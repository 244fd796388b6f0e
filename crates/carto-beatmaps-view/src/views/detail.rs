//! An opened map: what its label comes from, maps of the same song, and all its features.

use carto_features::COLUMNS;
use leptos::prelude::*;

use super::bars::in_words;
use super::effects::effects;
use crate::client::BeatmapsClient;
use crate::feature_words::heading;
use crate::format::{NO_VALUE, feature_text, percent};
use crate::labels::{LabelGroup, ranked};
use crate::rows::{Mods, Row};
use crate::songs::similar_maps;
use crate::state::RequestState;

/// Maps of other mappers that are listed at most.
const MAX_OTHERS: usize = 8;

/// The three parts of an opened map.
pub(crate) fn detail(
    client: BeatmapsClient,
    row: &Row,
    played: Mods,
    groups: &[LabelGroup],
) -> impl IntoView + use<> {
    let first =
        row.probabilities(played).and_then(|found| ranked(groups, found).into_iter().next());
    let first_name = first.map(|(label, _)| label.name).unwrap_or_default();
    let title = match first_name.as_str() {
        "" => "What its label comes from".to_owned(),
        label => format!("Why {label}?"),
    };
    let influences = client.state.influences;
    let why = move || match influences.get() {
        RequestState::Ready(found) => effects(&found, &first_name).into_any(),
        RequestState::Failed(why) => view! { <p>{why}</p> }.into_any(),
        RequestState::Pending(_) | RequestState::Idle => view! { <p>"Computing."</p> }.into_any(),
    };
    view! {
        <div class="beat-detail__parts">
            <section>
                <h3 class="notes__title">{title}</h3>
                {why}
            </section>
            <section>
                <h3 class="notes__title">"Maps of this song by other mappers"</h3>
                {others(client, row, played, groups)}
            </section>
            <section>
                <details class="beat-all">
                    <summary><h3 class="notes__title">"All features"</h3></summary>
                    {features(row, played)}
                </details>
            </section>
        </div>
    }
}

/// Maps of the same song by other mappers, the most similar first.
fn others(
    client: BeatmapsClient,
    row: &Row,
    played: Mods,
    groups: &[LabelGroup],
) -> impl IntoView + use<> {
    if row.probabilities(played).is_none() {
        return view! { <p>"Not classified yet."</p> }.into_any();
    }
    let (row, groups) = (row.clone(), groups.to_vec());
    // Each map that comes or is classified may be one more.
    let lines = Memo::new(move |_| {
        let found = client.state.rows.with(|rows| similar_maps(&row, rows, played));
        found.iter().take(MAX_OTHERS).map(|found| line(found, played, &groups)).collect::<Vec<_>>()
    });
    let list = move || {
        if lines.with(Vec::is_empty) {
            return view! { <p>"No map of this song by another mapper is loaded."</p> }.into_any();
        }
        let items =
            lines.get().into_iter().map(|(name, said)| view! { <li><b>{name}</b> {said}</li> });
        view! { <ul class="beat-others">{items.collect_view()}</ul> }.into_any()
    };
    view! { {list} }.into_any()
}

/// Mapper and difficulty of another map, and its overlap with the opened one.
fn line((overlap, other): &(f64, Row), played: Mods, groups: &[LabelGroup]) -> (String, String) {
    let texts = other.map.facts.as_ref();
    let name = texts.map(|texts| format!("{}, {}", texts.creator, texts.version));
    let labels = other.probabilities(played).map(|found| in_words(groups, found));
    let said = format!(": overlap {}% ({})", percent(*overlap), labels.unwrap_or_default());
    (name.unwrap_or_default(), said)
}

/// All features as people read them; the saved table has their names there and all digits.
fn features(row: &Row, played: Mods) -> impl IntoView + use<> {
    let numbers = row.numbers(played).map(<[_]>::to_vec).unwrap_or_default();
    let pairs = COLUMNS.iter().zip(numbers).map(|(column, value)| {
        let text = match value {
            Some(value) => feature_text(column.name, value),
            None => NO_VALUE.to_owned(),
        };
        view! {
            <div class="beat-features__pair">
                <dt>{heading(column.name)}</dt>
                <dd>{text}</dd>
            </div>
        }
    });
    view! { <dl class="beat-features">{pairs.collect_view()}</dl> }
}

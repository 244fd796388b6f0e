//! What a map's most probable label comes from: in sentences, and in figures behind a fold.

use carto_types::Influence;
use leptos::prelude::*;

use crate::feature_words::{Place, fact, heading, place, range};
use crate::format::{NO_VALUE, feature_text, percent, points};

/// Sentences at most; the figures have more.
const MAX_SENTENCES: usize = 4;

/// Effects below one percentage point are not worth a sentence.
const MIN_EFFECT: f64 = 0.01;

/// The features with the largest effect on the probability of a label.
///
/// - `label`: the most probable one, as people write it
pub(super) fn effects(influences: &[Influence], label: &str) -> impl IntoView + use<> {
    let mut told: Vec<_> = influences
        .iter()
        .filter(|influence| influence.change.abs() >= MIN_EFFECT)
        .filter_map(|influence| Some((influence.change < 0.0, sentence(influence, label)?)))
        .take(MAX_SENTENCES)
        .collect();
    // The question is why it has this label: what speaks for it comes first.
    told.sort_by_key(|(is_against, _)| *is_against);
    let sentences = match told.is_empty() {
        true => view! { <p>"No single feature decides it: several together do."</p> }.into_any(),
        false => {
            let items =
                told.into_iter().map(|(_, (side, said))| view! { <li><b>{side}</b> {said}</li> });
            view! { <ul class="beat-why">{items.collect_view()}</ul> }.into_any()
        }
    };
    view! {
        {sentences}
        <details class="beat-effects">
            <summary>"Figures"</summary>
            {figures(influences, label)}
        </details>
    }
}

/// `For stream: `, and `45% of its gaps are streamed; typical stream maps: 40 to 60%.` A value
/// outside of that range is told as `below typical stream maps: 40 to 60%`: the classifier may
/// find it the more typical of the label all the same, beside the others.
fn sentence(influence: &Influence, label: &str) -> Option<(String, String)> {
    let name = influence.column.as_str();
    let side = if influence.change < 0.0 { "Against" } else { "For" };
    let value = influence.value?;
    let mut said = fact(name, value)?;
    if let Some(typical) = influence.typical
        && let Some(range) = range(name, typical)
    {
        let place = match place(name, value, typical) {
            Place::Below => "below ",
            Place::Within => "",
            Place::Above => "above ",
        };
        said.push_str(&format!("; {place}typical {label} maps: {range}"));
    }
    Some((format!("{side} {label}: "), said + "."))
}

/// Value of the map, median, and effect of each feature.
fn figures(influences: &[Influence], label: &str) -> impl IntoView + use<> {
    let lines = influences.iter().map(|influence| {
        let name = influence.column.as_str();
        let value =
            influence.value.map_or_else(|| NO_VALUE.to_owned(), |value| feature_text(name, value));
        let median = feature_text(name, influence.median);
        let way = if influence.change < 0.0 { "beat-driver--against" } else { "beat-driver--for" };
        let width = format!("width:{}%", percent(influence.change.abs().min(1.0)));
        view! {
            <tr class=format!("beat-driver {way}") role="row">
                <th role="rowheader" scope="row">{heading(name)}</th>
                <td role="cell">{value}</td>
                <td role="cell">{median}</td>
                <td role="cell" class="beat-driver__change">
                    <span class="beat-driver__bar" style=width></span>
                    {points(influence.change)}
                </td>
            </tr>
        }
    });
    let lines = lines.collect_view();
    view! {
        <p>"Change in the probability of " <b>{label.to_owned()}</b> ", in percentage points, against a map with the median value of that feature. Correlated features share their effect. Typical is the middle half of the maps with this label that the classifier was trained on."</p>
        <table class="beat-drivers" role="table">
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">"feature"</th>
                    <th role="columnheader" scope="col">"value"</th>
                    <th role="columnheader" scope="col">"median"</th>
                    <th role="columnheader" scope="col">"effect"</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{lines}</tbody>
        </table>
    }
}

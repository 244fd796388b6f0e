//! Label probabilities as bars: all of them, always in the same order.

use leptos::prelude::*;

use crate::choice::MIN_PROBABILITY;
use crate::format::{percent, plain};
use crate::labels::{LabelGroup, ranked};

/// Height of the bar of probability 1, in pixels.
const FULL: f64 = 27.0;

/// One bar for each label; probabilities from [`MIN_PROBABILITY`] on are written out, and the
/// largest is in ink.
pub(crate) fn bars(groups: &[LabelGroup], probabilities: &[f64]) -> impl IntoView + use<> {
    let most = probabilities.iter().copied().fold(0.0, f64::max);
    let cells = groups.iter().map(|group| {
        let bars = group.labels.iter().map(|label| {
            let share = probabilities.get(label.idx).copied().unwrap_or(0.0);
            let is_most = share >= most;
            let height = format!("height:{}px", plain((share * FULL).max(0.5), 1));
            view! {
                <span class="beat-bars__kind" title=format!("{}: {}%", label.name, percent(share))>
                    {(share >= MIN_PROBABILITY).then(|| view! { <span class="beat-bars__number">{percent(share)}</span> })}
                    <span class="beat-bars__bar" class:beat-bars__bar--most=is_most style=height></span>
                </span>
            }
        });
        view! { <span class="beat-bars__family">{bars.collect_view()}</span> }
    });
    view! {
        <span class="beat-bars" role="img" aria-label=in_words(groups, probabilities)>
            {cells.collect_view()}
        </span>
        <span class="beat-bars__list" aria-hidden="true">{most_probable(groups, probabilities)}</span>
    }
}

/// The four most probable labels by name, for narrow screens.
fn most_probable(groups: &[LabelGroup], probabilities: &[f64]) -> impl IntoView + use<> {
    ranked(groups, probabilities)
        .into_iter()
        .take(4)
        .map(|(label, share)| {
            let width = format!("width:{}%", percent(share));
            view! {
                <span class="beat-bars__name">{label.name}</span>
                <span class="beat-bars__track"><span class="beat-bars__fill" style=width></span></span>
                <span class="beat-bars__share">{percent(share)} "%"</span>
            }
        })
        .collect_view()
}

/// The labels from [`MIN_PROBABILITY`] on, and at least three: `jump 62%, aim control 20%`.
pub(crate) fn in_words(groups: &[LabelGroup], probabilities: &[f64]) -> String {
    let ranked = ranked(groups, probabilities);
    let n_named = ranked.iter().filter(|(_, share)| *share >= MIN_PROBABILITY).count().max(3);
    let named: Vec<String> = ranked
        .into_iter()
        .take(n_named)
        .map(|(label, share)| format!("{} {}%", label.name, percent(share)))
        .collect();
    named.join(", ")
}

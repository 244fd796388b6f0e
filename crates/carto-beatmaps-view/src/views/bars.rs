//! Memberships as bars: all of them, always in the same order.

use leptos::prelude::*;

use crate::format::percent;
use crate::kinds::{Family, Kind};
use crate::rows::PARTLY;

/// Height of a membership of one, in pixels.
const FULL: f64 = 27.0;

/// One bar a kind; memberships from a tenth on are written out, the strongest in ink.
pub(crate) fn bars(families: &[Family], shares: &[f64]) -> impl IntoView + use<> {
    let most = shares.iter().copied().fold(0.0, f64::max);
    let cells = families.iter().map(|family| {
        let bars = family.kinds.iter().map(|kind| {
            let share = shares.get(kind.label).copied().unwrap_or(0.0);
            let is_most = share >= most;
            let height = format!("height:{:.1}px", (share * FULL).max(0.5));
            view! {
                <span class="beat-bars__kind" title=format!("{}: {}%", kind.name, percent(share))>
                    {(share >= PARTLY).then(|| view! { <span class="beat-bars__number">{percent(share)}</span> })}
                    <span class="beat-bars__bar" class:beat-bars__bar--most=is_most style=height></span>
                </span>
            }
        });
        view! { <span class="beat-bars__family">{bars.collect_view()}</span> }
    });
    view! {
        <span class="beat-bars" role="img" aria-label=in_words(families, shares)>
            {cells.collect_view()}
        </span>
        <span class="beat-bars__list" aria-hidden="true">{strongest(families, shares)}</span>
    }
}

/// On narrow screens: the four strongest, by name.
fn strongest(families: &[Family], shares: &[f64]) -> impl IntoView + use<> {
    ranked(families, shares)
        .into_iter()
        .take(4)
        .map(|(kind, share)| {
            let width = format!("width:{:.0}%", share * 100.0);
            view! {
                <span class="beat-bars__name">{kind.name}</span>
                <span class="beat-bars__track"><span class="beat-bars__fill" style=width></span></span>
                <span class="beat-bars__share">{percent(share)} "%"</span>
            }
        })
        .collect_view()
}

/// Kinds by falling membership.
pub(crate) fn ranked(families: &[Family], shares: &[f64]) -> Vec<(Kind, f64)> {
    let mut ranked: Vec<(Kind, f64)> = families
        .iter()
        .flat_map(|family| family.kinds.iter().cloned())
        .map(|kind| {
            let share = shares.get(kind.label).copied().unwrap_or(0.0);
            (kind, share)
        })
        .collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    ranked
}

/// All that are at least partly so, and never only the first.
pub(crate) fn in_words(families: &[Family], shares: &[f64]) -> String {
    let ranked = ranked(families, shares);
    let n_named = ranked.iter().filter(|(_, share)| *share >= PARTLY).count().max(3);
    let named: Vec<String> = ranked
        .into_iter()
        .take(n_named)
        .map(|(kind, share)| format!("{} {}%", kind.name, percent(share)))
        .collect();
    named.join(", ")
}

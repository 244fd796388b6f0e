//! The chart of the evidence: a line for each dimension, over one scale bar.

use carto_charts::EvidenceChart;
use carto_ui::{derived_string, dynamic, focus, next_mark};
use leptos::prelude::*;

use super::marks::{place, scale};
use super::row::{Rows, badge_id, evidence_row};

/// The channels, and below them the latents where there are some.
#[component]
pub(super) fn EvidenceLines(
    /// What to draw.
    chart: Memo<Option<EvidenceChart>>,
    /// The dimension whose evidence is open.
    opened: RwSignal<Option<String>>,
) -> impl IntoView {
    let tab_stop = RwSignal::new(0_usize);
    let rows = Rows { chart, opened, tab_stop };
    // Rows are drawn anew only when there are others: their marks and words follow by themselves.
    let names = Memo::new(move |_| {
        chart.with(|chart| {
            let of = |it: &EvidenceChart| {
                let names = it.rows().map(|row| row.name.clone());
                (names.collect::<Vec<_>>(), it.channels.len())
            };
            chart.as_ref().map(of).unwrap_or_default()
        })
    });
    let lines = dynamic(move || {
        let (names, n_channels) = names.get();
        let mut rows: Vec<_> = names
            .into_iter()
            .enumerate()
            .map(|(idx, name)| evidence_row(idx, name, rows))
            .collect();
        let latents = rows.split_off(n_channels.min(rows.len()));
        let latents = (!latents.is_empty()).then(|| {
            view! {
                <p class="evidence__group">"Latents"</p>
                {latents}
            }
        });
        view! {
            {rows}
            {latents}
        }
        .into_any()
    });
    let move_focus = move |event: leptos::ev::KeyboardEvent| {
        let names = names.get_untracked().0;
        let last = names.len().saturating_sub(1);
        let Some(to) = next_mark(&event.key(), tab_stop.get_untracked(), last) else { return };
        event.prevent_default();
        if let Some(name) = names.get(to) {
            focus(&badge_id(name));
        }
    };
    let zero = derived_string(move || {
        chart.with(|chart| chart.as_ref().map_or_else(String::new, |it| place(it.axis, 0.0)))
    });
    let axis = Memo::new(move |_| chart.with(|chart| chart.as_ref().map(|it| it.axis)));
    // Its line is there from the start: nothing is pushed down when a pair is left out.
    let left_out = derived_string(move || {
        match chart.with(|chart| chart.as_ref().map_or_else(String::new, EvidenceChart::left_out)) {
            why if why.is_empty() => why,
            why => format!("Left out of all aligned figures: {why}. The songs name them."),
        }
    });
    view! {
        <div
            class="evidence__chart"
            style=("--zero", zero)
            role="group"
            aria-label="Channels with their evidence; the arrow keys move between them"
            on:keydown=move_focus
        >
            <div class="evidence__columns" aria-hidden="true">
                <span class="evidence__mean">"mean (95% interval)"</span>
                <span class="evidence__place">"between floor and ceiling"</span>
                <span class="evidence__verdict">"beyond the grid"</span>
            </div>
            {lines}
            <div class="evidence__axis">{dynamic(move || axis.get().map_or_else(|| ().into_any(), scale))}</div>
        </div>
        <p class="evidence__left-out">{left_out}</p>
    }
}

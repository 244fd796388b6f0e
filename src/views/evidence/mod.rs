//! Is it real? How much of the agreement of each dimension is more than a shared grid.

mod chart;
mod data;
mod marks;
mod notes;
mod panel;
mod panel_parts;
mod row;
mod table;

use carto_charts::EvidenceChart;
use carto_ui::{ShowAsTable, derived_string, dynamic};
use leptos::prelude::*;

use crate::views::sentences::sentences;
use chart::EvidenceLines;
pub(crate) use data::EvidenceData;
use notes::EvidenceNotes;
use panel::EvidenceDialog;
use table::EvidenceFigures;

/// Kicker, finding, plate and notes; one sentence where there is no evidence.
#[component]
pub(crate) fn EvidenceSheet(
    /// What to draw.
    data: EvidenceData,
) -> impl IntoView {
    let chart = Memo::new(move |_| data.evidence.with(|it| it.as_deref().map(EvidenceChart::new)));
    // While songs are coming the chart keeps its place, whatever the first of them are.
    let has_chart = Memo::new(move |_| {
        chart.with(|chart| {
            chart.as_ref().is_some_and(|it| !data.is_over.get() || it.why_empty().is_none())
        })
    });
    let opened = RwSignal::new(None::<String>);
    let is_table = RwSignal::new(false);
    let kicker = derived_string(move || {
        chart.with(|chart| chart.as_ref().map_or("Is it real?".to_owned(), EvidenceChart::kicker))
    });
    let heading = derived_string(move || {
        chart.with(|chart| match chart {
            Some(chart) => chart.finding(data.is_over.get()),
            None => data.why_none.get(),
        })
    });
    let body = dynamic(move || match has_chart.get() {
        false => ().into_any(),
        true => view! {
            <div class="sheet__body">
                <figure class="plate evidence" aria-labelledby="evidence-title">
                    <div class="evidence__controls">
                        <ShowAsTable is_table class="button button--small evidence__as-table"/>
                    </div>
                    {dynamic(move || match is_table.get() {
                        true => view! { <EvidenceFigures chart/> }.into_any(),
                        false => view! { <EvidenceLines chart opened/> }.into_any(),
                    })}
                </figure>
                <EvidenceNotes data chart/>
            </div>
            <EvidenceDialog data chart opened/>
        }
        .into_any(),
    });
    view! {
        <section class="sheet" id="evidence" aria-labelledby="evidence-title">
            <div class="sheet__head">
                <p class="kicker">{kicker}</p>
                <h2 id="evidence-title" class="heading">
                    {dynamic(move || sentences(&heading.get(), ". ").into_any())}
                </h2>
            </div>
            {body}
        </section>
    }
}

//! Part A: nine channels, how much mappers agree.

mod notes;
mod plot;
mod row;
mod table;

use carto_charts::{AgreementChart, Metric, Progress};
use carto_ui::{ShowAsTable, deferred, derived_bool, derived_string, dynamic, segments};
use leptos::prelude::*;

use super::chart_data::ChartData;
use super::sentences::sentences;
use crate::run::Phase;
use crate::view_state::use_view_state;
use notes::AgreementNotes;
pub(crate) use notes::{background_note, mark_names};
use plot::Plot;
pub(crate) use row::{class_label, class_with_word};
use table::AgreementTable;

/// Kicker, finding, plate and notes.
#[component]
pub(crate) fn AgreementSheet(
    /// What to draw.
    data: ChartData,
) -> impl IntoView {
    let state = use_view_state();
    let (metric, [is_table, ..]) = (state.metric, state.is_table);
    let chart = Memo::new(move |_| {
        data.track_a.with(|track| {
            data.overlay.track_a.with(|other| {
                let chart = AgreementChart::new(track.as_ref(), other.as_ref(), metric.get(), true);
                AgreementChart { mode: data.mode.get(), ..chart }
            })
        })
    });
    let heading = derived_string(move || match data.phase.get() {
        Phase::Empty => "Nine channels: no data yet".to_owned(),
        _ if data.is_study.get() => chart.with(AgreementChart::study_finding),
        phase => chart.with(|chart| {
            chart.finding(match phase {
                Phase::Empty | Phase::Running => Progress::Running,
                Phase::Cancelled => Progress::Stopped,
                Phase::Done => Progress::Done { n_left_out: data.n_left_out.get() },
            })
        }),
    });
    let heading = dynamic(move || sentences(&heading.get(), ". ").into_any());
    let plot = deferred(move || {
        dynamic(move || match is_table.get() {
            true => view! { <AgreementTable data/> }.into_any(),
            false => view! { <Plot data chart/> }.into_any(),
        })
        .into_any()
    });
    view! {
        <section class="sheet" id="part-a" aria-labelledby="agreement-title">
            <div class="sheet__head">
                <p class="kicker">{derived_string(move || chart.with(AgreementChart::kicker))}</p>
                <h2 id="agreement-title" class="heading">{heading}</h2>
            </div>
            <div class="sheet__body">
                <figure class="plate agreement" aria-labelledby="agreement-title">
                    <div class="agreement__controls">
                        <div
                            class="segments"
                            role="group"
                            aria-label="Figure"
                            hidden=derived_bool(move || is_table.get())
                        >
                            {segments(metric, Metric::ALL.map(|kind| (kind, kind.name())))}
                        </div>
                        <ShowAsTable is_table class="button button--small agreement__as-table"/>
                    </div>
                    {plot}
                </figure>
                {deferred(move || view! { <AgreementNotes data/> }.into_any())}
            </div>
        </section>
    }
}

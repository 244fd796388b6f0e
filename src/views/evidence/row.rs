//! One dimension of the chart: its line, its figures, and the badge that opens its evidence.

use carto_charts::{CHANNELS, EvidenceChart, EvidenceRow, TenthsAxis, with_interval};
use carto_types::{SignalChannel, Verdict};
use carto_ui::{derived_bool, derived_str, derived_string, dynamic};
use leptos::prelude::*;

use super::marks::{mean_marks, place, stretch, verdict_symbol};
use crate::views::icons::live_icon;

/// What all rows of the chart share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows {
    /// What is drawn.
    pub(super) chart: Memo<Option<EvidenceChart>>,
    /// The dimension whose evidence is open.
    pub(super) opened: RwSignal<Option<String>>,
    /// The row that Tab reaches.
    pub(super) tab_stop: RwSignal<usize>,
}

/// Name, line, figures and badge of one dimension.
///
/// - `idx`: which row of the chart
pub(super) fn evidence_row(idx: usize, name: String, rows: Rows) -> AnyView {
    let Rows { chart, opened, tab_stop } = rows;
    let with_row = move |text: fn(&EvidenceRow) -> String| {
        derived_string(move || {
            chart.with(|chart| {
                chart.as_ref().and_then(|it| it.rows().nth(idx)).map_or_else(String::new, text)
            })
        })
    };
    let verdict = Memo::new(move |_| {
        chart.with(|chart| {
            let row = chart.as_ref().and_then(|it| it.rows().nth(idx));
            row.map_or(Verdict::Undetermined, |row| row.verdict)
        })
    });
    let line = dynamic(move || {
        chart.with(|chart| {
            let row = chart.as_ref().and_then(|it| Some((it.axis, it.rows().nth(idx)?)));
            row.map_or_else(|| ().into_any(), |(axis, row)| marks(axis, row))
        })
    });
    let id = badge_id(&name);
    let open = {
        let name = name.clone();
        move |_| opened.set(Some(name.clone()))
    };
    view! {
        <div class="evidence__row">
            <span class="evidence__name" aria-hidden="true">
                {swatch(&name)}
                <b>{name}</b>
                <span class="evidence__of">{with_row(|row| row.figure.name().to_owned())}</span>
            </span>
            <span class="evidence__plot" aria-hidden="true">{line}</span>
            <span class="evidence__mean" aria-hidden="true">
                {with_row(|row| with_interval(row.mean, row.interval))}
            </span>
            <span class="evidence__place" aria-hidden="true">
                {with_row(EvidenceRow::place_text)}
            </span>
            <button
                id=id
                class="evidence__badge"
                class:evidence__badge--agree=derived_bool(move || verdict.get() == Verdict::Agree)
                class:evidence__badge--undetermined=derived_bool(move || verdict.get() == Verdict::Undetermined)
                type="button"
                aria-haspopup="dialog"
                aria-label=with_row(EvidenceRow::reading)
                tabindex=derived_str(move || if tab_stop.get() == idx { "0" } else { "-1" })
                on:focus=move |_| tab_stop.set(idx)
                on:click=open
            >
                {live_icon(Signal::derive(move || verdict_symbol(verdict.get())))}
                <span>{derived_str(move || verdict.get().name())}</span>
            </button>
        </div>
    }
    .into_any()
}

/// The colour of a channel; latents have none.
pub(super) fn swatch(name: &str) -> Option<AnyView> {
    let channel = SignalChannel::named(name)?;
    let class = CHANNELS.get(channel as usize)?.swatch;
    Some(view! { <span class=class></span> }.into_any())
}

/// Id of a badge, to send the focus to.
pub(super) fn badge_id(name: &str) -> String {
    format!("evidence-{}", name.to_ascii_lowercase())
}

/// Both ends of the line with what lies between, and the mean on it.
fn marks(axis: TenthsAxis, row: &EvidenceRow) -> AnyView {
    let end = |value: Option<f64>, class: &'static str| {
        value.map(|value| view! { <span class=class style:left=place(axis, value)></span> })
    };
    let room = row.floor.zip(row.ceiling).map(|(floor, ceiling)| {
        stretch(axis, floor.min(ceiling), floor.max(ceiling), "evidence__room")
    });
    view! {
        {room}
        {end(row.floor, "evidence__end evidence__end--floor")}
        {end(row.ceiling, "evidence__end evidence__end--ceiling")}
        {mean_marks(axis, row.mean, row.interval)}
    }
    .into_any()
}

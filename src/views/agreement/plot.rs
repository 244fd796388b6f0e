//! The chart itself: nine rows over one scale bar.
//!
//! One drawing in two arrangements: in columns where the plate is wide, each
//! name above its bar where it is narrow. Nothing is ever shrunk.

use carto_charts::number::percent;
use carto_charts::{AgreementChart, AgreementClass, CHANNELS, Metric};
use carto_types::Mode;
use carto_ui::{derived_bool, derived_str, derived_string, dynamic, focus, next_mark};
use leptos::prelude::*;

use super::row::{channel_row, row_id};
use crate::run::Phase;
use crate::views::chart_data::ChartData;

/// Ground, rows, scale bar, and the line that reads out one row.
#[component]
pub(crate) fn Plot(
    /// Where the figures come from.
    data: ChartData,
    /// What to draw.
    chart: Memo<AgreementChart>,
) -> impl IntoView {
    // The row that Tab reaches, and the one under pointer or focus.
    let tab_stop = RwSignal::new(0_usize);
    let lit = RwSignal::new(None::<usize>);

    let place = move |value: f64| {
        derived_string(move || percent(100.0 * chart.with(|chart| chart.axis.share(value))))
    };
    let bounds = AgreementChart::BOUNDS;
    let metric = derived_metric(chart);
    let has_marks = derived_bool(move || chart.with(|chart| !chart.rows.is_empty()));
    let reading = derived_string(move || {
        let other_name = data.overlay.name.get();
        let lit = lit.get();
        let reading = chart.with(|chart| lit.and_then(|lit| chart.reading(lit, &other_name)));
        reading.unwrap_or_else(|| metric.get().caption().to_owned())
    });
    let nothing = derived_str(move || match data.phase.get() {
        Phase::Empty => "The marks appear as soon as two maps of one song are compared.",
        Phase::Running => "The first marks appear when the first song is finished.",
        Phase::Cancelled => "The run was stopped before its first marks: Resume goes on.",
        Phase::Done if data.n_left_out.get() > 0 => {
            "Take the tick off “Leave out doubtful pairs”, above the songs, to see them."
        }
        Phase::Done if data.mode.get() == Some(Mode::Published) => {
            "There is no pair to compare. The rules “As osu! players know it” also know guest mappers: choose them under Rules, or add an archive by someone else."
        }
        Phase::Done => {
            "There is no pair to compare. Add an archive of one of these songs by someone else."
        }
    });
    let move_focus = move |event: leptos::ev::KeyboardEvent| {
        let (at, last) = (tab_stop.get_untracked(), CHANNELS.len() - 1);
        let Some(to) = next_mark(&event.key(), at, last) else { return };
        event.prevent_default();
        focus(&row_id(to));
    };
    view! {
        <div
            class="agreement__chart"
            class:agreement__chart--grounded=derived_bool(move || metric.get() == Metric::Correlation)
            class:agreement__chart--empty=derived_bool(move || !has_marks.get())
            style=("--zero", place(0.0))
            style=("--shore", place(bounds.stylistic_below))
            style=("--land", place(bounds.perceptual_above))
            style=("--step", derived_string(move || {
                percent(100.0 / f64::from(chart.with(|chart| chart.axis.n_segments())))
            }))
            role="group"
            aria-label="Nine channels; the arrow keys move between them"
            on:keydown=move_focus
            on:pointerleave=move |_| lit.set(None)
        >
            <div class="agreement__columns" aria-hidden="true">
                <div class="agreement__plot agreement__zones">
                    <span class="agreement__zone agreement__zone--stylistic">
                        {AgreementClass::Stylistic.name()}
                    </span>
                    <span class="agreement__zone agreement__zone--mixed">
                        {AgreementClass::Mixed.name()}
                    </span>
                    <span class="agreement__zone agreement__zone--perceptual">
                        {AgreementClass::Perceptual.name()}
                    </span>
                </div>
                <span class="agreement__figure">{derived_str(move || metric.get().column())}</span>
                <span class="agreement__figure agreement__figure--spread">"spread"</span>
                <span class="agreement__figure agreement__figure--companion">
                    {derived_str(move || metric.get().companion().column())}
                </span>
                <span class="agreement__class">"class by r"</span>
            </div>
            {(0..CHANNELS.len())
                .map(|channel| channel_row(channel, data, chart, (tab_stop, lit)))
                .collect_view()}
            <p class="agreement__nothing" hidden=has_marks>{nothing}</p>
            <div class="agreement__axis" aria-hidden="true">
                <div class="agreement__scale">
                    <div class="scale-bar"></div>
                    {ticks(chart)}
                </div>
            </div>
        </div>
        <figcaption class="agreement__reading">{reading}</figcaption>
    }
}

/// The labels of the axis.
fn ticks(chart: Memo<AgreementChart>) -> impl IntoView {
    dynamic(move || {
        let labels = chart.with(|chart| chart.axis).labels().map(|(at, label)| {
            // At the very ends of a narrow plate a label turns inwards.
            let class = match at {
                ..=0.0 => "agreement__tick agreement__tick--first",
                1.0.. => "agreement__tick agreement__tick--last",
                _ => "agreement__tick",
            };
            view! { <span class=class style:left=percent(100.0 * at)>{label}</span> }
        });
        labels.collect_view().into_any()
    })
}

fn derived_metric(chart: Memo<AgreementChart>) -> Signal<Metric> {
    Signal::derive(move || chart.with(|chart| chart.metric))
}

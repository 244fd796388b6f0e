//! Pairs by the cosine of their latents, never without correlation beside it.

use carto_charts::number::{percent, plain};
use carto_charts::{COSINE_NOTE, CosineChart, CosineMean};
use carto_ui::{FigureTable, ShowAsTable, derived_string, dynamic, figure_row};
use leptos::prelude::*;

use crate::views::latent_data::LatentData;

const TITLE: &str = "Cosine of two maps, all latents at once";

/// A plate of its own below the agreement per latent; without a chart where only the mean
/// over pairs is known, as in published figures.
#[component]
pub(crate) fn CosineHistogram(
    /// What the charts of latents read.
    latents: LatentData,
) -> impl IntoView {
    let chart =
        Memo::new(move |_| latents.track_b.with(|track| track.as_ref().map(CosineChart::new)));
    let sentence = derived_string(move || {
        chart.with(|chart| chart.as_ref().map_or_else(String::new, CosineChart::sentence))
    });
    let has_bins = Memo::new(move |_| {
        chart.with(|chart| chart.as_ref().is_some_and(|chart| chart.bins.n_counted() > 0))
    });
    let is_table = RwSignal::new(false);
    dynamic(move || match has_bins.get() {
        false => view! {
            <div class="plate cosines">
                <h3 class="plate__title">{TITLE}</h3>
                <p class="ranks__reading">{sentence} " " {COSINE_NOTE}</p>
            </div>
        }
        .into_any(),
        true => view! { <Plate chart sentence is_table/> }.into_any(),
    })
}

/// The histogram or its table, and both means as a sentence.
#[component]
fn Plate(
    /// What to draw.
    chart: Memo<Option<CosineChart>>,
    /// Both means.
    sentence: Signal<String>,
    /// Whether the table is shown instead of the chart.
    is_table: RwSignal<bool>,
) -> impl IntoView {
    let body = dynamic(move || {
        chart.with(|chart| match (chart, is_table.get()) {
            (None, _) => ().into_any(),
            (Some(chart), true) => table(chart),
            (Some(chart), false) => bars(chart),
        })
    });
    view! {
        <figure class="plate cosines" aria-labelledby="cosines-title">
            <div class="latents__controls">
                <h3 id="cosines-title" class="plate__title">{TITLE}</h3>
                <ShowAsTable is_table class="button button--small latents__as-table"/>
            </div>
            {body}
            <figcaption class="ranks__reading">{sentence} " " {COSINE_NOTE}</figcaption>
        </figure>
    }
}

fn bars(chart: &CosineChart) -> AnyView {
    let bars = chart.bars().map(|bar| {
        view! {
            <span
                class="cosines__bar"
                style:left=percent(100.0 * bar.from)
                style:width=percent(100.0 * (bar.to - bar.from))
                style:height=percent(bar.height(100.0))
            ></span>
        }
    });
    let ticks = chart.axis.labels().map(|(at, label)| {
        view! { <span class="cosines__tick" style:left=percent(100.0 * at)>{label}</span> }
    });
    let means = chart.means().map(|CosineMean { at, name, value, .. }| {
        // A name stands on the side where there is room.
        let class = if at > 0.5 { "cosines__mean cosines__mean--left" } else { "cosines__mean" };
        view! {
            <span class=class style:left=percent(100.0 * at)>
                <span class="cosines__name">{name} " " <b>{value}</b></span>
            </span>
        }
    });
    view! {
        <div
            class="cosines__chart"
            role="img"
            aria-label=chart.sentence()
            style=("--step", format!("{}%", plain(100.0 / f64::from(chart.axis.n_segments()), 3)))
        >
            <div class="cosines__plot">
                <span class="cosines__most">{chart.scale().map(|(_, pairs)| pairs)}</span>
                {bars.collect_view()}
                {means.collect_view()}
            </div>
            <div class="scale-bar"></div>
            <div class="cosines__ticks">{ticks.collect_view()}</div>
        </div>
    }
    .into_any()
}

fn table(chart: &CosineChart) -> AnyView {
    let rows: Vec<_> = chart.table_rows().collect();
    let rows = dynamic(move || {
        let row =
            |[bin, pairs]: [String; 2]| figure_row(bin.into_any(), vec![pairs], ().into_any());
        rows.clone().into_iter().map(row).collect_view().into_any()
    });
    view! {
        <FigureTable
            named_by="cosines-title"
            class="table table--figures"
            heads=["cosine", "pairs"].map(str::to_owned).to_vec()
            rows
        />
    }
    .into_any()
}

//! One latent of the chart.

use carto_charts::number::{percent, short_cell};
use carto_charts::{
    AgreementClass, CHANNELS, LatentChart, LatentRow, Nearest, TenthsAxis, Whisker, class_symbol,
};
use carto_ui::{derived_str, derived_string, dynamic};
use leptos::prelude::*;

use crate::views::icons::icon;
use crate::views::latent_data::LatentData;

/// On a narrow page only so many from the top, and two from the bottom, stand
/// there until the others are asked for.
pub(super) const FIRST_SHOWN: usize = 8;

/// Latents shown from the bottom of the order.
pub(super) const LAST_SHOWN: usize = 2;

/// Mark, number, class and nearest channel of one latent.
///
/// It keeps its place in the document and moves by `--i` alone, so that a
/// change of order slides it.
pub(super) fn latent_item(
    dim: usize,
    latents: LatentData,
    chart: Memo<LatentChart>,
    (tab_stop, lit): (RwSignal<Option<usize>>, RwSignal<Option<usize>>),
    is_folded: RwSignal<bool>,
) -> impl IntoView {
    let place = move || latents.places.with(|places| places.of(dim));
    let is_tab_stop = move || match tab_stop.get() {
        Some(stop) => stop == dim,
        None => place() == 0,
    };
    let class = derived_str(move || {
        let is_end = place() < FIRST_SHOWN || place() + LAST_SHOWN >= latents.n_dims();
        if is_end || !is_folded.get() { "ranks__item" } else { "ranks__item ranks__item--folded" }
    });
    let label = derived_string(move || {
        let reading = chart.with(|chart| chart.reading(dim, &latents.data.overlay.name.get()));
        reading.unwrap_or_else(|| format!("Latent {dim}. No data yet."))
    });
    let parts = dynamic(move || {
        chart.with(|chart| match chart.rows.get(dim) {
            Some(row) => row_parts(row, chart.axis),
            None => view! { <span class="ranks__plot ranks__plot--unknown"></span> }.into_any(),
        })
    });
    view! {
        <div
            id=item_id(dim)
            class=class
            style=("--i", derived_string(move || place().to_string()))
            role="img"
            aria-label=label
            tabindex=derived_str(move || if is_tab_stop() { "0" } else { "-1" })
            on:focus=move |_| {
                tab_stop.set(Some(dim));
                lit.set(Some(dim));
            }
            on:blur=move |_| lit.set(None)
            on:pointerenter=move |_| lit.set(Some(dim))
        >
            {parts}
            <b class="ranks__number">{dim.to_string()}</b>
        </div>
    }
}

fn row_parts(row: &LatentRow, axis: TenthsAxis) -> AnyView {
    let whisker = row.r.whisker(axis).map(|whisker| {
        let Whisker { from, to, .. } = whisker;
        view! {
            <span
                class=whisker_class(whisker)
                style=("--from", percent(100.0 * from))
                style=("--to", percent(100.0 * to))
            ></span>
        }
    });
    let diamond = |share: f64| {
        view! { <span class="diamond ranks__diamond" style=("--at", percent(100.0 * share))></span> }
    };
    let other = row.other.and_then(|other| other.r.share(axis)).map(|share| {
        view! { <span class="other">{diamond(share)}</span> }
    });
    let class = row.r.class(LatentChart::BOUNDS);
    view! {
        <span class="ranks__plot">{other} {whisker} {row.r.share(axis).map(diamond)}</span>
        <span class=symbol_class(class)>{icon(class_symbol(class))}</span>
        <span class="ranks__mean">{row.r.mean_text()}</span>
        {row.nearest.and_then(most_like)}
    }
    .into_any()
}

fn most_like(nearest: Nearest) -> Option<impl IntoView> {
    let channel = CHANNELS.get(nearest.channel)?;
    Some(view! {
        <span class="ranks__like">
            <span class=channel.swatch></span>
            <span class="ranks__abbr">{channel.abbr}</span>
            <span class="ranks__name">{channel.name}</span>
            <span class="ranks__r">{short_cell(nearest.r)}</span>
        </span>
    })
}

/// Class of a whisker's line: an end that is cut off has no tick.
fn whisker_class(whisker: Whisker) -> &'static str {
    match (whisker.is_cut_low, whisker.is_cut_high) {
        (false, false) => "ranks__whisker",
        (true, false) => "ranks__whisker ranks__whisker--cut-low",
        (false, true) => "ranks__whisker ranks__whisker--cut-high",
        (true, true) => "ranks__whisker ranks__whisker--cut-low ranks__whisker--cut-high",
    }
}

fn symbol_class(class: Option<AgreementClass>) -> &'static str {
    match class {
        Some(AgreementClass::Perceptual) => "ranks__symbol class class--perceptual",
        Some(AgreementClass::Mixed) => "ranks__symbol class class--mixed",
        Some(AgreementClass::Stylistic) => "ranks__symbol class class--stylistic",
        None => "ranks__symbol class class--undetermined",
    }
}

/// Id of a latent's mark, to send the focus to.
pub(super) fn item_id(dim: usize) -> String {
    format!("latent-{dim}")
}

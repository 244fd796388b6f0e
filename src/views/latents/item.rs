//! One latent of the chart.

use leptos::prelude::*;

use super::LatentView;
use super::chart::{FIRST_SHOWN, LAST_SHOWN};
use super::figures::{LatentFigures, LatentRow};
use crate::format::percent;
use crate::views::channels::CHANNELS;
use crate::views::icons::{class_symbol, icon};
use crate::views::live::{drawn, text, word};
use crate::views::words::{AgreementClass, capital};

/// Mark, number, class and nearest channel of one latent.
///
/// It keeps its place in the document and moves by `--i` alone, so that a
/// change of order slides it.
pub(super) fn latent_item(
    dim: usize,
    view: LatentView,
    figures: Memo<LatentFigures>,
    (tab_stop, lit): (RwSignal<Option<usize>>, RwSignal<Option<usize>>),
    is_folded: RwSignal<bool>,
) -> impl IntoView {
    let place = move || view.places.with(|places| places.of(dim));
    let is_tab_stop = move || match tab_stop.get() {
        Some(stop) => stop == dim,
        None => place() == 0,
    };
    let class = word(move || {
        let is_end = place() < FIRST_SHOWN || place() + LAST_SHOWN >= view.n_dims();
        if is_end || !is_folded.get() { "ranks__item" } else { "ranks__item ranks__item--folded" }
    });
    let label = text(move || {
        let reading = figures.with(|figures| Some(read_aloud(figures.rows.get(dim)?, view)));
        reading.unwrap_or_else(|| format!("Latent {dim}. Not surveyed yet."))
    });
    let parts = drawn(move || {
        figures.with(|figures| match figures.rows.get(dim) {
            Some(row) => row_parts(row),
            None => view! { <span class="ranks__plot ranks__plot--unknown"></span> }.into_any(),
        })
    });
    view! {
        <div
            id=item_id(dim)
            class=class
            style=("--i", text(move || place().to_string()))
            role="img"
            aria-label=label
            tabindex=word(move || if is_tab_stop() { "0" } else { "-1" })
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

fn row_parts(row: &LatentRow) -> AnyView {
    let whisker = row.whisker.map(|whisker| {
        view! {
            <span
                class=whisker.class
                style=("--from", percent(whisker.from))
                style=("--to", percent(whisker.to))
            ></span>
        }
    });
    let other = row.beside.as_ref().map(|other| {
        view! {
            <span class="other">
                <span class="diamond ranks__diamond" style=("--at", percent(other.at))></span>
            </span>
        }
    });
    let diamond = row.at.map(|at| {
        view! { <span class="diamond ranks__diamond" style=("--at", percent(at))></span> }
    });
    let like = row.nearest.map(|nearest| {
        let channel = CHANNELS.get(nearest.channel).copied();
        view! {
            <span class="ranks__like">
                <span class=channel.map(|channel| channel.swatch)></span>
                <span class="ranks__abbr">{channel.map(|channel| channel.abbr)}</span>
                <span class="ranks__name">{nearest.name()}</span>
                <span class="ranks__r">{nearest.short_r()}</span>
            </span>
        }
    });
    view! {
        <span class="ranks__plot">{other} {whisker} {diamond}</span>
        <span class=symbol_class(row.class)>{icon(class_symbol(row.class))}</span>
        <span class="ranks__mean">{row.mean.clone()}</span>
        {like}
    }
    .into_any()
}

/// All figures of a latent as a sentence, what is laid over it among them.
pub(super) fn read_aloud(row: &LatentRow, view: LatentView) -> String {
    let other = row.beside.as_ref().map_or_else(String::new, |other| {
        let name = capital(&view.charted.beside.name.get());
        format!(" {name}, latent {}: {}.", other.dim, other.mean)
    });
    format!("{}{other}", row.reading)
}

fn symbol_class(class: AgreementClass) -> &'static str {
    match class {
        AgreementClass::Perceptual => "ranks__symbol class class--perceptual",
        AgreementClass::Mixed => "ranks__symbol class class--mixed",
        AgreementClass::Stylistic => "ranks__symbol class class--stylistic",
        AgreementClass::Undetermined => "ranks__symbol class class--undetermined",
    }
}

/// Id of a latent's mark, to send the focus to.
pub(super) fn item_id(dim: usize) -> String {
    format!("latent-{dim}")
}

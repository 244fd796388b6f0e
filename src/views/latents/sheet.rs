//! Part B: agreement per latent, cosines, classes.

use carto_types::{Backend, EncoderFacts};
use leptos::prelude::*;

use super::chart::LatentChart;
use super::figures::LatentFigures;
use super::histogram::{CosineHistogram, CosineSum};
use super::notes::LatentNotes;
use super::table::LatentTable;
use super::taxonomy::Taxonomy;
use super::{ComputedBy, LatentOrder, LatentView, words};
use crate::views::later::later;
use crate::views::live::{aria, drawn, flag, text};
use crate::views::look::use_look;
use crate::views::sentences;

/// Kicker, finding, encoder, plates and notes.
#[component]
pub(crate) fn LatentSheet(
    /// What both sheets read.
    view: LatentView,
    /// Which encoder.
    encoder: Signal<Option<EncoderFacts>>,
    /// What computes.
    backend: Signal<Option<Backend>>,
) -> impl IntoView {
    let figures = Memo::new(move |_| {
        view.track_b
            .with(|track| view.synthesis.with(|s| LatentFigures::new(track.as_ref(), s.as_ref())))
    });
    let figures = Memo::new(move |_| {
        let mut figures = figures.get();
        let beside = view.charted.beside;
        beside.track_b.with(|other| {
            let (order, is_same) = (view.order.get(), beside.is_same_encoder.get());
            view.places.with(|places| figures.lay_beside(other.as_ref(), order, is_same, places));
        });
        figures
    });
    let [_, is_table, _] = use_look().is_table;
    let kicker = text(move || figures.with(|figures| words::kicker(figures, view.n_dims())));
    let heading = drawn(move || {
        let finding = figures.with(|figures| words::finding(figures, view.is_untrained.get()));
        sentences(&finding, ". ").into_any()
    });
    let chart = later(move || {
        drawn(move || match is_table.get() {
            true => view! { <LatentTable view/> }.into_any(),
            false => view! { <LatentChart view figures/> }.into_any(),
        })
        .into_any()
    });
    // Neither the cosines nor the classes are anything before the first pair.
    let has_pairs = Memo::new(move |_| figures.with(|figures| figures.n_pairs > 0));
    let rest = drawn(move || match has_pairs.get() {
        false => ().into_any(),
        true => later(move || view! { <LatentSums view figures/> }.into_any()).into_any(),
    });
    view! {
        <section class="sheet" id="part-b" aria-labelledby="latents-title">
            <div class="sheet__head">
                <p class="kicker">{kicker}</p>
                <h2 id="latents-title" class="heading">{heading}</h2>
                <ComputedBy encoder backend/>
            </div>
            <div class="sheet__body">
                <figure class="plate" aria-labelledby="latents-title">
                    <div class="latents__controls">
                        <OrderSwitch order=view.order/>
                        <button
                            class="button button--small latents__as-table"
                            type="button"
                            aria-pressed=aria(move || is_table.get())
                            on:click=move |_| is_table.update(|is_table| *is_table = !*is_table)
                        >
                            "Show as table"
                        </button>
                    </div>
                    {chart}
                </figure>
                {later(move || view! { <LatentNotes view figures/> }.into_any())}
            </div>
            {rest}
        </section>
    }
}

/// The cosines and the classes.
#[component]
fn LatentSums(
    /// What both sheets read.
    view: LatentView,
    /// What the chart draws.
    figures: Memo<LatentFigures>,
) -> impl IntoView {
    let has_no_cosines =
        move || view.track_b.with(|t| t.as_ref().is_none_or(|t| t.cosines.is_empty()));
    view! {
        <div class="sheet__body latents__more">
            {drawn(move || match has_no_cosines() {
                true => view! { <CosineSum view figures/> }.into_any(),
                false => view! { <CosineHistogram view figures/> }.into_any(),
            })}
            <Taxonomy view figures/>
        </div>
    }
}

/// What the latents of both charts are ordered by.
#[component]
pub(crate) fn OrderSwitch(
    /// The order.
    order: RwSignal<LatentOrder>,
) -> impl IntoView {
    view! {
        <div class="field">
            <span class="field__name">"Order of latents"</span>
            <div class="segments" role="group" aria-label="Order of latents">
                {LatentOrder::ALL
                    .into_iter()
                    .map(|kind| segment(
                        kind.name(),
                        flag(move || order.get() == kind),
                        Callback::new(move |()| order.set(kind)),
                    ))
                    .collect_view()}
            </div>
        </div>
    }
}

/// One button of a choice.
pub(crate) fn segment(
    name: &'static str,
    is_chosen: Signal<bool>,
    choose: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            class="segments__item"
            type="button"
            aria-pressed=aria(move || is_chosen.get())
            on:click=move |_| choose.run(())
        >
            {name}
        </button>
    }
}

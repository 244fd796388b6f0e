//! The sheet of part B: agreement per latent, cosines, classes.

use carto_charts::LatentChart;
use carto_ui::{ShowAsTable, deferred, derived_string, dynamic};
use leptos::prelude::*;

use super::chart::RankChart;
use super::encoder_lines::ComputedBy;
use super::histogram::CosineHistogram;
use super::notes::LatentNotes;
use super::table::LatentTable;
use super::taxonomy::Taxonomy;
use crate::view_state::use_view_state;
use crate::views::latent_data::{LatentData, OrderSwitch};
use crate::views::sentences::sentences;

/// Kicker, finding, encoder, plates and notes.
#[component]
pub(crate) fn LatentSheet(
    /// What the charts of latents read.
    latents: LatentData,
) -> impl IntoView {
    let chart = Memo::new(move |_| {
        latents
            .track_b
            .with(|track| latents.synthesis.with(|s| LatentChart::new(track.as_ref(), s.as_ref())))
    });
    let chart = Memo::new(move |_| {
        let mut chart = chart.get();
        let overlay = latents.data.overlay;
        overlay.track_b.with(|other| {
            let (order, is_same) = (latents.order.get(), overlay.is_same_encoder.get());
            latents.places.with(|places| chart.lay_over(other.as_ref(), order, is_same, places));
        });
        chart
    });
    let [_, is_table, _] = use_view_state().is_table;
    let kicker = derived_string(move || chart.with(|chart| chart.kicker(latents.n_dims())));
    let heading = dynamic(move || {
        let finding = chart.with(|chart| match latents.data.is_study.get() {
            true => chart.study_finding(),
            false => chart.finding(latents.is_untrained.get()),
        });
        sentences(&finding, ". ").into_any()
    });
    let marks = deferred(move || {
        dynamic(move || match is_table.get() {
            true => view! { <LatentTable latents/> }.into_any(),
            false => view! { <RankChart latents chart/> }.into_any(),
        })
        .into_any()
    });
    // Neither the cosines nor the classes are anything before the first pair.
    let has_pairs = Memo::new(move |_| chart.with(|chart| chart.n_pairs > 0));
    let rest = dynamic(move || match has_pairs.get() {
        false => ().into_any(),
        true => deferred(move || {
            view! {
                <div class="sheet__body latents__more">
                    <CosineHistogram latents/>
                    <Taxonomy latents chart/>
                </div>
            }
            .into_any()
        })
        .into_any(),
    });
    view! {
        <section class="sheet" id="part-b" aria-labelledby="latents-title">
            <div class="sheet__head">
                <p class="kicker">{kicker}</p>
                <h2 id="latents-title" class="heading">{heading}</h2>
                <ComputedBy encoder=latents.data.encoder backend=latents.data.backend/>
            </div>
            <div class="sheet__body">
                <figure class="plate" aria-labelledby="latents-title">
                    <div class="latents__controls">
                        <OrderSwitch order=latents.order/>
                        <ShowAsTable is_table class="button button--small latents__as-table"/>
                    </div>
                    {marks}
                </figure>
                {deferred(move || view! { <LatentNotes latents chart/> }.into_any())}
            </div>
            {rest}
        </section>
    }
}

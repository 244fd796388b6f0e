//! The sheet of part C: the matrix, what channels share, and the signs.

use carto_charts::number::fixed;
use carto_charts::{Sampling, matrix_finding, matrix_kicker};
use carto_ui::{Field, ShowAsTable, deferred, derived_bool, derived_string, dynamic, segments};
use leptos::prelude::*;

use super::coupling::RawCoupling;
use super::heat::Heatmap;
use super::heat_table::HeatTable;
use super::heat_view::HeatView;
use super::inspector::Inspector;
use super::notes::MatrixFigures;
use super::signs::SignSheet;
use crate::view_state::{MAX_FADE, Values, use_view_state};
use crate::views::latent_data::{LatentData, OrderSwitch};
use crate::views::sentences::sentences;

/// Kicker, finding, heatmap with its inspector, raw coupling, sign statistics.
#[component]
pub(crate) fn CorrelationSheet(
    /// What the charts of latents read.
    latents: LatentData,
) -> impl IntoView {
    let state = use_view_state();
    let heat = HeatView {
        latents,
        sampling: state.sampling,
        fade: state.fade,
        values: state.values,
        chosen: state.chosen,
        hovered: RwSignal::new(None),
        selected: state.selected,
    };
    let [_, _, is_table] = state.is_table;
    let n_maps = move || latents.synthesis.with(|s| s.as_ref().map_or(0, |s| s.n_maps));
    let heading = dynamic(move || {
        let finding = heat.with_matrix(|m| matrix_finding(m, n_maps(), latents.is_untrained.get()));
        sentences(&finding, ". ").into_any()
    });
    let chart = deferred(move || {
        dynamic(move || match is_table.get() {
            true => view! { <HeatTable view=heat/> }.into_any(),
            false => view! { <Heatmap view=heat/> }.into_any(),
        })
        .into_any()
    });
    let cell = deferred(move || {
        view! {
            <Inspector view=heat/>
            <MatrixFigures latents/>
        }
        .into_any()
    });
    let has_maps = Memo::new(move |_| n_maps() > 0);
    let rest = dynamic(move || match has_maps.get() {
        false => ().into_any(),
        true => deferred(move || {
            view! {
                <RawCoupling latents/>
                <SignSheet latents/>
            }
            .into_any()
        })
        .into_any(),
    });
    view! {
        <section class="sheet" id="part-c" aria-labelledby="synthesis-title">
            <div class="sheet__head">
                <p class="kicker">{derived_string(move || matrix_kicker(n_maps()))}</p>
                <h2 id="synthesis-title" class="heading">{heading}</h2>
            </div>
            <div class="sheet__body">
                <figure class="plate" aria-labelledby="synthesis-title">
                    <HeatControls view=heat is_table/>
                    {chart}
                </figure>
                <aside class="notes" aria-label="The cell and the matrix">{cell}</aside>
            </div>
            {rest}
        </section>
    }
}

/// Order, fade, values, sampling, and the way to the plain table.
#[component]
fn HeatControls(
    /// What is on screen.
    view: HeatView,
    /// Whether the table is shown instead of the heatmap.
    is_table: RwSignal<bool>,
) -> impl IntoView {
    let fade_text = derived_string(move || fixed(f64::from(view.fade.get()) / 100.0, 2));
    view! {
        <div class="heat-controls">
            <OrderSwitch order=view.latents.order/>
            <Field name="Frames of channels" label="Frames of channels and latents">
                {segments(view.sampling, Sampling::ALL.map(|kind| (kind, kind.name())))}
            </Field>
            <div class="field" hidden=derived_bool(move || is_table.get())>
                <label class="field__name" for="heat-fade">"Fade below |r| = " <b>{fade_text}</b></label>
                <input
                    id="heat-fade"
                    class="field__range"
                    type="range"
                    min="0"
                    max=MAX_FADE.to_string()
                    prop:value=derived_string(move || view.fade.get().to_string())
                    aria-valuetext=fade_text
                    on:input=move |event| {
                        let fade = event_target_value(&event).parse().unwrap_or(0);
                        view.fade.set(fade.min(MAX_FADE));
                    }
                />
            </div>
            <Field
                name="Values"
                label="Values in cells"
                is_hidden=derived_bool(move || is_table.get())
            >
                {segments(view.values, Values::ALL.map(|kind| (kind, kind.name())))}
            </Field>
            <ShowAsTable is_table class="button button--small heat-controls__as-table"/>
        </div>
    }
}

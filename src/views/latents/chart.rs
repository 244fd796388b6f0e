//! The chart of part B: a mark for each latent over the bands of the classes.
//!
//! One drawing in two arrangements: latents in columns where the page is wide,
//! in rows where it is narrow. Nothing is ever shrunk.

use carto_charts::number::percent;
use carto_charts::{AgreementClass, LatentChart, band_name};
use carto_ui::{derived_aria, derived_bool, derived_string, dynamic, focus, next_mark};
use leptos::prelude::*;

use super::item::{FIRST_SHOWN, LAST_SHOWN, item_id, latent_item};
use crate::views::latent_data::LatentData;

/// Bands, marks, scale bar, and the line that reads out one latent.
#[component]
pub(crate) fn RankChart(
    /// What the charts of latents read.
    latents: LatentData,
    /// What to draw.
    chart: Memo<LatentChart>,
) -> impl IntoView {
    let tab_stop = RwSignal::new(None::<usize>);
    let lit = RwSignal::new(None::<usize>);
    let is_folded = RwSignal::new(true);
    let n_dims = Memo::new(move |_| latents.n_dims());
    let has_marks = derived_bool(move || chart.with(|chart| !chart.rows.is_empty()));
    let place = move |value: f64| {
        derived_string(move || percent(100.0 * chart.with(|chart| chart.axis.share(value))))
    };
    let bounds = LatentChart::BOUNDS;
    let move_focus = move |event: leptos::ev::KeyboardEvent| {
        let last = n_dims.get_untracked().saturating_sub(1);
        let places = latents.places.get_untracked();
        let at = tab_stop.get_untracked().map_or(0, |dim| places.of(dim));
        let Some(to) = next_mark(&event.key(), at, last) else { return };
        event.prevent_default();
        // What is folded away cannot take the focus before it is shown again.
        is_folded.set(false);
        let id = item_id(places.dim_at(to));
        request_animation_frame(move || focus(&id));
    };
    let items = dynamic(move || {
        (0..n_dims.get())
            .map(|dim| latent_item(dim, latents, chart, (tab_stop, lit), is_folded))
            .collect_view()
            .into_any()
    });
    let reading = derived_string(move || {
        let (lit, other_name) = (lit.get(), latents.data.overlay.name.get());
        chart.with(|chart| {
            lit.and_then(|dim| chart.reading(dim, &other_name)).unwrap_or_else(|| chart.caption())
        })
    });
    view! {
        <div
            class="ranks"
            class:ranks--empty=derived_bool(move || !has_marks.get())
            class:ranks--folded=is_folded
            style=("--n", derived_string(move || n_dims.get().to_string()))
            style=("--zero", place(0.0))
            style=("--shore", place(bounds.stylistic_below))
            style=("--land", place(bounds.perceptual_above))
            style=("--step", derived_string(move || {
                percent(100.0 / f64::from(chart.with(|chart| chart.axis.n_segments())))
            }))
            role="group"
            aria-label="Agreement per latent; the arrow keys move between them"
            on:keydown=move_focus
            on:pointerleave=move |_| lit.set(None)
        >
            <div class="ranks__ground" aria-hidden="true">
                {AgreementClass::ALL.map(|class| band_label(class, chart)).collect_view()}
            </div>
            <div class="ranks__heads" aria-hidden="true">
                <span class="ranks__head--number">"latent"</span>
                <span class="ranks__head--like">"most like"</span>
            </div>
            <div class="ranks__items">{items} <Fold is_folded n_dims/></div>
            <Scale chart/>
            <p class="ranks__nothing" hidden=has_marks>
                "The marks appear as soon as an encoder has read two maps of one song."
            </p>
        </div>
        <figcaption class="ranks__reading">{reading}</figcaption>
    }
}

/// The name of a band with what stands in it, in the colour of its class.
fn band_label(class: AgreementClass, chart: Memo<LatentChart>) -> impl IntoView {
    let modifier = match class {
        AgreementClass::Perceptual => "ranks__zone ranks__zone--perceptual",
        AgreementClass::Mixed => "ranks__zone ranks__zone--mixed",
        AgreementClass::Stylistic => "ranks__zone ranks__zone--stylistic",
    };
    let label = derived_string(move || {
        chart.with(|chart| match chart.rows.is_empty() {
            true => band_name(LatentChart::BOUNDS, class),
            false => LatentChart::band_label(class, chart.n_of(Some(class))),
        })
    });
    view! { <span class=modifier>{label}</span> }
}

/// The scale bar: upright beside the columns, lying below the rows.
#[component]
fn Scale(
    /// What is drawn.
    chart: Memo<LatentChart>,
) -> impl IntoView {
    let ticks = dynamic(move || {
        let labels = chart.with(|chart| chart.axis).labels().map(|(at, label)| {
            view! { <span class="ranks__tick" style=("--at", percent(100.0 * at))>{label}</span> }
        });
        labels.collect_view().into_any()
    });
    view! {
        <div class="ranks__scale" aria-hidden="true">
            <span class="ranks__unit">"mean r"</span>
            <div class="ranks__bar"></div>
            {ticks}
        </div>
    }
}

/// On a narrow page, the way to the latents between the ends.
#[component]
fn Fold(
    /// Whether only the ends are shown.
    is_folded: RwSignal<bool>,
    /// How many latents the chart has.
    n_dims: Memo<usize>,
) -> impl IntoView {
    let n_between = move || n_dims.get().saturating_sub(FIRST_SHOWN + LAST_SHOWN);
    view! {
        <button
            class="button button--small ranks__fold"
            type="button"
            hidden=derived_bool(move || n_between() == 0)
            aria-expanded=derived_aria(move || !is_folded.get())
            on:click=move |_| is_folded.update(|is_folded| *is_folded = !*is_folded)
        >
            {derived_string(move || match is_folded.get() {
                true => format!("Show the {} between", n_between()),
                false => "Show the ends only".to_owned(),
            })}
        </button>
    }
}

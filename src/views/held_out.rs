//! Part D: agreement on songs that an encoder, trained again, did not see.

use carto_charts::HeldOutChart;
use carto_charts::number::percent;
use carto_ui::dynamic;
use leptos::prelude::*;

use super::chart_data::{ChartData, reference_result};
use super::method_note::{Figure, MethodNote};
use super::sentences::sentences;

/// Kicker, finding, plate and notes; nothing where no cross-validation is known.
#[component]
pub(crate) fn HeldOutSheet(
    /// What to draw.
    data: ChartData,
) -> impl IntoView {
    let held_out = reference_result(|shown| shown.held_out.clone());
    dynamic(move || {
        held_out.with(|held_out| {
            data.track_b.with(|track| match (held_out, track) {
                (Some(held_out), Some(track)) => sheet(&HeldOutChart::new(track, held_out)),
                _ => ().into_any(),
            })
        })
    })
}

fn sheet(chart: &HeldOutChart) -> AnyView {
    let heads = HeldOutChart::TABLE_HEADS.map(|head| view! { <th scope="col">{head}</th> });
    let rows = chart.table_rows().map(|[name, all, new, difference]| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{all}</td>
                <td>{new}</td>
                <td>{difference}</td>
            </tr>
        }
    });
    view! {
        <section class="sheet" id="part-d" aria-labelledby="held-out-title">
            <div class="sheet__head">
                <p class="kicker">{chart.kicker()}</p>
                <h2 id="held-out-title" class="heading">{sentences(&chart.finding(), ". ").into_any()}</h2>
            </div>
            <div class="sheet__body">
                <figure class="plate held-out" aria-labelledby="held-out-title">
                    {spectra(chart)}
                    <table class="table table--figures">
                        <caption class="visually-hidden">"All songs against held-out songs"</caption>
                        <thead>
                            <tr>{heads.collect_view()}</tr>
                        </thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                </figure>
                {notes(chart)}
            </div>
        </section>
    }
    .into_any()
}

/// Both spectra, rank by rank.
fn spectra(chart: &HeldOutChart) -> impl IntoView + use<> {
    let marks = |marks: &[(f64, f64)], class: &'static str| {
        let marks = marks.iter().map(|(x, y)| {
            let (left, bottom) = (percent(100.0 * x), percent(100.0 * y));
            view! { <span class=class style:left=left style:bottom=bottom></span> }
        });
        marks.collect_view()
    };
    let ticks = HeldOutChart::ticks().map(|(at, label)| {
        view! { <span class="held-out__tick" style:bottom=percent(100.0 * at)>{label}</span> }
    });
    let [all, new] = chart.marks();
    view! {
        <div class="held-out__chart" role="img" aria-label=chart.label()>
            <div class="held-out__plot">
                {ticks.collect_view()}
                {marks(&all, "held-out__mark held-out__mark--all")}
                {marks(&new, "held-out__mark held-out__mark--new")}
            </div>
            <p class="held-out__axis">"rank of the latent, most agreed on first"</p>
        </div>
        <figcaption class="ranks__reading">
            "Mean correlation between two mappers of one song, latent by latent, in order of its size. "
            <span class="held-out__key"><span class="held-out__mark held-out__mark--all"></span></span>
            " all songs, "
            <span class="held-out__key"><span class="held-out__mark held-out__mark--new"></span></span>
            " held-out songs."
        </figcaption>
    }
}

fn notes(chart: &HeldOutChart) -> impl IntoView + use<> {
    let [cosine, best, r] = chart.from_to();
    view! {
        <aside class="notes" aria-label="What this means">
            <h3 class="notes__title">"What this means"</h3>
            <p>
                "The study reads the cosine, "
                <b>{cosine}</b>
                ". The same files have the mean r from "
                <b>{r}</b>
                " and that of the best latent from "
                <b>{best}</b>
                "."
            </p>
            <p>{chart.note()}</p>
            <p>
                "The two sides differ in songs, in pairs a song and in the encoder’s weights, so neither difference can be put down to songs being new to the encoder. It was trained again for this, and its latents have other numbers: they are compared by rank."
            </p>
            <MethodNote figure=Figure::HeldOut/>
        </aside>
    }
}

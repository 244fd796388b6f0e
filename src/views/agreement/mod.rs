//! Part A of the study on a person's own maps: nine channels, how much mappers agree.

mod channel_row;
mod figures;
mod notes;
mod plot;
mod scale;
mod table;

use leptos::prelude::*;

pub(crate) use channel_row::class_word;
pub(crate) use scale::Metric;

use super::charted::Charted;
use super::later::later;
use super::live::{aria, drawn, flag, text};
use super::look::use_look;
use super::sentences;
use super::words::finding;
use crate::format::counted;
use crate::run::Phase;
use figures::Figures;
use notes::AgreementNotes;
pub(crate) use notes::mark_name;
use plot::Plot;
use table::AgreementTable;

/// Kicker, finding, plate and notes.
#[component]
pub(crate) fn AgreementSheet(
    /// What to draw.
    charted: Charted,
) -> impl IntoView {
    let look = use_look();
    let (metric, [is_table, ..]) = (look.metric, look.is_table);
    let figures = Memo::new(move |_| {
        charted.track_a.with(|track| {
            charted
                .beside
                .track_a
                .with(|beside| Figures::new(track.as_ref(), beside.as_ref(), metric.get()))
        })
    });

    let kicker = text(move || {
        let pairs = figures.with(|figures| figures.n_pairs);
        let songs = figures.with(|figures| figures.n_songs);
        if pairs == 0 {
            return "Part A · nine channels".to_owned();
        }
        let (pairs, songs) = (counted(pairs, "pair", "pairs"), counted(songs, "song", "songs"));
        format!("Part A · nine channels · {pairs} of {songs}")
    });
    let heading = text(move || match charted.phase.get() {
        Phase::Empty => "Nine things a map is made of, not surveyed yet".to_owned(),
        phase => figures
            .with(|figures| finding(&figures.means(), figures.n_pairs, phase == Phase::Running)),
    });
    let heading = drawn(move || sentences(&heading.get(), ". ").into_any());
    let chart = later(move || {
        drawn(move || match is_table.get() {
            true => view! { <AgreementTable charted/> }.into_any(),
            false => view! { <Plot charted figures metric/> }.into_any(),
        })
        .into_any()
    });
    view! {
        <section class="sheet" id="part-a" aria-labelledby="agreement-title">
            <div class="sheet__head">
                <p class="kicker">{kicker}</p>
                <h2 id="agreement-title" class="heading">{heading}</h2>
            </div>
            <div class="sheet__body">
                <figure class="plate agreement" aria-labelledby="agreement-title">
                    <Controls metric is_table/>
                    {chart}
                </figure>
                {later(move || view! { <AgreementNotes charted metric/> }.into_any())}
            </div>
        </section>
    }
}

/// Which figure the marks show, and the way to the plain table.
#[component]
fn Controls(
    /// The figure.
    metric: RwSignal<Metric>,
    /// Whether the table is shown instead of the chart.
    is_table: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <div class="agreement__controls">
            <div class="segments" role="group" aria-label="Figure" hidden=flag(move || is_table.get())>
                {Metric::ALL
                    .into_iter()
                    .map(|kind| {
                        view! {
                            <button
                                class="segments__item"
                                type="button"
                                aria-pressed=aria(move || metric.get() == kind)
                                on:click=move |_| metric.set(kind)
                            >
                                {kind.name()}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
            <button
                class="button button--small agreement__as-table"
                type="button"
                aria-pressed=aria(move || is_table.get())
                on:click=move |_| is_table.update(|is_table| *is_table = !*is_table)
            >
                "Show as table"
            </button>
        </div>
    }
}

//! Part A of the study on a person's own maps: nine channels, how much mappers agree.

mod channel_row;
mod figures;
mod notes;
mod plot;
mod scale;
mod table;

use leptos::prelude::*;

pub(crate) use channel_row::class_word;

use super::live::{aria, drawn, flag, text};
use super::sentences;
use super::words::finding;
use crate::app::use_run;
use crate::format::counted;
use crate::state::Phase;
use figures::Figures;
use notes::AgreementNotes;
use plot::Plot;
use scale::Metric;
use table::AgreementTable;

/// Kicker, finding, plate and notes.
#[component]
pub(crate) fn AgreementSheet() -> impl IntoView {
    let run = use_run();
    let metric = RwSignal::new(Metric::Correlation);
    let is_table = RwSignal::new(false);
    let figures =
        Memo::new(move |_| run.track_a().with(|track| Figures::new(track.as_ref(), metric.get())));

    let kicker = text(move || {
        let pairs = figures.with(|figures| figures.n_pairs);
        let songs = figures.with(|figures| figures.n_songs);
        if pairs == 0 {
            return "Nine channels".to_owned();
        }
        let (pairs, songs) = (counted(pairs, "pair", "pairs"), counted(songs, "song", "songs"));
        format!("Nine channels · {pairs} of {songs}")
    });
    let heading = text(move || match run.phase().get() {
        Phase::Empty => "Nine things a map is made of, not surveyed yet".to_owned(),
        phase => figures
            .with(|figures| finding(&figures.means(), figures.n_pairs, phase == Phase::Running)),
    });
    let heading = drawn(move || sentences(&heading.get(), ". ").into_any());
    let chart = drawn(move || match is_table.get() {
        true => view! { <AgreementTable/> }.into_any(),
        false => view! { <Plot figures metric/> }.into_any(),
    });
    view! {
        <section class="sheet" aria-labelledby="agreement-title">
            <div class="sheet__head">
                <p class="kicker">{kicker}</p>
                <h2 id="agreement-title" class="heading">{heading}</h2>
            </div>
            <div class="sheet__body">
                <figure class="plate agreement" aria-labelledby="agreement-title">
                    <Controls metric is_table/>
                    {chart}
                </figure>
                <AgreementNotes metric/>
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

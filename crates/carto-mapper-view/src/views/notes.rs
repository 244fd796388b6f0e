//! What every mark of the chart means, beside it.

use carto_charts::{MapperChart, direction_rule};
use carto_ui::{MarkKey, derived_bool, derived_string};
use leptos::prelude::*;

use crate::client::use_client;
use crate::plate::ShownPlate;
use crate::words::{about_latents, about_stars};

/// Legend in words: it belongs to the plate and is never only in a tooltip.
#[component]
pub(super) fn MapperNotes(
    /// What is drawn.
    plate: ShownPlate,
) -> impl IntoView {
    let with_chart = move |text: fn(&MapperChart) -> String| {
        derived_string(move || {
            plate.with(|plate| plate.as_ref().map_or_else(String::new, |it| text(&it.chart)))
        })
    };
    let lane = move |place: usize| {
        derived_string(move || {
            plate.with(|plate| {
                plate.as_ref().and_then(|it| it.lanes.get(place).cloned()).unwrap_or_default()
            })
        })
    };
    let is_alone =
        derived_bool(move || plate.with(|it| it.as_ref().is_none_or(|it| it.lanes.len() < 2)));
    let is_pair = derived_bool(move || !is_alone.get());
    let mark = |class: &'static str| {
        view! {
            <span class="key-mark">
                <span class="mapper-band"></span>
                <span class=class></span>
            </span>
        }
        .into_any()
    };
    let lanes = view! {
        <span class="key-mark key-mark--lanes">
            <span class="mapper-lane mapper-lane--a"><span class="diamond"></span></span>
            <span class="mapper-lane mapper-lane--b"><span class="diamond"></span></span>
        </span>
    };
    let mean = derived_string(move || {
        plate.with(|plate| {
            let name = plate.as_ref().map_or("", |it| it.chart.mapper.as_str());
            format!(
                "{name} less the other mappers of the same songs, the mean over songs with its 95% interval. 1 is as far as two mappers’ maps of one song usually lie apart."
            )
        })
    });
    let state = use_client().state;
    let latents = derived_string(move || {
        let found = state.found();
        let encoder = found.as_ref().and_then(|found| found.report.encoder.as_ref());
        about_latents(encoder, state.encoder.with(Option::is_some))
    });
    view! {
        <aside class="notes" aria-label="Reading the chart of a mapper">
            <h3 class="notes__title">"Reading this chart"</h3>
            <dl class="notes__key">
                <MarkKey mark=mark("diamond") is_hidden=is_pair>
                    <b>"Diamond and band: "</b>
                    {mean}
                </MarkKey>
                <MarkKey mark=lanes.into_any() is_hidden=is_alone>
                    <b>{lane(0)} " above, " {lane(1)} " below: "</b>
                    "each against all other mappers of their own songs. The figure beside it is of the two over the songs that both mapped."
                </MarkKey>
                <MarkKey mark=mark("diamond mapper-diamond--unsure")>
                    <b>"Hollow: "</b>
                    "undetermined."
                </MarkKey>
            </dl>
            <div class="notes__group">
                <p>{direction_rule()} " The badges open all numbers."</p>
                <p><b>"Which maps: "</b> {with_chart(|chart| about_stars(&chart.stars))}</p>
                <p>
                    <b>"Levels: "</b>
                    "those of ONSET, COMBO, WHISTLE, FINISH and CLAP are low where events are dense."
                </p>
                <p><b>"Latents: "</b> {latents}</p>
                <p>
                    <b>"What it does not say: "</b>
                    "the others are those of these songs, no sample of all mappers, and several features measure nearly the same."
                </p>
            </div>
        </aside>
    }
}

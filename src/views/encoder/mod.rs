//! The encoder that computes the latents: which, how far it is, whether it starts by itself.

mod choice;
mod question;
mod status;

use carto_ui::{derived_bool, derived_str, derived_string};
use leptos::prelude::*;

pub(crate) use self::choice::bundled_encoder;
use self::choice::{EncoderFileButton, published};
use self::question::{AutomaticLatents, LatentsQuestion};
use crate::context::use_run;
use crate::run::EncoderState;
use carto_charts::number::percent;

/// Progress of the latents, stopping and resuming, what is asked, and the three sources of an
/// encoder.
#[component]
pub(crate) fn EncoderPanel() -> impl IntoView {
    let run = use_run();
    let latents = run.state.latents;
    let state = Memo::new(move |_| latents.with(|latents| latents.state.clone()));
    let is_working = move || {
        state.with(|state| {
            use EncoderState::{Computing, Loading, Waiting};
            matches!(state, Loading { .. } | Computing | Waiting)
        })
    };
    let is_stopped = move || state.with(|state| *state == EncoderState::Stopped);
    let act = move |_| {
        if run.state.latents.with_untracked(|latents| latents.state == EncoderState::Stopped) {
            run.resume_latents();
        } else {
            run.pause_latents();
        }
    };
    let published = published();
    let has_published = published.is_some();
    view! {
        <section class="plate encoder-panel" aria-labelledby="encoder-title">
            <div class="encoder-panel__head">
                <h2 id="encoder-title" class="encoder-panel__title">
                    <b>"Latents"</b>
                    " "
                    <span>{derived_string(move || latents.with(status::status_line))}</span>
                </h2>
                <button
                    class="button button--small"
                    type="button"
                    hidden=derived_bool(move || !is_working() && !is_stopped())
                    on:click=act
                >
                    {derived_str(move || if is_stopped() { "Resume latents" } else { "Stop latents" })}
                </button>
            </div>
            <p class="encoder-panel__why">
                "An encoder turns the nine channels into 32 latents. Their agreement between mappers, "
                "and their correlation with the channels, appear below."
            </p>
            <div
                class="encoder-panel__bar"
                role="progressbar"
                aria-label="Latents"
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=derived_string(move || (latents.with(status::percent_done) as u32).to_string())
                aria-valuetext=derived_string(move || latents.with(status::status_line))
                hidden=derived_bool(move || state.with(|state| *state == EncoderState::None))
            >
                <span
                    class="encoder-panel__fill"
                    style:width=derived_string(move || percent(latents.with(status::percent_done)))
                ></span>
            </div>
            <LatentsQuestion/>
            <div class="encoder-panel__choices" role="group" aria-label="Encoder">
                <button class="button" type="button" on:click=move |_| run.choose_encoder(bundled_encoder(), None)>
                    "Use the bundled encoder"
                </button>
                <EncoderFileButton/>
                <button
                    class="button"
                    type="button"
                    hidden=!has_published
                    on:click=move |_| {
                        if let Some(source) = published.clone() {
                            run.choose_encoder(source, None);
                        }
                    }
                >
                    "Fetch the published encoder (30 MB)"
                </button>
            </div>
            <AutomaticLatents/>
            // The shim in www/boot.js fetches what it names when it is opened first.
            <details class="encoder-panel__card" data-source="./models/encoder.card.html">
                <summary>"Model card of the bundled encoder"</summary>
            </details>
            <p class="encoder-panel__failure" role="alert">
                {derived_string(move || state.with(|state| match state {
                    EncoderState::Refused(message) => status::refusal(message),
                    _ => String::new(),
                }))}
            </p>
        </section>
    }
}

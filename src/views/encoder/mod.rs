//! Which encoder computes the latents, and how far it is.

mod choice;
mod words;

use carto_charts::number::percent;
use leptos::prelude::*;

use self::choice::{EncoderFileButton, bundled, published};
use super::live::{flag, text, word};
use crate::app::use_run;
use crate::state::EncoderState;

pub(crate) use self::choice::device_of_address;

/// The three sources of an encoder, its progress, stopping and going on.
#[component]
pub(crate) fn EncoderPanel() -> impl IntoView {
    let run = use_run();
    let latents = run.latents();
    let state = Memo::new(move |_| latents.with(|latents| latents.state.clone()));
    let is_working = move || {
        state.with(|state| matches!(state, EncoderState::Loading { .. } | EncoderState::Computing))
    };
    let is_stopped = move || state.with(|state| *state == EncoderState::Stopped);
    let act = move |_| {
        if run.latents().with_untracked(|latents| latents.state == EncoderState::Stopped) {
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
                    <span>{text(move || latents.with(words::headline))}</span>
                </h2>
                <button
                    class="button button--small"
                    type="button"
                    hidden=flag(move || !is_working() && !is_stopped())
                    on:click=act
                >
                    {word(move || if is_stopped() { "Go on with the latents" } else { "Stop the latents" })}
                </button>
            </div>
            <p class="encoder-panel__why">
                "An encoder turns the nine channels into 32 latents. Which of them two mappers share, "
                "and what they have to do with the channels, appears below."
            </p>
            <div
                class="encoder-panel__bar"
                role="progressbar"
                aria-label="Latents"
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=text(move || (latents.with(words::percent_done) as u32).to_string())
                aria-valuetext=text(move || latents.with(words::headline))
                hidden=flag(move || state.with(|state| *state == EncoderState::None))
            >
                <span
                    class="encoder-panel__fill"
                    style:width=text(move || percent(latents.with(words::percent_done)))
                ></span>
            </div>
            <div class="encoder-panel__choices" role="group" aria-label="Encoder">
                <button class="button" type="button" on:click=move |_| run.choose_encoder(bundled(), None)>
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
                    "Fetch the published one (30 MB)"
                </button>
            </div>
            // The shim in www/boot.js fetches what it names when it is opened first.
            <details class="encoder-panel__card" data-source="./models/encoder.card.html">
                <summary>"What the bundled encoder is worth"</summary>
            </details>
            <p class="encoder-panel__failure" role="alert">
                {text(move || state.with(|state| match state {
                    EncoderState::Refused(message) => words::refused(message),
                    _ => String::new(),
                }))}
            </p>
        </section>
    }
}

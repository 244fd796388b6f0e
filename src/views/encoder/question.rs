//! What is asked before latents are made that nobody asked for, and whether they start by
//! themselves.

use carto_charts::number::{n_of, time_left};
use carto_ui::{derived_bool, derived_string};
use leptos::prelude::*;

use crate::context::use_run;
use crate::run::{EncoderState, LatentProgress, Question};
use crate::settings::store_automatic_latents;

/// The encoder (0.5 MB) and the program that computes with it (0.4 MB after gzip).
const FETCHED: &str = "0.9 MB";

/// The question, with its two answers; hidden where nothing is asked.
#[component]
pub(super) fn LatentsQuestion() -> impl IntoView {
    let run = use_run();
    let latents = run.state.latents;
    let text = derived_string(move || latents.with(question_text));
    view! {
        <div
            class="encoder-panel__question"
            role="group"
            aria-label="Compute latents?"
            hidden=derived_bool(move || text.with(String::is_empty))
        >
            <p role="status">{text}</p>
            <button
                class="button button--primary"
                type="button"
                on:click=move |_| run.answer_about_latents(true)
            >
                "Compute latents"
            </button>
            <button class="button" type="button" on:click=move |_| run.answer_about_latents(false)>
                "Not now"
            </button>
        </div>
    }
}

/// The setting, which the browser remembers.
#[component]
pub(super) fn AutomaticLatents() -> impl IntoView {
    let run = use_run();
    let is_on = derived_bool(move || run.state.latents.with(|latents| latents.is_automatic));
    let set = move |event| {
        let is_on = event_target_checked(&event);
        store_automatic_latents(is_on);
        run.set_automatic_latents(is_on);
    };
    view! {
        <label class="encoder-panel__automatic">
            <input type="checkbox" prop:checked=is_on on:change=set/>
            " Compute latents automatically, after the nine channels"
        </label>
    }
}

/// What is asked; empty where nothing is.
fn question_text(latents: &LatentProgress) -> String {
    match latents.state {
        EncoderState::Asking(Question::Fetch) => format!(
            "This connection saves data or is a mobile one. The encoder and its program are \
             {FETCHED}. How long the latents take is measured on the first map; above two \
             minutes you are asked again.",
        ),
        EncoderState::Asking(Question::Time { left_s }) => format!(
            "Measured on {} maps: {}. Compute the rest?",
            n_of(latents.n_maps_done, latents.n_maps),
            time_left(f64::from(left_s)),
        ),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_says_what_it_costs() {
        let ask = |question| {
            let state = EncoderState::Asking(question);
            question_text(&LatentProgress {
                state,
                n_maps_done: 1,
                n_maps: 40,
                ..Default::default()
            })
        };
        assert!(ask(Question::Fetch).contains("0.9 MB"));
        assert_eq!(
            ask(Question::Time { left_s: 720 }),
            "Measured on 1 of 40 maps: about 12 min left. Compute the rest?"
        );
        assert_eq!(question_text(&LatentProgress::default()), "");
    }
}

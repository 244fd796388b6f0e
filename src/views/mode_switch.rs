//! Whose rules decide which maps take part.

use carto_types::Mode;
use leptos::prelude::*;

use super::live::{aria, word};
use crate::context::use_run;

/// The two readings: what the button says, and what it changes.
pub(crate) const MODES: [(Mode, &str, &str); 2] = [
    (
        Mode::Published,
        "Published rules",
        "Maps take part and are read as in the published study, quirks included. What it refuses is listed as skipped.",
    ),
    (
        Mode::Tolerant,
        "As osu! reads them",
        "Maps are read as osu! itself reads them, so most that the published rules refuse take part again.",
    ),
];

/// What a mode changes, in a sentence.
pub(crate) fn explained(mode: Mode) -> &'static str {
    MODES.iter().find(|(known, ..)| *known == mode).map_or("", |(_, _, what)| *what)
}

/// Switching runs everything again under the other rules.
#[component]
pub(crate) fn ModeSwitch() -> impl IntoView {
    let run = use_run();
    let mode = run.state.mode;
    view! {
        <div class="mode-switch" role="group" aria-labelledby="mode-title">
            <span id="mode-title" class="mode-switch__title">"Rules"</span>
            <div class="segments">
                {MODES
                    .into_iter()
                    .map(|(kind, label, _)| {
                        view! {
                            <button
                                class="segments__item"
                                type="button"
                                aria-pressed=aria(move || mode.get() == kind)
                                on:click=move |_| {
                                    if mode.get_untracked() != kind {
                                        run.set_mode(kind);
                                    }
                                }
                            >
                                {label}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
            <p class="mode-switch__what">{word(move || explained(mode.get()))}</p>
        </div>
    }
}

//! The choice of the rules that decide which maps take part.

use carto_types::Mode;
use carto_ui::{derived_bool, derived_str, segment};
use leptos::prelude::*;

use crate::context::use_run;

/// Both sets of rules and the labels of their buttons.
const MODES: [(Mode, &str); 2] =
    [(Mode::Osu, "As osu! players know it"), (Mode::Published, "As published")];

/// What a set of rules changes.
pub(crate) fn explained(mode: Mode) -> &'static str {
    match mode {
        Mode::Published => {
            "Maps are read and refused exactly as the study’s program does it, and every difficulty counts as its set’s host’s."
        }
        Mode::Osu => {
            "Maps are read as osu! itself reads them, and a difficulty counts as the work of who made it, guests included."
        }
    }
}

/// Two buttons; the other rules run everything again.
#[component]
pub(crate) fn ModeSwitch() -> impl IntoView {
    let run = use_run();
    let mode = run.state.mode;
    let buttons = MODES.map(|(known, label)| {
        let choose = Callback::new(move |()| run.set_mode(known));
        segment(label, derived_bool(move || mode.get() == known), choose)
    });
    view! {
        <div class="mode-switch" role="group" aria-labelledby="mode-title">
            <span id="mode-title" class="mode-switch__title">"Rules"</span>
            <div class="segments">{buttons.into_iter().collect_view()}</div>
            <p class="mode-switch__what">{derived_str(move || explained(mode.get()))}</p>
        </div>
    }
}

//! The head of a run: what was dropped, in numbers, and what can be done with it.

use carto_ui::{FolderButton, derived_str, derived_string, dynamic, focus};
use leptos::prelude::*;

use super::file_buttons::FileButton;
use super::result_name::ResultNaming;
use super::result_parts::ResultParts;
use super::result_text::own_result_text;
use super::run_labels::inventory;
use super::save_menu::SaveMenu;
use super::sentences::sentences;
use super::share_menu::ShareMenu;
use crate::context::use_run;
use crate::run::Phase;

/// Heading and buttons of a run.
#[component]
pub(crate) fn RunHead() -> impl IntoView {
    let run = use_run();
    let heading = derived_string(move || {
        let counts = run.state.counts.get();
        let is_matched = counts.n_songs > 0 || run.state.phase.get() == Phase::Done;
        match (counts.n_sets, run.state.phase.get(), run.state.is_demo.get()) {
            (0, Phase::Running, true) => "Making the demo set".to_owned(),
            (0, Phase::Running, false) => "Reading archives".to_owned(),
            _ => inventory(counts, is_matched),
        }
    });
    let heading = dynamic(move || sentences(&heading.get(), ", ").into_any());
    let kicker = derived_str(move || match run.state.is_demo.get() {
        true => "Demo set · invented songs and mappers, made on this computer",
        false => "Your maps",
    });
    // The button that began the run is gone: what it brought takes its place.
    Effect::new(|| focus("run-title"));
    let (naming, parts) = (ResultNaming::of_own_run(), ResultParts::of_own_run());
    let clear = move |_| {
        run.clear();
        // What was cleared stands there with the next frame, and the way back.
        request_animation_frame(|| focus("undo-clear"));
    };
    view! {
        <div class="run-head">
            <div>
                <p class="kicker">{kicker}</p>
                <h1 id="run-title" class="run-head__title" tabindex="-1">{heading}</h1>
            </div>
            <div class="run-head__buttons">
                <FileButton id="add-files" label="Add .osz files"/>
                <FolderButton id="add-folder" label="Add a folder"/>
                <ShareMenu result=Signal::derive(own_result_text) naming parts/>
                <SaveMenu naming/>
                <button class="button" type="button" on:click=clear>"Clear"</button>
            </div>
        </div>
    }
}

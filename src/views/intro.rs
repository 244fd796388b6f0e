//! The introduction above the charts while nothing is dropped.

use carto_ui::FolderButton;
use leptos::prelude::*;

use super::file_buttons::FileButton;
use crate::context::use_run;
use crate::view_state::{Tab, use_view_state};

/// Where the study's source and data are.
pub(crate) const STUDY: &str = "https://github.com/recxa/osu-dreamer-cartography";

/// A plain link to the study, into a tab of its own, so that nothing of a run is lost.
pub(crate) fn study_link(text: &'static str) -> AnyView {
    view! { <a href=STUDY target="_blank" rel="noopener noreferrer">{text}</a> }.into_any()
}

/// Introduction of the first view: what the study found, and the ways to begin.
/// `index.html` holds the same words, which are shown before the program is loaded.
#[component]
pub(crate) fn Intro() -> impl IntoView {
    view! {
        <div class="hero">
            <div class="hero__question">
                <h1 class="display">
                    <span class="display__line">"Mappers agree on "<b>"when"</b>". "</span>
                    <span class="display__line">"They agree less on "<i>"where"</i>"."</span>
                </h1>
                <p class="lede">
                    "Two people map the same song. "
                    {study_link("A study")}
                    " compared 460 pairs of maps of 292 songs in nine channels. What both mappers do, "
                    "the study calls perceptual; what only one does, stylistic."
                </p>
            </div>
            <DropPanel/>
        </div>
    }
}

/// Introduction of the view of a person's own maps, before there are any.
#[component]
pub(crate) fn OwnIntro() -> impl IntoView {
    view! {
        <div class="hero">
            <div class="hero__question">
                <h1 class="display">
                    <span class="display__line">"Two people map the same song. "</span>
                    <span class="display__line">"How much of a map is the "<b>"song"</b>", "</span>
                    <span class="display__line">"how much the "<i>"mapper"</i>"?"</span>
                </h1>
                <p class="lede">
                    "Drop archives of songs that several people have mapped, and read off in "
                    "which of nine channels their maps agree, as "
                    {study_link("the study")}
                    " measured it."
                </p>
            </div>
            <DropPanel/>
        </div>
    }
}

/// The promise, and the three ways to begin.
#[component]
fn DropPanel() -> impl IntoView {
    let run = use_run();
    let tab = use_view_state().tab;
    // Where a run is there already, its view does not open by itself.
    let run_demo = move |_| {
        run.run_demo();
        tab.set(Tab::Yours);
    };
    view! {
        <section class="drop-panel" aria-labelledby="drop-title">
            <h2 id="drop-title" class="drop-panel__title">"Chart your own maps"</h2>
            <p class="drop-panel__hint">
                "Drop "<b>".osz"</b>" archives or a "<b>"Songs"</b>" folder anywhere in this window. "
                "Two mappers of one song are enough to begin."
            </p>
            <div class="drop-panel__buttons">
                <FileButton id="pick-files" label="Choose .osz files"/>
                <FolderButton id="pick-folder" label="Choose a folder"/>
            </div>
            <div class="drop-panel__demo">
                <p class="drop-panel__hint">
                    "No archives at hand? Try invented songs by invented mappers."
                </p>
                <button class="button" type="button" on:click=run_demo>
                    "Try the demo set"
                </button>
            </div>
            <p class="drop-panel__promise">
                "Your files stay on this computer. Nothing you drop is uploaded."
            </p>
        </section>
    }
}

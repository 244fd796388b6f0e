//! The introduction of the view, before there are maps.

use carto_ui::{FolderButton, dispatch_event};
use leptos::prelude::*;

use super::head::FileButton;

/// What the view shows, and the ways to begin.
#[component]
pub(crate) fn Empty() -> impl IntoView {
    // The page makes the demo set, and forwards it.
    let demo = move |_| dispatch_event("carto-files", &"demo".into());
    view! {
        <section class="beat-empty plate">
            <p class="lede">
                "Players sort maps by feel: stream, jump, tech. A classifier was trained on thousands of maps from collections with such labels. It gives the probability of each of fifteen labels for every difficulty, and the features that it comes from."
            </p>
            <p>
                "Drop " <b>".osz"</b> " archives, a " <b>"Songs"</b> " folder or " <b>".osu"</b> " files anywhere in this window. Your own " <b>"collection.db"</b> " or "
                <b>".osdb"</b> " can be dropped too, to train a classifier on your own labels."
            </p>
            <div class="beat-empty__buttons">
                <FileButton id="beat-files" label="Choose files" class="button button--primary"/>
                <FolderButton id="beat-folder" label="Choose a folder"/>
                <button class="button" type="button" on:click=demo>"Try the demo set"</button>
            </div>
            <p class="beat-empty__promise">"Your files stay on this computer. Nothing you drop is uploaded."</p>
        </section>
    }
}

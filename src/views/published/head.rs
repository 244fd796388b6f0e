//! Name and origin of a result that was opened, and the way back.

use carto_ui::{derived_string, focus};
use leptos::prelude::*;

use crate::context::use_results;
use crate::view_state::without_fragment;
use crate::views::file_buttons::OpenResultButton;
use crate::views::result_name::ResultNaming;
use crate::views::result_parts::ResultParts;
use crate::views::result_text::reference_result_text;
use crate::views::save_menu::ExportMenu;
use crate::views::share_menu::ShareMenu;
use carto_charts::number::{fixed, n_of};

/// Stands where the introduction is while no result is opened.
#[component]
pub(super) fn ResultHead() -> impl IntoView {
    let results = use_results();
    let (naming, parts) = (ResultNaming::of_reference(), ResultParts::of_reference());
    let opened = results.state.opened;
    let shown = move |words: fn(&carto_types::ShownResult) -> String| {
        derived_string(move || {
            opened.with(|opened| opened.as_ref().map_or_else(String::new, |it| words(&it.shown)))
        })
    };
    let name = shown(|shown| shown.name.clone());
    let rounded = shown(|shown| match shown.step {
        Some(step) => {
            let stop = if shown.origin.is_empty() { "" } else { "." };
            format!("{stop} Its figures come from a link, rounded to {}.", fixed(step, 4))
        }
        None => String::new(),
    });
    let named = shown(|shown| match (&shown.track_a, shown.songs.len()) {
        (Some(track), n) if shown.step.is_some() && 0 < n && n < track.songs_analyzed as usize => {
            format!(
                " It names {} songs: no more did fit into it.",
                n_of(n, track.songs_analyzed as usize)
            )
        }
        _ => String::new(),
    });
    let back = move |_| {
        results.close();
        without_fragment();
        focus("main");
    };
    Effect::new(|| focus("result-title"));
    view! {
        <div class="run-head">
            <div>
                <p class="kicker">"Opened result"</p>
                <h1 id="result-title" class="run-head__title" tabindex="-1">{name}</h1>
                <p class="run-head__origin">{shown(|shown| shown.origin.clone())} {rounded} {named}</p>
            </div>
            <div class="run-head__buttons">
                <button class="button" type="button" on:click=back>"Back to the published run"</button>
                <OpenResultButton id="open-result"/>
                <ShareMenu result=Signal::derive(reference_result_text) naming parts/>
                <ExportMenu result=Signal::derive(reference_result_text) naming/>
            </div>
        </div>
    }
}

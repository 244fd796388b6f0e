//! Name and origin of a result that was opened, and the way back.

use carto_ui::{derived_bool, derived_string, focus};
use leptos::prelude::*;

use crate::context::use_results;
use crate::view_state::without_fragment;
use crate::views::file_buttons::OpenResultButton;
use crate::views::result_text::reference_result_text;
use crate::views::save_menu::ExportMenu;
use crate::views::share_menu::ShareMenu;
use carto_charts::number::{counted, fixed};

/// Stands where the introduction is while no result is opened.
#[component]
pub(super) fn ResultHead() -> impl IntoView {
    let results = use_results();
    let opened = results.state.opened;
    let shown = move |words: fn(&carto_types::ShownResult) -> String| {
        derived_string(move || {
            opened.with(|opened| opened.as_ref().map_or_else(String::new, |it| words(&it.shown)))
        })
    };
    let name = shown(|shown| match shown.name.is_empty() {
        true => "A result without a name".to_owned(),
        false => shown.name.clone(),
    });
    let rounded = shown(|shown| match shown.step {
        Some(step) => format!(" Its figures come from a link, rounded to {}.", fixed(step, 4)),
        None => String::new(),
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
                <p class="run-head__origin">{shown(|shown| shown.origin.clone())} {rounded}</p>
            </div>
            <div class="run-head__buttons">
                <button class="button" type="button" on:click=back>"Back to the published run"</button>
                <OpenResultButton id="open-result"/>
                <ShareMenu result=Signal::derive(reference_result_text)/>
                <ExportMenu result=Signal::derive(reference_result_text)/>
            </div>
        </div>
        <p class="computed__line" hidden=derived_bool(move || opened.with(|it| it.as_ref().is_none_or(|it| it.shown.n_songs == 0)))>
            {derived_string(move || opened.with(|it| {
                let n = it.as_ref().map_or(0, |it| it.shown.n_songs as usize);
                format!("{} are in the file; its tables have them one by one.", counted(n, "song", "songs"))
            }))}
        </p>
    }
}

use leptos::prelude::*;

use crate::context::use_results;
use crate::results::RequestState;

/// Part D: a cross-validation of a person's own, once they dropped its results.
///
/// The worker reads the file and gives the tables as HTML; none of the file's words
/// is in it.
#[component]
pub(crate) fn CrossValidationSheet() -> impl IntoView {
    let results = use_results().state.cross_validation;
    let html = Signal::derive(move || match results.get() {
        RequestState::Ready(html) => html,
        _ => String::new(),
    });
    let failure = Signal::derive(move || match results.get() {
        RequestState::Failed(why) => {
            format!("{why}. Drop the crossval_results.json that carto crossval wrote.")
        }
        _ => String::new(),
    });
    view! {
        <section class="sheet crossval" id="crossval" aria-labelledby="crossval-title" inner_html=html></section>
        <p class="crossval__failure" role="alert">{failure}</p>
    }
}

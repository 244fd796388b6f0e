//! Sheets whose tables the worker of results writes as HTML; none of a file's words is
//! in it without being escaped.

use carto_protocol::ResultText;
use carto_ui::{derived_bool, derived_string, dynamic};
use leptos::prelude::*;

use crate::context::use_results;
use crate::results::RequestState;

/// How two results differ, figure by figure; nothing without a second.
#[component]
pub(crate) fn DifferencesSheet(
    /// The result that is shown.
    ours: Signal<Option<ResultText>>,
    /// The result that it is compared with.
    theirs: Signal<Option<ResultText>>,
) -> impl IntoView {
    let results = use_results();
    let both = Memo::new(move |_| Some((ours.get()?, theirs.get()?)));
    Effect::new(move || {
        if let Some((ours, theirs)) = both.get() {
            results.compare(ours, theirs);
        }
    });
    let body = dynamic(move || match results.state.differences.get() {
        RequestState::Ready(html) => view! {
            <div
                class="differences"
                role="region"
                aria-label="Tables of differences"
                tabindex="0"
                inner_html=html
            ></div>
        }
        .into_any(),
        RequestState::Failed(why) => view! { <p class="failure">{why}</p> }.into_any(),
        RequestState::Idle | RequestState::Pending(_) => ().into_any(),
    });
    view! {
        <section
            class="sheet"
            id="differences"
            aria-label="Differences"
            hidden=derived_bool(move || both.with(Option::is_none))
        >
            {body}
        </section>
    }
}

/// Part D: a cross-validation of a person's own, once they dropped its results.
#[component]
pub(crate) fn CrossValidationSheet() -> impl IntoView {
    let results = use_results().state.cross_validation;
    let html = derived_string(move || match results.get() {
        RequestState::Ready(html) => html,
        _ => String::new(),
    });
    view! {
        <section class="sheet crossval" id="crossval" aria-labelledby="crossval-title" inner_html=html></section>
    }
}

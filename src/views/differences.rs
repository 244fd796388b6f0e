//! How two results differ, figure by figure.

use carto_protocol::ResultText;
use leptos::prelude::*;

use super::live::{drawn, flag};
use crate::context::use_results;
use crate::results::RequestState;

/// The tables that the worker makes of two results; nothing without a second.
#[component]
pub(crate) fn DifferencesSheet(
    /// What is shown.
    ours: Signal<Option<ResultText>>,
    /// What it is held against.
    theirs: Signal<Option<ResultText>>,
) -> impl IntoView {
    let results = use_results();
    let both = Memo::new(move |_| Some((ours.get()?, theirs.get()?)));
    Effect::new(move || {
        if let Some((ours, theirs)) = both.get() {
            results.compare(ours, theirs);
        }
    });
    let body = drawn(move || match results.state.differences.get() {
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
            hidden=flag(move || both.with(Option::is_none))
        >
            {body}
        </section>
    }
}

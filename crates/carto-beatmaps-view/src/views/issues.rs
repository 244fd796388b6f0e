//! What was skipped, and why.

use leptos::prelude::*;

use crate::client::use_client;
use crate::format::counted;

/// More would make the page slow, and nobody reads them here.
const MAX_SHOWN: usize = 200;

/// So many stand there from the start.
const MAX_OPEN: usize = 5;

/// The list of issues behind a line that counts them, hidden while there is none.
#[component]
pub(crate) fn Issues() -> impl IntoView {
    let state = use_client().state;
    let n_other_games = move || state.n_other_games.with(|all| all.values().sum::<usize>());
    let summary = move || {
        let n_issues = state.issues.with(Vec::len);
        let n_others = n_other_games();
        let others = match n_others {
            0 => String::new(),
            n => format!(" {} of other game modes left out.", counted(n, "map", "maps")),
        };
        format!("{}.{others}", counted(n_issues, "issue", "issues"))
    };
    let items = move || {
        state.issues.with(|issues| {
            let shown = issues.iter().take(MAX_SHOWN);
            shown
                .map(|issue| view! { <li><b>{issue.subject.clone()}</b> ": " {issue.message.clone()}</li> })
                .collect_view()
        })
    };
    let more = move || {
        let n_more = state.issues.with(Vec::len).saturating_sub(MAX_SHOWN);
        (n_more > 0).then(
            || view! { <li>{format!("And {} more.", counted(n_more, "issue", "issues"))}</li> },
        )
    };
    let is_short = Memo::new(move |_| state.issues.with(Vec::len) <= MAX_OPEN);
    let has_none = move || state.issues.with(Vec::is_empty) && n_other_games() == 0;
    view! {
        <section class="beat-issues" aria-labelledby="beat-issues-title" hidden=has_none>
            <details open=move || is_short.get()>
                <summary>
                    <h2 id="beat-issues-title" class="notes__title">{summary}</h2>
                </summary>
                <ul>{items} {more}</ul>
            </details>
        </section>
    }
}

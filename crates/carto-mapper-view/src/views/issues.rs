//! Maps that could not be measured, and why.

use carto_charts::number::counted;
use carto_types::Issue;
use carto_ui::{derived_bool, derived_string, dynamic};
use leptos::prelude::*;

use crate::client::use_client;

/// More would make the page slow, and nobody reads them here.
const MAX_SHOWN: usize = 100;

/// The list behind a line that counts them; hidden while there is none.
#[component]
pub(super) fn Issues() -> impl IntoView {
    let issues = use_client().state.issues;
    let items = dynamic(move || {
        let item = |issue: &Issue| {
            view! { <li><b>{issue.subject.clone()}</b> ": " {issue.message.clone()}</li> }
        };
        issues.with(|issues| issues.iter().take(MAX_SHOWN).map(item).collect_view()).into_any()
    });
    let summary = derived_string(move || {
        let n = issues.with(Vec::len);
        let more = if n > MAX_SHOWN { format!("; the first {MAX_SHOWN}") } else { String::new() };
        format!("{}{more}", counted(n, "map was left out", "maps were left out"))
    });
    view! {
        <details class="mapper-issues" hidden=derived_bool(move || issues.with(Vec::is_empty))>
            <summary>{summary}</summary>
            <ul>{items}</ul>
        </details>
    }
}

//! What was skipped, why, and what to do about it.

use std::collections::BTreeMap;

use carto_types::{Issue, IssueGroup, Mode};
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
    let groups = move || state.issues.with(|issues| groups(issues));
    let more = move || {
        let n_more = state.issues.with(Vec::len).saturating_sub(MAX_SHOWN);
        (n_more > 0)
            .then(|| view! { <p>{format!("And {} more.", counted(n_more, "issue", "issues"))}</p> })
    };
    let is_short = Memo::new(move |_| state.issues.with(Vec::len) <= MAX_OPEN);
    let has_none = move || state.issues.with(Vec::is_empty) && n_other_games() == 0;
    view! {
        <section class="beat-issues" aria-labelledby="beat-issues-title" hidden=has_none>
            <details open=move || is_short.get()>
                <summary>
                    <h2 id="beat-issues-title" class="notes__title">{summary}</h2>
                </summary>
                {groups}
                {more}
            </details>
        </section>
    }
}

/// Issues with the same remedy below it, the most important first.
fn groups(issues: &[Issue]) -> impl IntoView + use<> {
    let mut groups = BTreeMap::<IssueGroup, Vec<&Issue>>::new();
    for issue in issues.iter().take(MAX_SHOWN) {
        groups.entry(issue.group()).or_default().push(issue);
    }
    let groups = groups.into_iter().map(|(group, issues)| {
        let items = issues.into_iter().map(
            |issue| view! { <li><b>{issue.subject.clone()}</b> ": " {issue.message.clone()}</li> },
        );
        let items = items.collect_view();
        view! {
            <p class="beat-issues__remedy">{remedy(group)}</p>
            <ul>{items}</ul>
        }
    });
    groups.collect_view()
}

/// What to do about the issues of one group, in this view.
fn remedy(group: IssueGroup) -> &'static str {
    match group {
        // Of such maps the rating alone is missing here.
        IssueGroup::UnusableMap => {
            "Nothing to do: these maps are in the table without star rating and longest combo. Most are jokes, or test what the game can bear."
        }
        IssueGroup::Unreadable => {
            "Download these again, then drop them once more. A map beyond a limit stays out."
        }
        IssueGroup::EmptySet => {
            "There are no maps in these. If there should be, download them again."
        }
        IssueGroup::OtherFiles => "Nothing to do: these are no maps and were not opened.",
        group => group.remedy(Mode::Osu),
    }
}

//! What was skipped and why.

use carto_charts::number::{counted, grouped};
use carto_types::{Issue, Severity};
use carto_ui::{copy_text, derived_bool, derived_string, dynamic};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::icons::{SKIPPED, WARNING, icon};
use crate::context::use_run;

/// More would make the page slow and nobody reads them here; copying gives all.
const MAX_SHOWN: usize = 200;

/// The list of everything that a person should know about their files.
#[component]
pub(crate) fn IssuesPanel() -> impl IntoView {
    let run = use_run();
    let issues = run.state.issues;
    let has_none = derived_bool(move || issues.with(Vec::is_empty));
    let copied = RwSignal::new("");
    let copy = move |_| {
        let text = issues.with_untracked(|issues| as_text(issues));
        spawn_local(async move {
            copied.set(match copy_text(&text).await {
                true => "Copied.",
                false => "This browser does not allow copying: select the list instead.",
            });
        });
    };
    let n_hidden = move || issues.with(|issues| issues.len().saturating_sub(MAX_SHOWN));
    // Behind these, new ones change nothing that is drawn.
    let shown = Memo::new(move |_| {
        issues.with(|issues| in_order(issues).take(MAX_SHOWN).cloned().collect::<Vec<_>>())
    });
    let items =
        dynamic(move || shown.with(|shown| shown.iter().map(issue_item).collect_view()).into_any());
    view! {
        <section class="plate issues" class:issues--none=has_none aria-labelledby="issues-title">
            <div class="issues__head">
                <h2 id="issues-title" class="issues__title">
                    {derived_string(move || issues.with(|issues| summary(issues)))}
                </h2>
                <button
                    class="button button--small"
                    type="button"
                    hidden=has_none
                    on:click=copy
                >
                    "Copy list"
                </button>
            </div>
            <p class="issues__copied" role="status">{copied}</p>
            <div
                class="issues__scroll"
                role="region"
                aria-label="Skipped files and warnings"
                tabindex="0"
            >
                <p class="issues__more" hidden=derived_bool(move || !has_none.get())>
                    "What cannot be used is listed here, each with its reason."
                </p>
                <ul class="issues__list">{items}</ul>
                <p class="issues__more" hidden=derived_bool(move || n_hidden() == 0)>
                    {derived_string(move || {
                        format!("And {} more: copy the list for all of them.", grouped(n_hidden() as u64))
                    })}
                </p>
            </div>
        </section>
    }
}

/// What was left out first, files in their order.
fn in_order(issues: &[Issue]) -> impl Iterator<Item = &Issue> {
    let of = |severity| issues.iter().filter(move |issue| issue.severity == severity);
    of(Severity::Skipped).chain(of(Severity::Warning))
}

fn issue_item(issue: &Issue) -> impl IntoView + use<> {
    let (symbol, word, class) = match issue.severity {
        Severity::Skipped => (SKIPPED, "Skipped: ", "issue issue--skipped"),
        Severity::Warning => (WARNING, "Warning: ", "issue issue--warning"),
    };
    view! {
        <li class=class>
            <span class="issue__symbol">{icon(symbol)}</span>
            <div>
                <b class="issue__subject">
                    <span class="visually-hidden">{word}</span>
                    {issue.subject.clone()}
                </b>
                <p class="issue__message">{issue.message.clone()}</p>
            </div>
        </li>
    }
}

/// `3 skipped, 2 warnings`.
fn summary(issues: &[Issue]) -> String {
    let n_skipped = issues.iter().filter(|issue| issue.severity == Severity::Skipped).count();
    let notes = counted(issues.len() - n_skipped, "warning", "warnings");
    match (n_skipped, issues.len() - n_skipped) {
        (0, 0) => "Nothing was skipped".to_owned(),
        (n, 0) => format!("{} skipped", grouped(n as u64)),
        (0, _) => format!("Nothing was skipped, {notes}"),
        (n, _) => format!("{} skipped, {notes}", grouped(n as u64)),
    }
}

/// One line for each, as it is useful in a bug report.
fn as_text(issues: &[Issue]) -> String {
    let mut text = String::new();
    for issue in in_order(issues) {
        let word = issue.severity.name();
        text.push_str(&format!("{word}\t{}\t{}\t{}\n", issue.subject, issue.cause, issue.message));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issue(severity: Severity) -> Issue {
        Issue {
            severity,
            subject: "1001.osz [Hard]".to_owned(),
            cause: carto_types::Cause::OverlappingObjects,
            message: "Line 214: an object starts before the one before it ends.".to_owned(),
        }
    }

    #[test]
    fn the_summary_counts_both_kinds() {
        let (skipped, odd) = (issue(Severity::Skipped), issue(Severity::Warning));
        assert_eq!(summary(&[]), "Nothing was skipped");
        assert_eq!(summary(&[skipped.clone(), skipped.clone()]), "2 skipped");
        assert_eq!(summary(std::slice::from_ref(&odd)), "Nothing was skipped, 1 warning");
        assert_eq!(summary(&[skipped, odd.clone(), odd]), "1 skipped, 2 warnings");
    }

    #[test]
    fn the_copied_list_has_a_line_for_each() {
        assert_eq!(
            as_text(&[issue(Severity::Skipped)]),
            "skipped\t1001.osz [Hard]\toverlapping-objects\tLine 214: an object starts before the one before it ends.\n"
        );
    }
}

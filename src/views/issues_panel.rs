//! What was skipped and why, grouped by what to do about it.

use carto_charts::number::{counted, grouped};
use carto_types::{Issue, IssueGroup, Severity};
use carto_ui::{copy_text, derived_bool, derived_str, derived_string, dynamic};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::icons::{SKIPPED, WARNING, icon};
use crate::context::use_run;

/// More of one group would make the page slow and nobody reads them here; copying gives all.
const MAX_SHOWN: usize = 50;

/// A group with so many issues is open from the start.
const MAX_OPEN: usize = 5;

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
    // Behind the first ones, new ones change a number alone.
    let groups = Memo::new(move |_| issues.with(|issues| in_groups(issues)));
    let kinds = move || groups.with(|groups| groups.iter().map(|group| group.kind).collect());
    let kinds = Memo::new(move |_| -> Vec<IssueGroup> { kinds() });
    view! {
        <section class="plate issues" class:issues--none=has_none aria-labelledby="issues-title">
            <div class="issues__head">
                <h2 id="issues-title" class="issues__title" tabindex="-1">
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
                <For
                    each=move || kinds.get()
                    key=|kind| *kind
                    children=move |kind| issue_group(kind, groups)
                />
            </div>
        </section>
    }
}

/// The issues of one group, as far as they are shown.
#[derive(Debug, Clone, PartialEq)]
struct ShownGroup {
    kind: IssueGroup,
    n_issues: usize,
    /// The first of them, what was left out before what is only odd.
    first: Vec<Issue>,
}

/// The groups there are, the most important first.
fn in_groups(issues: &[Issue]) -> Vec<ShownGroup> {
    let mut groups: Vec<ShownGroup> = Vec::new();
    for issue in in_order(issues) {
        let kind = issue.group();
        let place = groups.partition_point(|group| group.kind < kind);
        if groups.get(place).is_none_or(|group| group.kind != kind) {
            groups.insert(place, ShownGroup { kind, n_issues: 0, first: Vec::new() });
        }
        let group = &mut groups[place];
        group.n_issues += 1;
        if group.first.len() < MAX_SHOWN {
            group.first.push(issue.clone());
        }
    }
    groups
}

/// A group's heading with its number and its remedy, and behind them what it holds.
fn issue_group(kind: IssueGroup, groups: Memo<Vec<ShownGroup>>) -> impl IntoView {
    let mode = use_run().state.mode;
    let group = Memo::new(move |_| {
        groups.with(|groups| groups.iter().find(|group| group.kind == kind).cloned())
    });
    let n_issues = move || group.with(|group| group.as_ref().map_or(0, |group| group.n_issues));
    let first = Memo::new(move |_| {
        group.with(|group| group.as_ref().map_or_else(Vec::new, |group| group.first.clone()))
    });
    let items =
        dynamic(move || first.with(|first| first.iter().map(issue_item).collect_view()).into_any());
    let is_open = !kind.is_note() && untrack(n_issues) <= MAX_OPEN;
    let n_hidden = move || n_issues().saturating_sub(MAX_SHOWN);
    view! {
        <details class="issues__group" open=is_open>
            <summary class="issues__kind">
                {kind.title()} ": " <b>{derived_string(move || grouped(n_issues()))}</b>
            </summary>
            <p class="issues__remedy">{derived_str(move || kind.remedy(mode.get()))}</p>
            <ul class="issues__list">{items}</ul>
            <p class="issues__more" hidden=derived_bool(move || n_hidden() == 0)>
                {derived_string(move || {
                    format!("And {} more: copy the list for all of them.", grouped(n_hidden()))
                })}
            </p>
        </details>
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
    let word = if issue.group().is_note() { "" } else { word };
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

/// `3 skipped, 2 warnings, 33 notes`.
fn summary(issues: &[Issue]) -> String {
    let n_of = |severity| {
        let is_it = |issue: &&Issue| issue.severity == severity && !issue.group().is_note();
        issues.iter().filter(is_it).count()
    };
    let (n_skipped, n_warnings) = (n_of(Severity::Skipped), n_of(Severity::Warning));
    let n_notes = issues.len() - n_skipped - n_warnings;
    let skipped = match n_skipped {
        0 => "Nothing was skipped".to_owned(),
        n => format!("{} skipped", grouped(n)),
    };
    let warnings = Some(counted(n_warnings, "warning", "warnings")).filter(|_| n_warnings > 0);
    let notes = Some(counted(n_notes, "note", "notes")).filter(|_| n_notes > 0);
    [Some(skipped), warnings, notes].into_iter().flatten().collect::<Vec<_>>().join(", ")
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
        assert_eq!(summary(&[skipped.clone(), odd.clone(), odd.clone()]), "1 skipped, 2 warnings");
        let lone = Issue { cause: carto_types::Cause::OneMapper, ..skipped.clone() };
        assert_eq!(summary(&[lone.clone(), lone.clone()]), "Nothing was skipped, 2 notes");
        assert_eq!(summary(&[lone, skipped, odd]), "1 skipped, 1 warning, 1 note");
    }

    #[test]
    fn groups_stand_by_importance_and_hold_what_was_left_out_first() {
        let of = |severity, cause| Issue { cause, ..issue(severity) };
        use carto_types::Cause::{Fault, NoObjects, OneMapper, OverlappingObjects};
        let issues = [
            of(Severity::Skipped, OneMapper),
            of(Severity::Warning, OverlappingObjects),
            of(Severity::Skipped, NoObjects),
            of(Severity::Skipped, Fault),
        ];
        let groups = in_groups(&issues);
        let kinds: Vec<_> = groups.iter().map(|group| (group.kind, group.n_issues)).collect();
        use IssueGroup as G;
        assert_eq!(kinds, [(G::Fault, 1), (G::UnusableMap, 2), (G::OneMapper, 1)]);
        assert_eq!(groups[1].first[0].cause, NoObjects);
        let many = vec![issues[1].clone(); MAX_SHOWN + 3];
        assert_eq!(in_groups(&many)[0].n_issues, MAX_SHOWN + 3);
        assert_eq!(in_groups(&many)[0].first.len(), MAX_SHOWN);
    }

    #[test]
    fn the_copied_list_has_a_line_for_each() {
        assert_eq!(
            as_text(&[issue(Severity::Skipped)]),
            "skipped\t1001.osz [Hard]\toverlapping-objects\tLine 214: an object starts before the one before it ends.\n"
        );
    }
}

//! What a person is told of a table.

use std::collections::BTreeMap;

use carto_dataset::{Labelled, Row};

use super::rows::Rows;

/// More maps of one kind are counted and not listed.
const MAX_LISTED: usize = 10;

/// Warnings about single maps, on stderr.
pub(super) fn warn(rows: &Rows, warnings: &[String]) {
    list(warnings, "warnings");
    list(&rows.unreadable, "maps that cannot be read");
    let unrated: Vec<_> = rows
        .unrated
        .iter()
        .map(|said| format!("no star rating and no longest combo of {said}"))
        .collect();
    list(&unrated, "maps without a star rating");
    let missing: Vec<_> = rows.missing.iter().map(|map| format!("no .osu of {map}")).collect();
    list(&missing, "maps without a file");
}

fn list(messages: &[String], what: &str) {
    for message in messages.iter().take(MAX_LISTED) {
        eprintln!("carto: warning: {message}");
    }
    if messages.len() > MAX_LISTED {
        eprintln!("carto: warning: and {} more {what}", messages.len() - MAX_LISTED);
    }
}

/// The counts of everything, a line each.
pub(super) fn text(
    labelled: &Labelled,
    rows: &Rows,
    n_told_other_games: usize,
    has_answers: bool,
) -> String {
    let labels = per_label(&rows.rows);
    let n_shared = rows.rows.iter().filter(|row| !row.also.is_empty()).count();
    let mut lines = vec![format!("{} maps of {} labels", rows.rows.len(), labels.len())];
    lines.extend(labels.iter().map(|(label, (first, also))| match also {
        0 => format!("  {label}: {first}"),
        also => format!("  {label}: {first}, and {also} of other labels"),
    }));
    lines.push(format!("{n_shared} maps have two labels or more"));
    let n_further = labelled.further.len();
    let n_duplicates = labelled.n_duplicates();
    lines.push(format!(
        "{n_further} further mentions: {} under another label, {n_duplicates} under one that the \
         map has already",
        n_further - n_duplicates
    ));
    lines.push(format!("{} maps without a file", rows.missing.len()));
    lines.push(format!("{} files that cannot be read", rows.unreadable.len()));
    lines.extend(rows.reasons.iter().map(|(why, n)| format!("  {n}: {why}")));
    if has_answers {
        lines.push(format!("{} maps of which the site said nothing", rows.n_unanswered));
        lines.push(format!("{} files that are not what the site has now", rows.n_outdated));
    }
    let n_other_games = rows.n_other_games + n_told_other_games;
    if n_other_games > 0 {
        lines.push(format!("{n_other_games} maps of other games left out"));
    }
    lines.join("\n")
}

/// Of each label, maps that have it first and maps that have it besides.
fn per_label(rows: &[Row]) -> BTreeMap<&str, (usize, usize)> {
    let mut labels: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for row in rows {
        labels.entry(&row.label).or_default().0 += 1;
        row.also.iter().for_each(|label| labels.entry(label).or_default().1 += 1);
    }
    labels
}

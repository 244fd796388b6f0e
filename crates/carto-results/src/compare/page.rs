//! A comparison as a piece of the page.

use std::fmt::Write;

use carto_charts::number::{NO_VALUE, fixed, grouped, signed};
use carto_types::{AgreementClass, Mode, RunResult};

use super::comparison::{Compared, Comparison, Figure, compare};
use crate::html::{escaped, table};

/// How one result differs from another, as HTML without scripts or styles: a
/// heading that states the finding and tables of both with their differences.
#[must_use]
pub fn compare_html(a: &RunResult, b: &RunResult) -> String {
    let comparison = compare(a, b);
    let names = [name(a, "this run"), name(b, "the other")];
    let mut html = String::from("<p class=\"kicker\">Two results</p>\n");
    let heading = escaped(&finding(&comparison));
    let _ = writeln!(html, "<h2 id=\"differences-title\" class=\"heading\">{heading}</h2>");
    let _ = writeln!(html, "<p class=\"differences__how\">{}</p>", how(&comparison, &names));
    if let Some(sentence) = rules_differ([a, b], &names) {
        let _ = writeln!(html, "<p class=\"differences__rules\">{}</p>", escaped(&sentence));
    }
    let [one, other] = names.each_ref().map(|name| &**name);
    let rows = |rows: &[Compared]| rows.iter().map(cells).collect::<Vec<_>>().into_iter();
    let heads = ["", "pairs", one, "spread", "pairs", other, "spread", "difference"];
    if has_both(&comparison.channels) {
        table(&mut html, "Mean r by channel", &heads, rows(&comparison.channels));
    }
    // A table of which one side has nothing says nothing of a difference.
    if has_both(&comparison.latents) {
        let caption = match comparison.is_by_number {
            true => "Mean r by latent, the same encoder",
            false => "Mean r by rank, numbers of two encoders do not correspond",
        };
        table(&mut html, caption, &heads, rows(&comparison.latents));
        let heads = ["class", one, other];
        table(&mut html, "Latents by class", &heads, class_cells(&comparison));
    }
    if comparison.matrices.iter().any(|(_, figures)| figures.iter().all(Option::is_some)) {
        let heads = ["", one, other, "difference"];
        table(&mut html, "Latents and channels", &heads, matrix_cells(&comparison));
    }
    html
}

fn has_both(rows: &[Compared]) -> bool {
    rows.iter().any(|row| row.difference().is_some())
}

fn name(result: &RunResult, otherwise: &str) -> String {
    if result.name.is_empty() { otherwise.to_owned() } else { result.name.clone() }
}

/// A sentence for two results by different rules. A program that does not say its rules, as
/// the published one, has those of the published pipeline.
fn rules_differ(results: [&RunResult; 2], [one, other]: &[String; 2]) -> Option<String> {
    let [a, b] = results.map(|result| result.parameters.mode.unwrap_or(Mode::Published));
    (a != b).then(|| {
        let (a, b) = (a.title(), b.title());
        format!(
            "The rules differ: {one} was made {a}, {other} {b}, so other maps and mappers take part."
        )
    })
}

fn finding(comparison: &Comparison) -> String {
    let farthest = |rows: &[Compared]| {
        let rows = rows.iter().filter(|row| row.label != "full cosine");
        let diffs = rows.filter_map(|row| Some((row.difference()?, row.label.clone())));
        diffs.max_by(|a, b| a.0.abs().total_cmp(&b.0.abs()))
    };
    match (farthest(&comparison.channels), farthest(&comparison.latents)) {
        (Some((a, channel)), Some((b, latent))) => format!(
            "Mean r differs by at most {} in channels ({channel}), {} in latents ({latent})",
            fixed(a.abs(), 3),
            fixed(b.abs(), 3)
        ),
        (Some((diff, place)), None) | (None, Some((diff, place))) => {
            format!("Mean r differs by at most {} ({place})", fixed(diff.abs(), 3))
        }
        (None, None) => "These two results have no figure in common".to_owned(),
    }
}

fn how(comparison: &Comparison, [one, other]: &[String; 2]) -> String {
    let (one, other) = (escaped(one), escaped(other));
    let mut text = format!(
        "Differences are {one} less {other}. Spread is one population standard deviation over \
         pairs, not the uncertainty of a mean."
    );
    if let Some(diff) = comparison.downsampled_max_diff {
        let _ = write!(text, " A latent's r with a channel differs by at most {}.", fixed(diff, 3));
    }
    if let Some(diff) = comparison.between_channels_max_diff {
        let _ = write!(text, " The r of two channels differs by at most {}.", fixed(diff, 3));
    }
    text
}

fn cells(row: &Compared) -> Vec<String> {
    let figures = row.figures.iter().flat_map(|figure| match figure {
        Some(Figure { n_pairs, mean, spread }) => {
            [grouped(*n_pairs), fixed(*mean, 3), fixed(*spread, 3)]
        }
        None => [none(), none(), none()],
    });
    let difference = row.difference().map_or_else(none, |difference| signed(difference, 3));
    [row.label.clone()].into_iter().chain(figures).chain([difference]).collect()
}

fn class_cells(comparison: &Comparison) -> impl Iterator<Item = Vec<String>> + use<'_> {
    AgreementClass::ALL.into_iter().enumerate().map(|(place, class)| {
        let counts = comparison
            .classes
            .iter()
            .map(|counts| counts.map_or_else(none, |counts| counts[place].to_string()));
        [class.name().to_owned()].into_iter().chain(counts).collect()
    })
}

fn matrix_cells(comparison: &Comparison) -> impl Iterator<Item = Vec<String>> + use<'_> {
    comparison.matrices.iter().map(|(name, [a, b])| {
        let is_count = [a, b].iter().any(|value| value.is_some_and(|value| value > 1.0))
            || name.contains("p below");
        let shown = |value: &Option<f64>| match value {
            Some(value) if is_count => grouped(*value as u64),
            Some(value) => fixed(*value, 3),
            None => none(),
        };
        let diff = match (a, b) {
            (Some(a), Some(b)) if is_count => signed(a - b, 0),
            (Some(a), Some(b)) => signed(a - b, 3),
            _ => none(),
        };
        vec![(*name).to_owned(), shown(a), shown(b), diff]
    })
}

fn none() -> String {
    NO_VALUE.to_owned()
}

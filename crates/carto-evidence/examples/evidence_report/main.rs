//! The generated blocks of `docs/evidence.md`: `cargo run -p carto-evidence --example
//! evidence_report -- FOLDER [SEED]`, which `cargo xtask evidence-report` runs and puts into the
//! document.
//!
//! Prints each block between `<!-- generated: NAME -->` and `<!-- end -->`. Takes minutes.
#![allow(clippy::expect_used, clippy::print_stdout, reason = "a tool")]

mod corpus;
mod set;
mod trials;

use std::path::Path;

use carto_types::Estimate;

fn main() {
    let mut args = std::env::args().skip(1);
    let folder = args.next().expect("which folder?");
    let seed = args.next().map_or(1, |seed| seed.parse().expect("a seed is a whole number"));
    let maps = corpus::maps(Path::new(&folder));
    let blocks = [set::blocks(&maps), trials::blocks(&maps, seed)];
    for Block { name, text } in blocks.into_iter().flatten() {
        println!("<!-- generated: {name} -->\n{}\n<!-- end -->\n", text.trim());
    }
}

/// A piece of the document.
pub(crate) struct Block {
    name: &'static str,
    /// Markdown.
    text: String,
}

/// A table in Markdown.
///
/// - `head`: the names of its columns, parted by `|`
pub(crate) fn table(head: &str, rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let n_columns = head.split('|').count();
    let mut text = format!("| {head} |\n|{}\n", "---|".repeat(n_columns));
    for row in rows {
        text.push_str(&format!("| {} |\n", row.join(" | ")));
    }
    text
}

/// Two decimals and a true minus sign; 0 has no sign.
pub(crate) fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text.replace('-', "\u{2212}") }
}

/// A number with its 95 % interval, where there is one.
pub(crate) fn estimate(estimate: Estimate) -> String {
    let interval =
        estimate.interval.map(|it| format!(" ({} to {})", number(it.low), number(it.high)));
    number(estimate.value) + &interval.unwrap_or_default()
}

/// What stands where there is no value.
pub(crate) const MISSING: &str = "–";

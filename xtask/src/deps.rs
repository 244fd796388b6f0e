//! `cargo xtask deps`: checks the edges between crates with `cargo tree`.

use std::collections::BTreeSet;

use anyhow::{Result, bail};

use crate::deps_table::{Rule, rules};
use crate::install::WASM_TARGET;
use crate::process::{capture, cargo};

/// Checks every row of the table, on every target that its crate runs on.
///
/// # Errors
///
/// Lists every edge that the table does not allow, and every crate without a row.
pub(crate) fn deps() -> Result<()> {
    let mut wrong = packages_without_a_rule()?;
    let mut n_checked = 0;
    for rule in rules() {
        let targets: &[&[&str]] =
            if rule.on_wasm { &[&[], &["--target", WASM_TARGET]] } else { &[&[]] };
        for target in targets {
            let edges = edges_of(rule.package, target)?;
            n_checked += edges.all.len();
            wrong.extend(violations(rule, &edges));
        }
    }
    if !wrong.is_empty() {
        bail!("edges that the table does not allow:\n  {}", wrong_lines(&wrong));
    }
    println!("{} crates keep to their edges ({n_checked} dependencies looked at)", rules().count());
    Ok(())
}

fn wrong_lines(wrong: &BTreeSet<String>) -> String {
    wrong.iter().map(String::as_str).collect::<Vec<_>>().join("\n  ")
}

fn packages_without_a_rule() -> Result<BTreeSet<String>> {
    let members = capture(&mut cargo(&[
        "tree",
        "--workspace",
        "--depth",
        "0",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ]))?;
    Ok(package_names(&members)
        .filter(|name| rules().all(|rule| rule.package != *name))
        .map(|name| format!("{name} has no row in xtask/src/deps_table"))
        .collect())
}

/// Names of packages that another is built with.
#[derive(Debug, Default, PartialEq, Eq)]
struct Edges {
    /// Those that it names itself.
    direct: BTreeSet<String>,
    /// These, and what they bring with them.
    all: BTreeSet<String>,
}

/// What `package` is built with, itself left out. Build scripts and tests may use what
/// they like: they do not end up in the product.
fn edges_of(package: &str, target: &[&str]) -> Result<Edges> {
    let mut tree = cargo(&["tree", "--edges", "normal", "--prefix", "depth", "--format", " {p}"]);
    Ok(edges_in(&capture(tree.args(["--package", package]).args(target))?))
}

/// Reads lines of depth and package, the first of which is the package asked for.
fn edges_in(tree: &str) -> Edges {
    let mut edges = Edges::default();
    for line in tree.lines().skip(1) {
        let mut words = line.split_whitespace();
        let (Some(depth), Some(name)) = (words.next(), words.next()) else { continue };
        if depth == "1" {
            edges.direct.insert(name.to_owned());
        }
        edges.all.insert(name.to_owned());
    }
    edges
}

fn package_names(tree: &str) -> impl Iterator<Item = &str> {
    tree.lines().filter_map(|line| line.split_whitespace().next())
}

fn violations(rule: &Rule, edges: &Edges) -> Vec<String> {
    let Rule { package, only, never, why, .. } = rule;
    let unlisted = edges
        .direct
        .iter()
        .filter(|name| only.is_some_and(|only| !only.contains(&name.as_str())))
        .map(|name| format!("{package} -> {name} is not on its list ({why})"));
    let forbidden = edges
        .all
        .iter()
        .filter(|name| {
            never.iter().copied().flatten().any(|pattern| matches_pattern(name, pattern))
        })
        .map(|name| format!("{package} -> {name} must never be ({why})"));
    unlisted.chain(forbidden).collect()
}

fn matches_pattern(name: &str, pattern: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: Rule = Rule {
        package: "core",
        only: Some(&["libm"]),
        never: &[&["serde"], &["burn*"]],
        on_wasm: false,
        why: "pure",
    };

    fn edges(direct: &[&str], all: &[&str]) -> Edges {
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        Edges { direct: names(direct), all: names(all) }
    }

    #[test]
    fn forbidden_edges_are_found_however_deep() {
        assert!(violations(&RULE, &edges(&["libm"], &["libm", "serde_core"])).is_empty());
        assert_eq!(violations(&RULE, &edges(&["libm"], &["libm", "burn-flex"])).len(), 1);
        assert_eq!(violations(&RULE, &edges(&["rand"], &["rand", "serde"])).len(), 2);
    }

    #[test]
    fn direct_edges_are_those_of_the_first_level() {
        let tree = "0 core v0.1.0 (/w)\n1 libm v0.2.16\n1 rosu-map v0.2.1\n2 libm v0.2.16 (*)\n\
                    2 serde v1.0.0\n";
        let expected = edges(&["libm", "rosu-map"], &["libm", "rosu-map", "serde"]);
        assert_eq!(edges_in(tree), expected);
    }

    #[test]
    fn the_first_word_of_a_line_is_the_package() {
        let tree = "carto-beatmap v0.1.0 (/somewhere)\nlibm v0.2.16\nlibm v0.2.16 (*)\n\n";
        assert_eq!(package_names(tree).collect::<Vec<_>>(), ["carto-beatmap", "libm", "libm"]);
    }
}

//! The figures of `docs/evidence.md`, computed from a folder of maps.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::process::{capture, cargo, root};

/// The maps that are read unless others are named: they are no part of the repository.
const CORPUS: &str = "../shared/corpus";
/// The document, below the root.
const DOCUMENT: &str = "docs/evidence.md";
/// Before a block that is generated; its name and [`NAME_END`] follow.
const BEGIN: &str = "<!-- generated: ";
const NAME_END: &str = " -->";
const END: &str = "<!-- end -->";

/// Computes the figures and puts them into the document between its words.
///
/// # Errors
///
/// Where the maps are not there, where the program fails, and where document and program do not
/// have the same blocks.
pub(crate) fn evidence_report(args: &[String]) -> Result<()> {
    let corpus = match args {
        [] => PathBuf::from(CORPUS),
        [option, folder] if option == "--corpus" => PathBuf::from(folder),
        other => bail!("not understood: {}; it takes --corpus DIR", other.join(" ")),
    };
    if !corpus.is_dir() {
        bail!("{} is no folder: name one with .osu files by --corpus DIR", corpus.display());
    }
    let run = ["run", "--quiet", "--package", "carto-evidence", "--example", "evidence_report"];
    let printed = capture(cargo(&run).arg("--").arg(&corpus))?;
    let path = root().join(DOCUMENT);
    let document = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let filled = fill(&document, &blocks(&printed)?)?;
    fs::write(&path, filled).with_context(|| path.display().to_string())?;
    println!("{DOCUMENT} has the figures of {}", corpus.display());
    Ok(())
}

/// Name and text of each block, markers aside.
fn blocks(text: &str) -> Result<Vec<(&str, &str)>> {
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(BEGIN) {
        let (name, after) = after.split_once(NAME_END).context("a block without a name")?;
        let (body, after) = after.split_once(END).with_context(|| format!("{name} has no end"))?;
        blocks.push((name, body.trim()));
        rest = after;
    }
    Ok(blocks)
}

/// The document with other texts in its blocks.
fn fill(document: &str, fresh: &[(&str, &str)]) -> Result<String> {
    let old = blocks(document)?;
    let names = |blocks: &[(&str, &str)]| {
        let mut names: Vec<String> = blocks.iter().map(|(name, _)| (*name).to_owned()).collect();
        names.sort();
        names
    };
    if names(&old) != names(fresh) {
        let (old, fresh) = (names(&old).join("; "), names(fresh).join("; "));
        bail!("{DOCUMENT} has the blocks {old}, and the program gives {fresh}");
    }
    let mut filled = document.to_owned();
    for (name, text) in fresh {
        let begin = format!("{BEGIN}{name}{NAME_END}");
        let (before, after) = filled.split_once(&begin).context("a block that was there")?;
        let (_, after) = after.split_once(END).context("a block that ended")?;
        filled = format!("{before}{begin}\n\n{text}\n\n{END}{after}");
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_come_between_the_words_and_change_nothing_else() {
        let document = "# Title\n\n<!-- generated: a -->\nold\n<!-- end -->\n\nWords.\n\n\
                        <!-- generated: b -->\n<!-- end -->\n";
        let printed = "<!-- generated: b -->\nsecond\n<!-- end -->\n\
                       <!-- generated: a -->\n| 1 |\n<!-- end -->\n";
        let filled = fill(document, &blocks(printed).unwrap()).unwrap();
        assert_eq!(
            filled,
            "# Title\n\n<!-- generated: a -->\n\n| 1 |\n\n<!-- end -->\n\nWords.\n\n\
             <!-- generated: b -->\n\nsecond\n\n<!-- end -->\n"
        );
        assert_eq!(fill(&filled, &blocks(printed).unwrap()).unwrap(), filled);
    }

    #[test]
    fn blocks_of_other_names_are_refused() {
        let document = "<!-- generated: a -->\n<!-- end -->";
        assert!(fill(document, &[]).is_err());
        assert!(fill(document, &[("b", "")]).is_err());
        assert!(blocks("<!-- generated: a -->\n").is_err());
    }

    #[test]
    fn every_block_of_the_document_has_figures() {
        let document = fs::read_to_string(root().join(DOCUMENT)).unwrap();
        let found = blocks(&document).unwrap();
        assert!(found.len() > 10, "{found:?}");
        for (name, text) in found {
            assert!(text.contains("\n|---|"), "{name} has no table");
        }
    }
}

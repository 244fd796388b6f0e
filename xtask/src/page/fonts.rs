//! The faces of the page, from npm into `public/fonts/`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::files::{content_hash, read, write};
use crate::node::{node, npm_ci};
use crate::process::{root, run};

/// One family: its npm package and the files of it that the page names.
struct Family {
    name: &'static str,
    /// Subset, axes and style, as fontsource spells them.
    files: &'static [&'static str],
}

/// Titles in other scripts fall back to the system's faces.
const FAMILIES: &[Family] = &[
    Family {
        name: "archivo",
        files: &[
            "latin-wght-normal",
            "latin-ext-wght-normal",
            "latin-wdth-normal",
            "latin-ext-wdth-normal",
        ],
    },
    Family {
        name: "literata",
        files: &[
            "latin-wght-normal",
            "latin-wght-italic",
            "latin-ext-wght-normal",
            "latin-ext-wght-italic",
            "cyrillic-wght-normal",
            "cyrillic-wght-italic",
        ],
    },
];

/// Made by `www/subset.mjs`: what the first view is written in.
const FIRST: [&str; 4] = [
    "archivo-first-normal.woff2",
    "archivo-first-narrow.woff2",
    "literata-first-normal.woff2",
    "literata-first-italic.woff2",
];

/// Fills `public/fonts/`, which git ignores, with the pinned files and their licences,
/// and with what is made of them.
///
/// # Errors
///
/// Passes on a failure of npm, and names a file that a package does not have.
pub(crate) fn copy_fonts() -> Result<()> {
    let www = root().join("www");
    npm_ci(&www)?;
    let fonts = root().join("public").join("fonts");
    fs::create_dir_all(&fonts).with_context(|| format!("cannot create {}", fonts.display()))?;
    for Family { name, files } in FAMILIES {
        let package = www.join("node_modules").join("@fontsource-variable").join(name);
        for file in *files {
            let file = format!("{name}-{file}.woff2");
            copy_if_changed(&package.join("files").join(&file), &fonts.join(&file))?;
        }
        copy_if_changed(&package.join("LICENSE"), &fonts.join(format!("{name}-LICENSE.txt")))?;
    }
    make_first(&www, &fonts)
}

/// Runs `www/subset.mjs`, unless it and the fonts are those of the last time.
fn make_first(www: &Path, fonts: &Path) -> Result<()> {
    let made = www.join("node_modules").join(".first");
    let stamp = made.join(".made-of");
    let recipe = read(&www.join("subset.mjs"))? + &read(&www.join("package-lock.json"))?;
    let recipe = content_hash(recipe.as_bytes());
    if !fs::read_to_string(&stamp).is_ok_and(|made_of| made_of == recipe) {
        fs::create_dir_all(&made).with_context(|| format!("cannot create {}", made.display()))?;
        run(node(www)?.arg(www.join("subset.mjs")).arg(&made))?;
        write(&stamp, recipe.as_bytes())?;
    }
    FIRST.iter().try_for_each(|file| copy_if_changed(&made.join(file), &fonts.join(file)))
}

/// Leaves an equal file alone, so that nothing downstream sees it as new.
fn copy_if_changed(from: &Path, to: &Path) -> Result<()> {
    let bytes = fs::read(from).with_context(|| format!("cannot read {}", from.display()))?;
    if fs::read(to).is_ok_and(|present| present == bytes) {
        return Ok(());
    }
    write(to, &bytes)
}

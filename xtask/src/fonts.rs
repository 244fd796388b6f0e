//! The faces of the page, from npm into `public/fonts/`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::node::npm_ci;
use crate::process::root;

/// One family: its npm package and the files of it that the page names.
struct Family {
    name: &'static str,
    /// Subset, axes and style, as fontsource spells them.
    files: &'static [&'static str],
}

/// Titles in other scripts fall back to the system's faces.
const FAMILIES: &[Family] = &[
    Family { name: "archivo", files: &["latin-wdth-normal", "latin-ext-wdth-normal"] },
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

/// Fills `public/fonts/`, which git ignores, with the pinned files and their licences.
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
    Ok(())
}

/// Leaves an equal file alone, so that nothing downstream sees it as new.
fn copy_if_changed(from: &Path, to: &Path) -> Result<()> {
    let bytes = fs::read(from).with_context(|| format!("cannot read {}", from.display()))?;
    if fs::read(to).is_ok_and(|present| present == bytes) {
        return Ok(());
    }
    fs::write(to, bytes).with_context(|| format!("cannot write {}", to.display()))
}

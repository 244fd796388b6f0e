//! The figures that the page opens on get a name that changes with their content.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::postbuild::content_hash;

/// Relative to the page, as `index.html` names it.
const FIGURES: &str = "published/published.bin";

/// Renames the figures and tells the page: a new program never reads an older
/// visit's figures out of the browser's cache, which has another layout.
///
/// On a finished page there is nothing to rename.
///
/// # Errors
///
/// Names the file that cannot be read or renamed, and says so when the page does
/// not name the figures.
pub(crate) fn version_figures(dist: &Path, html: &str) -> Result<String> {
    let from = dist.join(FIGURES);
    if !from.exists() {
        return Ok(html.to_owned());
    }
    let bytes = fs::read(&from).with_context(|| format!("cannot read {FIGURES}"))?;
    let (stem, extension) = FIGURES.rsplit_once('.').context("the figures have an extension")?;
    let versioned = format!("{stem}-{}.{extension}", content_hash(&bytes));
    let renamed = html.replace(FIGURES, &versioned);
    if renamed == html {
        bail!("index.html does not name {FIGURES}, which the page opens on");
    }
    fs::rename(&from, dist.join(&versioned)).with_context(|| format!("cannot rename {FIGURES}"))?;
    Ok(renamed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_are_renamed_once_and_the_page_names_them() {
        let dist = std::env::temp_dir().join(format!("xtask-figures-{}", std::process::id()));
        fs::create_dir_all(dist.join("published")).unwrap();
        fs::write(dist.join(FIGURES), b"foobar").unwrap();
        let page = version_figures(&dist, "<link href=\"./published/published.bin\">").unwrap();
        assert_eq!(page, "<link href=\"./published/published-85944171f73967e8.bin\">");
        assert!(dist.join("published/published-85944171f73967e8.bin").exists());
        assert_eq!(version_figures(&dist, &page).unwrap(), page, "a finished page stays");
        fs::write(dist.join(FIGURES), b"foobar").unwrap();
        assert!(version_figures(&dist, "<p>").is_err());
        fs::remove_dir_all(dist).unwrap();
    }
}

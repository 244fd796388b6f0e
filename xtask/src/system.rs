//! What comes from the system's own packages: a browser, and Node.js where it is missing.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::process::{capture, command, run, succeeds};

/// A Chromium for the browser tests, installed where this is Debian and we are root.
///
/// `CARTO_CHROMIUM` names another one.
///
/// # Errors
///
/// One line that says what to install.
pub(crate) fn chromium() -> Result<PathBuf> {
    if let Some(chosen) = std::env::var_os("CARTO_CHROMIUM") {
        return Ok(chosen.into());
    }
    if let Some(found) = find_chromium() {
        return Ok(found);
    }
    // With the faces that stand in for the page's own, as nearly every system has them.
    if apt_install(&["chromium", "fonts-liberation"])?
        && let Some(found) = find_chromium()
    {
        return Ok(found);
    }
    bail!(
        "the browser tests need Chromium: install it (Debian: apt-get install chromium) \
         or set CARTO_CHROMIUM to its path"
    )
}

fn find_chromium() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let in_path = names
        .iter()
        .flat_map(|name| std::env::split_paths(&path).map(move |dir| dir.join(name)))
        .find(|candidate| candidate.is_file());
    let bundles = [
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];
    in_path.or_else(|| bundles.iter().map(PathBuf::from).find(|bundle| bundle.is_file()))
}

/// Installs Debian packages; `false` where this is not Debian or we are not root.
///
/// # Errors
///
/// Passes on a failure of `apt-get`.
pub(crate) fn apt_install(packages: &[&str]) -> Result<bool> {
    if !is_root() || !succeeds(command("apt-get").arg("--version")) {
        return Ok(false);
    }
    println!("installing {} with apt-get", packages.join(" and "));
    run(command("apt-get").args(["update", "-qq"]))?;
    run(command("apt-get")
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["install", "-y", "-qq", "--no-install-recommends"])
        .args(packages))?;
    Ok(true)
}

fn is_root() -> bool {
    cfg!(unix) && capture(command("id").arg("-u")).is_ok_and(|uid| uid.trim() == "0")
}

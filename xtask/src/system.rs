//! What comes from the system's own packages: browsers, and Node.js where it is missing.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::process::{capture, command, run, succeeds};

/// A browser for the tests, or the program that drives it.
struct Browser {
    /// What a person calls it.
    name: &'static str,
    /// The environment variable that names another one.
    variable: &'static str,
    /// Names of the program, the best one first.
    programs: &'static [&'static str],
    /// Other programs that the tests start with it.
    helpers: &'static [&'static str],
    /// Where it lies outside `PATH`.
    bundles: &'static [&'static str],
    /// The Debian packages that hold it and its helpers.
    packages: &'static [&'static str],
}

const CHROMIUM: Browser = Browser {
    name: "Chromium",
    variable: "CARTO_CHROMIUM",
    programs: &["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"],
    helpers: &[],
    bundles: &[
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ],
    // With the faces that stand in for the page's own, as nearly every system has them.
    packages: &["chromium", "fonts-liberation"],
};

const FIREFOX: Browser = Browser {
    name: "Firefox",
    variable: "CARTO_FIREFOX",
    programs: &["firefox-esr", "firefox"],
    helpers: &[],
    bundles: &["/Applications/Firefox.app/Contents/MacOS/firefox"],
    packages: &["firefox-esr"],
};

/// The driver knows where its own browser lies, which opens a window: hence the display.
const WEBKIT_DRIVER: Browser = Browser {
    name: "WebKitWebDriver",
    variable: "CARTO_WEBKIT_DRIVER",
    programs: &["WebKitWebDriver"],
    helpers: &["Xvfb"],
    bundles: &[],
    packages: &["webkit2gtk-driver", "xvfb"],
};

/// A Chromium for the browser tests, installed where this is Debian and we are root.
///
/// `CARTO_CHROMIUM` names another one.
///
/// # Errors
///
/// One line that says what to install.
pub(crate) fn chromium() -> Result<PathBuf> {
    CHROMIUM
        .find_or_install()?
        .with_context(|| format!("the browser tests need {}", CHROMIUM.how_to_get()))
}

/// A Firefox for the tests in other browsers, installed where this is Debian and we are root.
///
/// `CARTO_FIREFOX` names another one. Where there is none, a printed line says what to install.
///
/// # Errors
///
/// Passes on a failure of `apt-get`.
pub(crate) fn firefox() -> Result<Option<PathBuf>> {
    FIREFOX.find_or_say()
}

/// The driver of `WebKitGTK` for the tests in other browsers, installed where this is Debian and
/// we are root.
///
/// `CARTO_WEBKIT_DRIVER` names another one. Where there is none, a printed line says what to
/// install.
///
/// # Errors
///
/// Passes on a failure of `apt-get`.
pub(crate) fn webkit_driver() -> Result<Option<PathBuf>> {
    WEBKIT_DRIVER.find_or_say()
}

impl Browser {
    fn find_or_say(&self) -> Result<Option<PathBuf>> {
        let found = self.find_or_install()?;
        if found.is_none() {
            println!("some browser tests are left out: they need {}", self.how_to_get());
        }
        Ok(found)
    }

    fn find_or_install(&self) -> Result<Option<PathBuf>> {
        if let Some(chosen) = std::env::var_os(self.variable) {
            return Ok(Some(chosen.into()));
        }
        if let Some(found) = self.find() {
            return Ok(Some(found));
        }
        Ok(if apt_install(self.packages)? { self.find() } else { None })
    }

    fn find(&self) -> Option<PathBuf> {
        let has_helpers = self.helpers.iter().all(|helper| find_in_path(&[helper]).is_some());
        let bundles = || self.bundles.iter().map(PathBuf::from).find(|bundle| bundle.is_file());
        find_in_path(self.programs).or_else(bundles).filter(|_| has_helpers)
    }

    fn how_to_get(&self) -> String {
        let packages = self.packages.join(" ");
        format!(
            "{}: install it (Debian: apt-get install {packages}) or set {} to its path",
            self.name, self.variable
        )
    }
}

/// The first of `names` that is a file in a folder of `PATH`.
fn find_in_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    names
        .iter()
        .flat_map(|name| std::env::split_paths(&path).map(move |dir| dir.join(name)))
        .find(|candidate| candidate.is_file())
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

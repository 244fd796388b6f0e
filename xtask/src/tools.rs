//! Trunk, wasm-bindgen and the wasm target of the toolchain.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::install::installed;
use crate::process::{capture, cargo, command, run, succeeds};

/// The target of everything that runs in the browser.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// A program that is built from the crate registry.
struct CargoTool {
    name: &'static str,
    version: &'static str,
    binary: &'static str,
    /// Whether to build with the lock file that its authors shipped.
    locked: bool,
}

const TRUNK: CargoTool =
    CargoTool { name: "trunk", version: "0.21.14", binary: "trunk", locked: true };

/// Must equal the `wasm-bindgen` that the page links; a test below compares them.
const WASM_BINDGEN: CargoTool = CargoTool {
    name: "wasm-bindgen-cli",
    version: "0.2.130",
    binary: "wasm-bindgen-test-runner",
    // Its lock file names a version that the registry no longer offers.
    locked: false,
};

/// The folder that holds `trunk`.
pub(crate) fn trunk() -> Result<PathBuf> {
    TRUNK.bin_dir()
}

/// The folder that holds `wasm-bindgen` and `wasm-bindgen-test-runner`.
pub(crate) fn wasm_bindgen() -> Result<PathBuf> {
    WASM_BINDGEN.bin_dir()
}

impl CargoTool {
    fn bin_dir(&self) -> Result<PathBuf> {
        let proof =
            Path::new("bin").join(format!("{}{}", self.binary, std::env::consts::EXE_SUFFIX));
        let home = installed(self.name, self.version, &proof, |partial| self.install(partial))?;
        Ok(home.join("bin"))
    }

    fn install(&self, to: &Path) -> Result<()> {
        println!("building {} {} once for this machine", self.name, self.version);
        let mut install = cargo(&["install", self.name, "--version", self.version, "--root"]);
        install.arg(to);
        if self.locked {
            install.arg("--locked");
        }
        install
            // Without a lock file, take the newest dependencies that our toolchain can build.
            .env("CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS", "fallback")
            // A shared target folder would keep gigabytes of a build that is needed once.
            .env_remove("CARGO_TARGET_DIR")
            .env_remove("CARGO_BUILD_TARGET_DIR");
        run(&mut install)
    }
}

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
    use crate::process::root;

    #[test]
    fn wasm_bindgen_is_the_version_that_the_page_links() {
        let lock = std::fs::read_to_string(root().join("Cargo.lock")).unwrap();
        let pinned = format!("name = \"wasm-bindgen\"\nversion = \"{}\"", WASM_BINDGEN.version);
        assert!(lock.replace('\r', "").contains(&pinned), "Cargo.lock has another wasm-bindgen");

        let trunk = std::fs::read_to_string(root().join("Trunk.toml")).unwrap();
        assert!(trunk.contains(&format!("wasm_bindgen = \"{}\"", WASM_BINDGEN.version)));
    }
}

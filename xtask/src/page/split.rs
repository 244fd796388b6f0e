//! The program of the page, cut into what a visit loads at once and what is loaded when it
//! is needed first.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use wasm_split_cli_support::{Options, transform};

use super::bindings::bind;
use super::files::{read, write};

/// By which name the program imports the script that loads its chunks. wasm-bindgen writes
/// it into its own script, once as an address and once as a key; the address is replaced.
const LOADER: &str = "chunks";

/// As [`bind`], for a program whose linker was told to keep its relocations: what is
/// reached from a function with `#[wasm_split(CHUNK)]` and from nowhere else becomes
/// `NAME_split_CHUNK.wasm`, which `NAME_chunks.js` loads. Returns the paths of the chunks.
///
/// # Errors
///
/// As [`bind`], and where the program has no relocations or nothing to split.
pub(crate) fn split_and_bind(compiled: &Path, name: &str, out: &Path) -> Result<Vec<PathBuf>> {
    let parts = out.join(".parts");
    let program =
        fs::read(compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    let main = parts.join(format!("{name}.wasm"));
    let main_module = format!("./{name}.js");
    let mut options = Options::new(&program);
    options.output_dir = &parts;
    options.main_out_path = &main;
    options.link_name = LOADER;
    options.main_module = &main_module;
    let split = transform(options)
        .map_err(|error| anyhow!("cannot split {}: {error:?}", compiled.display()))?;
    if split.split_modules.is_empty() {
        bail!("{} has no chunk: no function is marked with wasm_split", compiled.display());
    }
    bind(&main, name, true, out)?;
    let script = out.join(format!("{name}.js"));
    let glue = with_loader(&read(&script)?, name)?;
    write(&script, glue.as_bytes())?;
    let mut loader = read(&parts.join(LOADER))?;
    let mut chunks = Vec::new();
    for part in split.split_modules {
        let file = part.file_name().unwrap_or_default().to_string_lossy().into_owned();
        loader = loader.replace(&format!("\"./{file}\""), &format!("\"./{name}_{file}\""));
        let chunk = out.join(format!("{name}_{file}"));
        fs::rename(&part, &chunk).with_context(|| format!("cannot move {}", part.display()))?;
        chunks.push(chunk);
    }
    write(&out.join(format!("{name}_{LOADER}.js")), loader.as_bytes())?;
    fs::remove_dir_all(&parts).with_context(|| format!("cannot remove {}", parts.display()))?;
    Ok(chunks)
}

/// The script of wasm-bindgen, which takes the loader from its file.
fn with_loader(glue: &str, name: &str) -> Result<String> {
    let address = |quote| format!("from {quote}{LOADER}{quote}");
    let found = ["'", "\""].map(address).into_iter().find(|from| glue.contains(from.as_str()));
    let from = found.with_context(|| format!("{name}.js does not import {LOADER}"))?;
    if glue.matches(from.as_str()).count() != 1 {
        bail!("{name}.js imports {LOADER} more than once");
    }
    Ok(glue.replace(&from, &format!("from './{name}_{LOADER}.js'")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_the_loader_changes_and_its_key_does_not() {
        let glue = "import * as import1 from \"chunks\"\n\"chunks\": import1,";
        let expected = "import * as import1 from './page_chunks.js'\n\"chunks\": import1,";
        assert_eq!(with_loader(glue, "page").unwrap(), expected);
        assert_eq!(
            with_loader(&glue.replace('"', "'"), "page").unwrap(),
            expected.replace('"', "'")
        );
    }

    #[test]
    fn a_script_without_the_loader_or_with_two_is_refused() {
        let words = |glue| format!("{:#}", with_loader(glue, "page").unwrap_err());
        assert!(words("import 'other'").contains("page.js does not import chunks"));
        assert!(words("from 'chunks' from 'chunks'").contains("more than once"));
    }

    #[test]
    fn a_program_without_relocations_is_refused() {
        let dir = std::env::temp_dir().join(format!("xtask-split-{}", std::process::id()));
        let compiled = dir.join("page.wasm");
        write(&compiled, b"\0asm\x01\0\0\0").unwrap();
        let words =
            format!("{:#}", split_and_bind(&compiled, "page", &dir.join("out")).unwrap_err());
        fs::remove_dir_all(dir).unwrap();
        assert!(words.contains("page.wasm"), "{words}");
    }
}

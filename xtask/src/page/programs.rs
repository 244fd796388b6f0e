//! The programs of the page: which there are, and how they are compiled.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, thread};

use anyhow::{Context, Result};

use super::bindings::{bind, optimise};
use super::files::{content_hash, read_folder, write};
use super::split::split_and_bind;
use crate::install::WASM_TARGET;
use crate::node::BINARYEN;
use crate::process::{cargo, run, target_dir};

/// A program that runs in the browser.
pub(crate) struct Program {
    /// The binary, and the beginning of its files' names.
    pub(crate) name: &'static str,
    package: &'static str,
    /// Arguments of wasm-opt.
    wasm_opt: &'static [&'static str],
}

/// What `index.html` starts; the only program that is split.
pub(crate) const APP: &str = "osu-cartography";

/// What most programs get. The compiler has optimised them: wasm-opt's own higher levels
/// take two to four times as long, and what comes out is no smaller after gzip.
///
/// Sorted by name, functions that were made of one generic stand together, which gzip
/// makes two hundredths of the whole of.
const USUAL: &[&str] = &["-O1", "--reorder-functions-by-name"];
/// A first visit waits for it: 0.4 % less after gzip.
const SMALLEST: &[&str] = &["-Os", "--reorder-functions-by-name"];
/// Its products address memory by sums, which may then be part of the instruction.
const ENCODER: &[&str] = &["-O1", "--reorder-functions-by-name", "--low-memory-unused"];

const MANIFEST: &str = include_str!("../../Cargo.toml");

/// All programs. The app comes with the page; the others are loaded when the page
/// starts them, by a script of their own, whose name stands in a `<meta>`.
pub(crate) const PROGRAMS: [Program; 13] = [
    Program { name: APP, package: "osu-cartography", wasm_opt: SMALLEST },
    Program { name: "carto-worker", package: "carto-worker", wasm_opt: USUAL },
    Program { name: "carto-audio-worker", package: "carto-audio-worker", wasm_opt: USUAL },
    Program { name: "carto-results-worker", package: "carto-results-worker", wasm_opt: USUAL },
    Program { name: "carto-folders", package: "carto-folders", wasm_opt: SMALLEST },
    Program { name: "carto-beatmaps-view", package: "carto-beatmaps-view", wasm_opt: USUAL },
    Program { name: "carto-beatmaps-worker", package: "carto-beatmaps-worker", wasm_opt: USUAL },
    Program { name: "carto-song-view", package: "carto-song-view", wasm_opt: USUAL },
    Program { name: "carto-song-worker", package: "carto-song-worker", wasm_opt: USUAL },
    Program { name: "carto-mapper-view", package: "carto-mapper-view", wasm_opt: USUAL },
    Program { name: "carto-mapper-worker", package: "carto-mapper-worker", wasm_opt: USUAL },
    Program { name: "carto-encoder", package: "carto-encoder-worker", wasm_opt: ENCODER },
    Program { name: "carto-encoder-relaxed", package: "carto-encoder-worker", wasm_opt: ENCODER },
];

/// How programs are compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Small and fast: what is published.
    Release,
    /// Soon there: what one works with.
    Dev,
}

impl Profile {
    fn cargo_name(self) -> &'static str {
        match self {
            Self::Release => "web",
            Self::Dev => "dev",
        }
    }

    /// The folder in cargo's own that holds its programs.
    fn folder(self) -> &'static str {
        match self {
            Self::Release => "web",
            Self::Dev => "debug",
        }
    }
}

/// The files of one program by name: `NAME.js`, `NAME_bg.wasm`, chunks, and snippets.
pub(crate) type ProgramFiles = BTreeMap<String, Vec<u8>>;

/// Compiles all programs and gives each the JavaScript that starts it; the result is in
/// the order of [`PROGRAMS`].
///
/// What did not change since the last call is taken from it.
///
/// # Errors
///
/// Passes on the first step that fails.
pub(crate) fn build_programs(profile: Profile) -> Result<Vec<ProgramFiles>> {
    compile(profile)?;
    in_parallel(&PROGRAMS, |program| finish(program, profile))
}

/// In one call, so that a dependency is compiled once with the features of all.
fn compile(profile: Profile) -> Result<()> {
    let mut build = cargo(&["build", "--target", WASM_TARGET, "--profile", profile.cargo_name()]);
    for program in &PROGRAMS {
        build.args(["--package", program.package, "--bin", program.name]);
    }
    run(&mut build)
}

fn finish(program: &Program, profile: Profile) -> Result<ProgramFiles> {
    let compiled = target_dir()
        .join(WASM_TARGET)
        .join(profile.folder())
        .join(format!("{}.wasm", program.name));
    let bytes =
        fs::read(&compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    let out = target_dir().join("page").join(profile.folder()).join(program.name);
    let args = program.wasm_opt.join(" ");
    // The libraries' versions stand in the manifest.
    let sources = [include_str!("bindings.rs"), include_str!("split.rs"), MANIFEST];
    let how = content_hash(sources.concat().as_bytes());
    let recipe = format!("{}, {how}, wasm-opt {BINARYEN} {args}", content_hash(&bytes));
    let stamp = out.join(".made-of");
    if fs::read_to_string(&stamp).is_ok_and(|made_of| made_of == recipe) {
        return read_folder(&out);
    }
    if out.exists() {
        fs::remove_dir_all(&out).with_context(|| format!("cannot remove {}", out.display()))?;
    }
    let mut parts = match program.name {
        APP => split_and_bind(&compiled, program.name, &out)?,
        name => {
            bind(&compiled, name, false, &out)?;
            Vec::new()
        }
    };
    parts.push(out.join(format!("{}_bg.wasm", program.name)));
    if profile == Profile::Release {
        parts.iter().try_for_each(|part| optimise(part, program.wasm_opt))?;
    }
    write(&stamp, recipe.as_bytes())?;
    read_folder(&out)
}

/// Applies `work` to all items, as many at a time as there are processors.
fn in_parallel<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let next = AtomicUsize::new(0);
    let results: Vec<Mutex<Option<Result<R>>>> = items.iter().map(|_| Mutex::new(None)).collect();
    let n_threads = thread::available_parallelism().map_or(1, usize::from).min(items.len());
    thread::scope(|scope| {
        for _ in 0..n_threads {
            scope.spawn(|| {
                while let Some(idx) = Some(next.fetch_add(1, Ordering::Relaxed))
                    && let Some(item) = items.get(idx)
                {
                    let result = work(item);
                    if let Ok(mut slot) = results[idx].lock() {
                        *slot = Some(result);
                    }
                }
            });
        }
    });
    let taken = results.into_iter().map(|slot| slot.into_inner().ok().flatten());
    taken.map(|result| result.context("a thread of the build stopped")?).collect()
}

//! The page: its programs, styles, scripts and files, put together into one folder.

pub(crate) mod assemble;
pub(crate) mod bindings;
mod cite;
pub(crate) mod files;
mod first_chart;
mod fonts;
mod html;
mod kept_files;
pub(crate) mod policy;
mod programs;
mod split;

use std::path::PathBuf;

use anyhow::Result;

use crate::install::ensure_wasm_target;
use crate::node::binaryen;
use crate::process::{root, target_dir};
use assemble::{Extras, assemble};
use cite::{Source, cite};
use files::{PageFiles, content_hash, read};
use fonts::copy_fonts;
use programs::{Profile, build_programs};

/// Where the page that is published lies.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// Builds the page that is published into `dist/`, installing what is missing first.
///
/// # Errors
///
/// Passes on the first step that fails.
pub(crate) fn build() -> Result<()> {
    build_with(Extras::default())
}

/// The same with more files, and another `index.html`.
///
/// # Errors
///
/// As [`build`].
pub(crate) fn build_with(extras: Extras) -> Result<()> {
    prepare()?;
    binaryen()?;
    let programs = build_programs(Profile::Release)?;
    let mut extras = extras;
    extras.files.extend(citation()?);
    assemble(&root(), programs, extras)?.write_to(&dist())
}

/// How to cite the page, and its licence.
fn citation() -> Result<Vec<(String, Vec<u8>)>> {
    let template = read(&root().join("www/cite.html"))?;
    let html = cite(&template, env!("CARGO_PKG_VERSION"), &Source::of_checkout())?;
    Ok(vec![
        ("cite.html".to_owned(), html.into_bytes()),
        ("CITATION.cff".to_owned(), read(&root().join("CITATION.cff"))?.into_bytes()),
        ("LICENSE.txt".to_owned(), read(&root().join("LICENSE"))?.into_bytes()),
    ])
}

/// Where the page that one works with lies.
pub(crate) fn dev_dist() -> PathBuf {
    target_dir().join("page").join("dev-dist")
}

/// Builds the page unoptimised into [`dev_dist`]; an open page that was built so
/// loads itself anew.
///
/// # Errors
///
/// As [`build`].
pub(crate) fn build_dev() -> Result<()> {
    let programs = build_programs(Profile::Dev)?;
    let reload = "<script src=\"./reload.js\"></script>";
    let mut own_files = citation()?;
    own_files.push(("reload.js".to_owned(), include_bytes!("reload.js").to_vec()));
    let extras = Extras {
        files: own_files,
        edits: vec![("</head>".to_owned(), format!("{reload}</head>"))],
        is_kept: false,
    };
    let mut files = assemble(&root(), programs, extras)?;
    let version = version(&files);
    files.insert("version.txt", version.into_bytes())?;
    files.write_to(&dev_dist())
}

/// Changes whenever a file does: every one but the page itself has its version in its
/// name, which stands in the page.
fn version(files: &PageFiles) -> String {
    let index = files.iter().find(|(name, _)| *name == "index.html");
    content_hash(index.map_or(&[], |(_, bytes)| bytes))
}

/// What a build needs beside the compiler.
///
/// # Errors
///
/// Passes on what cannot be installed.
pub(crate) fn prepare() -> Result<()> {
    ensure_wasm_target()?;
    copy_fonts()
}

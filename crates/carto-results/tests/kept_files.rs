//! Files that earlier versions wrote are read, and written again to the same bytes.
//!
//! `tests/kept` was written by version 0.1.0 at commit `5abdcf3` from seven archives of the
//! demo set and an encoder of random weights. A file there changes only where the way in
//! which numbers are written changes, and then the commit says why.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

use std::fs;
use std::path::{Path, PathBuf};

use carto_results::{
    RunResult, compare_html, export_files, make_link, read_any, read_link, read_result,
    write_result,
};

fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kept").join(name)
}

fn text(name: &str) -> String {
    fs::read_to_string(kept(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn result() -> RunResult {
    read_result(&text("result.json")).unwrap()
}

fn published() -> RunResult {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/published/published.json");
    read_result(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Fails at the first line that differs, with both.
fn assert_same(name: &str, now: &str) {
    let then = text(name);
    for (idx, (now, then)) in now.lines().zip(then.lines()).enumerate() {
        assert_eq!(now, then, "line {} of {name}", idx + 1);
    }
    assert_eq!(now.len(), then.len(), "{name}");
}

#[test]
fn a_result_file_is_read_and_written_to_the_same_bytes() {
    assert_same("result.json", &write_result(&result()));
}

#[test]
fn tables_layouts_and_methods_are_what_they_were() {
    let files = export_files(&result()).unwrap();
    let mut n_compared = 0;
    for file in files.iter().filter(|file| !file.name.ends_with(".svg")) {
        assert_same(&file.name, &file.text);
        n_compared += 1;
    }
    assert_eq!(n_compared, fs::read_dir(kept("")).unwrap().count() - KEPT_BESIDES.len());
}

/// Kept, and no file of an export.
const KEPT_BESIDES: [&str; 4] =
    ["link.txt", "link_names.txt", "link_published.txt", "compare.html"];

#[test]
fn published_layouts_are_read_again() {
    let names = ["track_a_results.json", "track_b_results.json", "synthesis_results.json"];
    let texts: Vec<_> = names.map(|name| (name, text(name))).into_iter().collect();
    let texts: Vec<_> = texts.iter().map(|(name, text)| (*name, &**text)).collect();
    let read = read_any(&texts).unwrap();
    let whole = result();
    assert_eq!(read.track_a, whole.track_a);
    let means = |result: &RunResult| -> Vec<f64> {
        result.track_b.iter().flat_map(|track| &track.dims).map(|dim| dim.pearson_mean).collect()
    };
    assert_eq!(means(&read), means(&whole));
    assert_eq!(means(&read).len(), 32);
}

#[test]
fn links_are_what_they_were_and_say_what_they_said() {
    for (name, result, has_names) in [
        ("link.txt", result(), false),
        ("link_names.txt", result(), true),
        ("link_published.txt", published(), false),
    ] {
        let then = text(name);
        assert_eq!(make_link(&result, has_names).unwrap().fragment, then, "{name}");
        let read = read_link(&then).unwrap();
        assert_eq!(read.parameters.mode, result.parameters.mode, "{name}");
        let n_latents = |result: &RunResult| result.track_b.as_ref().map(|track| track.dims.len());
        assert_eq!(n_latents(&read), n_latents(&result), "{name}");
    }
}

#[test]
fn two_results_differ_as_they_did() {
    assert_same("compare.html", &compare_html(&result(), &published()));
}

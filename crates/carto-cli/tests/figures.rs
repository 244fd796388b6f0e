//! `carto figures` as other tools call it.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod shared;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use shared::carto;

fn published() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/published/published.json")
}

fn figures(result: &Path, out: &Path, more: &[&str]) -> Output {
    let more: Vec<&Path> = more.iter().map(Path::new).collect();
    carto(&[&["figures".as_ref(), result, "--out".as_ref(), out], &more[..]].concat())
}

/// Width and height, as a PNG file's head has them.
fn size_of(png: &[u8]) -> [u32; 2] {
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    [16, 20].map(|at| u32::from_be_bytes(png[at..at + 4].try_into().unwrap()))
}

/// The page's files of a result come from `export_files` too.
#[test]
fn the_figures_are_those_that_the_page_saves() {
    let out = tempfile::tempdir().unwrap();
    let output = figures(&published(), out.path(), &["--png", "--scale", "2"]);
    assert!(output.status.success(), "{output:?}");
    let result = carto_results::read_result(&fs::read_to_string(published()).unwrap()).unwrap();
    let mut names = Vec::new();
    for file in carto_results::export_files(&result).unwrap() {
        let Some(stem) = file.name.strip_suffix(".svg") else { continue };
        let svg = fs::read_to_string(out.path().join(&file.name)).unwrap();
        assert!(svg == file.text, "{}", file.name);
        for (face, generic) in [("Archivo", "sans-serif"), ("Literata", "serif")] {
            let families = svg.split("font-family=\"").skip(1).filter(|it| it.starts_with(face));
            let lists: Vec<_> = families.map(|it| it.split_once('"').unwrap().0).collect();
            assert!(!lists.is_empty(), "{} has no {face}", file.name);
            assert!(lists.iter().all(|list| list.ends_with(&format!(", {generic}"))), "{lists:?}");
        }
        let px = |name: &str| -> u32 {
            let (_, rest) = svg.split_once(&format!("{name}=\"")).unwrap();
            rest.split_once('"').unwrap().0.parse().unwrap()
        };
        let png = fs::read(out.path().join(format!("{stem}.png"))).unwrap();
        assert_eq!(size_of(&png), [px(" width"), px(" height")].map(|px| px * 2), "{stem}");
        names.extend([file.name.clone(), format!("{stem}.png")]);
    }
    assert!(names.len() >= 6, "{names:?}");
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), names.len());
}

#[test]
fn without_a_wish_there_are_no_pictures() {
    let out = tempfile::tempdir().unwrap();
    let output = figures(&published(), out.path(), &[]);
    assert!(output.status.success(), "{output:?}");
    let is_svg = |path: PathBuf| path.extension().is_some_and(|ending| ending == "svg");
    assert!(fs::read_dir(out.path()).unwrap().all(|entry| is_svg(entry.unwrap().path())));
    for more in [&["--scale", "2"][..], &["--png", "--scale", "0"], &["--png", "--scale", "9"]] {
        assert_eq!(figures(&published(), out.path(), more).status.code(), Some(2), "{more:?}");
    }
}

#[test]
fn what_is_no_result_is_refused_by_its_name_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (odd, out) = (folder.path().join("odd.json"), folder.path().join("out"));
    for text in ["{}", "nonsense", "{\"format\": \"carto-result/9\"}"] {
        fs::write(&odd, text).unwrap();
        let output = figures(&odd, &out, &["--png"]);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("odd.json") && said.lines().count() == 1, "{said}");
        assert!(!out.exists());
    }
    let missing = figures(&folder.path().join("none.json"), &out, &[]);
    let said = String::from_utf8_lossy(&missing.stderr).into_owned();
    assert!(said.contains("none.json cannot be read"), "{said}");
}

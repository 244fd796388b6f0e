//! `carto analyze --cache`: the same files as without, from what an earlier run kept.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod shared;

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use shared::{carto, json};

/// All files of a run by name, times aside.
fn analyze(library: &Path, cache: Option<&Path>) -> Vec<(String, String)> {
    let out = tempfile::tempdir().unwrap();
    let mut args = vec!["analyze".as_ref(), library, "--out".as_ref(), out.path()];
    args.extend(cache.into_iter().flat_map(|cache| ["--cache".as_ref(), cache]));
    let run = carto(&args);
    assert!(run.status.success(), "{run:?}");
    let mut files: Vec<_> = fs::read_dir(out.path()).unwrap().map(|file| file.unwrap()).collect();
    files.sort_by_key(fs::DirEntry::file_name);
    let text = |file: &fs::DirEntry| {
        let name = file.file_name().into_string().unwrap();
        if name != "report.json" {
            return (name, fs::read_to_string(file.path()).unwrap());
        }
        let mut report = json(&file.path());
        report["timings"] = serde_json::Value::Null;
        (name, report.to_string())
    };
    files.iter().map(text).collect()
}

/// Damages an archive, and leaves its size and time as they were.
fn damage_unseen(path: &Path) {
    let modified = fs::metadata(path).unwrap().modified().unwrap();
    let n_bytes = fs::metadata(path).unwrap().len() as usize;
    fs::write(path, vec![0; n_bytes]).unwrap();
    fs::File::options().write(true).open(path).unwrap().set_modified(modified).unwrap();
}

#[test]
fn the_second_run_reads_no_archive_and_a_changed_one_is_noticed() {
    let (library, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    assert!(carto(&["demo".as_ref(), "--out".as_ref(), library.path()]).status.success());
    let plain = analyze(library.path(), None);
    assert_eq!(analyze(library.path(), Some(cache.path())), plain);

    // What is not read cannot be missed.
    let archives: Vec<_> =
        fs::read_dir(library.path()).unwrap().map(|file| file.unwrap().path()).collect();
    assert!(archives.len() > 12);
    archives.iter().for_each(|path| damage_unseen(path));
    assert_eq!(analyze(library.path(), Some(cache.path())), plain);

    // Another time alone makes it another file.
    let later = SystemTime::now() + Duration::from_secs(5);
    fs::File::options().write(true).open(&archives[0]).unwrap().set_modified(later).unwrap();
    let changed = analyze(library.path(), Some(cache.path()));
    assert_ne!(changed, plain);
    let report = &changed.iter().find(|(name, _)| name == "report.json").unwrap().1;
    assert!(report.contains(archives[0].file_name().unwrap().to_str().unwrap()));

    fs::remove_dir_all(cache.path()).unwrap();
    fs::create_dir(cache.path()).unwrap();
    assert_ne!(analyze_fails(library.path(), cache.path()), "", "a cleared cache is gone");
}

/// What a run says that finds nothing to compare.
fn analyze_fails(library: &Path, cache: &Path) -> String {
    let out = tempfile::tempdir().unwrap();
    let args: [&Path; 6] =
        ["analyze".as_ref(), library, "--out".as_ref(), out.path(), "--cache".as_ref(), cache];
    let run = carto(&args);
    assert!(!run.status.success(), "{run:?}");
    String::from_utf8(run.stderr).unwrap()
}

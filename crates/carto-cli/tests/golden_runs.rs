//! Whole runs against the published program's, table by table.
//!
//! Goldens were written by osu-dreamer-cartography @ `7ec522b`; never edit
//! one by hand, and never loosen a tolerance to make this pass.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod shared;

use std::path::Path;

use serde_json::Value;
use shared::{carto, folder, json};

/// Every number, string and key of a table; numbers within `tolerance`.
fn same(actual: &Value, expected: &Value, tolerance: f64, at: &str, differences: &mut Vec<String>) {
    match (actual, expected) {
        (Value::Object(a), Value::Object(b)) => {
            let (keys_a, keys_b): (Vec<_>, Vec<_>) = (a.keys().collect(), b.keys().collect());
            if keys_a != keys_b {
                differences.push(format!("{at}: keys {keys_a:?}, published {keys_b:?}"));
            }
            for (key, expected) in b {
                same(&a[key], expected, tolerance, &format!("{at}.{key}"), differences);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            if a.len() != b.len() {
                differences.push(format!("{at}: {} items, published {}", a.len(), b.len()));
            }
            for (idx, (a, b)) in a.iter().zip(b).enumerate() {
                same(a, b, tolerance, &format!("{at}[{idx}]"), differences);
            }
        }
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            if (a - b).abs() > tolerance {
                differences.push(format!("{at}: {a}, published {b}"));
            }
        }
        (a, b) if a == b => {}
        (a, b) => differences.push(format!("{at}: {a}, published {b}")),
    }
}

fn check(out: &Path, golden: &Path, name: &str, tolerance: f64) {
    let mut differences = Vec::new();
    let (actual, expected) = (json(&out.join(name)), json(&golden.join(name)));
    assert!(!expected.is_null());
    same(&actual, &expected, tolerance, name, &mut differences);
    let shown = differences.iter().take(20).cloned().collect::<Vec<_>>().join("\n");
    assert!(differences.is_empty(), "{} differences:\n{shown}", differences.len());
}

#[test]
fn the_main_run_agrees_table_by_table() {
    let Some(golden) = folder("golden") else { return };
    let out = tempfile::tempdir().unwrap();
    let archives = golden.join("inputs/osz_main");
    let output = carto(&["analyze".as_ref(), archives.as_ref(), "--out".as_ref(), out.path()]);
    assert!(output.status.success(), "{output:?}");

    let expected = golden.join("runs/main_small_init_mu");
    for name in ["multi_mapper_index.json", "beatmap_registry.json", "encoding_manifest.json"] {
        check(out.path(), &expected, name, 0.0);
    }
    check(out.path(), &expected, "track_a_results.json", 1e-9);
}

//! The command, and where the goldens of the published pipeline lie.
#![allow(dead_code, reason = "each test binary uses its part")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "tests may fail loudly"
)]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// Runs the command.
pub(crate) fn carto(args: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_carto")).args(args).output().unwrap()
}

#[allow(unused_imports, reason = "each test binary uses its part")]
pub(crate) use carto_testkit::{folder, json};

/// Every number, string and key of a table; numbers within `tolerance`.
pub(crate) fn same(
    actual: &Value,
    expected: &Value,
    tolerance: f64,
    at: &str,
    differences: &mut Vec<String>,
) {
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

/// Holds one table of a run against the published one.
pub(crate) fn check(out: &Path, golden: &Path, name: &str, tolerance: f64) {
    let mut differences = Vec::new();
    let (actual, expected) = (json(&out.join(name)), json(&golden.join(name)));
    assert!(!expected.is_null());
    same(&actual, &expected, tolerance, name, &mut differences);
    let shown = differences.iter().take(20).cloned().collect::<Vec<_>>().join("\n");
    assert!(differences.is_empty(), "{} differences:\n{shown}", differences.len());
}

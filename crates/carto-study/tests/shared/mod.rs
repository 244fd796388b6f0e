//! Where the goldens of the published pipeline lie, and how to read them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "tests may fail loudly"
)]

use std::path::{Path, PathBuf};

use serde_json::Value;

/// A folder beside the checkout; `None`, with a line on stderr, where it is not there.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(name);
    if path.is_dir() {
        Some(path)
    } else {
        eprintln!("skipped: ../shared/{name} is not there");
        None
    }
}

pub(crate) fn json(path: &Path) -> Value {
    // The published program writes bare NaN tokens (quirk 67).
    let text = std::fs::read_to_string(path).unwrap().replace("NaN", "null");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A float32 array of two dimensions in C order: its columns and values.
pub(crate) fn npy_f32(path: &Path) -> (usize, Vec<f32>) {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert_eq!(&bytes[..6], b"\x93NUMPY");
    let header_len = usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
    let header = std::str::from_utf8(&bytes[10..10 + header_len]).unwrap();
    assert!(header.contains("'<f4'") && header.contains("'fortran_order': False"), "{header}");
    let shape = header.split('(').nth(1).unwrap().split(')').next().unwrap();
    let n_columns = shape.split(',').nth(1).unwrap().trim().parse().unwrap();
    let values = bytes[10 + header_len..].as_chunks().0;
    (n_columns, values.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect())
}

/// Compares two texts line by line; numbers with a fraction may differ by
/// `tolerance`, everything else is the same: keys, their order, indentation.
///
/// Returns how many such numbers there were.
pub(crate) fn assert_same_text(actual: &str, expected: &str, tolerance: f64, name: &str) -> usize {
    let fraction = |line: &str| {
        let number = line.trim_end_matches(',').rsplit(' ').next()?;
        let number: f64 = number.contains(['.', 'e']).then(|| number.parse().ok())??;
        Some(number)
    };
    let mut n_numbers = 0;
    for (idx, (a, b)) in actual.lines().zip(expected.lines()).enumerate() {
        let at = format!("{name}:{}: {a}, published {b}", idx + 1);
        match (fraction(a), fraction(b)) {
            (Some(x), Some(y)) => {
                assert!((x - y).abs() <= tolerance, "{at}");
                let before = |line: &str| {
                    line.trim_end_matches(',').rfind(' ').map(|i| line[..i].to_owned())
                };
                assert_eq!((before(a), a.ends_with(',')), (before(b), b.ends_with(',')), "{at}");
                n_numbers += 1;
            }
            _ => assert_eq!(a, b, "{at}"),
        }
    }
    assert_eq!(actual.lines().count(), expected.lines().count(), "lines of {name}");
    n_numbers
}

//! `carto convert` and `carto random-encoder` as other tools call them.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod shared;

use std::fs;
use std::path::Path;

use shared::{carto, folder};

/// The length of the header, and the header, of a safetensors file.
fn header(path: &Path) -> (usize, serde_json::Value) {
    let bytes = fs::read(path).unwrap();
    let length = u64::from_le_bytes(bytes[..8].try_into().unwrap()) as usize;
    (bytes.len() - 8 - length, serde_json::from_slice(&bytes[8..8 + length]).unwrap())
}

fn random(out: &Path, seed: &str, hidden_dim: &str) -> std::process::Output {
    let (seed, hidden_dim) = (["--seed", seed], ["--hidden-dim", hidden_dim]);
    let args = ["random-encoder"].into_iter().chain(seed).chain(hidden_dim).chain(["--out"]);
    let args: Vec<&Path> = args.map(Path::new).chain([out]).collect();
    carto(&args)
}

#[test]
fn a_random_encoder_is_marked_and_the_same_for_a_seed() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b, c] = ["a", "b", "c"].map(|name| folder.path().join(name));
    for (path, seed) in [(&a, "5"), (&b, "5"), (&c, "6")] {
        let output = random(path, seed, "24");
        assert!(output.status.success(), "{output:?}");
    }
    assert_eq!(fs::read(&a).unwrap(), fs::read(&b).unwrap());
    assert_ne!(fs::read(&a).unwrap(), fs::read(&c).unwrap());
    let (n_bytes, header) = header(&a);
    assert_eq!(n_bytes, 4 * 36_772);
    assert_eq!(header["__metadata__"]["note"], "untrained, for testing");

    // Converting keeps what it says, and halves it where asked to.
    let half = folder.path().join("half");
    let output = carto(&["convert".as_ref(), &a, &half, "--half".as_ref()]);
    assert!(output.status.success(), "{output:?}");
    let (n_bytes, header) = self::header(&half);
    assert_eq!(n_bytes, 2 * 36_772);
    assert_eq!(header["__metadata__"]["note"], "untrained, for testing");
}

#[test]
fn what_cannot_be_done_is_said_in_one_line_with_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let (picture, out) = (folder.path().join("a.ckpt"), folder.path().join("out"));
    fs::write(&picture, b"\x89PNG\r\n\x1a\n").unwrap();
    let missing = folder.path().join("missing.ckpt");
    for path in [&picture, &missing] {
        let output = carto(&["convert".as_ref(), path, &out]);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains(&path.display().to_string()), "{said}");
    }
    let output = random(&out, "1", "0");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("`h_dim` is 0"), "{output:?}");
    assert!(!out.exists());
    assert_eq!(carto(&["convert".as_ref(), &picture]).status.code(), Some(2));
}

#[test]
fn a_genuine_checkpoint_is_converted_with_its_source() {
    let Some(golden) = folder("golden/checkpoints") else { return };
    let name = "small_init__epoch=0-step=0.ckpt";
    let temporary = tempfile::tempdir().unwrap();
    let out = temporary.path().join("small.safetensors");
    let output = carto(&["convert".as_ref(), &golden.join(name), &out]);
    assert!(output.status.success(), "{output:?}");

    let (n_bytes, ours) = header(&out);
    let (_, theirs) = header(&golden.join("small_init.encoder.safetensors"));
    assert_eq!(n_bytes, 4 * 36_772);
    assert_eq!(ours["__metadata__"]["source_name"], name);
    let listed = shared::json(&golden.join("checkpoints.json"));
    assert_eq!(ours["__metadata__"]["source_sha256"], listed["small_init"]["ckpt_sha256"]);
    let tensors = ours.as_object().unwrap().iter().filter(|(key, _)| *key != "__metadata__");
    let mut n_checked = 0;
    for (key, tensor) in tensors {
        assert_eq!(tensor["shape"], theirs[key]["shape"], "{key}");
        n_checked += 1;
    }
    assert_eq!(n_checked, 92);
}

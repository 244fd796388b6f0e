//! Latents as other tools ask for them: `carto latent`, and what an encoder
//! adds to `carto analyze`.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod shared;

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use shared::{carto, folder, json};
use tempfile::TempDir;

const FILES: [&str; 6] = [
    "latent_manifest.json",
    "track_b_results.json",
    "synthesis_results.json",
    "latent_agreement.svg",
    "synthesis_heatmap.svg",
    "cosine_histogram.svg",
];

/// A folder with the demo set and a small encoder that was never trained.
fn demo() -> (TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (set, encoder) = (folder.path().join("demo"), folder.path().join("tiny.safetensors"));
    assert!(carto(&["demo".as_ref(), "--out".as_ref(), &set]).status.success());
    let random = ["random-encoder", "--seed", "3", "--hidden-dim", "8", "--out"].map(Path::new);
    assert!(carto(&[&random[..], &[&encoder]].concat()).status.success());
    (folder, set, encoder)
}

/// Runs the command with these words, then `--out` and a path.
fn with_out(words: &[&Path], out: &Path) -> Output {
    carto(&[words, &["--out".as_ref(), out]].concat())
}

fn one_line(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

/// The columns and values of a float32 array.
fn floats(bytes: &[u8]) -> (usize, Vec<f32>) {
    let header_len = usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
    let (header, values) = bytes[10..].split_at(header_len);
    let header = std::str::from_utf8(header).unwrap();
    assert!(header.contains("'<f4'") && header.contains("'fortran_order': False"), "{header}");
    let shape = header.split('(').nth(1).unwrap().split(')').next().unwrap();
    let columns = shape.split(',').nth(1).unwrap().trim().parse().unwrap();
    let values = values.as_chunks().0.iter().map(|&bytes| f32::from_le_bytes(bytes));
    (columns, values.collect())
}

#[test]
fn the_demo_set_gets_latents_in_the_same_bytes_whatever_the_number_of_threads() {
    let (folder, set, encoder) = demo();
    let analyze = |threads: &str, more: &[&str]| {
        let out = folder.path().join("out");
        let output = Command::new(env!("CARGO_BIN_EXE_carto"))
            .env("RAYON_NUM_THREADS", threads)
            .args(["analyze".as_ref(), set.as_path(), "--out".as_ref(), &out])
            .args(["--encoder".as_ref(), encoder.as_path()])
            .args(more)
            .output();
        let output = output.unwrap();
        assert!(output.status.success(), "{output:?}");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(said.contains("tiny.safetensors (untrained, for testing)"), "{said}");
        FILES.map(|name| fs::read_to_string(out.join(name)).unwrap())
    };
    let means = analyze("1", &[]);
    assert!(means == analyze("5", &[]));
    assert!(means[3..].iter().all(|svg| svg.contains("Its weights are random")));

    let drawn = analyze("1", &["--sample", "7"]);
    let report = json(&folder.path().join("out/report.json"));
    assert_eq!(report["latent"]["sample_seed"], 7);
    assert!(report["latent"]["maps"].as_u64() >= Some(24));
    assert!(drawn == analyze("5", &["--sample", "7"]));
    let other = analyze("5", &["--sample", "8"]);
    assert_eq!((&drawn[0], &drawn[0]), (&means[0], &other[0]), "who takes part is the same");
    assert!(drawn[1] != means[1] && drawn[1] != other[1]);
}

#[test]
fn no_latents_leaves_their_files_out_and_goes_with_no_word_about_latents() {
    let (folder, set, _) = demo();
    let out = folder.path().join("out");
    let words = ["analyze".as_ref(), set.as_path(), "--no-latents".as_ref()];
    let output = with_out(&words, &out);
    assert!(output.status.success(), "{output:?}");
    assert!(!String::from_utf8_lossy(&output.stdout).contains("latents"), "{output:?}");
    assert!(FILES.iter().all(|name| !out.join(name).exists()));
    assert!(json(&out.join("report.json"))["latent"].is_null());
    // What only latents give a meaning to is wrong usage.
    for more in [["--sample", "7"], ["--device", "cpu"], ["--encoder", "tiny.safetensors"]] {
        let output = with_out(&[&words[..], &more.map(Path::new)].concat(), &out);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        let said = one_line(&output);
        assert!(said.contains("--no-latents") && said.contains(more[0]), "{said}");
    }
    for words in [
        &["latent", "a.osu", "--frames", "100"][..],
        &["latent", "a.osu", "--encoder", "b.safetensors"],
        &["latent", "a.npy", "--encoder", "b.safetensors", "--device", "abacus"],
    ] {
        let words: Vec<_> = words.iter().map(Path::new).collect();
        let output = with_out(&words, &out.join("a.npy"));
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        one_line(&output);
    }
}

#[test]
fn a_wrong_encoder_is_told_in_one_line_before_anything_is_written() {
    let (folder, set, encoder) = demo();
    let bytes = fs::read(&encoder).unwrap();
    let damaged = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    // A key of the same length that no encoder has.
    let key = b"encoder.0.weight";
    let at = bytes.windows(key.len()).position(|part| part == key).unwrap();
    let mut renamed = bytes.clone();
    renamed[at..at + key.len()].copy_from_slice(b"encoder.0.wEight");
    let out = folder.path().join("out");
    for (path, reason) in [
        (damaged("picture.ckpt", b"\x89PNG\r\n\x1a\n"), "neither a PyTorch checkpoint"),
        (damaged("short.safetensors", &bytes[..bytes.len() - 4]), "ends earl"),
        (damaged("renamed.safetensors", &renamed), "`encoder.0.weight`"),
        (folder.path().join("missing.safetensors"), "cannot be read"),
    ] {
        let words = ["analyze".as_ref(), set.as_path(), "--encoder".as_ref(), &path];
        let output = with_out(&words, &out);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let said = one_line(&output);
        assert!(said.contains(&path.display().to_string()) && said.contains(reason), "{said}");
        assert!(!out.exists());
    }
}

#[test]
fn a_signal_gives_its_latents_or_the_reason_why_not() {
    let (folder, _, encoder) = demo();
    let out = folder.path().join("mu.npy");
    let npy = |name: &str, shape: &str, values: &[f32]| {
        let header =
            format!("{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}{:60}\n", "");
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        bytes.extend((header.len() as u16).to_le_bytes());
        bytes.extend(header.bytes().chain(values.iter().flat_map(|value| value.to_le_bytes())));
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let values: Vec<f32> = (0..9 * 100).map(|idx| (idx * 37 % 101) as f32 / 50.0 - 1.0).collect();
    let latent = |input: &Path, more: &[&str]| {
        let words = ["latent".as_ref(), input, "--encoder".as_ref(), encoder.as_path()];
        let more: Vec<_> = more.iter().map(Path::new).collect();
        with_out(&[&words[..], &more].concat(), &out)
    };
    let signal = npy("signal.npy", "(9, 100)", &values);
    let draw = |more: &[&str]| {
        let output = latent(&signal, more);
        assert!(output.status.success(), "{output:?}");
        let (columns, values) = floats(&fs::read(&out).unwrap());
        assert_eq!((columns, values.len()), (6, 32 * 6));
        values
    };
    let mu = draw(&["--frames", "100"]);
    let drawn = draw(&["--sample", "7"]);
    assert_eq!(draw(&["--sample", "7"]), drawn);
    assert!(mu != drawn && draw(&["--sample", "8"]) != drawn);
    assert_eq!(draw(&[]), mu);

    let mut broken = values.clone();
    broken[205] = f32::NAN;
    fs::remove_file(&out).unwrap();
    for (input, more, reason) in [
        (npy("nan.npy", "(9, 100)", &broken), &[][..], "SLIDE has no value at frame 5"),
        (npy("turned.npy", "(100, 9)", &values), &[], "shape is (100, 9)"),
        (npy("empty.npy", "(9, 0)", &[]), &[], "no frames"),
        (npy("huge.npy", "(9, 99999999)", &[]), &[], "limit is"),
        (npy("short.npy", "(9, 101)", &values), &[], "ends early"),
        (signal.clone(), &["--frames", "99"], "100 frames and not 99"),
        (folder.path().join("missing.npy"), &[], "cannot be read"),
        (folder.path().join("missing.osu"), &["--frames", "9"], "cannot be read"),
    ] {
        let output = latent(&input, more);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let said = one_line(&output);
        assert!(said.contains(&input.display().to_string()) && said.contains(reason), "{said}");
        assert!(!out.exists());
    }
}

/// On whatever adapter this machine has; a software one will do. Without one,
/// or built without the feature, the command says what to do.
#[test]
fn a_graphics_processor_gives_the_same_latents_or_says_why_not() {
    let (folder, set, encoder) = demo();
    let analyze = |device: &str| {
        let out = folder.path().join(device);
        let words = ["analyze".as_ref(), set.as_path(), "--encoder".as_ref(), &encoder];
        let output =
            with_out(&[&words[..], &["--device".as_ref(), device.as_ref()]].concat(), &out);
        (out, output)
    };
    let (on_gpu, output) = analyze("gpu");
    if !output.status.success() {
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        assert!(one_line(&output).contains("use --device cpu"), "{output:?}");
        return;
    }
    let report = json(&on_gpu.join("report.json"));
    assert_eq!(report["latent"]["backend"]["kind"], "gpu");
    let (on_cpu, output) = analyze("cpu");
    assert!(output.status.success(), "{output:?}");
    for name in ["latent_manifest.json", "track_b_results.json", "synthesis_results.json"] {
        shared::check(&on_gpu, &on_cpu, name, 1e-4);
    }
}

#[test]
fn golden_maps_and_signals_get_the_published_latents() {
    let Some(golden) = folder("golden") else { return };
    let temporary = tempfile::tempdir().unwrap();
    let (signal, out) = (temporary.path().join("signal.npy"), temporary.path().join("mu.npy"));
    let encoder = golden.join("checkpoints/small_init.encoder.safetensors");
    let index = json(&golden.join("maps/index.json"));
    let index = index.as_array().unwrap().iter();
    let encoded =
        index.filter(|row| row["l"].is_u64() && row["osu"] != "1309__zero_vector_line.osu");
    let mut n_checked = 0;
    for row in encoded.step_by(9) {
        let (osu, frames) = (row["osu"].as_str().unwrap(), row["L"].to_string());
        let name = osu.trim_end_matches(".osu");
        let compressed = File::open(golden.join(format!("maps/enc9/{name}.npy.gz"))).unwrap();
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(compressed).read_to_end(&mut bytes).unwrap();
        fs::write(&signal, bytes).unwrap();
        let (columns, expected) =
            floats(&fs::read(golden.join(format!("maps/mu_small/{name}.npy"))).unwrap());
        let map = golden.join("inputs/osu").join(osu);
        let frames_flag = ["--frames".as_ref(), Path::new(&frames)];
        for (input, more) in [(&signal, &[][..]), (&map, &frames_flag)] {
            let words = ["latent".as_ref(), input.as_path(), "--encoder".as_ref(), &encoder];
            let output = with_out(&[&words[..], more].concat(), &out);
            assert!(output.status.success(), "{output:?}");
            let (found, mu) = floats(&fs::read(&out).unwrap());
            assert_eq!((found, mu.len()), (columns, expected.len()), "{name}");
            let largest = expected.iter().fold(1.0_f32, |largest, z| largest.max(z.abs()));
            for (z, expected) in mu.iter().zip(&expected) {
                // Positions beyond 1e6 leave no room for an absolute tolerance.
                let tolerance = if name.starts_with("1228") { 1e-5 * largest } else { 1e-4 };
                assert!((z - expected).abs() <= tolerance, "{name}: {z}, published {expected}");
            }
            n_checked += 1;
        }
    }
    assert!(n_checked >= 20, "{n_checked}");
}

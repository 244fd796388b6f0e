//! The command as other tools call it: files, exit codes, one line of error.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod shared;

use std::fs;
use std::path::Path;

use shared::{carto, folder, json};

/// Error output without the warnings.
fn error_lines(stderr: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(stderr).into_owned();
    text.lines().filter(|line| !line.contains("warning:")).map(str::to_owned).collect()
}

#[test]
fn the_demo_set_is_analysed_from_end_to_end() {
    let (demo, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let made = carto(&["demo".as_ref(), "--out".as_ref(), demo.path()]);
    assert!(made.status.success(), "{made:?}");
    let analyzed = carto(&["analyze".as_ref(), demo.path(), "--out".as_ref(), out.path()]);
    assert!(analyzed.status.success(), "{analyzed:?}");

    let results = json(&out.path().join("track_a_results.json"));
    let mean = |channel: &str| results["summary"][channel]["pearson_mean"].as_f64().unwrap();
    assert!(results["songs_analyzed"].as_u64() >= Some(12));
    assert!(mean("ONSET") > 0.3, "planted high: {}", mean("ONSET"));
    assert!(mean("X").abs() < 0.1, "planted none: {}", mean("X"));
    let report = json(&out.path().join("report.json"));
    assert_eq!(report["mode"], "osu");
    assert_eq!(report["counts"]["maps_refused"], serde_json::json!({}));
    let svg = fs::read_to_string(out.path().join("cross_mapper_agreement.svg")).unwrap();
    assert!(svg.contains("<svg") && svg.contains("ONSET"));

    // The bundled encoder is in the command: nobody has to name one.
    let said = String::from_utf8_lossy(&analyzed.stdout).into_owned();
    assert!(said.contains("latents by the bundled encoder, encoder.safetensors, sha256"), "{said}");
    let result = json(&out.path().join("result.json"));
    assert_eq!(report["latent"]["encoder"]["origin"], "bundled");
    for encoder in [&report["latent"]["encoder"], &result["parameters"]["encoder"]] {
        assert_eq!(encoder["name"], "encoder.safetensors", "{encoder}");
        assert_eq!(encoder["weights_sha256"].as_str().map(str::len), Some(64), "{encoder}");
    }
    let by_latent = json(&out.path().join("track_b_results.json"));
    assert_eq!(by_latent["songs_analyzed"], results["songs_analyzed"]);
    assert_eq!(by_latent["dim_summary"].as_object().unwrap().len(), 32);
    assert!(json(&out.path().join("synthesis_results.json"))["n_beatmaps_used"].as_u64() > Some(0));
}

#[test]
fn the_same_input_gives_the_same_bytes_whatever_the_number_of_threads() {
    let demo = tempfile::tempdir().unwrap();
    assert!(carto(&["demo".as_ref(), "--out".as_ref(), demo.path()]).status.success());
    let analyze = |threads: &str| {
        let out = tempfile::tempdir().unwrap();
        let status = std::process::Command::new(env!("CARGO_BIN_EXE_carto"))
            .env("RAYON_NUM_THREADS", threads)
            .args(["analyze".as_ref(), demo.path(), "--no-latents".as_ref()])
            .args(["--out".as_ref(), out.path()])
            .status();
        assert!(status.unwrap().success());
        ["track_a_results.json", "encoding_manifest.json", "song_agreement.svg"]
            .map(|name| fs::read(out.path().join(name)).unwrap())
    };
    assert_eq!(analyze("1"), analyze("5"));
}

#[test]
fn wrong_usage_exits_with_2_and_one_line() {
    for args in [&["analyze"][..], &["encode", "x.osu"], &["frobnicate"]] {
        let args: Vec<&Path> = args.iter().map(Path::new).collect();
        let output = carto(&args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert_eq!(error_lines(&output.stderr).len(), 1, "{args:?}: {output:?}");
    }
}

#[test]
fn what_is_written_nearly_right_is_answered_with_what_is_meant() {
    for (args, meant) in [
        (&["analyse", "x"][..], "did you mean `analyze`?"),
        (&["analyze", "x", "--out", "y", "--no-latent"], "did you mean `--no-latents`?"),
        (&["analyze", "x", "--out", "y", "--mode", "publishd"], "did you mean `published`?"),
    ] {
        let args: Vec<&Path> = args.iter().map(Path::new).collect();
        let said = error_lines(&carto(&args).stderr);
        assert!(said.len() == 1 && said[0].contains(meant), "{said:?}");
    }
    let missing = error_lines(&carto(&[Path::new("analyze"), Path::new("x")]).stderr);
    assert!(missing[0].ends_with("see carto analyze --help"), "{missing:?}");
    let odd = ["analyze", "x", "--out", "y", "--mode", "foo"].map(Path::new);
    let odd = error_lines(&carto(&odd).stderr);
    assert!(odd[0].ends_with("see carto analyze --help"), "{odd:?}");
}

#[test]
fn without_arguments_it_says_how_it_is_called_with_three_examples() {
    let output = carto(&[]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("Usage: carto <COMMAND>"), "{said}");
    assert_eq!(said.matches("\n  carto ").count(), 3, "{said}");
}

#[test]
fn the_counts_of_a_run_lead_from_files_to_songs_and_to_the_other_rules() {
    let (demo, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    assert!(carto(&["demo".as_ref(), "--out".as_ref(), demo.path()]).status.success());
    // One archive of a song that nobody else has mapped is left.
    let mut archives: Vec<_> =
        fs::read_dir(demo.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    archives.sort();
    let text = fs::read(&archives[0]).unwrap();
    fs::write(demo.path().join("cut.osz"), &text[..text.len() / 2]).unwrap();
    let [mode, published, no_latents, out_flag] =
        ["--mode", "published", "--no-latents", "--out"].map(Path::new);
    let args = ["analyze".as_ref(), demo.path(), mode, published, no_latents, out_flag, out.path()];
    let output = carto(&args);
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let numbers = |line: &str| -> Vec<usize> {
        line.split(|letter: char| !letter.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect()
    };
    let line = |words: &str| said.lines().find(|line| line.contains(words)).unwrap_or_default();
    let [n_songs, n_alone, n_shared, n_compared, ..] = numbers(line("by two mappers or more"))[..]
    else {
        panic!("{said}")
    };
    assert_eq!(n_songs, n_alone + n_shared, "{said}");
    let results = json(&out.path().join("track_a_results.json"));
    assert_eq!(results["songs_analyzed"].as_u64(), Some(n_compared as u64), "{said}");
    assert!(line("left out").contains("unreadable archive"), "{said}");
}

#[test]
fn nothing_to_analyse_exits_with_1_and_one_line() {
    let (folder, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(folder.path().join("readme.txt"), "no map").unwrap();
    let missing = folder.path().join("not-there");
    for path in [folder.path(), &missing] {
        let output = carto(&["analyze".as_ref(), path, "--out".as_ref(), out.path()]);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(error_lines(&output.stderr).len(), 1, "{output:?}");
    }
}

#[test]
fn broken_files_are_named_and_the_others_analysed() {
    let (input, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    assert!(carto(&["demo".as_ref(), "--out".as_ref(), input.path()]).status.success());
    let first = fs::read_dir(input.path()).unwrap().flatten().next().unwrap().path();
    let archive = fs::read(first).unwrap();
    for (name, bytes) in [
        ("z-truncated.osz", &archive[..archive.len() / 2]),
        ("z-empty.osz", b""),
        ("z-picture.osu", b"\x89PNG\r\n\x1a\n"),
        ("z-picture.osz", b"\x89PNG\r\n\x1a\n"),
    ] {
        fs::write(input.path().join(name), bytes).unwrap();
    }
    let [no_latents, out_flag] = ["--no-latents", "--out"].map(Path::new);
    let output = carto(&["analyze".as_ref(), input.path(), no_latents, out_flag, out.path()]);
    assert!(output.status.success(), "{output:?}");
    let report = json(&out.path().join("report.json"));
    let subjects: Vec<_> = report["issues"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|issue| issue["severity"] == "skipped")
        .map(|issue| issue["subject"].as_str().unwrap().to_owned())
        .collect();
    for name in ["z-truncated.osz", "z-empty.osz", "z-picture.osu", "z-picture.osz"] {
        assert!(subjects.iter().any(|subject| subject.contains(name)), "{name}: {subjects:?}");
    }
    let results = json(&out.path().join("track_a_results.json"));
    assert!(results["songs_analyzed"].as_u64() >= Some(12));
}

#[test]
fn encode_writes_the_published_array_or_says_why_not() {
    let Some(golden) = folder("golden") else { return };
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("a.npy");
    let encode = |name: &str, frames: &str| {
        let map = golden.join("inputs/osu").join(name);
        carto(&[
            "encode".as_ref(),
            &map,
            "--frames".as_ref(),
            frames.as_ref(),
            "--out".as_ref(),
            &file,
        ])
    };
    assert!(encode("1001__Hard.osu", "13375").status.success());
    let bytes = fs::read(&file).unwrap();
    assert_eq!(&bytes[..6], b"\x93NUMPY");
    assert_eq!(bytes.len() % 64, (9 * 13_375 * 4) % 64, "the header fills blocks of 64 bytes");
    let mut expected = Vec::new();
    let golden_file = fs::File::open(golden.join("maps/enc9/1001__Hard.npy.gz")).unwrap();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(golden_file), &mut expected)
        .unwrap();
    let floats = |bytes: &[u8]| -> Vec<f32> {
        let data = &bytes[bytes.len() - 9 * 13_375 * 4..];
        data.as_chunks::<4>().0.iter().map(|chunk| f32::from_le_bytes(*chunk)).collect()
    };
    let worst = floats(&bytes)
        .iter()
        .zip(floats(&expected))
        .map(|(a, b)| (a - b).abs())
        .fold(0.0, f32::max);
    assert!(worst <= 1e-5, "{worst}");

    let refused = encode("1310__overlap_raises.osu", "1000");
    assert_eq!(refused.status.code(), Some(1));
    let lines = error_lines(&refused.stderr);
    assert!(lines.len() == 1 && lines[0].contains("line 27"), "{lines:?}");
}

#[test]
fn audio_frames_prints_the_number_alone() {
    let demo = tempfile::tempdir().unwrap();
    let wav = demo.path().join("a.wav");
    // One second of silence: 44 bytes of header, 16 bit, mono, 16384 Hz.
    let mut bytes = Vec::from(*b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\0\x40\0\0\0\x80\0\0\x02\0\x10\0data\0\x80\0\0");
    bytes.extend([0; 32_768]);
    fs::write(&wav, bytes).unwrap();
    let output = carto(&["audio-frames".as_ref(), &wav]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "168");

    fs::write(&wav, b"not audio").unwrap();
    let output = carto(&["audio-frames".as_ref(), &wav]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(error_lines(&output.stderr).len(), 1);
}

/// As `carto demo --out DIR | true` does.
#[test]
fn a_reader_that_goes_away_stops_nothing() {
    let demo = tempfile::tempdir().unwrap();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_carto"))
        .args(["demo".as_ref(), "--out".as_ref(), demo.path()])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(fs::read_dir(demo.path()).unwrap().count() > 1);
}

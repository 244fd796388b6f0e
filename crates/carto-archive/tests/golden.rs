//! Agreement with the published program and with ffmpeg 5.1.9, which it calls.
//!
//! The goldens lie beside the checkout, with their provenance in
//! `../shared/golden/README.md`; never edit one to make a test pass.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests are tests")]

mod fixtures;

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use carto_archive::audio::{frames_in, resampled_samples};
use carto_archive::{Archive, ArchiveError, AudioError, AudioLength, Limits, ZipRules};
use carto_testkit::folder;
use serde_json::Value;

fn json(path: &Path) -> Vec<Value> {
    match serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap() {
        Value::Array(rows) => rows,
        object => vec![object],
    }
}

fn number(row: &Value, key: &str) -> u64 {
    row[key].as_u64().unwrap_or_else(|| panic!("{key} in {row}"))
}

fn open(path: &Path) -> Result<Archive<File>, ArchiveError> {
    Archive::open(
        File::open(path).unwrap(),
        &path.display().to_string(),
        ZipRules::Python,
        &Limits::default(),
    )
}

fn audio_of(path: &Path, name: &str) -> AudioLength {
    let mut archive = open(path).unwrap();
    let index = archive.last_named(name).unwrap_or_else(|| panic!("{name} in {path:?}")).index;
    archive.audio_length(index).unwrap()
}

fn archives_in(folder: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut archives: Vec<_> =
        files.filter(|path| path.extension() == Some("osz".as_ref())).collect();
    archives.sort();
    archives
}

#[test]
fn every_row_of_the_resampler_agrees() {
    let Some(folder) = folder("golden/frame_count") else { return };
    let table = &json(&folder.join("frame_count.json"))[0];
    let rows = table["B_swr"]["rows"].as_array().unwrap();
    for row in rows {
        let [rate_hz, n_in, n_out] = [0, 1, 2].map(|idx| row[idx].as_u64().unwrap());
        assert_eq!(resampled_samples(n_in, rate_hz as u32), n_out, "{n_in} at {rate_hz} Hz");
    }
    assert_eq!(rows.len(), 99);

    let encoded = table["C_files"].as_array().unwrap();
    for row in encoded {
        let n = resampled_samples(number(row, "native_decoded"), number(row, "sr") as u32);
        assert_eq!(n, number(row, "n16384"), "{row}");
        assert_eq!(frames_in(n).unwrap(), number(row, "L"), "{row}");
    }
    assert_eq!(encoded.len(), 27);

    let lengths = table["A_nnaudio_n_to_L"].as_array().unwrap();
    for row in lengths {
        let n_samples = row[0].as_u64().unwrap();
        assert_eq!(frames_in(n_samples).ok(), row[1].as_u64(), "{n_samples}");
    }
    assert!(!lengths.is_empty());
}

/// `swr_threshold.json`: fractions of the exact quotient up to the first number
/// were rounded down, from the second up, by the published program at that rate.
#[test]
fn the_rounding_thresholds_agree() {
    let Some(folder) = folder("golden/frame_count") else { return };
    let table = &json(&folder.join("swr_threshold.json"))[0];
    let mut n_checked = 0;
    // At 22050 and 24000 Hz there is no single threshold: see `resampled_samples`.
    for rate_hz in [11_025_u64, 32_000, 44_100, 48_000, 96_000] {
        let measured = &table[rate_hz.to_string()];
        let down = measured["max_frac_rounded_down"].as_f64().unwrap();
        let up = measured["min_frac_rounded_up"].as_f64().unwrap();
        for n_native in 5 * rate_hz..5 * rate_hz + 4_000 {
            let (floor, rest) = (n_native * 16_384 / rate_hz, n_native * 16_384 % rate_hz);
            let fraction = rest as f64 / rate_hz as f64;
            let n = resampled_samples(n_native, rate_hz as u32);
            if fraction <= down {
                assert_eq!(n, floor, "{n_native} at {rate_hz} Hz");
            } else if fraction >= up {
                assert_eq!(n, floor + 1, "{n_native} at {rate_hz} Hz");
            }
            n_checked += 1;
        }
    }
    assert!(n_checked > 0);
}

#[test]
fn the_audio_of_every_golden_map_has_its_length() {
    let Some(golden) = folder("golden") else { return };
    let maps = json(&golden.join("maps/index.json"));
    let maps: BTreeMap<_, _> =
        maps.iter().map(|map| ((map["set"].as_str(), map["osu"].as_str()), map)).collect();
    let inputs = json(&golden.join("inputs/inputs.json"));
    for input in &inputs {
        let (set, osu) = (input["set"].as_str(), input["osu"].as_str());
        let archive = format!("inputs/osz_{}/{}", set.unwrap(), input["osz"].as_str().unwrap());
        let length = audio_of(&golden.join(archive), input["audio"].as_str().unwrap());
        let map = maps[&(set, osu)];
        assert_eq!(length.n_samples, number(map, "samples_16384"), "{osu:?}");
        assert_eq!(length.n_frames, number(map, "L"), "{osu:?}");
        assert_eq!(length.warnings, [], "{osu:?}");
    }
    assert_eq!(inputs.len(), 156);
}

#[test]
fn header_counts_agree_with_ffmpeg() {
    let Some(golden) = folder("golden") else { return };
    let inputs = json(&golden.join("inputs/inputs.json"));
    let (mut n_files, mut n_rows) = (0, 0);
    for row in json(&golden.join("frame_count/header_L.json")) {
        let rate_hz = number(&row, "sr") as u32;
        if let (Some(n_packets), Some(per_packet)) = (row["packets"].as_u64(), row["spf"].as_u64())
        {
            let delays = &row["tag"];
            let trimmed =
                delays["delay"].as_u64().unwrap_or(0) + delays["padding"].as_u64().unwrap_or(0);
            assert_eq!(n_packets * per_packet - trimmed, number(&row, "ffmpeg_native"), "{row}");
        }
        let n = resampled_samples(number(&row, "ffmpeg_native"), rate_hz);
        assert_eq!(n, number(&row, "n16384"), "{row}");
        n_rows += 1;

        // The file itself, where a golden archive holds it.
        let stem = row["file"].as_str().unwrap().rsplit_once('.').unwrap().0;
        let holds = |input: &&Value| {
            let (kind, seconds) = (&input["audio_kind"], &input["audio_dur"]);
            kind.as_str().is_some_and(|kind| format!("{kind}_{seconds}") == stem)
        };
        let Some(input) = inputs.iter().find(holds) else { continue };
        let archive = format!(
            "inputs/osz_{}/{}",
            input["set"].as_str().unwrap(),
            input["osz"].as_str().unwrap()
        );
        let length = audio_of(&golden.join(archive), input["audio"].as_str().unwrap());
        assert_eq!(length.n_native_samples, number(&row, "ffmpeg_native"), "{row}");
        assert_eq!(length.sample_rate_hz, rate_hz, "{row}");
        assert_eq!(length.n_frames, number(&row, "L"), "{row}");
        n_files += 1;
    }
    // Three of the 48 are in no archive.
    assert_eq!((n_rows, n_files), (48, 45));
}

#[test]
fn golden_archives_open_or_say_why() {
    let Some(golden) = folder("golden/inputs") else { return };
    let (mut n_open, mut n_audio) = (0, 0);
    for path in
        [archives_in(&golden.join("osz_main")), archives_in(&golden.join("osz_torture"))].concat()
    {
        let mut archive = match open(&path) {
            Err(ArchiveError::NotZip { .. }) if path.ends_with("1409.osz") => continue,
            archive => archive.unwrap(),
        };
        n_open += 1;
        let is_audio = |name: &str| [".mp3", ".ogg", ".wav"].iter().any(|end| name.ends_with(end));
        let audio: Vec<_> =
            archive.entries().iter().filter(|entry| is_audio(&entry.name)).cloned().collect();
        for entry in audio {
            n_audio += 1;
            match archive.audio_length(entry.index) {
                Err(ArchiveError::Audio { error: AudioError::TooShort { .. }, .. })
                    if path.ends_with("1418.osz") => {}
                length => assert_eq!(length.unwrap().warnings, [], "{path:?} {}", entry.name),
            }
        }
    }
    assert_eq!((n_open, n_audio), (159, 157));
}

/// What the 11 archives from the wild give: ffmpeg 5.1.9 gave the same number
/// of samples for each file.
#[test]
fn archives_from_the_wild_are_measured_or_refused() {
    let Some(folder) = folder("osz") else { return };
    let mut lines = Vec::new();
    for path in archives_in(&folder) {
        let mut archive = open(&path).unwrap();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        let audio: Vec<_> = archive
            .entries()
            .iter()
            .filter(|entry| carto_archive::published_accepts_name(&entry.name))
            .cloned()
            .collect();
        for entry in audio {
            let name = &entry.name;
            lines.push(match archive.audio_length(entry.index) {
                Ok(length) => format!("{file} {name} {}", length.n_samples),
                Err(ArchiveError::Audio { error, .. }) => format!("{file} {name}: {error}"),
                Err(error) => panic!("{error}"),
            });
        }
    }
    let expected = [
        "5150-nevo.osz audio.mp3 1939404",
        "circles-peppy-ogg.osz circles.ogg 2286637",
        "conflicting-filenames.osz spinner-osu.ogg 16337",
        "conflicting-filenames.osz track.ogg 16337",
        "favorite-liar-pikaqours.osz audio.mp3 1310839",
        "inferno-monstrata.osz audio.mp3 1466295",
        "odd-entry-name.osz track.ogg: the audio file is empty",
        "odd-entry-name.osz î⌐û{.ogg: the audio file is empty",
        "ogg-beatmap.osz sample.ogg 16337",
        "ogg-beatmap.osz track.ogg 16337",
        "zero-byte-audio.osz audio.mp3: the wav file ends inside its header: download it again",
    ];
    assert_eq!(lines, expected);
}

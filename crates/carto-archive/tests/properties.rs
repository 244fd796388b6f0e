//! What holds for every input.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests are tests")]

mod fixtures;

use std::io::{Cursor, Read, Write};

use carto_archive::{Archive, Limits, ZipRules, write_archive};
use fixtures::{measure_bytes, mp3, mp3_frame, mp3_with_note, ogg};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Small, so that a test that passes them would be slow or large.
const LIMITS: Limits = Limits {
    max_entries: 50,
    max_directory_bytes: 10_000,
    max_osu_bytes: 100_000,
    max_audio_bytes: 200_000,
    max_frames: 100_000,
    max_packed_bytes: 1 << 20,
    max_total_bytes: 1_000_000,
    max_ratio: 100,
    ratio_floor_bytes: 50_000,
};

/// Reads all there is, as a person who drops the file would make us do.
/// Returns how many bytes came out.
fn read_everything(bytes: &[u8]) -> u64 {
    let Ok(mut archive) = Archive::open(Cursor::new(bytes), "set.osz", ZipRules::Osu, &LIMITS)
    else {
        return 0;
    };
    let mut n_bytes = 0;
    for index in 0..archive.entries().len() {
        let content = archive.read_entry(index, LIMITS.max_osu_bytes);
        n_bytes += content.map_or(0, |content| content.len() as u64);
        // An error is fine, a panic is not.
        let _ = archive.audio_length(index);
        let entry = &archive.entries()[index];
        assert!(!entry.extracted_path().split('/').any(|part| part == ".."));
    }
    n_bytes
}

/// Bytes to overwrite: `(place as a fraction, value)`.
fn changes() -> impl Strategy<Value = Vec<(f64, u8)>> {
    prop::collection::vec((0.0..1.0, any::<u8>()), 0..12)
}

fn change(bytes: &mut [u8], changes: &[(f64, u8)]) {
    for &(place, value) in changes {
        let idx = (place * bytes.len() as f64) as usize;
        bytes[idx] = value;
    }
}

fn audio_files() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        Just(mp3_with_note(30, 576, 1_236)),
        Just(mp3(30)),
        Just(ogg::vorbis(44_100, 30, 100)),
        Just(ogg::opus(40, 100)),
        Just(fixtures::wav(1, 44_100, 4, &[0; 60_000])),
        Just(fixtures::flac::flac(44_100, 20_000)),
        Just(fixtures::mp4::fragmented_m4a(&[10, 20, 10])),
        Just(fixtures::mp4::m4a(50, 1_024)),
        Just(fixtures::adts_frame().repeat(40)),
    ]
}

fn files() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    let content = prop::collection::vec(any::<u8>(), 0..2_000);
    prop::collection::vec(("[a-z./夜]{1,12}", content), 0..6)
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..4_000)) {
        read_everything(&bytes);
        let _ = measure_bytes(&bytes);
    }

    #[test]
    fn no_damage_to_an_archive_makes_it_panic_or_grow(
        audio in audio_files(),
        changes in changes(),
        n_kept in 0.0..1.2_f64,
    ) {
        let files = [("a.osu".to_owned(), b"osu file".repeat(30)), ("a.mp3".to_owned(), audio)];
        let mut bytes = write_archive(&files).unwrap();
        change(&mut bytes, &changes);
        let n_kept = (n_kept * bytes.len() as f64) as usize;
        bytes.truncate(n_kept);
        prop_assert!(read_everything(&bytes) <= LIMITS.max_total_bytes);
    }

    #[test]
    fn no_damage_to_audio_makes_it_panic_or_grow(
        mut audio in audio_files(),
        changes in changes(),
        n_cut in 0_usize..1_000,
    ) {
        change(&mut audio, &changes);
        audio.drain(..n_cut.min(audio.len() / 2));
        if let Ok(length) = measure_bytes(&audio) {
            prop_assert!(length.n_frames <= Limits::default().max_frames);
            prop_assert_eq!(length.n_frames, length.n_samples / 98 + 1);
        }
    }

    #[test]
    fn what_is_written_is_read(files in files()) {
        let bytes = write_archive(&files).unwrap();
        let mut archive = Archive::open(Cursor::new(bytes), "set.osz", ZipRules::Osu, &LIMITS).unwrap();
        prop_assert_eq!(archive.entries().len(), files.len());
        for (index, (name, content)) in files.iter().enumerate() {
            prop_assert_eq!(&archive.entries()[index].name, name);
            prop_assert_eq!(&archive.read_entry(index, 10_000).unwrap(), content);
        }
    }

    /// The `zip` crate as oracle, in both directions.
    #[test]
    fn archives_are_the_same_to_others(mut files in files(), is_stored: bool) {
        files.sort();
        files.dedup_by(|a, b| a.0 == b.0);
        let ours = write_archive(&files).unwrap();
        let mut theirs = ZipArchive::new(Cursor::new(ours)).unwrap();
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let method = if is_stored { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        for (index, (name, content)) in files.iter().enumerate() {
            let mut bytes = Vec::new();
            theirs.by_index(index).unwrap().read_to_end(&mut bytes).unwrap();
            prop_assert_eq!(&bytes, content);
            writer.start_file(name, SimpleFileOptions::default().compression_method(method)).unwrap();
            writer.write_all(content).unwrap();
        }
        let bytes = writer.finish().unwrap().into_inner();
        let mut archive = Archive::open(Cursor::new(bytes), "set.osz", ZipRules::Osu, &LIMITS).unwrap();
        for (index, (_, content)) in files.iter().enumerate() {
            prop_assert_eq!(&archive.read_entry(index, 10_000).unwrap(), content);
        }
    }

    /// Frames and zeros in any order: every frame counts, no zero does.
    #[test]
    fn an_mp3_is_as_long_as_its_frames(gaps in prop::collection::vec(0_usize..600, 15..60)) {
        let mut bytes = mp3(4);
        for gap in &gaps {
            bytes.extend(vec![0; *gap]);
            bytes.extend(mp3_frame());
        }
        let length = measure_bytes(&bytes).unwrap();
        prop_assert_eq!(length.n_native_samples, 1_152 * (gaps.len() as u64 + 4));
    }

    #[test]
    fn a_vorbis_file_is_as_long_as_its_last_granule(n_long in 12_usize..200, n_trimmed in 0_i64..1_024) {
        let length = measure_bytes(&ogg::vorbis(44_100, n_long, n_trimmed)).unwrap();
        prop_assert_eq!(length.n_native_samples as i64, 1_024 * n_long as i64 - n_trimmed);
    }
}

//! Any bytes as an archive, by both rules: opened, every `.osu` read, everything measured
//! as audio, every stored entry found in its place; and the same bytes as a bare audio file.
#![no_main]

use std::io::Cursor;

use carto_archive::{Archive, Limits, ZipRules, measure};
use libfuzzer_sys::fuzz_target;

/// Tight, so that a limit that does not hold is seen as a slow or large run.
const LIMITS: Limits = Limits {
    max_entries: 100,
    max_directory_bytes: 64 << 10,
    max_osu_bytes: 1 << 20,
    max_audio_bytes: 2 << 20,
    max_frames: 100_000,
    max_packed_bytes: 1 << 20,
    max_total_bytes: 8 << 20,
    max_ratio: 250,
    ratio_floor_bytes: 1 << 20,
};

fuzz_target!(|bytes: &[u8]| {
    let _ = measure(bytes, bytes.len() as u64, &LIMITS);
    for rules in [ZipRules::Python, ZipRules::Osu] {
        read_all(bytes, rules);
    }
});

fn read_all(bytes: &[u8], rules: ZipRules) {
    let Ok(mut archive) = Archive::open(Cursor::new(bytes), "fuzz.osz", rules, &LIMITS) else {
        return;
    };
    for index in 0..archive.entries().len() {
        let entry = archive.entries()[index].clone();
        assert!(!entry.extracted_path().split('/').any(|part| part == ".."));
        let content = archive.read_entry(index, LIMITS.max_osu_bytes);
        if let Ok(content) = &content {
            assert!(content.len() as u64 <= LIMITS.max_osu_bytes);
        }
        if let Ok(Some(range)) = archive.stored_range(index) {
            assert!(range.end <= bytes.len() as u64);
            let stored = &bytes[range.start as usize..range.end as usize];
            assert!(content.is_err() || content.is_ok_and(|content| content == stored));
        }
        if let Ok(length) = archive.audio_length(index) {
            assert!(length.n_frames <= LIMITS.max_frames);
        }
    }
}

//! The whole study on the demo set: the same bytes natively and in wasm.
//!
//! The same file runs on both targets and holds both against one number, which
//! our own output defines: change it when the demo set or a result changes on
//! purpose.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::io::Cursor;

use carto_protocol::{Mode, RunRecord, SourceKind, Summary};
use carto_study::{DEMO_SEED, compare_song, demo_archives, plan, scan, summarise};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const PUBLISHED: u64 = 15_326_775_444_643_308_178;
const TOLERANT: u64 = 3_981_124_948_569_953_121;

/// The demo set from seed to summary, in memory.
fn study(mode: Mode) -> Summary {
    let files = demo_archives(DEMO_SEED).unwrap();
    let archives: Vec<_> = files
        .iter()
        .map(|file| scan(Cursor::new(&file.bytes), &file.name, SourceKind::Archive, mode))
        .collect();
    let plan = plan(&archives, mode);
    let outcomes = plan.songs.iter().map(|song| {
        let mut open = |slot: usize| Ok(Cursor::new(&files[song.archives[slot] as usize].bytes));
        compare_song(song, mode, &mut open, &mut |_, _| {})
    });
    let outcomes = outcomes.collect();
    summarise(&RunRecord {
        mode,
        archives,
        plan,
        outcomes,
        is_cancelled: false,
        issues: Vec::new(),
        times: Vec::new(),
    })
}

/// FNV-1a, 64 bit, over the names and texts of all files but the report.
fn hash(summary: &Summary) -> u64 {
    let texts = summary.files.iter().flat_map(|file| [&file.name, &file.text]);
    texts.flat_map(|text| text.bytes()).fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[test]
fn the_published_reading_gives_the_same_bytes_everywhere() {
    let summary = study(Mode::Published);
    assert_eq!(summary.files.len(), 6);
    assert_eq!(hash(&summary), PUBLISHED);
}

#[test]
fn the_tolerant_reading_gives_the_same_bytes_everywhere() {
    let summary = study(Mode::Tolerant);
    assert_eq!(summary.track_a.map(|track_a| track_a.songs_analyzed), Some(12));
    assert_eq!(hash(&study(Mode::Tolerant)), TOLERANT);
}

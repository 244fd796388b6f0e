//! The demo set as a whole.

use crate::{DemoArchive, DemoConfig, demo_archives};

#[test]
fn every_song_has_a_small_archive_per_mapper() {
    let archives = demo_archives(&DemoConfig::default());
    assert_eq!(archives.len(), 41);
    let set_ids: Vec<u32> = archives
        .iter()
        .map(|archive| archive.file_name.strip_suffix(".osz").unwrap().parse().unwrap())
        .collect();
    assert!(set_ids.is_sorted_by(|a, b| a < b), "{set_ids:?}");
    for song_number in 1..=12 {
        let n_mappers = set_ids.iter().filter(|&id| (id - 9_000_000) / 100 == song_number).count();
        assert!((3..=5).contains(&n_mappers), "song {song_number}: {n_mappers}");
    }
    let n_bytes: usize = archives.iter().map(size).sum();
    assert!(n_bytes < 3_000_000, "{n_bytes} bytes");
    for archive in &archives {
        let (audio_name, audio) = archive.files.last().unwrap();
        assert_eq!(audio_name, "audio.mp3");
        assert!(audio.len() > 50_000);
        let maps = &archive.files[..archive.files.len() - 1];
        assert!((1..=2).contains(&maps.len()));
        for (name, bytes) in maps {
            assert!(name.ends_with(".osu") && !name.contains(['/', '\\', ':', '?']), "{name}");
            assert!(std::str::from_utf8(bytes).unwrap().contains("AudioFilename: audio.mp3\r\n"));
        }
    }
}

#[test]
fn the_number_of_mappers_can_be_chosen() {
    for (n_mappers, expected) in [(0, 1), (1, 1), (5, 5), (9, 5)] {
        let config = DemoConfig { n_songs: 1, n_mappers: Some(n_mappers), ..DemoConfig::default() };
        assert_eq!(demo_archives(&config).len(), expected);
    }
}

/// Pins every byte: page and command, and every platform, must make the same
/// set. Changing it is fine when the demo is meant to change.
#[test]
fn the_default_set_is_always_the_same() {
    let archives = demo_archives(&DemoConfig::default());
    assert_eq!(format!("{:016x}", fnv1a(&archives)), "e38d2f8684fa5d88");
}

#[test]
fn another_seed_makes_another_set() {
    let hash_of =
        |seed| fnv1a(&demo_archives(&DemoConfig { seed, n_songs: 1, ..DemoConfig::default() }));
    assert_eq!(hash_of(1), hash_of(1));
    assert_ne!(hash_of(1), hash_of(2));
}

fn size(archive: &DemoArchive) -> usize {
    archive.files.iter().map(|(_, bytes)| bytes.len()).sum()
}

/// FNV-1a with 64 bits over names and contents, a zero byte after each.
fn fnv1a(archives: &[DemoArchive]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |bytes: &[u8]| {
        for &byte in bytes.iter().chain(&[0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for archive in archives {
        add(archive.file_name.as_bytes());
        for (name, bytes) in &archive.files {
            add(name.as_bytes());
            add(bytes);
        }
    }
    hash
}

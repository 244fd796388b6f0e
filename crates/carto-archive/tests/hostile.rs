//! What a broken or malicious archive meets: a named error, soon, and no harm
//! to the other entries.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests are tests")]

mod fixtures;

use std::io::Cursor;
use std::time::{Duration, Instant};

use carto_archive::zip::DirectoryFault;
use carto_archive::{
    Archive, ArchiveError, AudioError, EntryFault, Limits, ZipRules, write_archive,
};
use fixtures::{mp3, ogg};

const LIMIT: u64 = 32 << 20;

fn open(bytes: Vec<u8>) -> Result<Archive<Cursor<Vec<u8>>>, ArchiveError> {
    Archive::open(Cursor::new(bytes), "set.osz", ZipRules::Osu, &Limits::default())
}

fn pack(name: &str, content: &[u8]) -> Vec<u8> {
    write_archive(&[(name.to_owned(), content.to_vec())]).unwrap()
}

fn fault_of<T: std::fmt::Debug>(result: Result<T, ArchiveError>) -> EntryFault {
    match result.unwrap_err() {
        ArchiveError::Entry { archive, fault, .. } => {
            assert_eq!(archive, "set.osz");
            fault
        }
        error => panic!("{error}"),
    }
}

/// Where the record of the only entry begins in the directory.
fn directory_start(bytes: &[u8]) -> usize {
    bytes.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap()
}

/// Runs `test`, which must be over within a second.
fn soon<T>(test: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = test();
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    result
}

#[test]
fn an_archive_cut_off_anywhere_is_refused() {
    let files =
        [("a.osu".to_owned(), b"osu file format v14".to_vec()), ("a.mp3".to_owned(), mp3(20))];
    let bytes = write_archive(&files).unwrap();
    assert!(matches!(open(vec![]), Err(ArchiveError::Empty { .. })));
    for n in (7..bytes.len()).step_by(7) {
        let error = soon(|| open(bytes[..n].to_vec()).map(drop)).unwrap_err();
        assert!(matches!(error, ArchiveError::CutShort { .. }), "{n}: {error}");
        assert_eq!(error.to_string(), "set.osz ends early: download it again");
    }
}

#[test]
fn other_files_are_no_archives() {
    for bytes in [b"this is not a zip".to_vec(), vec![0; 100_000], b"\x89PNG\r\n\x1a\n".to_vec()] {
        assert!(matches!(open(bytes), Err(ArchiveError::NotZip { .. })));
    }
}

#[test]
fn a_corrupted_directory_is_named() {
    let bytes = pack("a.osu", b"content");
    let start = directory_start(&bytes);

    let mut no_signature = bytes.clone();
    no_signature[start] = b'X';
    // The directory is said to begin 40 bytes later: only a part of the record.
    let mut cut = bytes.clone();
    let n = bytes.len();
    cut[n - 10] -= 40;
    cut[n - 6] += 40;
    cut.copy_within(start..start + 11, start + 40);
    let mut misplaced = bytes.clone();
    misplaced[n - 10..n - 6].copy_from_slice(&u32::MAX.to_le_bytes());
    for (bytes, expected) in [
        (no_signature, DirectoryFault::BadSignature { index: 0 }),
        (cut, DirectoryFault::CutShort { index: 0 }),
        (misplaced, DirectoryFault::Misplaced),
    ] {
        match soon(|| open(bytes)) {
            Err(ArchiveError::Directory { fault, .. }) => assert_eq!(fault, expected),
            other => panic!("{expected:?}: {other:?}"),
        }
    }
}

#[test]
fn too_many_entries_and_too_large_a_directory_are_refused() {
    let files: Vec<_> = (0..100).map(|idx| (format!("{idx}.osu"), vec![])).collect();
    let bytes = write_archive(&files).unwrap();
    let few = Limits { max_entries: 99, ..Limits::default() };
    let small = Limits { max_directory_bytes: 1_000, ..Limits::default() };
    for (limits, expected) in [
        (few, DirectoryFault::TooManyEntries { limit: 99 }),
        (small, DirectoryFault::TooLarge { size_bytes: 5_190, limit_bytes: 1_000 }),
    ] {
        match Archive::open(Cursor::new(bytes.clone()), "set.osz", ZipRules::Osu, &limits) {
            Err(ArchiveError::Directory { fault, .. }) => assert_eq!(fault, expected),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_bomb_is_stopped_by_its_ratio() {
    let bytes = pack("a.osu", &vec![0; 30 << 20]);
    let mut archive = open(bytes).unwrap();
    let fault = soon(|| fault_of(archive.read_entry(0, LIMIT)));
    assert_eq!(fault, EntryFault::RatioTooHigh { limit: 250 });
    // Sound that is passed over on the way to its tables.
    let m4a = [
        fixtures::mp4::mp4_box(b"ftyp", b"M4A "),
        fixtures::mp4::mp4_box(b"mdat", &vec![0; 30 << 20]),
    ];
    let mut archive = open(pack("a.mp3", &m4a.concat())).unwrap();
    let fault = soon(|| fault_of(archive.audio_length(0)));
    assert_eq!(fault, EntryFault::RatioTooHigh { limit: 250 });
}

#[test]
fn many_small_bombs_are_stopped_by_their_total() {
    let files: Vec<_> = (0..10).map(|idx| (format!("{idx}.osu"), vec![0; 1 << 20])).collect();
    let limits = Limits { max_total_bytes: 5 << 20, ..Limits::default() };
    let source = Cursor::new(write_archive(&files).unwrap());
    let mut archive = Archive::open(source, "set.osz", ZipRules::Osu, &limits).unwrap();
    let results: Vec<_> = (0..10).map(|idx| archive.read_entry(idx, LIMIT)).collect();
    assert!(results[..5].iter().all(Result::is_ok));
    for result in results.into_iter().skip(5) {
        assert_eq!(fault_of(result), EntryFault::TotalTooLarge { limit_bytes: 5 << 20 });
    }
}

#[test]
fn names_that_climb_are_only_labels() {
    let mut archive = open(pack("../../x.osu", b"content")).unwrap();
    let entry = &archive.entries()[0];
    assert_eq!((entry.name.as_str(), entry.extracted_path()), ("../../x.osu", "x.osu".to_owned()));
    assert_eq!(archive.read_entry(0, LIMIT).unwrap(), b"content");
}

/// Overwrites four bytes in the directory record of the only entry.
fn with_field(mut bytes: Vec<u8>, offset: usize, value: u32) -> Vec<u8> {
    let start = directory_start(&bytes) + offset;
    bytes[start..start + 4].copy_from_slice(&value.to_le_bytes());
    bytes
}

const CHECKSUM: usize = 16;
const PACKED_SIZE: usize = 20;
const SIZE: usize = 24;
const LOCAL_OFFSET: usize = 42;

#[test]
fn four_gigabytes_are_declared_in_vain() {
    let bytes = with_field(pack("a.osu", b"content"), SIZE, u32::MAX - 1);
    let fault = soon(|| fault_of(open(bytes.clone()).unwrap().read_entry(0, LIMIT)));
    assert_eq!(fault, EntryFault::TooLarge { limit_bytes: LIMIT });
    // Even a caller without a limit gets only what is there.
    let fault = soon(|| fault_of(open(bytes).unwrap().read_entry(0, u64::MAX)));
    assert_eq!(fault, EntryFault::CutShort);
}

#[test]
fn sizes_and_places_that_lie_are_named() {
    let bytes = pack("a.osu", &b"content".repeat(20));
    for (offset, value, expected) in [
        (SIZE, 3, EntryFault::BadChecksum),
        (SIZE, 300, EntryFault::CutShort),
        (PACKED_SIZE, 3, EntryFault::CutShort),
        (CHECKSUM, 3, EntryFault::BadChecksum),
        (LOCAL_OFFSET, 3, EntryFault::Misplaced),
        (LOCAL_OFFSET, u32::MAX - 1, EntryFault::Misplaced),
    ] {
        let mut archive = open(with_field(bytes.clone(), offset, value)).unwrap();
        assert_eq!(fault_of(archive.read_entry(0, LIMIT)), expected);
    }
}

#[test]
fn damaged_data_is_named() {
    let mut bytes = pack("a.osu", &b"content".repeat(20));
    // Behind the local header and the name: a block of a type that is reserved.
    bytes[30 + 5] = 0xff;
    let error = open(bytes).unwrap().read_entry(0, LIMIT).unwrap_err();
    let expected = "set.osz: a.osu: its compressed data is damaged: download the archive again";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn encryption_and_other_methods_are_named() {
    let mut encrypted = pack("a.osu", b"content");
    let start = directory_start(&encrypted);
    encrypted[start + 8] |= 1;
    assert_eq!(fault_of(open(encrypted).unwrap().read_entry(0, LIMIT)), EntryFault::Encrypted);

    let mut lzma = pack("a.osu", b"content");
    lzma[start + 10] = 14;
    let fault = fault_of(open(lzma).unwrap().read_entry(0, LIMIT));
    assert_eq!(fault, EntryFault::UnsupportedMethod { method: 14 });
}

#[test]
fn audio_that_is_none_is_named_with_its_entry() {
    for (content, expected) in [
        (b"".to_vec(), "set.osz: a.mp3: the audio file is empty"),
        (
            [b"\x89PNG\r\n\x1a\n".as_slice(), &[9; 3_000]].concat(),
            "set.osz: a.mp3: this is no audio file that we know (mp3, ogg, wav, flac, m4a, aac)",
        ),
    ] {
        let error = open(pack("a.mp3", &content)).unwrap().audio_length(0).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn audio_cut_off_anywhere_never_fails_in_another_way() {
    for whole in [ogg::vorbis(44_100, 20, 0), ogg::opus(30, 0), fixtures::mp4::m4a(40, 0), mp3(15)]
    {
        for n in (1..whole.len()).step_by(7) {
            match fixtures::measure_bytes(&whole[..n]) {
                Ok(_)
                | Err(
                    AudioError::NotAudio
                    | AudioError::Truncated { .. }
                    | AudioError::TooShort { .. },
                ) => {}
                Err(error) => panic!("{n}: {error}"),
            }
        }
    }
}

#[test]
fn one_bad_entry_leaves_the_others_readable() {
    let files =
        [("a.osu".to_owned(), b"content".repeat(9)), ("b.osu".to_owned(), b"good".to_vec())];
    let mut bytes = write_archive(&files).unwrap();
    bytes[30 + 5] = 0xff;
    let mut archive = open(bytes).unwrap();
    assert!(archive.read_entry(0, LIMIT).is_err());
    assert_eq!(archive.read_entry(1, LIMIT).unwrap(), b"good");
    let error = archive.read_entry(2, LIMIT).unwrap_err();
    assert_eq!(error.to_string(), "set.osz has 2 entries, number 2 was asked for");
}

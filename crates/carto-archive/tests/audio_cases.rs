//! Audio that people really have: cut off, streamed, joined, with foreign bytes inside.
//!
//! What is expected of the fixtures was worked out by the rules of ffmpeg 5.1, and for
//! mp3 and flac checked with ffmpeg 5.1.9 itself; the files in `../shared/cases` say
//! theirs, from the same program.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests are tests")]

mod fixtures;

use std::fs;

use carto_archive::{AudioFormat, AudioLength, AudioWarning};
use carto_testkit::folder;
use fixtures::ogg::{SMALL_BLOCKS, vorbis_of_blocks};
use fixtures::*;

fn measured(bytes: &[u8]) -> AudioLength {
    measure_bytes(bytes).unwrap()
}

#[test]
fn the_shared_files_are_as_long_as_ffmpeg_makes_them() {
    let Some(folder) = folder("cases/audio") else { return };
    let early = vec![AudioWarning::EndsEarly];
    for (name, n_frames, warnings) in [
        ("total-0.flac", 2_341, vec![]),
        ("cut-in-half.flac", 1_066, early),
        ("fragmented.m4a", 2_345, vec![]),
        ("5k-junk-in-the-middle.mp3", 2_337, vec![AudioWarning::FramesLost { n_frames: 2 }]),
        ("chained-other-rate.ogg", 4_018, vec![AudioWarning::FormatChanges]),
    ] {
        let length = measured(&fs::read(folder.join(name)).unwrap());
        assert_eq!((length.n_frames, length.warnings), (n_frames, warnings), "{name}");
    }
    let length = measured(&fs::read(folder.join("id3-size-too-small.mp3")).unwrap());
    assert_eq!(length.n_frames, 2_389);
    assert!(length.warnings.contains(&AudioWarning::FormatChanges));
}

#[test]
fn a_flac_that_states_no_length_is_walked() {
    let streamed = [flac::head(22_050, 0), flac::frames(100_000).concat()].concat();
    let length = measured(&streamed);
    assert_eq!((length.format, length.n_native_samples), (AudioFormat::Flac, 100_000));
    assert_eq!((length.sample_rate_hz, length.warnings), (22_050, vec![]));
}

#[test]
fn a_flac_that_was_cut_off_counts_its_whole_frames() {
    let whole = flac::flac(44_100, 100_000);
    for n_cut in [1, 2, 3, 100, 1_500] {
        let length = measured(&whole[..whole.len() - n_cut]);
        assert_eq!(length.n_native_samples, 24 * 4_096, "{n_cut} bytes cut");
        assert_eq!(length.warnings, [AudioWarning::EndsEarly]);
    }
    // Cut between two frames only the stated length tells.
    let frames = flac::frames(100_000);
    let length = measured(&[flac::head(44_100, 100_000), frames[..10].concat()].concat());
    assert_eq!((length.n_native_samples, length.warnings), (40_960, vec![AudioWarning::EndsEarly]));
}

#[test]
fn a_flac_counts_what_is_damaged_and_nothing_that_is_foreign() {
    let frames = flac::frames(20 * 4_096);
    let file = |parts: &[&[u8]]| [&[&flac::head(44_100, 0)[..]], parts].concat().concat();
    let junk = vec![0xff; 5_000];
    let all = frames.concat();
    for tail in [&[0; 300][..], b"TAG and more of it", b"APETAGEX\xd0\x07\0\0"] {
        assert_eq!(measured(&file(&[&all, tail])).n_native_samples, 20 * 4_096);
    }
    let between = file(&[&frames[..9].concat(), &junk, &frames[9..].concat()]);
    assert_eq!(measured(&between).n_native_samples, 20 * 4_096);
    let inside = file(&[&all[..50_000], &junk, &all[50_000..]]);
    assert_eq!(measured(&inside).n_native_samples, 20 * 4_096);
    let mut damaged = all.clone();
    damaged[100_000] ^= 0x55;
    assert_eq!(measured(&file(&[&damaged])).n_native_samples, 20 * 4_096);
    let missing = file(&[&frames[..5].concat(), &frames[8..].concat()]);
    assert_eq!(measured(&missing).n_native_samples, 17 * 4_096);
}

#[test]
fn packets_of_a_fragmented_m4a_are_added_up() {
    let bytes = mp4::fragmented_m4a(&[20, 30, 10, 5]);
    let length = measured(&bytes);
    // The edit takes one packet off.
    assert_eq!((length.n_native_samples, length.warnings), (64 * 1_024, vec![]));
    let cut = measured(&bytes[..bytes.len() - 20]);
    assert_eq!((cut.n_native_samples, cut.warnings), (64 * 1_024, vec![AudioWarning::EndsEarly]));
    let without = mp4::fragmented_m4a(&[]);
    assert!(measure_bytes(&without).unwrap_err().to_string().contains("no packet"));
}

/// Foreign bytes make packets of their own, and a packet is as long for the clock as the
/// frames before it, whatever a chance header in it says: that decides where the padding
/// at the end begins.
#[test]
fn padding_is_found_by_the_packets() {
    let (start, end) = (mp3(100), mp3(100));
    let whole = mp3_with_note(200, 576, 1_236);
    let note = &whole[..417];
    let junk = [b"foreign bytes".to_vec(), mp1_frame(), b"and more".to_vec()].concat();
    let length = measured(&[note, &start[..], &junk, &end].concat());
    // One frame is lost with the foreign bytes before it.
    assert_eq!(length.n_native_samples, PADDED_WITH_JUNK);
    assert_eq!(length.warnings, [AudioWarning::FramesLost { n_frames: 1 }]);
}

/// Samples that ffmpeg 5.1.9 decodes of it.
const PADDED_WITH_JUNK: u64 = 227_436;

/// A frame gets the rate of the one before it, so a change costs a frame its rate.
#[test]
fn a_frame_has_the_rate_of_the_frame_before() {
    let mut slow = mp3_frame_of_22050_hz();
    // Stereo, as the others.
    slow[3] = 0x64;
    let length = measured(&[slow.repeat(50), mp3(50)].concat());
    assert_eq!(length.n_native_samples, 50 * 576 + 50 * 1_152);
    assert_eq!(length.n_samples, RATE_THAT_RISES);
    assert_eq!(length.warnings, [AudioWarning::FormatChanges]);
}

/// What ffmpeg 5.1.9 makes of it with `-ac 1 -ar 16384`.
const RATE_THAT_RISES: u64 = 43_211;

/// The demuxer goes on counting by the blocks of the first stream, so that the end of the
/// second is cut only where both have the same.
#[test]
fn a_joined_vorbis_file_of_other_blocks_is_not_cut_at_its_end() {
    let joined = |blocks: u8| {
        let second = vorbis_of_blocks(blocks, 22_050, 40, 300);
        measured(&[ogg::vorbis(44_100, 45, 300), second].concat())
    };
    let first = 45 * 1_024 - 300;
    assert_eq!(joined(ogg::USUAL_BLOCKS).n_native_samples, first + 128 + 40 * 1_024 - 300);
    assert_eq!(joined(SMALL_BLOCKS).n_native_samples, first + 128 + 40 * 512);
}

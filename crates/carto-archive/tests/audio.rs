//! Each format by a file of our own making; what is expected was worked out
//! from its headers, and for real files of each kind compared with ffmpeg 5.1.9.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests are tests")]

mod fixtures;

use carto_archive::{AudioError, AudioFormat, AudioWarning, published_accepts_name};
use fixtures::ogg::{FIRST, LAST, page};
use fixtures::*;

/// Native samples, rate and format.
fn native(bytes: &[u8]) -> (u64, u32, AudioFormat) {
    let length = measure_bytes(bytes).unwrap();
    (length.n_native_samples, length.sample_rate_hz, length.format)
}

#[test]
fn an_mp3_without_a_note_counts_all_frames() {
    assert_eq!(native(&mp3(100)), (115_200, 44_100, AudioFormat::Mp3));
    let slow = mp3_frame_of_22050_hz().repeat(100);
    assert_eq!(native(&slow), (57_600, 22_050, AudioFormat::Mp3));
}

#[test]
fn an_mp3_of_variable_rate_is_walked_frame_by_frame() {
    let bytes = [mp3_frame(), mp3_frame(), mp3_frame_of_320_kbits()].concat().repeat(30);
    assert_eq!(native(&bytes).0, 90 * 1_152);
}

#[test]
fn a_note_takes_itself_the_delay_and_the_padding_off() {
    assert_eq!(native(&mp3_with_note(100, 576, 1_236)).0, 115_200 - 576 - 1_236);
    // Padding below the decoder's own delay is not taken off at the end.
    assert_eq!(native(&mp3_with_note(100, 576, 500)).0, 115_200 - 576 - 529);
    // A note about a hundredth of the file: its count of frames is not believed.
    let joined = [xing_frame(1, 417, 576, 1_000), mp3(100)].concat();
    assert_eq!(native(&joined).0, 115_200 - 576 - 529);
}

#[test]
fn tags_of_any_size_stand_before_and_behind() {
    let ape = b"APETAGEX\xd0\x07\0\0\x10\0\0\0".as_slice();
    let id3v1 = [b"TAG".as_slice(), &[b'x'; 125]].concat();
    let bytes = [id3v2(300_000), id3v2(20), mp3_with_note(100, 576, 1_236)].concat();
    for tail in [&[], ape, &id3v1] {
        let bytes = [&bytes, tail].concat();
        assert_eq!(native(&bytes).0, 115_200 - 576 - 1_236);
    }
}

#[test]
fn a_frame_behind_foreign_bytes_is_lost_with_them() {
    let bytes = [mp3(50), b"foreign".to_vec(), mp3(50)].concat();
    let length = measure_bytes(&bytes).unwrap();
    assert_eq!(length.n_native_samples, 99 * 1_152);
    assert_eq!(length.warnings, [AudioWarning::FramesLost { n_frames: 1 }]);
    // Zeros do no harm.
    let bytes = [mp3(50), vec![0; 1_000], mp3(50)].concat();
    assert_eq!(native(&bytes).0, 100 * 1_152);
}

#[test]
fn an_mp3_that_ends_early_counts_its_last_frame() {
    let bytes = mp3(100);
    let length = measure_bytes(&bytes[..bytes.len() - 400]).unwrap();
    assert_eq!(length.n_native_samples, 115_200);
    assert_eq!(length.warnings, [AudioWarning::EndsEarly]);
}

#[test]
fn free_format_is_named() {
    let mut frame = mp3_frame();
    frame[2] = 0;
    assert!(matches!(measure_bytes(&frame.repeat(50)), Err(AudioError::FreeFormat)));
}

#[test]
fn vorbis_adds_up_its_packets_and_trims_the_last_page() {
    assert_eq!(native(&ogg::vorbis(44_100, 45, 0)), (45 * 1_024, 44_100, AudioFormat::Vorbis));
    assert_eq!(native(&ogg::vorbis(48_000, 45, 300)).0, 45 * 1_024 - 300);
}

#[test]
fn vorbis_without_its_last_page_counts_to_its_end() {
    let whole = ogg::vorbis(44_100, 45, 300);
    let length = measure_bytes(&whole[..whole.len() - 1]).unwrap();
    assert_eq!(length.n_native_samples, 40 * 1_024);
    assert_eq!(length.warnings, [AudioWarning::EndsEarly]);
}

#[test]
fn joined_vorbis_files_are_added() {
    let both = [ogg::vorbis(44_100, 45, 300), ogg::vorbis(44_100, 20, 0)].concat();
    // The first packet of the second, short behind short, gives 128 samples.
    assert_eq!(native(&both).0, 45 * 1_024 - 300 + 128 + 20 * 1_024);
}

#[test]
fn opus_skips_its_start_and_runs_at_48000_hz() {
    assert_eq!(native(&ogg::opus(100, 0)), (96_000 - 312, 48_000, AudioFormat::Opus));
    assert_eq!(native(&ogg::opus(100, 500)).0, 96_000 - 312 - 500);
}

#[test]
fn flac_in_ogg_states_its_length() {
    let head = [b"\x7fFLAC\x01\0\0\x01".as_slice(), &flac::head(44_100, 100_000)].concat();
    let bytes = [page(FIRST, 0, 1, &[head]), page(LAST, 100_000, 1, &[vec![0; 50]])].concat();
    assert_eq!(native(&bytes), (100_000, 44_100, AudioFormat::OggFlac));
}

#[test]
fn other_codecs_in_ogg_are_named() {
    let bytes = page(FIRST, 0, 1, &[b"Speex   1.2".to_vec()]);
    let error = measure_bytes(&bytes).unwrap_err();
    let expected = "Speex in ogg is not supported: convert it to ogg vorbis or mp3";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn wav_divides_its_data() {
    let data = vec![0; 120_000];
    assert_eq!(native(&wav(1, 44_100, 4, &data)), (30_000, 44_100, AudioFormat::Wav));
    assert_eq!(native(&wav(3, 48_000, 8, &data)).0, 15_000);
    let cut = wav(1, 44_100, 4, &data);
    let length = measure_bytes(&cut[..60_044]).unwrap();
    assert_eq!(length.n_native_samples, 15_000);
    assert_eq!(length.warnings, [AudioWarning::EndsEarly]);
}

#[test]
fn mp3_inside_wav_is_walked() {
    assert_eq!(native(&wav(0x55, 44_100, 1, &mp3(50))).0, 50 * 1_152);
}

#[test]
fn the_formats_of_osu_are_measured() {
    assert_eq!(native(&flac::flac(96_000, 1 << 18)), (1 << 18, 96_000, AudioFormat::Flac));
    assert_eq!(native(&mp4::m4a(100, 1_024)), (99 * 1_024, 44_100, AudioFormat::Mp4));
    assert_eq!(native(&adts_frame().repeat(50)), (51_200, 44_100, AudioFormat::Adts));
}

#[test]
fn what_is_no_audio_is_refused() {
    let png = [b"\x89PNG\r\n\x1a\n".as_slice(), &[7; 5_000]].concat();
    assert!(matches!(measure_bytes(&png), Err(AudioError::NotAudio)));
    assert!(matches!(measure_bytes(&[]), Err(AudioError::Empty)));
    assert!(matches!(measure_bytes(&[0; 3_000_000]), Err(AudioError::NotAudio)));
    assert!(matches!(measure_bytes(b"OggS"), Err(AudioError::Truncated { .. })));
    let no_frame = measure_bytes(&flac::head(44_100, 100_000));
    assert!(matches!(no_frame, Err(AudioError::Truncated { .. })), "{no_frame:?}");
}

#[test]
fn too_short_and_too_long_are_refused() {
    let short = measure_bytes(&mp3(9));
    assert!(matches!(short, Err(AudioError::TooShort { n_samples: 3_852 })), "{short:?}");
    let long = wav(1, 1, 4, &[0; 80_000]);
    let long = measure_bytes(&long);
    assert!(matches!(long, Err(AudioError::TooLong { .. })), "{long:?}");
}

#[test]
fn published_takes_lower_case_mp3_and_ogg() {
    for name in ["audio.mp3", "a/b.ogg", ".mp3"] {
        assert!(published_accepts_name(name), "{name}");
    }
    for name in ["audio.MP3", "audio.Ogg", "audio.wav", "audio.m4a", "audio", "mp3"] {
        assert!(!published_accepts_name(name), "{name}");
    }
}

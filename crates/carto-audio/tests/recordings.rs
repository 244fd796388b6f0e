//! Lags of recordings that were made up, and files that are none.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests may fail loudly"
)]

use carto_audio::{HearingError, Recording, Stretches, audio_lag};
use carto_demo::click_track;
use carto_testkit::{Music, wav};
use carto_types::AudioLag;
use proptest::prelude::*;

/// A rate at which tests are quick.
const RATE_HZ: u32 = 16_000;

/// Lags are found within this, ms.
const TOLERANCE_MS: f64 = 5.0;

fn lag(a: &[u8], b: &[u8], shortest_ms: f64) -> AudioLag {
    let stretches = Stretches::within(shortest_ms).unwrap();
    let [a, b] = [a, b].map(|bytes| Recording::of(bytes, &stretches).unwrap());
    let there = audio_lag(&a, &b);
    // The other way round it is the same, backwards.
    match (there, audio_lag(&b, &a)) {
        (AudioLag::Same { lag_ms: one }, AudioLag::Same { lag_ms: other }) => {
            assert!((one + other).abs() < 0.3, "{one} {other}");
        }
        (there, back) => assert_eq!(std::mem::discriminant(&there), std::mem::discriminant(&back)),
    }
    there
}

fn assert_same(found: AudioLag, expected_ms: f64) {
    let AudioLag::Same { lag_ms } = found else { panic!("{found:?}, not {expected_ms}") };
    println!("{lag_ms} for {expected_ms}");
    assert!((lag_ms - expected_ms).abs() < TOLERANCE_MS, "{lag_ms}, not {expected_ms}");
}

#[test]
fn planted_lags_are_found() {
    let music = Music::new(1, 90_000.0);
    let a = music.wav(RATE_HZ);
    for lag_ms in [0.0, 2.6, -31.7, 250.4, -1987.3, 9000.1, 14_900.0, -14_990.0] {
        let b = music.moved(0.0, -lag_ms).wav(RATE_HZ);
        assert_same(lag(&a, &b, 90_000.0), lag_ms);
    }
    let b = music.moved(0.0, 17_000.0).wav(RATE_HZ);
    let found = lag(&a, &b, 90_000.0);
    assert!(!matches!(found, AudioLag::Same { .. }), "beyond what is tried: {found:?}");
}

#[test]
fn rate_channels_loudness_and_tags_do_not_matter() {
    let music = Music::new(2, 60_000.0);
    let a = music.wav(RATE_HZ);
    let moved = music.moved(0.0, -123.4);
    for rate_hz in [11_025, 22_050, 44_100, 48_000] {
        assert_same(lag(&a, &moved.wav(rate_hz), 60_000.0), 123.4);
    }
    let b = wav(&moved.samples(22_050, 0.4), 22_050, 2);
    assert_same(lag(&a, &b, 60_000.0), 123.4);
    let tagged = [b"ID3\x03\0\0\0\0\x10\0".as_slice(), &[0xff; 2048], &b].concat();
    assert_same(lag(&a, &tagged, 60_000.0), 123.4);
}

#[test]
fn mp3_and_wav_of_one_recording_have_the_lag_that_was_planted() {
    // Clicks of the mp3 are where its windows are, 192 samples apart.
    let window_ms = 192.0 / 22.05;
    let music = Music::new(3, 60_000.0);
    let mp3 = |by_ms: f64| {
        let beats: Vec<(f64, bool)> =
            music.times_ms().map(|time_ms| (time_ms + by_ms, true)).collect();
        click_track(&beats, 60_000.0)
    };
    for n_windows in [0.0, 40.0, -333.0] {
        let lag_ms = n_windows * window_ms;
        assert_same(lag(&mp3(0.0), &mp3(-lag_ms), 60_000.0), lag_ms);
    }
    // Sounds of the other are on their times, these within half a window of them.
    let stretches = Stretches::within(60_000.0).unwrap();
    let [a, b] =
        [mp3(0.0), music.wav(22_050)].map(|bytes| Recording::of(&bytes, &stretches).unwrap());
    println!("clicks against music: {:?}", audio_lag(&a, &b));
}

#[test]
fn another_cut_is_told() {
    let music = Music::new(4, 120_000.0);
    let a = music.wav(RATE_HZ);
    for by_ms in [5000.0, -8000.0, 60.0] {
        let b = music.moved(60_000.0, by_ms).wav(RATE_HZ);
        let found = lag(&a, &b, 120_000.0);
        let AudioLag::OtherCut { early_ms, late_ms } = found else { panic!("{found:?}") };
        assert!(early_ms.abs() < TOLERANCE_MS, "{found:?}");
        assert!((late_ms + by_ms).abs() < TOLERANCE_MS, "{found:?}");
    }
    // Another second half.
    let halves = [music.samples(RATE_HZ, 1.0), Music::new(5, 120_000.0).samples(RATE_HZ, 1.0)];
    let n_half = halves[0].len() / 2;
    let b = wav(&[&halves[0][..n_half], &halves[1][n_half..]].concat(), RATE_HZ, 1);
    let found = lag(&a, &b, 120_000.0);
    let AudioLag::OneStretch { lag_ms } = found else { panic!("{found:?}") };
    assert!(lag_ms.abs() < TOLERANCE_MS);
}

#[test]
fn silence_tones_loops_and_other_recordings_are_unclear() {
    let (music, n_samples) = (Music::new(6, 60_000.0), 60 * RATE_HZ as usize);
    let silence = wav(&vec![0.0; n_samples], RATE_HZ, 1);
    let tone: Vec<f32> = (0..n_samples).map(|idx| (idx as f32 * 0.1).sin() * 0.3).collect();
    let tone = wav(&tone, RATE_HZ, 1);
    let looped = music.looped(2000.0).wav(RATE_HZ);
    let a = music.wav(RATE_HZ);
    let others = [Music::new(7, 60_000.0).wav(RATE_HZ), silence.clone(), tone.clone()];
    for b in &others {
        assert_eq!(lag(&a, b, 60_000.0), AudioLag::Unclear);
    }
    for (a, b) in [(&silence, &silence), (&tone, &tone), (&looped, &looped)] {
        assert_eq!(lag(a, b, 60_000.0), AudioLag::Unclear);
    }
}

#[test]
fn what_cannot_be_heard_is_refused_with_the_reason() {
    let stretches = Stretches::within(60_000.0).unwrap();
    let of = |bytes: &[u8]| Recording::of(bytes, &stretches).unwrap_err();
    let music = Music::new(8, 60_000.0).wav(RATE_HZ);
    assert_eq!(of(b""), HearingError::NotAudio);
    assert_eq!(of(&[0; 5000]), HearingError::NotAudio);
    assert_eq!(of(b"osu file format v14\n"), HearingError::NotAudio);
    let half = of(&music[..music.len() / 2]);
    let words = half.to_string();
    assert!(matches!(half, HearingError::Missing { .. }), "{half:?}");
    assert!(words.contains("are missing: download it again"), "{words}");
    let mut slow = music.clone();
    slow[24..28].copy_from_slice(&100_u32.to_le_bytes());
    assert_eq!(of(&slow), HearingError::SampleRate { sample_rate_hz: 100 });
    assert!(matches!(
        of(&vec![0; carto_types::MAX_RECORDING_BYTES + 1]),
        HearingError::TooLarge { .. }
    ));
}

#[test]
fn recordings_that_were_heard_at_other_times_are_not_compared() {
    let bytes = Music::new(9, 60_000.0).wav(RATE_HZ);
    let [a, b] = [60_000.0, 50_000.0].map(|shortest_ms| {
        Recording::of(&bytes, &Stretches::within(shortest_ms).unwrap()).unwrap()
    });
    assert_eq!(audio_lag(&a, &b), AudioLag::Unclear);
    assert_eq!(audio_lag(&a, &a), AudioLag::Same { lag_ms: 0.0 });
}

/// Short files of each format that can be made here.
fn seeds() -> Vec<Vec<u8>> {
    let music = Music::new(10, 14_000.0);
    let beats: Vec<(f64, bool)> = music.times_ms().map(|time_ms| (time_ms, false)).collect();
    vec![music.wav(8000), click_track(&beats, 14_000.0)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..4000)) {
        let stretches = Stretches::within(13_000.0).unwrap();
        for head in [&b""[..], b"OggS\0\x02", b"fLaC\0\0\0\x22", b"RIFF\xff\xff\0\0WAVEfmt ", b"\xff\xfb\x90\0"] {
            let _ = Recording::of(&[head, &bytes].concat(), &stretches);
        }
    }

    #[test]
    fn changed_bytes_of_a_file_give_a_recording_or_a_reason(
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..40),
        n_left in any::<proptest::sample::Index>(),
    ) {
        let stretches = Stretches::within(13_000.0).unwrap();
        for mut bytes in seeds() {
            for (place, value) in &changes {
                // Most in the headers, which decide most.
                let place = place.index(bytes.len().min(600));
                bytes[place] = *value;
            }
            match Recording::of(&bytes, &stretches) {
                Ok(heard) => prop_assert_eq!(audio_lag(&heard, &heard), audio_lag(&heard, &heard)),
                Err(error) => prop_assert!(!error.to_string().is_empty()),
            }
            let _ = Recording::of(&bytes[..n_left.index(bytes.len())], &stretches);
        }
    }
}

//! Any bytes as a recording, bare, behind the heads of the formats and written over parts of files
//! that can be heard: no panic of ours or of the decoders, and no value that is not finite.
#![no_main]

use std::sync::LazyLock;

use carto_audio::{Recording, Stretches, audio_lag};
use carto_demo::click_track;
use carto_types::AudioLag;
use libfuzzer_sys::fuzz_target;

/// Duration of the files that bytes are written over, ms: little more than is heard.
const LENGTH_MS: f64 = 13_000.0;

/// Heads behind which a reader of each format goes on.
const HEADS: [&[u8]; 4] = [
    b"OggS\0\x02\0\0\0\0\0\0\0\0\x01\0\0\0",
    b"fLaC\x80\0\0\x22",
    b"RIFF\xff\xff\xff\x7fWAVEfmt ",
    b"\xff\xfb\x90\0",
];

/// Files that can be heard: an mp3, and wavs of three layouts.
static FILES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let beats: Vec<(f64, bool)> =
        (0..40).map(|beat| (f64::from(beat * beat % 97) * 130.0, beat % 3 == 0)).collect();
    let wav = |format: u16, n_channels: u16, bits: u16| {
        let (rate_hz, frame_bytes) = (8000_u32, n_channels * bits / 8);
        let n_bytes = (LENGTH_MS as u32) * 8 * u32::from(frame_bytes);
        let mut bytes = b"RIFF".to_vec();
        bytes.extend((n_bytes + 36).to_le_bytes());
        bytes.extend(b"WAVEfmt ");
        bytes.extend(16_u32.to_le_bytes());
        bytes.extend([format, n_channels].map(u16::to_le_bytes).concat());
        bytes.extend([rate_hz, rate_hz * u32::from(frame_bytes)].map(u32::to_le_bytes).concat());
        bytes.extend([frame_bytes, bits].map(u16::to_le_bytes).concat());
        bytes.extend(b"data");
        bytes.extend(n_bytes.to_le_bytes());
        bytes.extend((0..n_bytes).map(|idx| (idx.wrapping_mul(idx) % 251) as u8));
        bytes
    };
    vec![click_track(&beats, LENGTH_MS), wav(1, 1, 8), wav(1, 2, 16), wav(3, 1, 32)]
});

fuzz_target!(|input: &[u8]| {
    let Some((&kind, bytes)) = input.split_first() else { return };
    let kind = usize::from(kind) % (1 + HEADS.len() + FILES.len());
    if kind == 0 {
        return hear(bytes);
    }
    if let Some(head) = HEADS.get(kind - 1) {
        return hear(&[head, bytes].concat());
    }
    // Some bytes of a file that can be heard are others.
    let Some((place, rest)) = bytes.split_first_chunk() else { return };
    let mut file = FILES[kind - 1 - HEADS.len()].clone();
    let place = u32::from_le_bytes(*place) as usize % file.len();
    let n_written = rest.len().min(file.len() - place);
    file[place..place + n_written].copy_from_slice(&rest[..n_written]);
    hear(&file);
});

fn hear(bytes: &[u8]) {
    let Ok(stretches) = Stretches::within(LENGTH_MS) else { return };
    let Ok(heard) = Recording::of(bytes, &stretches) else { return };
    if let AudioLag::Same { lag_ms } | AudioLag::OneStretch { lag_ms } = audio_lag(&heard, &heard) {
        assert!(lag_ms.is_finite());
    }
}

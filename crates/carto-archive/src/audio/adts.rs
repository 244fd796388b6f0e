//! AAC without a container: a chain of frames with short headers.

use std::io::Read;

use super::error::{AudioError, AudioFormat};
use super::measured::{AudioWarning, Measured, Recording, SampleFormat};
use super::window::Window;

const HEADER_BYTES: usize = 7;
/// ISO/IEC 14496-3, table 1.18.
const RATES_HZ: [u32; 13] = [
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350,
];
/// Samples in one block of AAC.
const BLOCK_SAMPLES: u64 = 1_024;

/// Adds up the frames. The encoder's delay at the start is not stated anywhere
/// and stays in, as in ffmpeg.
///
/// # Errors
///
/// [`AudioError::NotAudio`] where the first frame is not followed by another.
pub(super) fn measure<R: Read>(window: &mut Window<R>) -> Result<Measured, AudioError> {
    let mut recording = Recording::default();
    let (mut n_frames, mut is_cut_short) = (0_u64, false);
    while let Some((format, n_samples, frame_bytes)) = window.peek_array()?.and_then(read_header) {
        is_cut_short = window.skip(frame_bytes)? < frame_bytes;
        recording.add(format, if is_cut_short { 0 } else { n_samples });
        n_frames += 1;
    }
    if n_frames < 2 {
        return Err(AudioError::NotAudio);
    }
    let warnings = if is_cut_short { vec![AudioWarning::EndsEarly] } else { vec![] };
    Ok(Measured { format: AudioFormat::Adts, recording, warnings })
}

/// `(format, samples, bytes)` of a frame.
fn read_header(header: [u8; HEADER_BYTES]) -> Option<(SampleFormat, u64, u64)> {
    let bits = header.iter().fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
    let field = |shift: u32, n_bits: u32| (bits >> shift) & ((1 << n_bits) - 1);
    // Sync and layer.
    if field(44, 12) != 0xfff || field(41, 2) != 0 {
        return None;
    }
    let sample_rate_hz = *RATES_HZ.get(field(34, 4) as usize)?;
    let n_channels = field(30, 3) as u8;
    let frame_bytes = Some(field(13, 13)).filter(|&n| n >= HEADER_BYTES as u64)?;
    let n_samples = (field(0, 2) + 1) * BLOCK_SAMPLES;
    Some((SampleFormat { sample_rate_hz, n_channels }, n_samples, frame_bytes))
}

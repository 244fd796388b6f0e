//! Audio of the demo set: a click on every beat, as an mp3.

use super::info_tag::{Gapless, info_frame};
use super::mp3_frame::{
    FRAME_BYTES, FRAME_SAMPLES, SAMPLE_RATE_HZ, WINDOWS_PER_FRAME, Window, audio_frame,
};

/// Samples before the music, in LAME's way of counting.
const DELAY_SAMPLES: u32 = 576;

/// Samples that every decoder cuts on top of the announced delay: its own.
const DECODER_DELAY_SAMPLES: u32 = 529;

/// Samples from one short window to the next: six values of 32 sub-bands.
const WINDOW_STEP_SAMPLES: f64 = 192.0;

/// Where the middle of a frame's first short window sounds, in samples after
/// the frame's start in the decoder's untrimmed output: the window's centre
/// (11.5 values of 32 samples) and the delay of the synthesis filter bank, 254
/// samples as measured on the decoded peaks.
const FIRST_WINDOW_SAMPLES: f64 = 11.5 * 32.0 + 254.0;

/// Windows of a click: the attack and two that die away.
const CLICK_WINDOWS: usize = 3;

/// Longest track: one hour. The demo's songs are a minute or two; the limit
/// keeps a wrong unit from asking for gigabytes.
const MAX_LENGTH_MS: f64 = 3_600_000.0;

/// Writes an mp3 with a click on every beat and silence between.
///
/// MPEG-2 Layer III, 22,050 Hz, mono, 8 kbit/s, 26 bytes per frame of 26 ms;
/// a click sounds within 4.4 ms of its beat, half the step of the short windows.
/// An Info frame announces delay and padding, so the number of samples is exactly
/// [`click_track_samples`]`(length_ms)`.
///
/// # Shapes and units
///
/// - `beats_ms`: `[n_beats]`, (time in ms from the start of the audio, accented);
///   beats outside `[0, length_ms)` or not finite are left out
/// - `length_ms`: ms; taken as 0 when not finite or negative, at most one hour
/// - returns: the bytes of the file, about 1,000 per second
///
/// # Source
///
/// ISO/IEC 11172-3 and 13818-3, written without any encoder: a click is a handful
/// of spectral values of magnitude 1 in one short block.
pub fn click_track(beats_ms: &[(f64, bool)], length_ms: f64) -> Vec<u8> {
    let length_ms = sane_length_ms(length_ms);
    let n_samples = click_track_samples(length_ms);
    let needed = n_samples + DELAY_SAMPLES + DECODER_DELAY_SAMPLES;
    let n_frames = needed.div_ceil(FRAME_SAMPLES);
    let mut windows = vec![Window::Silent; n_frames as usize * WINDOWS_PER_FRAME];
    for &(beat_ms, is_accented) in beats_ms {
        if (0.0..length_ms).contains(&beat_ms) {
            place_click(&mut windows, beat_ms, is_accented);
        }
    }

    let mut audio = Vec::with_capacity(n_frames as usize * FRAME_BYTES);
    for frame in windows.as_chunks::<WINDOWS_PER_FRAME>().0 {
        audio.extend_from_slice(&audio_frame(*frame));
    }
    let padding = n_frames * FRAME_SAMPLES - n_samples - DELAY_SAMPLES;
    let mut file = info_frame(Gapless { n_frames, delay: DELAY_SAMPLES, padding }, &audio);
    file.extend_from_slice(&audio);
    file
}

/// Samples that a [`click_track`] of this length has once decoders have cut what
/// its tag announces: `round(length_ms * 22.05)`.
pub fn click_track_samples(length_ms: f64) -> u32 {
    libm::round(samples(sane_length_ms(length_ms))) as u32
}

fn sane_length_ms(length_ms: f64) -> f64 {
    if length_ms.is_finite() { length_ms.clamp(0.0, MAX_LENGTH_MS) } else { 0.0 }
}

fn samples(time_ms: f64) -> f64 {
    time_ms * f64::from(SAMPLE_RATE_HZ) / 1000.0
}

fn place_click(windows: &mut [Window], beat_ms: f64, is_accented: bool) {
    let cut = f64::from(DELAY_SAMPLES + DECODER_DELAY_SAMPLES);
    let position = samples(beat_ms) + cut - FIRST_WINDOW_SAMPLES;
    let first_idx = libm::round(position / WINDOW_STEP_SAMPLES) as usize;
    for (n_steps, window) in windows.iter_mut().skip(first_idx).take(CLICK_WINDOWS).enumerate() {
        *window = match n_steps {
            0 => Window::Attack { is_accented },
            _ => Window::Tail { is_accented, n_steps: n_steps as u8 },
        };
    }
}

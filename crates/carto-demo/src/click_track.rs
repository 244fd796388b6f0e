//! Audio of the demo set: a click on every beat, as an mp3.

use super::mp3_frame::{
    BIT_RATE_56K, FRAME_BYTES, FRAME_HEAD_BYTES, FRAME_SAMPLES, SAMPLE_RATE_HZ, WINDOWS_PER_FRAME,
    Window, audio_frame, header,
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
/// The clicks are for a person who plays the demo in osu! and wants to hear whether
/// its objects stand on the beat; the study uses nothing of it but the length.
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

/// Bytes of the Info frame: `72 * 56000 / 22050`, rounded down. 56 kbit/s is
/// the lowest rate whose frame holds the whole tag.
const INFO_FRAME_BYTES: usize = 182;

/// What the tag announces.
#[derive(Debug, Clone, Copy)]
struct Gapless {
    /// Audio frames, the Info frame not counted.
    n_frames: u32,
    /// Samples that the encoder put before the music; decoders cut 529 more.
    delay: u32,
    /// Samples behind the music, decoders cut 529 fewer.
    padding: u32,
}

/// Writes the Info frame that precedes the audio frames.
///
/// Layout: "Info", flags, frames, bytes, table of contents, quality, then the
/// 36 bytes that LAME appends (`http://gabriel.mp3-tech.org/mp3infotag.html`).
/// The encoder's name has to start with `LAME`, `Lavf` or `Lavc`: `ffmpeg`,
/// `symphonia` and what is built on them believe delay and padding only then.
fn info_frame(gapless: Gapless, audio: &[u8]) -> Vec<u8> {
    let n_bytes = (INFO_FRAME_BYTES + audio.len()) as u32;
    let mut frame = Vec::with_capacity(INFO_FRAME_BYTES);
    frame.extend_from_slice(&header(BIT_RATE_56K));
    frame.resize(FRAME_HEAD_BYTES, 0);
    frame.extend_from_slice(b"Info");
    // Frames, bytes, table of contents and quality are all present.
    frame.extend_from_slice(&0xf_u32.to_be_bytes());
    frame.extend_from_slice(&gapless.n_frames.to_be_bytes());
    frame.extend_from_slice(&n_bytes.to_be_bytes());
    frame.extend((0..100).map(|percent| contents_entry(percent, gapless.n_frames)));
    frame.extend_from_slice(&0_u32.to_be_bytes());

    frame.extend_from_slice(b"LAMEcarto");
    frame.push(0x01); // Tag revision 0, constant bit rate.
    frame.push(0); // Low-pass: unknown.
    frame.extend_from_slice(&[0; 8]); // Peak and replay gains: not measured.
    frame.push(0); // Encoding flags.
    frame.push(8); // Bit rate in kbit/s.
    let trims = (gapless.delay << 12) | (gapless.padding & 0xfff);
    frame.extend_from_slice(&trims.to_be_bytes()[1..]);
    frame.extend_from_slice(&[0; 4]); // Source, gain change, preset: nothing to say.
    frame.extend_from_slice(&n_bytes.to_be_bytes());
    frame.extend_from_slice(&crc16(audio).to_be_bytes());
    let tag_crc = crc16(&frame);
    frame.extend_from_slice(&tag_crc.to_be_bytes());
    frame.resize(INFO_FRAME_BYTES, 0);
    frame
}

/// Where `percent` of the time lies, in 256ths of the bytes.
fn contents_entry(percent: u32, n_frames: u32) -> u8 {
    let audio_bytes = u64::from(n_frames) * FRAME_BYTES as u64;
    let at_bytes = INFO_FRAME_BYTES as u64 + u64::from(percent) * audio_bytes / 100;
    (256 * at_bytes / (INFO_FRAME_BYTES as u64 + audio_bytes)).min(255) as u8
}

/// CRC-16/ARC, the checksum of the tag: polynomial 0x8005, bits reversed.
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, &byte| {
        (0..8).fold(crc ^ u16::from(byte), |crc, _| {
            if crc & 1 == 1 { (crc >> 1) ^ 0xa001 } else { crc >> 1 }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The check value that catalogues of checksums give for CRC-16/ARC.
    #[test]
    fn checksum_is_crc16_arc() {
        assert_eq!(crc16(b"123456789"), 0xbb3d);
    }

    #[test]
    fn tag_lies_where_decoders_look_for_it() {
        let gapless = Gapless { n_frames: 7, delay: 576, padding: 1000 };
        let frame = info_frame(gapless, &[0; 7 * FRAME_BYTES]);
        assert_eq!(frame.len(), INFO_FRAME_BYTES);
        assert_eq!(&frame[13..17], b"Info");
        assert_eq!(&frame[133..137], b"LAME");
        // Delay and padding, 12 bits each, 21 bytes into LAME's part.
        assert_eq!(frame[154..157], [0x24, 0x03, 0xe8]);
    }
}

//! The length of an audio file, found by what is in it.

use std::io::Read;

use super::error::{AudioError, AudioFormat};
use super::measured::{AudioWarning, Measured};
use super::resampling::frames_in;
use super::window::Window;
use super::{adts, flac, id3, mp3, mp4, ogg, wav};
use crate::Limits;

/// The length of one audio file in the units of the pipeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AudioLength {
    /// What the beginning of the file says it is; its name decides nothing.
    pub format: AudioFormat,
    /// Samples per channel that ffmpeg decodes, at the file's own rate.
    pub n_native_samples: u64,
    /// The file's own rate.
    pub sample_rate_hz: u32,
    /// Samples at 16384 Hz.
    pub n_samples: u64,
    /// Frames of 98 samples, `n_samples / 98 + 1`: the `L` of the `[9, L]` signal.
    pub n_frames: u64,
    /// What is odd about the file, though it could be measured.
    pub warnings: Vec<AudioWarning>,
}

/// Measures an audio file from its bytes, in one pass and in constant memory.
///
/// `size_bytes` is the size of the file; a stream cannot tell, and ffmpeg holds
/// the size that an mp3 header states against it. mp3, ogg, flac and aac are walked
/// to the end; of wav and m4a only the headers are read.
///
/// # Errors
///
/// [`AudioError`]. No bytes make it panic.
pub fn measure(
    source: impl Read,
    size_bytes: u64,
    limits: &Limits,
) -> Result<AudioLength, AudioError> {
    let mut window = Window::new(source, size_bytes, limits.max_audio_bytes);
    if window.peek(1)?.is_empty() {
        return Err(AudioError::Empty);
    }
    id3::skip_tags(&mut window)?;
    let Measured { format, recording, mut warnings } = match sniff(window.peek(12)?) {
        Sniffed::Ogg => ogg::measure(&mut window)?,
        Sniffed::Wav => wav::measure(&mut window)?,
        Sniffed::Flac => flac::measure(&mut window)?,
        Sniffed::Mp4 => mp4::measure(&mut window)?,
        Sniffed::Adts => adts::measure(&mut window)?,
        Sniffed::MaybeMp3 => mp3::measure(&mut window)?,
    };
    if recording.is_mixed() {
        warnings.push(AudioWarning::FormatChanges);
    }
    let what = "it holds no samples";
    let (n_samples, sample_rate_hz) =
        recording.resampled().ok_or(AudioError::Damaged { format, what })?;
    let n_frames = frames_in(n_samples)?;
    if n_frames > limits.max_frames {
        return Err(AudioError::TooLong { n_frames, limit: limits.max_frames });
    }
    Ok(AudioLength {
        format,
        n_native_samples: recording.n_native(),
        sample_rate_hz,
        n_samples,
        n_frames,
        warnings,
    })
}

/// True for the names whose audio the published pipeline takes out of an
/// archive: ending in `.mp3` or `.ogg`, in lower case.
///
/// # Source
///
/// `experiment/run_analysis.py` line 234 in osu-dreamer-cartography @ `7ec522b`.
#[must_use]
pub fn published_accepts_name(name: &str) -> bool {
    // Case counts here, so no comparison of extensions that ignores it.
    [".mp3", ".ogg"].iter().any(|extension| name.ends_with(extension))
}

enum Sniffed {
    Ogg,
    Wav,
    Flac,
    Mp4,
    Adts,
    /// An mp3 has no signature; its reader decides.
    MaybeMp3,
}

fn sniff(head: &[u8]) -> Sniffed {
    match head {
        [b'O', b'g', b'g', b'S', ..] => Sniffed::Ogg,
        [b'R', b'I', b'F', b'F' | b'X', ..] | [b'R', b'F', b'6', b'4', ..]
            if head.ends_with(b"WAVE") =>
        {
            Sniffed::Wav
        }
        [b'f', b'L', b'a', b'C', ..] => Sniffed::Flac,
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Sniffed::Mp4,
        // Sync of 12 bits and layer 0, which no mp3 has.
        [0xff, second, ..] if second & 0xf6 == 0xf0 => Sniffed::Adts,
        _ => Sniffed::MaybeMp3,
    }
}

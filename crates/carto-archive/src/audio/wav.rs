//! RIFF wave: the length stands in the headers.

use std::io::Read;

use super::error::{AudioError, AudioFormat};
use super::measured::{AudioWarning, Measured, Recording, SampleFormat};
use super::window::Window;
use super::xing::Note;

const TAG_PCM: u16 = 1;
const TAG_MS_ADPCM: u16 = 2;
const TAG_FLOAT: u16 = 3;
const TAG_A_LAW: u16 = 6;
const TAG_MU_LAW: u16 = 7;
const TAG_IMA_ADPCM: u16 = 0x11;
const TAG_MP3: u16 = 0x55;
const TAG_EXTENSIBLE: u16 = 0xfffe;
/// The longest known format chunk takes 40 bytes.
const MAX_FORMAT_BYTES: u32 = 1 << 10;

/// Divides the size of the data by the size of a sample.
///
/// A data chunk that claims to reach beyond the file ends with it, and one of
/// size 0 or 2^32 - 1, left by programs that wrote to a pipe, reaches to its end.
///
/// # Errors
///
/// [`AudioError::UnsupportedCodec`], [`AudioError::Truncated`],
/// [`AudioError::Damaged`].
pub(super) fn measure<R: Read>(window: &mut Window<R>) -> Result<Measured, AudioError> {
    let format = AudioFormat::Wav;
    // RIFF, size, WAVE.
    window.skip(12)?;
    let mut layout = None;
    loop {
        let Some([a, b, c, d, size @ ..]) = window.peek_array::<8>()? else {
            return Err(AudioError::Truncated { format });
        };
        window.skip(8)?;
        let size_bytes = u32::from_le_bytes(size);
        match &[a, b, c, d] {
            b"fmt " => {
                let content = window.peek(size_bytes.min(MAX_FORMAT_BYTES) as usize)?;
                layout = Some(read_layout(content)?);
            }
            b"data" => {
                let what = "its data comes before its format";
                return match layout.ok_or(AudioError::Damaged { format, what })? {
                    Layout::Mp3 => super::mp3::walk(window, Note::default()),
                    Layout::Blocks(blocks) => {
                        Ok(blocks.measure(size_bytes, window.declared_rest()))
                    }
                };
            }
            _ => {}
        }
        // Chunks begin at even places.
        window.skip(u64::from(size_bytes) + u64::from(size_bytes & 1))?;
    }
}

/// What the format chunk says of the data.
enum Layout {
    /// A chain of mp3 frames, as some encoders wrap it.
    Mp3,
    Blocks(Blocks),
}

struct Blocks {
    format: SampleFormat,
    block_bytes: u64,
    block_samples: u64,
}

impl Blocks {
    fn measure(&self, size_bytes: u32, rest_bytes: u64) -> Measured {
        let is_open = matches!(size_bytes, 0 | u32::MAX);
        let size_bytes = if is_open { rest_bytes } else { u64::from(size_bytes) };
        let n_samples = size_bytes.min(rest_bytes) / self.block_bytes * self.block_samples;
        let mut recording = Recording::default();
        recording.add(self.format, n_samples);
        let warnings = if size_bytes > rest_bytes { vec![AudioWarning::EndsEarly] } else { vec![] };
        Measured { format: AudioFormat::Wav, recording, warnings }
    }
}

fn read_layout(content: &[u8]) -> Result<Layout, AudioError> {
    let short = || AudioError::Truncated { format: AudioFormat::Wav };
    let word = |at: usize| {
        let bytes = content.get(at..).and_then(|rest| rest.first_chunk());
        bytes.copied().map(u16::from_le_bytes).ok_or_else(short)
    };
    // The extensible form names the codec at the front of a GUID.
    let tag = match word(0)? {
        TAG_EXTENSIBLE => word(24)?,
        tag => tag,
    };
    let n_channels = word(2)?;
    let sample_rate_hz = u32::from(word(4)?) | u32::from(word(6)?) << 16;
    let block_bytes = word(12)?;
    let block_samples = match tag {
        TAG_PCM | TAG_FLOAT | TAG_A_LAW | TAG_MU_LAW => 1,
        // These state how many samples a block holds.
        TAG_MS_ADPCM | TAG_IMA_ADPCM => u64::from(word(18)?),
        TAG_MP3 => return Ok(Layout::Mp3),
        tag => {
            let codec = format!("codec {tag:#06x}");
            return Err(AudioError::UnsupportedCodec { container: "wav", codec });
        }
    };
    if n_channels == 0 || sample_rate_hz == 0 || block_bytes == 0 {
        let what = "its format says zero where that cannot be";
        return Err(AudioError::Damaged { format: AudioFormat::Wav, what });
    }
    // More channels than 255 would all be the same to us.
    let n_channels = u8::try_from(n_channels).unwrap_or(u8::MAX);
    let format = SampleFormat { sample_rate_hz, n_channels };
    Ok(Layout::Blocks(Blocks { format, block_bytes: u64::from(block_bytes), block_samples }))
}

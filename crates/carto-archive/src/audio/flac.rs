//! FLAC: the length stands in the first header.

use std::io::Read;

use super::error::{AudioError, AudioFormat};
use super::measured::{Measured, Recording, SampleFormat};
use super::window::Window;

/// Signature, block header and STREAMINFO.
const HEAD_BYTES: usize = 4 + 4 + 34;

/// Reads the number of samples from STREAMINFO. An encoder that wrote to a pipe
/// may have left it out; such a file is refused.
///
/// # Errors
///
/// [`AudioError::Truncated`], [`AudioError::Damaged`].
pub(super) fn measure<R: Read>(window: &mut Window<R>) -> Result<Measured, AudioError> {
    let format = AudioFormat::Flac;
    let head = window.peek(HEAD_BYTES)?;
    if head.len() < HEAD_BYTES {
        return Err(AudioError::Truncated { format });
    }
    let damaged = |what| AudioError::Damaged { format, what };
    let (sample_format, n_samples) =
        read_stream_info(head).ok_or(damaged("its first block is not STREAMINFO"))?;
    if n_samples == 0 {
        return Err(damaged("its header does not state the length"));
    }
    let mut recording = Recording::default();
    recording.add(sample_format, n_samples);
    Ok(Measured { format, recording, warnings: vec![] })
}

/// `(format, samples per channel)`, 0 samples where the encoder did not know;
/// `None` where `head` is not the beginning of a FLAC stream.
///
/// Layout: RFC 9639, 8.2.
pub(super) fn read_stream_info(head: &[u8]) -> Option<(SampleFormat, u64)> {
    let (kind, block) = head.strip_prefix(b"fLaC")?.split_at_checked(4)?;
    if kind[0] & 0x7f != 0 {
        return None;
    }
    // Block and frame sizes; then 20 bits of rate, 3 of channels, 5 of depth
    // and 36 of samples.
    let packed = u64::from_be_bytes(*block.get(10..)?.first_chunk()?);
    let sample_rate_hz = (packed >> 44) as u32;
    let n_channels = ((packed >> 41) & 7) as u8 + 1;
    let n_samples = packed & ((1 << 36) - 1);
    (sample_rate_hz > 0).then_some((SampleFormat { sample_rate_hz, n_channels }, n_samples))
}

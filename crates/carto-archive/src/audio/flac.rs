//! FLAC: the frames, counted.

use std::io::Read;

use super::error::{AudioError, AudioFormat};
use super::flac_header::{Crc16, FrameHeader, MAX_HEADER_BYTES};
use super::measured::{AudioWarning, Measured, Recording, SampleFormat};
use super::window::{MAX_PEEK, Window};

/// Signature, block header and STREAMINFO.
const HEAD_BYTES: usize = 4 + 4 + 34;
/// Marks the last block of metadata.
const FLAG_LAST_BLOCK: u8 = 0x80;
/// How tags begin that some programs put behind the last frame.
const TAG_STARTS: [&[u8]; 3] = [b"TAG", b"APETAGEX", b"ID3"];
/// Bytes that are looked at to know them.
const TAG_START_BYTES: usize = 8;

/// Counts the samples of all frames but a last one that is cut off; damaged ones count,
/// and what stands between frames does not matter.
///
/// The length that STREAMINFO states decides nothing: an encoder that wrote to a pipe
/// could not fill it in, and a file that was cut off still states the whole. Frames do
/// not state their size, so one ends where a header begins that may follow it; the
/// checksum tells at the end of the file whether the last one is whole, since a decoder
/// gives out nothing of a part.
///
/// # Errors
///
/// [`AudioError::Truncated`], [`AudioError::Damaged`].
///
/// # Source
///
/// RFC 9639. FFmpeg n5.1 decides by the same marks (`libavcodec/flac_parser.c`).
pub(super) fn measure<R: Read>(window: &mut Window<R>) -> Result<Measured, AudioError> {
    let format = AudioFormat::Flac;
    let head = window.peek(HEAD_BYTES)?;
    if head.len() < HEAD_BYTES {
        return Err(AudioError::Truncated { format });
    }
    let what = "its first block is not STREAMINFO";
    let (sample_format, n_stated) =
        read_stream_info(head).ok_or(AudioError::Damaged { format, what })?;
    skip_metadata(window)?;
    let mut walk = Walk::default();
    while walk.step(window)? {}
    if walk.n_samples == 0 {
        return Err(AudioError::Truncated { format });
    }
    let mut warnings = Vec::new();
    if walk.is_cut_short || walk.n_samples < n_stated {
        warnings.push(AudioWarning::EndsEarly);
    }
    let mut recording = Recording::default();
    recording.add(sample_format, walk.n_samples);
    Ok(Measured { format, recording, warnings })
}

/// Goes to the first frame.
fn skip_metadata<R: Read>(window: &mut Window<R>) -> Result<(), AudioError> {
    window.skip(4)?;
    while let Some([kind, size @ ..]) = window.peek_array::<4>()? {
        let n_bytes = size.iter().fold(0, |size, &byte| size << 8 | u64::from(byte));
        window.skip(4 + n_bytes)?;
        if kind & FLAG_LAST_BLOCK != 0 {
            break;
        }
    }
    Ok(())
}

#[derive(Default)]
struct Walk {
    /// Of all frames that have ended.
    n_samples: u64,
    /// The frame that is passed right now; `None` where it has ended.
    frame: Option<FrameHeader>,
    /// The one before that.
    last: Option<FrameHeader>,
    checksum: Crc16,
    /// Bytes of it so far.
    n_bytes: u64,
    is_cut_short: bool,
}

impl Walk {
    /// Passes what can be seen at once; false at the end of the file.
    fn step<R: Read>(&mut self, window: &mut Window<R>) -> Result<bool, AudioError> {
        let view = window.peek(MAX_PEEK)?;
        let is_end = view.len() < MAX_PEEK;
        // A header at the end of the view is seen whole in the next one.
        let n_passed = if is_end { view.len() } else { MAX_PEEK - MAX_HEADER_BYTES };
        for start in 0..n_passed {
            self.pass(&view[start..]);
        }
        if is_end && self.frame.take().is_some() {
            self.is_cut_short = true;
        }
        window.skip(n_passed as u64)?;
        Ok(!is_end)
    }

    /// Passes the first byte of `rest`.
    fn pass(&mut self, rest: &[u8]) {
        if let [0xff, 0xf8 | 0xf9, ..] = rest
            && let Some(header) = self.next_header(rest)
        {
            // What a header follows has ended, damaged or not: a decoder takes it.
            self.end_frame();
            self.frame = Some(header);
            self.checksum = Crc16::default();
            self.n_bytes = 0;
        }
        self.checksum.add(rest[0]);
        self.n_bytes += 1;
        if self.frame.is_some() && self.checksum.is_zero() && is_end_of_sound(&rest[1..]) {
            self.end_frame();
        }
    }

    /// A header here, if it may follow what came before: the very next one, or any later
    /// one where the frame has ended or has more bytes than it can have. Inside a frame
    /// bytes may look like a header by chance.
    fn next_header(&self, rest: &[u8]) -> Option<FrameHeader> {
        let header = FrameHeader::parse(rest.get(..MAX_HEADER_BYTES).unwrap_or(rest))?;
        let is_next = match (self.frame, self.last) {
            (Some(frame), _) if header.is_next_after(&frame) => true,
            (Some(frame), _) => {
                let is_over = self.checksum.is_zero() || self.n_bytes > frame.max_bytes();
                is_over && header.may_follow(&frame)
            }
            (None, Some(last)) => header.may_follow(&last),
            (None, None) => true,
        };
        is_next.then_some(header)
    }

    fn end_frame(&mut self) {
        if let Some(frame) = self.frame.take() {
            self.n_samples = self.n_samples.saturating_add(frame.n_samples);
            self.last = Some(frame);
        }
    }
}

/// Whether nothing follows, or a tag, or zeros.
fn is_end_of_sound(rest: &[u8]) -> bool {
    let start = rest.get(..TAG_START_BYTES).unwrap_or(rest);
    start.iter().all(|&byte| byte == 0) || TAG_STARTS.iter().any(|tag| start.starts_with(tag))
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

//! The first frame of many mp3 files: silent, with a note about the rest.

use super::mpeg_header::{FrameHeader, HEADER_BYTES};

/// Samples that an mp3 decoder itself delays its output by; ffmpeg adds them to
/// the delay at the start and takes them off the padding at the end.
const DECODER_DELAY: i64 = 528 + 1;
/// Enough for a header, the side information and the whole note.
pub(super) const NOTE_BYTES: usize = 200;

/// What the note makes ffmpeg do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Note {
    /// The frame with the note is no audio and is skipped.
    pub(super) skips_frame: bool,
    /// Samples thrown away at the start.
    pub(super) n_start_skip: u64,
    /// Where the padding at the end begins and ends, in samples from the first
    /// frame. Frames behind the end, in joined files, are kept.
    pub(super) end_discard: Option<(i64, i64)>,
}

/// Reads the note in the first frame: Xing or Info with the LAME, Lavf or Lavc
/// extension, or VBRI.
///
/// - `frame`: up to [`NOTE_BYTES`] from the header on
/// - `rest_bytes`: from the header to the end of the file
///
/// A note that states a size far below that of the file belongs to the first of
/// several joined files; ffmpeg does not believe its number of frames then.
///
/// # Source
///
/// `mp3_parse_info_tag`, `mp3_parse_vbri_tag`, `mp3_parse_vbr_tags` in FFmpeg
/// n5.1 `libavformat/mp3dec.c`.
pub(super) fn read_note(frame: &[u8], rest_bytes: u64) -> Note {
    let header = frame.first_chunk::<HEADER_BYTES>().copied().and_then(FrameHeader::parse);
    let Some(header) = header.filter(|header| header.layer == 3) else { return Note::default() };

    let mut note = Note::default();
    let (mut n_frames, mut n_bytes) = (0, 0);
    if let Some(info) = read_info(frame, &header) {
        n_bytes = info.n_bytes;
        let rest_bytes = rest_bytes.saturating_sub(HEADER_BYTES as u64);
        n_frames = if is_joined(u64::from(n_bytes), rest_bytes) { 0 } else { info.n_frames };
        if let Some((delay, padding)) = info.delay_and_padding {
            note.n_start_skip = (i64::from(delay) + DECODER_DELAY).unsigned_abs();
            let n_samples = i64::from(n_frames) * header.n_samples() as i64;
            let first = n_samples - i64::from(padding) + DECODER_DELAY;
            note.end_discard = (n_frames > 0).then_some((first, n_samples));
        }
    }
    if let Some(vbri) = read_vbri(frame) {
        (n_bytes, n_frames) = vbri;
    }
    note.skips_frame = n_frames > 0 || n_bytes > 0;
    note
}

/// True where the file is larger than the note says by more than a sixteenth.
fn is_joined(n_bytes: u64, rest_bytes: u64) -> bool {
    n_bytes > 0 && rest_bytes > n_bytes && rest_bytes - n_bytes > n_bytes >> 4
}

struct Info {
    n_frames: u32,
    n_bytes: u32,
    delay_and_padding: Option<(u16, u16)>,
}

fn read_info(frame: &[u8], header: &FrameHeader) -> Option<Info> {
    let side_info_bytes = match (header.is_low_rate, header.format.n_channels) {
        (false, 1) | (true, 2) => 17,
        (true, 1) => 9,
        _ => 32,
    };
    let mut rest = frame.get(HEADER_BYTES + side_info_bytes..)?;
    if !matches!(take(&mut rest, 4)?, b"Xing" | b"Info") {
        return None;
    }
    let flags = take_u32(&mut rest)?;
    let n_frames = if flags & 1 == 0 { 0 } else { take_u32(&mut rest)? };
    let n_bytes = if flags & 2 == 0 { 0 } else { take_u32(&mut rest)? };
    // The table of contents and the quality.
    take(&mut rest, if flags & 4 == 0 { 0 } else { 100 })?;
    take(&mut rest, if flags & 8 == 0 { 0 } else { 4 })?;
    let delay_and_padding = read_delays(rest);
    Some(Info { n_frames, n_bytes, delay_and_padding })
}

/// The extension of LAME and of ffmpeg: 12 bits each.
fn read_delays(extension: &[u8]) -> Option<(u16, u16)> {
    if !matches!(extension.get(..4)?, b"LAME" | b"Lavf" | b"Lavc") {
        return None;
    }
    // Nine bytes name the encoder, twelve hold loudness and rates.
    let &[high, middle, low] = extension.get(21..)?.first_chunk()?;
    let (high, middle, low) = (u16::from(high), u16::from(middle), u16::from(low));
    Some((high << 4 | middle >> 4, (middle & 15) << 8 | low))
}

/// `(bytes, frames)` from the note of the Fraunhofer encoder, which always
/// stands 32 bytes behind the header.
fn read_vbri(frame: &[u8]) -> Option<(u32, u32)> {
    let mut rest = frame.get(HEADER_BYTES + 32..)?;
    // Version 1; then delay and quality.
    if take(&mut rest, 6)? != b"VBRI\0\x01" {
        return None;
    }
    take(&mut rest, 4)?;
    Some((take_u32(&mut rest)?, take_u32(&mut rest)?))
}

fn take<'a>(rest: &mut &'a [u8], n: usize) -> Option<&'a [u8]> {
    let (head, tail) = rest.split_at_checked(n)?;
    *rest = tail;
    Some(head)
}

fn take_u32(rest: &mut &[u8]) -> Option<u32> {
    take(rest, 4)?.try_into().ok().map(u32::from_be_bytes)
}

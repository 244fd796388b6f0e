//! MPEG audio: walks the frames as ffmpeg's parser does.

use std::io::Read;

use super::error::{AudioError, AudioFormat};
use super::measured::{AudioWarning, Measured, Recording, SampleFormat};
use super::mpeg_header::{FrameHeader, HEADER_BYTES, is_free_format};
use super::side_info::{self, is_decodable};
use super::window::Window;
use super::xing::{NOTE_BYTES, Note, read_note};

/// How far ffmpeg looks for the first frame.
const SEARCH_BYTES: usize = 64 << 10;
/// So many frames like each other in a row are no chance.
const CONFIRMING_FRAMES: u32 = 4;
/// How far we look for them: behind the picture of a tag with a wrong size, but
/// not through a whole video.
const MAX_JUNK_BYTES: u64 = 1 << 20;
/// Where the parser sees a header unlike the one before, so many headers in a row must
/// follow until it believes them again; behind foreign bytes one less.
const N_DOUBTED_AT_CHANGE: i32 = 3;
const N_DOUBTED_BEHIND_JUNK: i32 = 2;
/// Beyond the last place searched: the longest frame (layer II, 160 kbit/s at
/// 8000 Hz: 2,881 bytes) and a header.
const SEARCH_AHEAD_BYTES: usize = 4 << 10;

/// Counts the samples that ffmpeg decodes from MPEG audio, layer I to III.
///
/// A frame counts where its header and side information are valid, even if its
/// body is cut off. A frame behind bytes that are no frame is lost with them,
/// unless they are all zero: the parser hands both to the decoder as one packet,
/// which then begins with no header. The padding at the end is found by the packets'
/// clock, which goes on by the length of the last header that the parser believes, lost
/// packets included; and a frame gets the sample rate of the one decoded before it, as
/// the decoder tells its own only afterwards. Tags at the end (ID3v1, APE, Lyrics3) need
/// no reader of their own, since nothing follows them.
///
/// # Errors
///
/// [`AudioError::NotAudio`] where no four frames follow each other within the
/// first MiB, [`AudioError::FreeFormat`], [`AudioError::Truncated`].
///
/// # Source
///
/// FFmpeg n5.1 `libavformat/mp3dec.c` (`mp3_read_header`),
/// `libavcodec/mpegaudio_parser.c` and `decode_frame` in
/// `libavcodec/mpegaudiodec_template.c`.
pub(super) fn measure<R: Read>(window: &mut Window<R>) -> Result<Measured, AudioError> {
    let rest_bytes = window.declared_rest();
    let note = read_note(window.peek(NOTE_BYTES)?, rest_bytes);
    if note.skips_frame {
        let header = window.peek_array()?.and_then(FrameHeader::parse);
        window.skip(header.map_or(0, |header| header.frame_bytes as u64))?;
    }
    let is_free_format = window.peek_array()?.is_some_and(is_free_format);
    let n_junk = find_first_frame(window)?;
    window.skip(n_junk)?;
    match walk(window, note) {
        Err(AudioError::NotAudio) if is_free_format => Err(AudioError::FreeFormat),
        measured => measured,
    }
}

/// Walks the frames from here on to the end of the file; without a note, as
/// inside a wave file, all of them count.
///
/// # Errors
///
/// [`AudioError::NotAudio`].
pub(super) fn walk<R: Read>(window: &mut Window<R>, note: Note) -> Result<Measured, AudioError> {
    let start = window.position();
    let mut walk = Walk { note, ..Walk::default() };
    while walk.step(window)? {
        if !walk.is_confirmed && window.position() > start + MAX_JUNK_BYTES {
            return Err(AudioError::NotAudio);
        }
    }
    // A file of two or three frames may be nothing but frames.
    let is_all_frames = walk.n_frames > 0 && u64::from(walk.n_in_row) == walk.n_frames;
    match walk.is_confirmed || is_all_frames {
        true => Ok(walk.finish()),
        false => Err(AudioError::NotAudio),
    }
}

/// Bytes before the first frame that is followed by another like it, if there
/// is one within the first 64 KiB; otherwise ffmpeg begins at the front.
fn find_first_frame<R: Read>(window: &mut Window<R>) -> Result<u64, AudioError> {
    let view = window.peek(SEARCH_BYTES + SEARCH_AHEAD_BYTES)?;
    for start in 0..SEARCH_BYTES {
        let Some(header) = header_at(view, start) else { continue };
        let next = start + header.frame_bytes;
        match header_at(view, next) {
            Some(following) if header.is_like(&following) => return Ok(start as u64),
            // ffmpeg gives up on a file whose first frame has nothing behind it.
            None if view.len() < next + HEADER_BYTES => {
                return Err(AudioError::Truncated { format: AudioFormat::Mp3 });
            }
            _ => {}
        }
    }
    Ok(0)
}

fn header_at(view: &[u8], start: usize) -> Option<FrameHeader> {
    view.get(start..)?.first_chunk().copied().and_then(FrameHeader::parse)
}

#[derive(Default)]
struct Walk {
    note: Note,
    recording: Recording,
    clock: PacketClock,
    /// Rate of the latest frame that was decoded, before that of the first there is.
    decoder_rate_hz: Option<u32>,
    n_frames: u64,
    n_lost: u64,
    is_cut_short: bool,
    is_behind_junk: bool,
    /// Foreign bytes right before.
    n_junk: u64,
    /// The frame that ends right here.
    previous: Option<FrameHeader>,
    /// Frames like each other without a gap, up to here.
    n_in_row: u32,
    is_confirmed: bool,
}

impl Walk {
    /// Goes one frame or one foreign byte further; false at the end.
    fn step<R: Read>(&mut self, window: &mut Window<R>) -> Result<bool, AudioError> {
        let Some(bytes) = window.peek_array::<HEADER_BYTES>()? else { return Ok(false) };
        let Some(header) = FrameHeader::parse(bytes) else {
            self.is_behind_junk |= bytes[0] != 0;
            self.n_junk += 1;
            self.previous = None;
            window.skip(1)?;
            return Ok(true);
        };
        let previous = self.previous.replace(header);
        self.n_in_row = match previous {
            Some(previous) if header.is_like(&previous) => self.n_in_row + 1,
            _ => 1,
        };
        self.is_confirmed |= self.n_in_row == CONFIRMING_FRAMES;
        let is_decoded =
            is_decodable(window.peek(side_info::MAX_BYTES.min(header.frame_bytes))?, &header);
        self.pass_frame(&header, is_decoded);
        let frame_bytes = header.frame_bytes as u64;
        self.is_cut_short |= window.skip(frame_bytes)? < frame_bytes;
        Ok(true)
    }

    fn pass_frame(&mut self, header: &FrameHeader, is_decoded: bool) {
        self.n_frames += 1;
        let n_samples = header.n_samples();
        let (start, end) = self.clock.pass(header, std::mem::take(&mut self.n_junk));
        let own_rate_hz = header.format.sample_rate_hz;
        let sample_rate_hz = *self.decoder_rate_hz.get_or_insert(own_rate_hz);
        if std::mem::take(&mut self.is_behind_junk) || !is_decoded {
            self.n_lost += 1;
            return;
        }
        self.decoder_rate_hz = Some(own_rate_hz);
        let n_padding = match self.note.end_discard {
            Some((first, last)) if start < last => (end - first).clamp(0, n_samples as i64),
            _ => 0,
        };
        let format = SampleFormat { sample_rate_hz, ..header.format };
        self.recording.add(format, n_samples - n_padding.unsigned_abs());
    }

    fn finish(mut self) -> Measured {
        self.recording.discard(self.note.n_start_skip);
        let mut warnings = Vec::new();
        if self.is_cut_short {
            warnings.push(AudioWarning::EndsEarly);
        }
        if self.n_lost > 0 {
            warnings.push(AudioWarning::FramesLost { n_frames: self.n_lost });
        }
        Measured { format: AudioFormat::Mp3, recording: self.recording, warnings }
    }
}

/// Time at the packets, in samples from the first frame.
#[derive(Default)]
struct PacketClock {
    n_passed: i64,
    header: Option<FrameHeader>,
    /// Headers like each other that were seen; below 1 the parser does not believe them.
    n_headers: i32,
    /// Length of the last header that it believed.
    n_samples: i64,
}

impl PacketClock {
    /// Passes one frame, with foreign bytes before it; gives its start and end.
    ///
    /// # Source
    ///
    /// `mpegaudio_parse` in FFmpeg n5.1 `libavcodec/mpegaudio_parser.c`, which doubts
    /// what stands behind more than one byte that is no header.
    fn pass(&mut self, header: &FrameHeader, n_junk: u64) -> (i64, i64) {
        if n_junk > 1 {
            self.n_headers = -N_DOUBTED_BEHIND_JUNK;
        }
        if self.header.replace(*header).is_some_and(|before| !before.is_of_stream(header)) {
            self.n_headers = -N_DOUBTED_AT_CHANGE;
        }
        self.n_headers = self.n_headers.saturating_add(1);
        if self.n_headers > 0 || self.n_samples == 0 {
            self.n_samples = header.n_samples() as i64;
        }
        let start = self.n_passed;
        self.n_passed += self.n_samples;
        (start, self.n_passed)
    }
}

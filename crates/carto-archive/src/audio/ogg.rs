//! Ogg: the packets of the first audio stream, counted.

use std::io::Read;

use super::error::{AudioError, AudioFormat};
use super::measured::{AudioWarning, Measured, PacketLength, Recording, SampleFormat};
use super::opus::Opus;
use super::pages::{Page, next_page};
use super::vorbis::Vorbis;
use super::window::Window;

/// Of a packet so much is kept. The setup header of Vorbis, whose end we need,
/// takes 4 to 8 KB; comments with pictures may be larger but are not needed.
const MAX_PACKET_BYTES: usize = 256 << 10;

/// Counts the samples that ffmpeg decodes from the first Vorbis, Opus or FLAC
/// stream; further files joined to it (chained streams) are added.
///
/// Packets are added up rather than the last granule position believed, since
/// ffmpeg does: the last page trims its last packet, and only where it carries
/// the flag of a last page, so a file that was cut off counts to its end.
///
/// # Errors
///
/// [`AudioError::UnsupportedCodec`] where none of the streams is known,
/// [`AudioError::Truncated`] and [`AudioError::Damaged`] for headers.
///
/// # Source
///
/// FFmpeg n5.1 `libavformat/oggdec.c`, `oggparsevorbis.c`, `oggparseopus.c`.
pub(super) fn measure<R: Read>(window: &mut Window<R>) -> Result<Measured, AudioError> {
    let mut file = File::default();
    while let Some(page) = next_page(window)? {
        file.add_page(&page)?;
    }
    file.finish()
}

/// What the first packet of a stream says it is.
enum Codec {
    Vorbis(Vorbis),
    Opus(Opus),
    /// Samples are in the header; granule positions where it says 0.
    Flac {
        format: SampleFormat,
        n_samples: u64,
    },
}

impl Codec {
    fn from_first_packet(packet: &[u8]) -> Option<Self> {
        if let Some(vorbis) = Vorbis::from_identification(packet) {
            return Some(Self::Vorbis(vorbis));
        }
        if let Some(opus) = Opus::from_head(packet) {
            return Some(Self::Opus(opus));
        }
        // Mapping version and number of headers stand before the native form.
        let native = packet.strip_prefix(b"\x7fFLAC")?.get(4..)?;
        let (format, n_samples) = super::flac::read_stream_info(native)?;
        Some(Self::Flac { format, n_samples })
    }

    fn format(&self) -> AudioFormat {
        match self {
            Self::Vorbis(_) => AudioFormat::Vorbis,
            Self::Opus(_) => AudioFormat::Opus,
            Self::Flac { .. } => AudioFormat::OggFlac,
        }
    }
}

#[derive(Default)]
struct File {
    serial: Option<u32>,
    codec: Option<Codec>,
    /// The first stream as the demuxer keeps it: it takes the packets of joined streams
    /// for some of this one.
    demuxer: Option<Vorbis>,
    recording: Recording,
    /// What of a packet came on earlier pages.
    partial: Option<Vec<u8>>,
    /// Where the clock stood at the end of the page before.
    last_granule: Option<i64>,
    saw_last_page: bool,
    /// Name of the first codec that we do not know.
    unknown: Option<String>,
}

impl File {
    fn add_page(&mut self, page: &Page) -> Result<(), AudioError> {
        if page.is_first() && (self.serial.is_none() || self.recording.n_native() > 0) {
            self.begin_stream(page);
        }
        if self.serial != Some(page.serial) {
            return Ok(());
        }
        let (mut n_clock, mut last) = (0_u64, PacketLength::default());
        if !page.continues_packet() {
            self.partial = None;
        }
        let mut skips_tail = page.continues_packet() && self.partial.is_none();
        for (piece, is_end) in page.pieces() {
            let mut packet = self.partial.take().unwrap_or_default();
            let n_room = MAX_PACKET_BYTES.saturating_sub(packet.len());
            packet.extend_from_slice(&piece[..piece.len().min(n_room)]);
            if !is_end {
                self.partial = Some(packet);
            } else if !std::mem::take(&mut skips_tail) {
                last = self.add_packet(&packet)?;
                n_clock += last.n_clock;
            }
        }
        if page.is_last() {
            self.saw_last_page = true;
            self.trim_end(page, n_clock, last);
        }
        self.last_granule = page.granule.or(self.last_granule);
        Ok(())
    }

    /// Takes up a stream if its codec is known, keeping what was counted.
    fn begin_stream(&mut self, page: &Page) {
        let Some((packet, _)) = page.pieces().next() else { return };
        match Codec::from_first_packet(packet) {
            Some(mut codec) => {
                if let (Codec::Vorbis(new), Some(Codec::Vorbis(former))) =
                    (&mut codec, &mut self.codec)
                {
                    new.follow_another();
                    self.demuxer.get_or_insert_with(|| former.clone()).restart();
                }
                self.codec = Some(codec);
                self.serial = Some(page.serial);
                self.partial = None;
                self.last_granule = None;
                self.saw_last_page = false;
            }
            None if self.unknown.is_none() => self.unknown = Some(codec_name(packet)),
            None => {}
        }
    }

    fn add_packet(&mut self, packet: &[u8]) -> Result<PacketLength, AudioError> {
        let (format, length) = match &mut self.codec {
            Some(Codec::Vorbis(vorbis)) => {
                let mut length = vorbis.add_packet(packet)?;
                if let Some(demuxer) = &mut self.demuxer {
                    length.n_clock = demuxer.packet_clock(packet);
                }
                (vorbis.format(), length)
            }
            Some(Codec::Opus(opus)) => (Opus::FORMAT_STEREO, opus.add_packet(packet)),
            Some(Codec::Flac { .. }) | None => return Ok(PacketLength::default()),
        };
        if length.n_decoded > 0 {
            self.recording.add(format, length.n_decoded);
        }
        Ok(length)
    }

    /// The last page says where the sound ends, which may be before the end of
    /// its last packet.
    fn trim_end(&mut self, page: &Page, n_clock: u64, last: PacketLength) {
        let Some(granule) = page.granule else { return };
        let end = self.last_granule.unwrap_or(0).saturating_add_unsigned(n_clock);
        let n_beyond = u64::try_from(end.saturating_sub(granule)).unwrap_or(0);
        match &self.codec {
            // The decoder ignores a request to drop more than the packet holds.
            Some(Codec::Vorbis(_)) if n_beyond <= last.n_decoded => {
                self.recording.discard(n_beyond);
            }
            Some(Codec::Opus(_)) => self.recording.discard(n_beyond.min(n_clock)),
            _ => {}
        }
    }

    fn finish(mut self) -> Result<Measured, AudioError> {
        let Some(codec) = &self.codec else {
            return Err(match self.unknown {
                Some(codec) => AudioError::UnsupportedCodec { container: "ogg", codec },
                None => AudioError::Truncated { format: AudioFormat::Vorbis },
            });
        };
        let format = codec.format();
        match *codec {
            Codec::Opus(ref opus) => self.recording.discard(opus.n_pre_skip()),
            Codec::Flac { format, n_samples: 0 } => {
                let n_samples = self.last_granule.unwrap_or(0);
                self.recording.add(format, u64::try_from(n_samples).unwrap_or(0));
            }
            Codec::Flac { format, n_samples } => self.recording.add(format, n_samples),
            Codec::Vorbis(_) => {}
        }
        if self.recording.n_native() == 0 {
            return Err(AudioError::Truncated { format });
        }
        let warnings = if self.saw_last_page { vec![] } else { vec![AudioWarning::EndsEarly] };
        Ok(Measured { format, recording: self.recording, warnings })
    }
}

/// The readable letters at the front of an unknown first packet.
fn codec_name(packet: &[u8]) -> String {
    let letters = packet.iter().skip_while(|byte| !byte.is_ascii_alphabetic());
    let letters = letters.take_while(|byte| byte.is_ascii_alphabetic()).take(8);
    letters.map(|&byte| char::from(byte)).collect()
}

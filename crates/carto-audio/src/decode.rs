//! Some samples of an audio file, and no more work than they need.

use std::io::Cursor;
use std::ops::Range;

use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;
use symphonia::core::packet::Packet;
use symphonia::core::units::TimeBase;
use symphonia::default::{get_codecs, get_probe};

use crate::HearingError;

/// Sample rates that music has, Hz.
const SAMPLE_RATES_HZ: std::ops::RangeInclusive<u32> = 8_000..=192_000;

/// Decoded ahead of what is wanted, ms: the packets of an mp3 lean on up to nine before them, the
/// blocks of ogg vorbis on one.
const LEAD_MS: u64 = 300;

/// An audio file, opened.
pub(crate) struct AudioFile<'a> {
    reader: Box<dyn FormatReader + 'a>,
    decoder: Box<dyn AudioDecoder>,
    track_id: u32,
    sample_rate_hz: u32,
}

impl<'a> AudioFile<'a> {
    /// - `bytes`: of the file, from where its audio begins
    ///
    /// # Errors
    ///
    /// [`HearingError::NotAudio`], [`HearingError::Unsupported`], [`HearingError::Damaged`],
    /// [`HearingError::SampleRate`].
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, HearingError> {
        let options = MediaSourceStreamOptions::default();
        let stream = MediaSourceStream::new(Box::new(Cursor::new(bytes)), options);
        let (format, metadata) = (FormatOptions::default(), MetadataOptions::default());
        let reader = get_probe()
            .probe(&Hint::new(), stream, format, metadata)
            .map_err(|error| refused(&error).unwrap_or(HearingError::NotAudio))?;
        let track = reader.default_track(TrackType::Audio).ok_or(HearingError::NotAudio)?;
        let params = track.codec_params.as_ref().and_then(|params| params.audio());
        let params = params.ok_or(HearingError::NotAudio)?;
        let sample_rate_hz = params.sample_rate.unwrap_or(0);
        if !SAMPLE_RATES_HZ.contains(&sample_rate_hz) {
            return Err(HearingError::SampleRate { sample_rate_hz });
        }
        if track.time_base != TimeBase::try_from_recip(sample_rate_hz) {
            return Err(HearingError::Unsupported { what: "its times are not counted in samples" });
        }
        // What a player leaves out at the start stands at times before 0, and is not asked for.
        let options = AudioDecoderOptions::default().gapless(false);
        let decoder = get_codecs()
            .make_audio_decoder(params, &options)
            .map_err(|error| refused(&error).unwrap_or(HearingError::NotAudio))?;
        let track_id = track.id;
        Ok(Self { reader, decoder, track_id, sample_rate_hz })
    }

    /// Samples a second.
    pub(crate) fn sample_rate_hz(&self) -> u32 {
        self.sample_rate_hz
    }

    /// Decodes what is wanted and a little before it, and hands it over: the place of the first
    /// sample from the start of the audio, and samples, the mean of all channels. Places ascend. A
    /// packet that is damaged is left out, and so is what stands behind the end of the file or
    /// a second stream in it.
    ///
    /// - `wanted`: ranges of samples
    ///
    /// # Errors
    ///
    /// [`HearingError::Damaged`], [`HearingError::Unsupported`].
    pub(crate) fn decode(
        mut self,
        wanted: &[Range<u64>],
        mut hear: impl FnMut(u64, &[f32]),
    ) -> Result<(), HearingError> {
        let n_lead = u64::from(self.sample_rate_hz) * LEAD_MS / 1000;
        let with_lead =
            |range: &Range<u64>| signed(range.start.saturating_sub(n_lead))..signed(range.end);
        let wanted: Vec<Range<i64>> = wanted.iter().map(with_lead).collect();
        let last_end = wanted.iter().map(|range| range.end).max().unwrap_or(0);
        let (mut interleaved, mut mono) = (Vec::<f32>::new(), Vec::<f32>::new());
        let mut is_continuous = true;
        while let Some(packet) = self.next_packet()? {
            let start = packet.pts.get();
            let end = start.saturating_add(signed(packet.block_dur().get()));
            if start >= last_end {
                break;
            }
            if !wanted.iter().any(|range| start < range.end && end > range.start) {
                is_continuous = false;
                continue;
            }
            if !is_continuous {
                self.decoder.reset();
                is_continuous = true;
            }
            let decoded = match self.decoder.decode(&packet) {
                Ok(decoded) => decoded,
                // So many packets are lost, which who hears them counts.
                Err(Error::DecodeError(_) | Error::IoError(_) | Error::ResetRequired) => continue,
                Err(error) => {
                    let damaged = HearingError::Damaged { what: "its packets" };
                    return Err(refused(&error).unwrap_or(damaged));
                }
            };
            if decoded.spec().rate() != self.sample_rate_hz {
                return Err(HearingError::Damaged { what: "its sample rate changes" });
            }
            let n_channels = decoded.num_planes().max(1);
            decoded.copy_to_vec_interleaved(&mut interleaved);
            mono.clear();
            let mean = |frame: &[f32]| frame.iter().sum::<f32>() / n_channels as f32;
            mono.extend(interleaved.chunks_exact(n_channels).map(mean));
            // Samples before the start are what a player leaves out.
            let n_before = usize::try_from(start.min(0).unsigned_abs()).unwrap_or(usize::MAX);
            if let Some(samples) = mono.get(n_before..) {
                hear(start.max(0).unsigned_abs(), samples);
            }
        }
        Ok(())
    }

    /// The next packet of the audio; `None` at its end.
    fn next_packet(&mut self) -> Result<Option<Packet>, HearingError> {
        loop {
            match self.reader.next_packet() {
                Ok(Some(packet)) if packet.track_id != self.track_id => {}
                Ok(packet) => return Ok(packet),
                // The file ends early, or another stream begins.
                Err(Error::IoError(_) | Error::ResetRequired) => return Ok(None),
                Err(error) => {
                    let damaged = HearingError::Damaged { what: "its packets" };
                    return Err(refused(&error).unwrap_or(damaged));
                }
            }
        }
    }
}

fn signed(n_samples: u64) -> i64 {
    i64::try_from(n_samples).unwrap_or(i64::MAX)
}

/// What an error of the decoder means for the file; `None` where it says nothing of it.
fn refused(error: &Error) -> Option<HearingError> {
    match *error {
        Error::DecodeError(what) | Error::LimitError(what) => Some(HearingError::Damaged { what }),
        Error::Unsupported("core (probe): no suitable format reader found") => None,
        Error::Unsupported(what) => Some(HearingError::Unsupported { what }),
        _ => None,
    }
}

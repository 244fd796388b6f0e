//! The recording of a song, decoded by the browser.

use std::rc::Rc;

use carto_types::MAX_RECORDING_BYTES;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AudioBuffer, OfflineAudioContext};

use crate::stretch::Samples;

/// Samples a second of everything here, known before a device is open, so that a recording can
/// be decoded before a person presses play. Most recordings of beatmaps have it themselves.
pub(crate) const SAMPLE_RATE_HZ: f32 = 44_100.0;

/// The largest file that is decoded, bytes.
const MAX_BYTES: u32 = MAX_RECORDING_BYTES as u32;

/// The longest recording that is kept decoded, s. The longest ranked maps take about 20 minutes.
const MAX_S: f64 = 40.0 * 60.0;

/// A recording longer than this is kept with one channel, s: two take 21 MB a minute.
const MAX_STEREO_S: f64 = 6.0 * 60.0;

/// Samples that are mixed to one channel before the page gets its turn again: a few ms of work.
const MIXED_AT_ONCE: u32 = 5 * 44_100;

/// Why a recording cannot be played. A metronome of the timing points stands in for it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordingError {
    /// There are no bytes.
    #[error("{name} is empty, so a metronome of the timing points plays")]
    Empty {
        /// Name of the file.
        name: String,
    },
    /// The file is too large.
    #[error(
        "{name} has {megabytes} MB, and up to {limit_megabytes} MB are decoded, so a metronome of the timing \
         points plays"
    )]
    TooLarge {
        /// Name of the file.
        name: String,
        /// Its size, 2^20 bytes, rounded up.
        megabytes: u32,
        /// The limit, 2^20 bytes.
        limit_megabytes: u32,
    },
    /// It is too long.
    #[error(
        "{name} takes {minutes} minutes, and up to {limit_minutes} are played, so a metronome of the timing \
         points plays"
    )]
    TooLong {
        /// Name of the file.
        name: String,
        /// Its length, minutes, rounded up.
        minutes: u32,
        /// The limit, minutes.
        limit_minutes: u32,
    },
    /// The browser does not know the format, or the file is damaged.
    #[error(
        "this browser cannot decode {name}, so a metronome of the timing points plays; another browser may \
         know its format"
    )]
    Undecodable {
        /// Name of the file.
        name: String,
    },
    /// The browser decodes no sound at all.
    #[error("this browser decodes no sound, so {name} cannot be played")]
    NoDecoder {
        /// Name of the file.
        name: String,
    },
}

/// A decoded recording. A clone is another handle of the same samples, which are freed with the
/// last one.
#[derive(Debug, Clone)]
pub struct Recording {
    name: Rc<str>,
    buffer: AudioBuffer,
}

impl Recording {
    /// Decodes the bytes of an mp3, ogg, wav, flac or m4a file: whatever this browser knows.
    ///
    /// Needs no gesture and no open sound device. The browser decodes beside the page, but copies
    /// the samples to it in one task, which a long recording makes long: begin when the view is
    /// drawn. `name` is for messages.
    ///
    /// # Errors
    ///
    /// A [`RecordingError`] whose text can be shown as it is.
    pub async fn decode(name: &str, bytes: &[u8]) -> Result<Self, RecordingError> {
        check_size(name, bytes.len())?;
        Self::decode_checked(name, Uint8Array::from(bytes).buffer()).await
    }

    /// The same from a buffer of the browser, which is empty afterwards.
    ///
    /// # Errors
    ///
    /// A [`RecordingError`] whose text can be shown as it is.
    pub async fn decode_buffer(name: &str, bytes: ArrayBuffer) -> Result<Self, RecordingError> {
        check_size(name, bytes.byte_length() as usize)?;
        Self::decode_checked(name, bytes).await
    }

    async fn decode_checked(name: &str, bytes: ArrayBuffer) -> Result<Self, RecordingError> {
        let no_decoder = |_: JsValue| RecordingError::NoDecoder { name: name.to_owned() };
        let undecodable = || RecordingError::Undecodable { name: name.to_owned() };
        let decoder = OfflineAudioContext::new_with_number_of_channels_and_length_and_sample_rate(
            1,
            1,
            SAMPLE_RATE_HZ,
        )
        .map_err(no_decoder)?;
        let decoded = decoder.decode_audio_data(&bytes).map_err(|_| undecodable())?;
        let buffer = JsFuture::from(decoded).await.map_err(|_| undecodable())?;
        let buffer: AudioBuffer = buffer.dyn_into().map_err(|_| undecodable())?;
        if buffer.duration() > MAX_S {
            return Err(RecordingError::TooLong {
                name: name.to_owned(),
                minutes: (buffer.duration() / 60.0).ceil() as u32,
                limit_minutes: (MAX_S / 60.0) as u32,
            });
        }
        let buffer = if buffer.duration() > MAX_STEREO_S && buffer.number_of_channels() > 1 {
            mixed_to_one_channel(&decoder, &buffer).await.map_err(|_| undecodable())?
        } else {
            buffer
        };
        Ok(Self { name: name.into(), buffer })
    }

    /// Name of the file.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its length, ms.
    #[must_use]
    pub fn length_ms(&self) -> f64 {
        self.buffer.duration() * 1000.0
    }

    /// What its samples take, bytes: four for each sample of each channel. Two channels up to
    /// six minutes, then one: at most 127 MB for six minutes, 106 MB for ten.
    #[must_use]
    pub fn n_bytes(&self) -> u64 {
        4 * u64::from(self.buffer.length()) * u64::from(self.buffer.number_of_channels())
    }

    /// Its samples as the browser has them.
    pub(crate) fn buffer(&self) -> &AudioBuffer {
        &self.buffer
    }
}

fn check_size(name: &str, n_bytes: usize) -> Result<(), RecordingError> {
    let n_bytes = u32::try_from(n_bytes).unwrap_or(u32::MAX);
    if n_bytes == 0 {
        return Err(RecordingError::Empty { name: name.to_owned() });
    }
    if n_bytes > MAX_BYTES {
        return Err(RecordingError::TooLarge {
            name: name.to_owned(),
            megabytes: n_bytes.div_ceil(1 << 20),
            limit_megabytes: MAX_BYTES >> 20,
        });
    }
    Ok(())
}

/// The mean of all channels, in a buffer of its own.
async fn mixed_to_one_channel(
    context: &OfflineAudioContext,
    buffer: &AudioBuffer,
) -> Result<AudioBuffer, JsValue> {
    let mixed = context.create_buffer(1, buffer.length(), buffer.sample_rate())?;
    let n_channels = buffer.number_of_channels();
    let mut start = 0;
    while start < buffer.length() {
        let n_samples = MIXED_AT_ONCE.min(buffer.length() - start) as usize;
        let (mut sum, mut channel_samples) = (vec![0.0; n_samples], vec![0.0; n_samples]);
        for channel in 0..n_channels as i32 {
            buffer.copy_from_channel_with_start_in_channel(&mut channel_samples, channel, start)?;
            for (sum, sample) in sum.iter_mut().zip(&channel_samples) {
                *sum += sample / n_channels as f32;
            }
        }
        mixed.copy_to_channel_with_start_in_channel(&sum, 0, start)?;
        start += MIXED_AT_ONCE;
        after_other_tasks().await?;
    }
    Ok(mixed)
}

/// Lets the page do what else it has to do.
async fn after_other_tasks() -> Result<(), JsValue> {
    let window = web_sys::window().ok_or(JsValue::UNDEFINED)?;
    let waited = js_sys::Promise::new(&mut |resolve, _| {
        // Without a timer nothing else could run either; then there is nothing to wait for.
        if window.set_timeout_with_callback(&resolve).is_err() {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    });
    JsFuture::from(waited).await.map(|_| ())
}

/// The recording as the time stretch reads it.
impl Samples for Recording {
    fn n_channels(&self) -> usize {
        self.buffer.number_of_channels() as usize
    }

    fn read(&self, channel: usize, start: i64, into: &mut [f32]) {
        into.fill(0.0);
        // What lies before the recording stays silent; behind it the browser writes nothing.
        let n_before = usize::try_from(-start).unwrap_or(0).min(into.len());
        let Ok(first) = u32::try_from(start.max(0)) else { return };
        if first >= self.buffer.length() {
            return;
        }
        if let Some(within) = into.get_mut(n_before..) {
            // Fails for a channel that there is not, which then stays silent.
            let _ =
                self.buffer.copy_from_channel_with_start_in_channel(within, channel as i32, first);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_beyond_the_limit_are_refused_by_name() {
        assert_eq!(check_size("a.mp3", 1), Ok(()));
        assert_eq!(check_size("a.mp3", 64 << 20), Ok(()));
        let error = check_size("a.mp3", (64 << 20) + 1).map_err(|error| error.to_string());
        let expected = "a.mp3 has 65 MB, and up to 64 MB are decoded, so a metronome of the timing points plays";
        assert_eq!(error, Err(expected.to_owned()));
        let error = check_size("b.ogg", 0).map_err(|error| error.to_string());
        assert_eq!(
            error,
            Err("b.ogg is empty, so a metronome of the timing points plays".to_owned())
        );
    }
}

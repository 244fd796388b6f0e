//! Why a recording cannot be heard.

/// Why a recording cannot be heard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HearingError {
    /// None of the formats that are decoded.
    #[error("this is no audio that can be decoded (mp3, ogg vorbis, wav, flac)")]
    NotAudio,
    /// A known container with something in it that is not decoded.
    #[error("its audio cannot be decoded ({what}): convert it to ogg vorbis or mp3")]
    Unsupported {
        /// What the decoder says.
        what: &'static str,
    },
    /// The file says something that cannot be.
    #[error("the audio is damaged ({what}): download it again")]
    Damaged {
        /// What is wrong.
        what: &'static str,
    },
    /// A sample rate that no music has, or none.
    #[error("its sample rate is {sample_rate_hz} Hz: convert it to 44100 Hz")]
    SampleRate {
        /// What the file says; 0 where it says nothing.
        sample_rate_hz: u32,
    },
    /// Some of what was to be heard is not there.
    #[error("{missing_ms} ms of the {wanted_ms} ms to be heard are missing: download it again")]
    Missing {
        /// How much of a stretch is not there.
        missing_ms: u64,
        /// Duration of the stretch.
        wanted_ms: u64,
    },
    /// Too little for two stretches.
    #[error("the recording is {length_ms} ms long, it takes {least_ms} ms")]
    TooShort {
        /// Its duration.
        length_ms: u64,
        /// The least that can be heard.
        least_ms: u64,
    },
    /// More bytes than music has.
    #[error("the audio file is larger than {limit_bytes} bytes")]
    TooLarge {
        /// The limit.
        limit_bytes: usize,
    },
    /// A panic of the decoder, which is not ours.
    #[error("the decoder of its audio failed: please report it with this file")]
    DecoderFailed,
}

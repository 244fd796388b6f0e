//! Why audio cannot be measured.

/// A container and its codec.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AudioFormat {
    /// MPEG audio, layer III or II.
    Mp3,
    /// Vorbis in ogg.
    Vorbis,
    /// Opus in ogg.
    Opus,
    /// FLAC in ogg.
    OggFlac,
    /// RIFF wave.
    Wav,
    /// FLAC.
    Flac,
    /// MPEG-4 (m4a): AAC or ALAC.
    Mp4,
    /// AAC without a container.
    Adts,
}

impl std::fmt::Display for AudioFormat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Mp3 => "mp3",
            Self::Vorbis => "ogg vorbis",
            Self::Opus => "ogg opus",
            Self::OggFlac => "ogg flac",
            Self::Wav => "wav",
            Self::Flac => "flac",
            Self::Mp4 => "m4a",
            Self::Adts => "aac",
        })
    }
}

/// Why the length of an audio file could not be found.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AudioError {
    /// No bytes at all.
    #[error("the audio file is empty")]
    Empty,
    /// None of the formats that we know.
    #[error("this is no audio file that we know (mp3, ogg, wav, flac, m4a, aac)")]
    NotAudio,
    /// The file ends before the first sound.
    #[error("the {format} file ends inside its header: download it again")]
    Truncated {
        /// The format its beginning shows.
        format: AudioFormat,
    },
    /// The header says something that cannot be.
    #[error("the {format} file is damaged ({what}): download it again")]
    Damaged {
        /// The format its beginning shows.
        format: AudioFormat,
        /// What is wrong.
        what: &'static str,
    },
    /// An mp3 whose frames do not state their size; ffmpeg cannot read it either.
    #[error("this is a free-format mp3, which has no stated bit rate: encode it again")]
    FreeFormat,
    /// A known container with something else in it.
    #[error("{codec} in {container} is not supported: convert it to ogg vorbis or mp3")]
    UnsupportedCodec {
        /// The container.
        container: &'static str,
        /// What is in it, as the file names it.
        codec: String,
    },
    /// The published pipeline cannot transform it, so no map on it takes part.
    #[error("the audio is too short: {n_samples} samples at 16384 Hz, it takes more than 4096")]
    TooShort {
        /// Length at 16384 Hz.
        n_samples: u64,
    },
    /// More than [`crate::Limits::max_frames`].
    #[error("the audio is too long: {n_frames} frames of 6 ms, limit is {limit}")]
    TooLong {
        /// What its headers say.
        n_frames: u64,
        /// The limit.
        limit: u64,
    },
    /// More than [`crate::Limits::max_audio_bytes`].
    #[error("the audio file is larger than {limit_bytes} bytes")]
    TooLarge {
        /// The limit.
        limit_bytes: u64,
    },
    /// The source failed.
    #[error("the audio could not be read: {0}")]
    Read(#[from] std::io::Error),
}

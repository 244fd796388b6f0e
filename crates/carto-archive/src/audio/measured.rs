//! What a reader of one format finds: samples, and what is odd about the file.

use super::error::AudioFormat;
use super::resampling::{resampled_samples, resampled_without_end};

/// What a reader of one format found.
pub(super) struct Measured {
    pub(super) format: AudioFormat,
    pub(super) recording: Recording,
    pub(super) warnings: Vec<AudioWarning>,
}

/// What is odd about a file that could be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AudioWarning {
    /// The last frame, page or chunk is incomplete.
    #[error("the file ends early")]
    EndsEarly,
    /// Frames of an mp3 that ffmpeg drops, since they are damaged or stand
    /// behind foreign bytes.
    #[error("{n_frames} frames are damaged and do not count")]
    FramesLost {
        /// How many.
        n_frames: u64,
    },
    /// Sample rate or channels change inside; the length may then differ from
    /// ffmpeg's by some frames.
    #[error("the sample rate or the number of channels changes inside the file")]
    FormatChanges,
}

/// What of the decoder's output decides how it is resampled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SampleFormat {
    pub(super) sample_rate_hz: u32,
    pub(super) n_channels: u8,
}

/// Native samples of one file. Where the format changes inside, ffmpeg starts
/// its resampler anew, so the parts before are counted on their own.
#[derive(Debug, Clone, Default)]
pub(super) struct Recording {
    format: Option<SampleFormat>,
    /// In the current format.
    n_current: u64,
    /// In former formats, native and at 16384 Hz.
    n_former: u64,
    n_former_resampled: u64,
}

impl Recording {
    /// Adds decoded samples.
    pub(super) fn add(&mut self, format: SampleFormat, n_samples: u64) {
        if let Some(former) = self.format.replace(format).filter(|&former| former != format) {
            let n_resampled = resampled_without_end(self.n_current, former.sample_rate_hz);
            self.n_former_resampled = self.n_former_resampled.saturating_add(n_resampled);
            self.n_former = self.n_native();
            self.n_current = 0;
        }
        self.n_current = self.n_current.saturating_add(n_samples);
    }

    /// Takes away what the decoder made but does not give out.
    pub(super) fn discard(&mut self, n_samples: u64) {
        self.n_current = self.n_current.saturating_sub(n_samples);
    }

    /// True where the format changed.
    pub(super) fn is_mixed(&self) -> bool {
        self.n_former > 0
    }

    pub(super) fn n_native(&self) -> u64 {
        self.n_former.saturating_add(self.n_current)
    }

    /// Length at 16384 Hz, and the rate at the end; `None` where nothing was added.
    pub(super) fn resampled(&self) -> Option<(u64, u32)> {
        let rate_hz = self.format?.sample_rate_hz;
        let n_resampled = resampled_samples(self.n_current, rate_hz);
        Some((self.n_former_resampled.saturating_add(n_resampled), rate_hz))
    }
}

/// Length of one packet in samples.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct PacketLength {
    /// Samples by which the clock of the stream goes on.
    pub(super) n_clock: u64,
    /// Samples that the decoder gives out: none for the first packet of Vorbis.
    pub(super) n_decoded: u64,
}

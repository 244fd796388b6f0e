use half::f16;

use carto_encoder::EncoderConfig;

/// One map to learn from.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainingMap {
    /// What a person recognises it by, and what names it in messages.
    pub label: String,
    /// Equal for maps of one song.
    pub song: String,
    /// Equal for maps by one mapper.
    pub creator: String,
    /// `[9, n_frames]`, channel by channel. 16 bits: the steps near 1 are 0.0005,
    /// where a frame's time alone moves an event channel by 0.01.
    signal: Vec<f16>,
}

/// Signals of many maps.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TrainingSet {
    /// In the order of their files' names.
    pub maps: Vec<TrainingMap>,
}

impl TrainingMap {
    /// The largest value that is learnt from: cursors leave the playfield by a
    /// screen or two, and what lies beyond are jokes that would drown the rest.
    pub const MAX_VALUE: f64 = 4.0;

    /// - `signal`: `[9, n_frames]`, channel by channel; `None` if it is empty, no
    ///   such matrix, or has a value that is not finite or beyond
    ///   [`Self::MAX_VALUE`]
    #[must_use]
    pub fn new(label: String, song: String, creator: String, signal: &[f64]) -> Option<Self> {
        let is_matrix =
            !signal.is_empty() && signal.len().is_multiple_of(EncoderConfig::N_CHANNELS);
        let is_sane = |value: &f64| value.is_finite() && value.abs() <= Self::MAX_VALUE;
        (is_matrix && signal.iter().all(is_sane)).then(|| {
            let signal = signal.iter().map(|&value| f16::from_f64(value)).collect();
            Self { label, song, creator, signal }
        })
    }

    pub(super) fn from_halves(
        label: String,
        song: String,
        creator: String,
        signal: Vec<f16>,
    ) -> Self {
        Self { label, song, creator, signal }
    }

    pub(super) fn halves(&self) -> &[f16] {
        &self.signal
    }

    /// Frames.
    #[must_use]
    pub fn n_frames(&self) -> usize {
        self.signal.len() / EncoderConfig::N_CHANNELS
    }

    /// Appends the frames from `start` on of all channels, `[9, n_frames]`; those
    /// beyond the end are zero, as padding is.
    pub fn crop_into(&self, start: usize, n_frames: usize, to: &mut Vec<f32>) {
        for series in self.signal.chunks_exact(self.n_frames()) {
            let known = &series[start.min(series.len())..(start + n_frames).min(series.len())];
            to.extend(known.iter().map(|value| value.to_f32()));
            to.extend(std::iter::repeat_n(0.0, n_frames - known.len()));
        }
    }

    /// The whole signal, `[9, n_frames]`.
    #[must_use]
    pub fn frames(&self) -> Vec<f32> {
        self.signal.iter().map(|value| value.to_f32()).collect()
    }
}

impl TrainingSet {
    /// Frames of all maps.
    #[must_use]
    pub fn n_frames(&self) -> usize {
        self.maps.iter().map(TrainingMap::n_frames).sum()
    }
}

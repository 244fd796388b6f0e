use std::ops::Range;

use crate::{EncoderConfig, SignalFrames};

/// Some frames of a signal with their channels side by side.
#[derive(Debug, Default)]
pub(super) struct FrameRows {
    values: Vec<f32>,
}

impl FrameRows {
    /// `[time, 9]`; frames beyond the signal, which padding adds, are zero.
    pub(super) fn of(&mut self, signal: SignalFrames<'_>, times: Range<usize>) -> &[f32] {
        const N: usize = EncoderConfig::N_CHANNELS;
        self.values.clear();
        self.values.resize(times.len() * N, 0.0);
        for (channel, series) in signal.channels().enumerate() {
            let known = series.get(times.start.min(series.len())..times.end.min(series.len()));
            for (row, &value) in known.unwrap_or_default().iter().enumerate() {
                self.values[row * N + channel] = value;
            }
        }
        &self.values
    }
}

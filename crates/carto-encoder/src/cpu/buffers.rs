//! Room for activations, kept from tile to tile.

use std::ops::Range;

use crate::{EncoderConfig, SignalFrames};

/// Activations `[time, channel]`: consecutive times of one stage, each with
/// room for whole registers.
#[derive(Debug, Default)]
pub(super) struct Rows {
    values: Vec<f32>,
    stride: usize,
}

impl Rows {
    /// Makes room for `n_rows` times; what was there before is lost, and what
    /// is read before it is written is zero or an earlier tile's.
    pub(super) fn reserve(&mut self, n_rows: usize, stride: usize) {
        self.stride = stride;
        self.values.resize(n_rows * stride, 0.0);
    }

    /// Distance between the first channels of two times.
    pub(super) fn stride(&self) -> usize {
        self.stride
    }

    pub(super) fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.stride..(row + 1) * self.stride]
    }

    pub(super) fn row_mut(&mut self, row: usize) -> &mut [f32] {
        &mut self.values[row * self.stride..(row + 1) * self.stride]
    }

    /// All values from a row to the end.
    pub(super) fn tail(&self, row: usize) -> &[f32] {
        &self.values[row * self.stride..]
    }

    /// All values from a row to the end.
    pub(super) fn tail_mut(&mut self, row: usize) -> &mut [f32] {
        &mut self.values[row * self.stride..]
    }

    /// Moves the last rows of `n_rows` so that they start at row 0.
    pub(super) fn keep_from(&mut self, row: usize, n_rows: usize) {
        self.values.copy_within(row * self.stride..n_rows * self.stride, 0);
    }

    /// Bytes of all rows.
    pub(super) fn n_bytes(&self) -> usize {
        self.values.len() * size_of::<f32>()
    }
}

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

/// Buffers that all stages share.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// Inputs of a product, see [`super::product::Product`].
    pub(super) laid_out: Vec<f32>,
    /// Frames of the signal, times first.
    pub(super) frames: FrameRows,
    /// Filter and gate before their taps: a window that moves over the layer.
    pub(super) branches: Rows,
    /// The gated product of a block.
    pub(super) gated: Rows,
    /// Sum of the layers' skips.
    pub(super) skips: Rows,
    /// Channels that are pooled.
    pub(super) mixed: Rows,
}

impl Scratch {
    pub(super) fn n_bytes(&self) -> usize {
        let rows = [&self.branches, &self.gated, &self.skips, &self.mixed];
        rows.iter().map(|rows| rows.n_bytes()).sum::<usize>()
            + self.laid_out.len() * size_of::<f32>()
    }
}

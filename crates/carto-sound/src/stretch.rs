//! A recording played slower at its own pitch.
//!
//! Waveform similarity overlap-add, after W. Verhelst and M. Roelands, "An overlap-add technique
//! based on waveform similarity (WSOLA) for high quality time-scale modification of speech",
//! ICASSP 1993: windows of the recording are laid over each other at another distance than they
//! had, and each is moved by up to 10 ms to where it fits best to what the window before it would
//! have gone on with. The middle of a window is heard at its time but for that, the rest of it as
//! much too early or late as a window's half is stretched: a sound is at most 20 ms away from its
//! time at 0.5 x and 15 ms at 0.75 x. That does not add up, since each window has its own place.

use std::f64::consts::PI;

use crate::best_fit::{COARSE, best_fit};
use crate::rate::Rate;

/// Distance of two windows in what is played, s. A window is twice as long: a period of the
/// lowest tones of music, 50 Hz, has room in each half.
const HOP_S: f64 = 0.02;

/// By how much a window may be moved, s.
const TOLERANCE_S: f64 = 0.01;

/// Samples of a recording, each channel by itself; silence before and after them.
pub(crate) trait Samples {
    /// How many channels.
    fn n_channels(&self) -> usize;
    /// Writes the samples of `channel` from `start` on into `into`.
    fn read(&self, channel: usize, start: i64, into: &mut [f32]);
}

/// Plays a recording slower, block by block.
#[derive(Debug)]
pub(crate) struct Stretcher {
    rate: Rate,
    /// Sample of the recording at which the first block begins.
    begin: i64,
    /// Samples of a block, half a window.
    hop: usize,
    tolerance: usize,
    /// The rising half of a window, `[hop]`; with the falling half of the one before it adds to 1.
    rising: Vec<f32>,
    /// Number of the next block.
    block_idx: u32,
    /// Sample of the recording at which the last window begins.
    last_window: Option<i64>,
}

impl Stretcher {
    /// Plays from sample `begin` of a recording on.
    pub(crate) fn new(rate: Rate, sample_rate_hz: f64, begin: i64) -> Self {
        let hop = (HOP_S * sample_rate_hz).round().max(1.0) as u32;
        let rising = (0..hop)
            .map(|idx| {
                let phase = (f64::from(idx) + 0.5) / f64::from(hop);
                (0.5 - 0.5 * libm::cos(PI * phase)) as f32
            })
            .collect();
        Self {
            rate,
            begin,
            hop: hop as usize,
            tolerance: (TOLERANCE_S * sample_rate_hz / COARSE as f64).round() as usize * COARSE,
            rising,
            block_idx: 0,
            last_window: None,
        }
    }

    /// Samples of a block.
    pub(crate) fn block_len(&self) -> usize {
        self.hop
    }

    /// Adds the next block to the end of each channel.
    ///
    /// `channels` has as many channels as `samples`.
    pub(crate) fn append_block(&mut self, samples: &impl Samples, channels: &mut [Vec<f32>]) {
        let nominal = self.nominal_start(self.block_idx);
        self.block_idx += 1;
        let Some(last) = self.last_window else {
            self.last_window = Some(nominal);
            self.append_unchanged(samples, nominal, channels);
            return;
        };
        // What the window before would have gone on with.
        let goes_on = last + self.hop as i64;
        let window = self.fitting_start(samples, goes_on, nominal);
        let (mut falling, mut rising) = (vec![0.0; self.hop], vec![0.0; self.hop]);
        for (channel, out) in channels.iter_mut().enumerate() {
            samples.read(channel, goes_on, &mut falling);
            samples.read(channel, window, &mut rising);
            let halves = falling.iter().zip(&rising).zip(&self.rising);
            // Written so that equal halves give exactly their samples.
            out.extend(halves.map(|((old, new), weight)| old + (new - old) * weight));
        }
        self.last_window = Some(window);
    }

    /// The first block has nothing to be laid over.
    fn append_unchanged(&self, samples: &impl Samples, start: i64, channels: &mut [Vec<f32>]) {
        for (channel, out) in channels.iter_mut().enumerate() {
            let end = out.len();
            out.resize(end + self.hop, 0.0);
            if let Some(block) = out.get_mut(end..) {
                samples.read(channel, start, block);
            }
        }
    }

    /// Sample of the recording at which the window of a block begins whose middle is in time.
    fn nominal_start(&self, block_idx: u32) -> i64 {
        let hop = self.hop as f64;
        let middle = (f64::from(block_idx) * hop + hop) * self.rate.factor();
        self.begin + (middle - hop).round() as i64
    }

    /// Start of the window within the tolerance that goes on most like the window before, by the
    /// sum of all channels: they stay together.
    fn fitting_start(&self, samples: &impl Samples, goes_on: i64, nominal: i64) -> i64 {
        let first = nominal - self.tolerance as i64;
        let template = mono(samples, goes_on, self.hop);
        let candidates = mono(samples, first, self.hop + 2 * self.tolerance);
        first + best_fit(&template, &candidates, self.tolerance) as i64
    }
}

/// The sum of all channels, `[n_samples]` from `start` on.
fn mono(samples: &impl Samples, start: i64, n_samples: usize) -> Vec<f32> {
    let mut sum = vec![0.0; n_samples];
    let mut channel_samples = vec![0.0; n_samples];
    for channel in 0..samples.n_channels() {
        samples.read(channel, start, &mut channel_samples);
        for (sum, sample) in sum.iter_mut().zip(&channel_samples) {
            *sum += sample;
        }
    }
    sum
}

#[cfg(test)]
mod tests;

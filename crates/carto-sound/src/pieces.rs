//! The stretched recording in pieces that are scheduled one after the other.

use crate::stretch::{Samples, Stretcher};

/// Samples by which a piece overlaps the next. Both have the same sound there, one fading out and
/// one in: where a browser starts a piece a sample too early or too late, nothing clicks.
const OVERLAP: usize = 64;

/// Makes pieces of a stretched recording.
#[derive(Debug)]
pub(crate) struct Pieces {
    stretcher: Stretcher,
    /// Stretched, but in no piece yet: `[n_channels, n]`.
    waiting: Vec<Vec<f32>>,
    /// Samples from the begin of a piece to that of the next.
    step: usize,
    is_first: bool,
}

impl Pieces {
    /// Pieces of about `piece_s` seconds of what is played.
    pub(crate) fn new(
        stretcher: Stretcher,
        n_channels: usize,
        sample_rate_hz: f64,
        piece_s: f64,
    ) -> Self {
        let n_blocks = piece_s * sample_rate_hz / stretcher.block_len() as f64;
        let step = stretcher.block_len() * n_blocks.round().max(1.0) as usize;
        Self { stretcher, waiting: vec![Vec::new(); n_channels], step, is_first: true }
    }

    /// Samples from the begin of a piece to that of the next.
    pub(crate) fn step(&self) -> usize {
        self.step
    }

    /// The next piece: `[n_channels, step + 64]`; its last 64 samples are heard together with the
    /// first 64 of the one after it.
    pub(crate) fn next_piece(&mut self, samples: &impl Samples) -> Vec<Vec<f32>> {
        let length = self.step + OVERLAP;
        while self.waiting.iter().any(|channel| channel.len() < length) {
            self.stretcher.append_block(samples, &mut self.waiting);
        }
        let fades_in = !self.is_first;
        self.is_first = false;
        self.waiting
            .iter_mut()
            .map(|channel| {
                let mut piece: Vec<f32> = channel.iter().copied().take(length).collect();
                channel.drain(..self.step);
                fade_edges(&mut piece, fades_in);
                piece
            })
            .collect()
    }
}

fn fade_edges(piece: &mut [f32], fades_in: bool) {
    let weight = |idx: usize| (idx as f32 + 0.5) / OVERLAP as f32;
    if fades_in {
        for (idx, sample) in piece.iter_mut().take(OVERLAP).enumerate() {
            *sample *= weight(idx);
        }
    }
    for (idx, sample) in piece.iter_mut().rev().take(OVERLAP).enumerate() {
        *sample *= weight(idx);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rate::Rate;

    /// A recording without end: a slow beat of two tones.
    struct Endless;

    impl Samples for Endless {
        fn n_channels(&self) -> usize {
            1
        }

        fn read(&self, _channel: usize, start: i64, into: &mut [f32]) {
            for (idx, sample) in (start..).zip(into) {
                *sample = 0.4 * (idx as f32 * 0.05).sin() + 0.3 * (idx as f32 * 0.031).sin();
            }
        }
    }

    #[test]
    fn pieces_laid_over_each_other_are_the_stretched_recording() {
        let rate_hz = 8000.0;
        let stretcher = || Stretcher::new(Rate::Half, rate_hz, 0);
        let mut pieces = Pieces::new(stretcher(), 1, rate_hz, 0.25);
        let step = pieces.step();
        let mut heard = vec![0.0_f32; 5 * step + OVERLAP];
        for idx in 0..5 {
            let piece = pieces.next_piece(&Endless).remove(0);
            assert_eq!(piece.len(), step + OVERLAP);
            for (sum, sample) in heard[idx * step..].iter_mut().zip(piece) {
                *sum += sample;
            }
        }
        let mut whole = vec![Vec::new()];
        let mut at_once = stretcher();
        while whole[0].len() < heard.len() {
            at_once.append_block(&Endless, &mut whole);
        }
        for (heard, expected) in heard.iter().zip(&whole[0]).take(5 * step) {
            assert!((heard - expected).abs() < 1e-6);
        }
    }
}

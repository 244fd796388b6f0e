//! A small encoder on a small signal, with the latents that it should give.

use super::weights::WeightsError;
use super::{EncoderConfig, EncoderWeights, LatentMoments, SignalFrames};

/// Frames of the signal: no multiple of 18, so that padding is met too.
const N_FRAMES: usize = 100;

/// Means of the first eight dimensions in the first, third and last column, as
/// the processor's path gave them natively.
const EXPECTED: [[f32; 8]; 3] = [
    [
        -0.0029416739,
        0.002439986,
        -0.03191464,
        0.015257179,
        -0.0021881603,
        0.0059305183,
        -0.049129084,
        -0.001188194,
    ],
    [
        0.014783505,
        -0.04854004,
        -0.01968056,
        0.016645815,
        0.017738665,
        -0.03440265,
        -0.050455544,
        -0.03250404,
    ],
    [
        -0.009994356,
        -0.036993362,
        0.030181486,
        -0.021669323,
        0.0036126336,
        -0.020501746,
        -0.027327849,
        -0.01864222,
    ],
];
const COLUMNS: [usize; 3] = [0, 2, 5];

/// Largest difference that counts as rounding.
const TOLERANCE: f32 = 2e-5;

/// All that a self-test needs.
#[derive(Debug)]
pub struct SelfTest {
    weights: EncoderWeights,
    signal: Vec<f32>,
}

/// A number that is not what it should be.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("latent {dim} in column {column} is {found} instead of {expected}")]
pub struct WrongLatent {
    /// Dimension.
    pub dim: usize,
    /// Column.
    pub column: usize,
    /// What was computed.
    pub found: f32,
    /// What was stored.
    pub expected: f32,
}

impl SelfTest {
    /// Draws the encoder and the signal, always the same.
    ///
    /// # Errors
    ///
    /// [`WeightsError`] if the encoder's own parameters were refused, which a
    /// test rules out.
    pub fn new() -> Result<Self, WeightsError> {
        let config = EncoderConfig { hidden_dim: 20, ..EncoderConfig::published() };
        let weights = EncoderWeights::random(&config, 18)?;
        // Steps and ramps of different lengths, without any transcendental function.
        let n_values = EncoderConfig::N_CHANNELS * N_FRAMES;
        let signal = (0..n_values).map(|idx| (idx * 37 % 101) as f32 / 50.0 - 1.0).collect();
        Ok(Self { weights, signal })
    }

    /// The encoder.
    #[must_use]
    pub fn weights(&self) -> &EncoderWeights {
        &self.weights
    }

    /// The signal.
    #[must_use]
    pub fn signal(&self) -> SignalFrames<'_> {
        SignalFrames::new(&self.signal).unwrap_or_default()
    }

    /// Room for the result.
    #[must_use]
    pub fn moments(&self) -> LatentMoments {
        LatentMoments::new(self.weights.config(), N_FRAMES)
    }

    /// Holds a result against what is stored.
    ///
    /// # Errors
    ///
    /// The first number that differs by more than rounding, or is none.
    pub fn check(&self, moments: &LatentMoments) -> Result<(), WrongLatent> {
        for (column, expected) in COLUMNS.into_iter().zip(EXPECTED) {
            for (dim, expected) in expected.into_iter().enumerate() {
                let found = moments.mu()[dim * moments.n_latents() + column];
                // Written so that no number at all fails too.
                let is_close = (found - expected).abs() <= TOLERANCE;
                if !is_close {
                    return Err(WrongLatent { dim, column, found, expected });
                }
            }
        }
        Ok(())
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::cpu::{Instructions, NativeEncoder};
    use crate::folded::FoldedEncoder;

    #[test]
    fn this_processor_passes_with_all_of_its_instructions() {
        let test = SelfTest::new().unwrap();
        for instructions in Instructions::available() {
            let folded = FoldedEncoder::new(test.weights());
            let mut encoder = NativeEncoder::with_instructions(folded, instructions).unwrap();
            let moments = encoder.encode(test.signal(), 2);
            assert_eq!(test.check(&moments), Ok(()), "{moments:?}");
        }
    }

    #[test]
    fn a_wrong_number_is_named() {
        let test = SelfTest::new().unwrap();
        let error = test.check(&test.moments()).unwrap_err();
        assert_eq!((error.dim, error.column, error.found), (0, 0, 0.0));
    }
}

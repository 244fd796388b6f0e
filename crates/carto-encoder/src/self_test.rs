//! A small encoder on a small signal, with the latents that it should give: whether a
//! browser or a graphics processor computes at all what it should.

use crate::cpu::TileEncoder;
use crate::folded::FoldedEncoder;
use crate::{EncoderConfig, EncoderWeights, LatentMoments, SignalFrames};

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

/// The encoder and the signal of the self-test.
#[derive(Debug)]
pub struct SelfTest {
    weights: EncoderWeights,
    signal: Vec<f32>,
}

/// A latent of the self-test that is not what it should be.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("latent {dim} in column {column} is {found} instead of {expected}")]
pub struct WrongLatent {
    /// Dimension of the latent, from 0.
    pub dim: usize,
    /// Column of the latent, from 0.
    pub column: usize,
    /// The value that was computed.
    pub found: f32,
    /// The value that is stored.
    pub expected: f32,
}

impl SelfTest {
    /// Draws the encoder and the signal, always the same.
    #[must_use]
    pub fn new() -> Self {
        let config = EncoderConfig { hidden_dim: 20, ..EncoderConfig::published() };
        // Steps and ramps of different lengths, without any transcendental function.
        let n_values = EncoderConfig::N_CHANNELS * N_FRAMES;
        let signal = (0..n_values).map(|idx| (idx * 37 % 101) as f32 / 50.0 - 1.0).collect();
        Self { weights: EncoderWeights::drawn(&config, 18), signal }
    }

    /// Computes the signal on the processor.
    ///
    /// - `pack`: packs an encoder for the processor's instructions
    ///
    /// # Errors
    ///
    /// The first latent that differs by more than rounding, or is no number.
    pub fn run_on_cpu(
        &self,
        pack: impl FnOnce(FoldedEncoder) -> Box<dyn TileEncoder>,
    ) -> Result<(), WrongLatent> {
        let mut encoder = pack(FoldedEncoder::new(&self.weights));
        self.check(&encoder.encode(self.frames(), N_FRAMES))
    }

    /// The encoder that computes the signal.
    #[cfg(any(test, feature = "gpu"))]
    pub(crate) fn weights(&self) -> &EncoderWeights {
        &self.weights
    }

    /// The signal, of [`N_FRAMES`] frames.
    pub(crate) fn frames(&self) -> SignalFrames<'_> {
        SignalFrames::new(&self.signal).unwrap_or_default()
    }

    /// Compares latents with those that are stored.
    ///
    /// # Errors
    ///
    /// The first latent that differs by more than rounding, or is no number.
    pub(crate) fn check(&self, moments: &LatentMoments) -> Result<(), WrongLatent> {
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

impl Default for SelfTest {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::cpu::Instructions;

    #[test]
    fn this_processor_passes_with_all_of_its_instructions() {
        let test = SelfTest::new();
        for instructions in Instructions::available() {
            let pack = |folded| instructions.pack(folded).unwrap();
            assert_eq!(test.run_on_cpu(pack), Ok(()), "{instructions:?}");
            let moments = pack(FoldedEncoder::new(&test.weights)).encode(test.frames(), 2);
            assert_eq!(test.check(&moments), Ok(()), "{moments:?}");
        }
    }

    #[test]
    fn a_wrong_number_is_named() {
        let test = SelfTest::new();
        let zeros = LatentMoments::new(test.weights.config(), N_FRAMES);
        let error = test.check(&zeros).unwrap_err();
        assert_eq!((error.dim, error.column, error.found), (0, 0, 0.0));
    }

    #[test]
    fn its_encoder_is_the_random_one_of_its_seed() {
        let weights = SelfTest::new().weights;
        assert_eq!(EncoderWeights::random(weights.config(), 18).unwrap(), weights);
    }
}

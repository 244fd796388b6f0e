use carto_types::Backend;

use crate::cpu::TileEncoder;
#[cfg(feature = "gpu")]
use crate::folded::FoldedEncoder;
#[cfg(feature = "gpu")]
use crate::gpu::{GpuAdapter, GpuEncoder, GpuError, GpuOptions};
#[cfg(feature = "gpu")]
use crate::self_test::SelfTest;
use crate::{EncoderConfig, LatentMoments, SignalFrames, tiles};

/// Columns of a tile on the processor: some 5,400 frames of the published
/// encoder, a second or two of work, of which 3% is computed twice.
pub const CPU_TILE_LEN: usize = 300;

/// An encoder that is ready to compute maps, on the processor or on a graphics
/// processor.
pub struct EncoderSession {
    inference: InferenceBackend,
    backend: Backend,
}

/// An encoder, where its weights are.
enum InferenceBackend {
    Cpu(Box<dyn TileEncoder>),
    #[cfg(feature = "gpu")]
    Gpu(Box<GpuEncoder>),
}

impl EncoderSession {
    /// A session on the processor.
    ///
    /// - `reason`: why it is not on a graphics processor; `None` where nobody asked
    ///   for one
    #[must_use]
    pub fn on_cpu(encoder: Box<dyn TileEncoder>, reason: Option<String>) -> Self {
        let backend = Backend::Cpu { instructions: encoder.instructions().to_owned(), reason };
        Self { inference: InferenceBackend::Cpu(encoder), backend }
    }

    /// A session on a graphics processor, which computes the [`SelfTest`] first.
    ///
    /// # Errors
    ///
    /// [`GpuError`], among others [`GpuError::WrongNumbers`].
    #[cfg(feature = "gpu")]
    pub async fn on_gpu(adapter: &GpuAdapter, folded: &FoldedEncoder) -> Result<Self, GpuError> {
        self_test_on_gpu(adapter).await?;
        let encoder = GpuEncoder::new(adapter, folded, GpuOptions::default()).await?;
        let info = adapter.info();
        let backend = Backend::Gpu { adapter: info.name.clone(), is_software: info.is_software };
        Ok(Self { inference: InferenceBackend::Gpu(Box::new(encoder)), backend })
    }

    /// What computes, as results note it.
    #[must_use]
    pub fn backend(&self) -> &Backend {
        &self.backend
    }

    /// The encoder's hyperparameters.
    #[must_use]
    pub fn config(&self) -> &EncoderConfig {
        match &self.inference {
            InferenceBackend::Cpu(encoder) => encoder.config(),
            #[cfg(feature = "gpu")]
            InferenceBackend::Gpu(encoder) => encoder.config(),
        }
    }

    /// Computes one map, tile by tile.
    ///
    /// Where the graphics processor fails, the processor computes the map again, and all
    /// maps after it; [`Self::backend`] then says why.
    ///
    /// - `on_tile`: hears after each tile how many columns are done, and how many the
    ///   map has
    /// - `on_failure`: gives the same encoder for the processor
    ///
    /// # Errors
    ///
    /// Those of `on_failure`.
    pub async fn encode<E>(
        &mut self,
        signal: SignalFrames<'_>,
        on_tile: &mut dyn FnMut(usize, usize),
        on_failure: impl FnOnce() -> Result<Box<dyn TileEncoder>, E>,
    ) -> Result<LatentMoments, E> {
        let mut moments = LatentMoments::new(self.config(), signal.n_frames());
        #[cfg(not(feature = "gpu"))]
        drop(on_failure);
        #[cfg(feature = "gpu")]
        if let InferenceBackend::Gpu(encoder) = &mut self.inference {
            match encode_on_gpu(encoder, signal, &mut moments, on_tile).await {
                Ok(()) => return Ok(moments),
                Err(error) => {
                    let reason = format!("the graphics processor failed: {}", error.one_line());
                    *self = Self::on_cpu(on_failure()?, Some(reason));
                }
            }
        }
        #[cfg_attr(not(feature = "gpu"), allow(irrefutable_let_patterns))]
        if let InferenceBackend::Cpu(encoder) = &mut self.inference {
            let n_latents = moments.n_latents();
            for latents in tiles(n_latents, CPU_TILE_LEN) {
                let n_done = latents.end;
                encoder.encode_tile(signal, latents, &mut moments);
                on_tile(n_done, n_latents);
            }
        }
        Ok(moments)
    }
}

#[cfg(feature = "gpu")]
async fn encode_on_gpu(
    encoder: &mut GpuEncoder,
    signal: SignalFrames<'_>,
    moments: &mut LatentMoments,
    on_tile: &mut dyn FnMut(usize, usize),
) -> Result<(), GpuError> {
    let n_latents = moments.n_latents();
    for latents in tiles(n_latents, encoder.tile_len()) {
        let n_done = latents.end;
        encoder.encode_tile(signal, latents, moments).await?;
        on_tile(n_done, n_latents);
    }
    Ok(())
}

/// Computes the small encoder of the [`SelfTest`] on a graphics processor.
#[cfg(feature = "gpu")]
async fn self_test_on_gpu(adapter: &GpuAdapter) -> Result<(), GpuError> {
    let test = SelfTest::new();
    let folded = FoldedEncoder::new(test.weights());
    let mut encoder = GpuEncoder::new(adapter, &folded, GpuOptions::default()).await?;
    let mut moments = LatentMoments::new(encoder.config(), test.frames().n_frames());
    encode_on_gpu(&mut encoder, test.frames(), &mut moments, &mut |_, _| {}).await?;
    Ok(test.check(&moments)?)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::EncoderWeights;
    use crate::cpu::{Instructions, native_encoder};
    use crate::folded::FoldedEncoder;

    #[test]
    fn a_session_computes_what_its_encoder_does_and_tells_of_every_tile() {
        let config = EncoderConfig { hidden_dim: 8, ..EncoderConfig::published() };
        let folded = FoldedEncoder::new(&EncoderWeights::random(&config, 3).unwrap());
        let n_frames = 18 * 700 + 1;
        let signal: Vec<f32> = (0..9 * n_frames).map(|idx| (idx % 83) as f32 / 83.0).collect();
        let signal = SignalFrames::new(&signal).unwrap();
        let mut session = EncoderSession::on_cpu(native_encoder(folded.clone()), None);
        let mut told = Vec::new();
        let mut on_tile = |n_done, n_latents| told.push((n_done, n_latents));
        let encoded =
            session.encode::<Infallible>(signal, &mut on_tile, || unreachable!("no failure"));
        let moments = pollster::block_on(encoded).unwrap();
        assert_eq!(moments, native_encoder(folded).encode(signal, 1 << 20));
        assert_eq!(told, [(300, 701), (600, 701), (701, 701)]);
        let instructions = Instructions::best().name().to_owned();
        assert_eq!(session.backend(), &Backend::Cpu { instructions, reason: None });
    }
}

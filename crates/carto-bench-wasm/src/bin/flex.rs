//! The encoder as Burn writes it down, on Burn's processor backend, in a worker:
//! what the page would run without a path of its own.

/// Runs when a worker has loaded the program, which then waits to be called.
fn main() {}

#[cfg(target_arch = "wasm32")]
mod worker {
    use std::io::Cursor;

    use burn::tensor::{Device, Tensor, TensorData};
    use carto_bench_wasm::signal;
    use carto_encoder::EncoderConfig;
    use carto_encoder::reference::Encoder;
    use carto_encoder::weights::{WeightsLimits, read_weights};
    use wasm_bindgen::JsError;
    use wasm_bindgen::prelude::wasm_bindgen;

    fn in_words(error: &impl std::fmt::Debug) -> JsError {
        JsError::new(&format!("{error:?}"))
    }

    /// An encoder on Burn's flex, and the frames that it takes.
    #[wasm_bindgen]
    pub struct FlexEncoder {
        encoder: Encoder,
        n_frames: usize,
    }

    #[wasm_bindgen]
    impl FlexEncoder {
        /// - `weights`: a file
        ///
        /// # Errors
        ///
        /// For a file that holds no encoder.
        #[wasm_bindgen(constructor)]
        pub fn new(weights: Vec<u8>, n_frames: usize) -> Result<Self, JsError> {
            let weights = read_weights(Cursor::new(weights), "encoder", &WeightsLimits::default())?;
            Ok(Self { encoder: Encoder::load(&weights, &Device::flex()), n_frames })
        }

        /// All frames once, in one piece; gives the means, `[32, n_latents]`.
        ///
        /// # Errors
        ///
        /// What Burn reports of reading the result.
        pub fn encode(&self) -> Result<Vec<f32>, JsError> {
            let shape = [1, EncoderConfig::N_CHANNELS, self.n_frames];
            let data = TensorData::new(signal(self.n_frames), shape);
            let (mu, logvar) = self.encoder.forward(Tensor::from_data(data, &Device::flex()));
            // The others give both, too.
            logvar.try_into_data().map_err(|error| in_words(&error))?;
            mu.try_into_vec_as().map_err(|error| in_words(&error))
        }
    }
}

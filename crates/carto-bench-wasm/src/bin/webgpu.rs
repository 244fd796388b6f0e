//! The graphics processor's path in a worker.

/// Runs when a worker has loaded the program, which then waits to be called.
fn main() {}

#[cfg(target_arch = "wasm32")]
mod worker {
    use std::io::Cursor;
    use std::pin::pin;

    use carto_bench_wasm::signal;
    use carto_encoder::folded::FoldedEncoder;
    use carto_encoder::gpu::{GpuAdapter, GpuEncoder, GpuOptions};
    use carto_encoder::weights::{WeightsLimits, read_weights};
    use carto_encoder::{LatentMoments, SignalFrames, tiles};
    use wasm_bindgen::prelude::wasm_bindgen;
    use wasm_bindgen::{JsCast, JsError};
    use web_sys::{Performance, WorkerGlobalScope};

    /// An encoder on this browser's adapter, and the frames that it takes.
    #[wasm_bindgen]
    pub struct WebGpuEncoder {
        encoder: GpuEncoder,
        signal: Vec<f32>,
        moments: LatentMoments,
        clock: Performance,
        submit_ms: Vec<f64>,
        rest_ms: Vec<f64>,
    }

    #[wasm_bindgen]
    impl WebGpuEncoder {
        /// - `weights`: a file
        ///
        /// # Errors
        ///
        /// For a file that holds no encoder, and without an adapter.
        pub async fn open(weights: Vec<u8>, n_frames: usize) -> Result<Self, JsError> {
            let weights = read_weights(Cursor::new(weights), "encoder", &WeightsLimits::default())?;
            let folded = FoldedEncoder::new(&weights);
            drop(weights);
            let adapter = GpuAdapter::request().await?;
            let encoder = GpuEncoder::new(&adapter, &folded, GpuOptions::default()).await?;
            let moments = LatentMoments::new(encoder.config(), n_frames);
            let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
            let clock = scope.performance().ok_or_else(|| JsError::new("no clock"))?;
            let (submit_ms, rest_ms) = (Vec::new(), Vec::new());
            Ok(Self { encoder, signal: signal(n_frames), moments, clock, submit_ms, rest_ms })
        }

        /// All frames once, one tile after the other; gives the means,
        /// `[32, n_latents]`.
        ///
        /// # Errors
        ///
        /// What the driver reports.
        pub async fn encode(&mut self) -> Result<Vec<f32>, JsError> {
            let Self { encoder, signal, moments, clock, submit_ms, rest_ms } = self;
            let signal = SignalFrames::new(signal).unwrap_or_default();
            for latents in tiles(moments.n_latents(), encoder.tile_len()) {
                let mut tile = pin!(encoder.encode_tile(signal, latents, moments));
                let mut polls_ms = Vec::new();
                // What happens between the polls is the adapter's time, not ours.
                std::future::poll_fn(|context| {
                    let start_ms = clock.now();
                    let poll = tile.as_mut().poll(context);
                    polls_ms.push(clock.now() - start_ms);
                    poll
                })
                .await?;
                if let Some((first, rest)) = polls_ms.split_first() {
                    submit_ms.push(*first);
                    rest_ms.push(rest.iter().sum());
                }
            }
            Ok(moments.mu().to_vec())
        }

        /// Frames of a tile.
        #[wasm_bindgen(getter, js_name = tileFrames)]
        pub fn tile_frames(&self) -> usize {
            self.encoder.tile_len() * self.encoder.config().frames_per_latent()
        }

        /// The adapter's name.
        #[wasm_bindgen(getter)]
        pub fn adapter(&self) -> String {
            self.encoder.adapter().info().name.clone()
        }

        /// This worker's time to lay a tile out, record and submit it, for each
        /// tile so far, ms.
        #[wasm_bindgen(getter, js_name = submitMs)]
        pub fn submit_ms(&self) -> Vec<f64> {
            self.submit_ms.clone()
        }

        /// This worker's time to take a tile's results, for each so far, ms.
        #[wasm_bindgen(getter, js_name = restMs)]
        pub fn rest_ms(&self) -> Vec<f64> {
            self.rest_ms.clone()
        }
    }
}

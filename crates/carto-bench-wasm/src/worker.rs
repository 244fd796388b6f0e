use std::cell::RefCell;
use std::io::Cursor;

use carto_encoder::cpu::{CpuEncoder, TileEncoder};
use carto_encoder::folded::FoldedEncoder;
use carto_encoder::weights::{WeightsLimits, read_weights};
use carto_encoder::{CPU_TILE_LEN, SignalFrames};
use pulp::Simd;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::peak::Peak;
use crate::signal;

thread_local! {
    static OFFERED: RefCell<Option<Box<dyn Instructions>>> = const { RefCell::new(None) };
}

/// Makes the benchmark's functions use these instructions; a program calls it
/// when it starts.
pub fn offer<S: Simd>(simd: S) {
    OFFERED.with(|offered| *offered.borrow_mut() = Some(Box::new(Offered(simd))));
}

/// Calls a task with the instructions on offer.
fn with<T>(task: impl FnOnce(&dyn Instructions) -> T) -> Result<T, JsError> {
    OFFERED.with(|offered| {
        let offered = offered.borrow();
        let instructions =
            offered.as_deref().ok_or_else(|| JsError::new("this browser lacks instructions"))?;
        Ok(task(instructions))
    })
}

/// What a program can do, whatever its instructions.
trait Instructions {
    fn multiply_add(&self, n_steps: usize) -> f64;
    fn encoder(&self, folded: FoldedEncoder) -> Box<dyn TileEncoder>;
}

struct Offered<S>(S);

impl<S: Simd> Instructions for Offered<S> {
    fn multiply_add(&self, n_steps: usize) -> f64 {
        self.0.vectorize(Peak { n_steps })
    }

    fn encoder(&self, folded: FoldedEncoder) -> Box<dyn TileEncoder> {
        Box::new(CpuEncoder::new(folded, self.0, "benchmark"))
    }
}

/// Multiplies and adds on registers only; gives the number of floating-point
/// operations.
///
/// # Errors
///
/// In a browser without the program's instructions.
#[wasm_bindgen(js_name = multiplyAdd)]
pub fn multiply_add(n_steps: usize) -> Result<f64, JsError> {
    with(|instructions| instructions.multiply_add(n_steps))
}

/// An encoder in this worker, and the frames that it takes.
#[wasm_bindgen]
pub struct WasmEncoder {
    encoder: Box<dyn TileEncoder>,
    signal: Vec<f32>,
    multiply_adds_per_frame: f64,
}

#[wasm_bindgen]
impl WasmEncoder {
    /// Reads an encoder and draws the frames.
    ///
    /// - `weights`: a file
    ///
    /// # Errors
    ///
    /// For a file that holds no encoder, and without the instructions.
    #[wasm_bindgen(constructor)]
    pub fn new(weights: Vec<u8>, n_frames: usize) -> Result<Self, JsError> {
        let weights = read_weights(Cursor::new(weights), "encoder", &WeightsLimits::default())?;
        let folded = FoldedEncoder::new(&weights);
        drop(weights);
        let multiply_adds_per_frame = folded.multiply_adds_per_frame();
        let encoder = with(|instructions| instructions.encoder(folded))?;
        Ok(Self { encoder, signal: signal(n_frames), multiply_adds_per_frame })
    }

    /// Computes all frames once; gives the means, `[32, n_latents]`.
    pub fn encode(&mut self) -> Vec<f32> {
        let signal = SignalFrames::new(&self.signal).unwrap_or_default();
        self.encoder.encode(signal, CPU_TILE_LEN).mu().to_vec()
    }

    /// Multiply-adds of the products, for one frame.
    #[wasm_bindgen(getter, js_name = multiplyAddsPerFrame)]
    pub fn multiply_adds_per_frame(&self) -> f64 {
        self.multiply_adds_per_frame
    }

    /// Bytes of weights and activations.
    #[wasm_bindgen(getter, js_name = nBytes)]
    pub fn n_bytes(&self) -> usize {
        self.encoder.n_bytes()
    }
}

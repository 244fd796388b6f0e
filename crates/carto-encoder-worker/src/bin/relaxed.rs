//! The encoder's worker for browsers with relaxed SIMD.

/// Runs when the browser has loaded the worker's script.
fn main() {
    #[cfg(target_arch = "wasm32")]
    {
        pulp::wasm::enable_relaxed_simd();
        if let Some(simd) = pulp::wasm::RelaxedSimd::try_new() {
            carto_encoder_worker::serve(simd, "relaxed-simd");
        }
    }
}

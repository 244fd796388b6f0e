//! The encoder's worker for every browser.

/// Runs when the browser has loaded the worker's script.
fn main() {
    #[cfg(target_arch = "wasm32")]
    {
        pulp::wasm::enable_simd128();
        if let Some(simd) = pulp::wasm::Simd128::try_new() {
            carto_encoder_worker::serve(simd, "simd128");
        }
    }
}

//! The processor's path in a worker, for every browser.

/// Runs when a worker has loaded the program.
fn main() {
    #[cfg(target_arch = "wasm32")]
    {
        pulp::wasm::enable_simd128();
        if let Some(simd) = pulp::wasm::Simd128::try_new() {
            carto_bench_wasm::offer(simd);
        }
    }
}

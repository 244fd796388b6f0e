//! The processor's path in a worker, for browsers with relaxed SIMD.

/// Runs when a worker has loaded the program.
fn main() {
    #[cfg(target_arch = "wasm32")]
    {
        pulp::wasm::enable_relaxed_simd();
        if let Some(simd) = pulp::wasm::RelaxedSimd::try_new() {
            carto_bench_wasm::offer(simd);
        }
    }
}

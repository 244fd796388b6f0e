//! A small encoder on a small signal, held against what it gave when this was
//! written: whether this browser computes at all what it should.

use carto_encoder::cpu::CpuEncoder;
use carto_encoder::folded::FoldedEncoder;
use carto_encoder::gpu::{GpuAdapter, GpuEncoder, GpuOptions};
use carto_encoder::self_test;
use pulp::Simd;

use crate::device::in_words;

/// # Errors
///
/// Words for a person.
pub(crate) fn on_cpu<S: Simd>(simd: S) -> Result<(), String> {
    let test = self_test::SelfTest::new().map_err(|error| error.to_string())?;
    let mut encoder = CpuEncoder::new(FoldedEncoder::new(test.weights()), simd);
    let mut moments = test.moments();
    encoder.encode_tile(test.signal(), 0..moments.n_latents(), &mut moments);
    test.check(&moments)
        .map_err(|error| format!("this browser computes wrong numbers ({error}): try another one"))
}

/// # Errors
///
/// A clause that follows "because".
pub(crate) async fn on_gpu(adapter: &GpuAdapter) -> Result<(), String> {
    let test = self_test::SelfTest::new().map_err(|error| error.to_string())?;
    let folded = FoldedEncoder::new(test.weights());
    let mut encoder = GpuEncoder::new(adapter, &folded, GpuOptions::default())
        .await
        .map_err(|error| in_words(&error))?;
    let mut moments = test.moments();
    let latents = 0..moments.n_latents();
    let encoded = encoder.encode_tile(test.signal(), latents, &mut moments).await;
    encoded.map_err(|error| in_words(&error))?;
    test.check(&moments)
        .map_err(|error| format!("the graphics processor computes wrong numbers ({error})"))
}

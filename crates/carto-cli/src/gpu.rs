use anyhow::{Context, Result};
use carto_encoder::folded::FoldedEncoder;
use carto_encoder::gpu::{GpuAdapter, GpuEncoder, GpuError, GpuOptions, block_on};
use carto_encoder::self_test::SelfTest;
use carto_encoder::{LatentMoments, SignalFrames};
use carto_types::Backend;

/// An encoder on a graphics processor.
pub(crate) struct Gpu {
    encoder: GpuEncoder,
}

impl Gpu {
    /// Opens the fastest adapter, lets it prove itself on a small encoder, and
    /// uploads the weights.
    ///
    /// # Errors
    ///
    /// One line that says to use the processor.
    pub(crate) fn open(folded: &FoldedEncoder) -> Result<Self> {
        let encoder = open(folded).context("--device gpu cannot be had, use --device cpu")?;
        let info = encoder.adapter().info();
        if info.is_software {
            let name = &info.name;
            eprintln!(
                "carto: warning: {name} only imitates a graphics processor; --device cpu is faster"
            );
        }
        Ok(Self { encoder })
    }

    /// Which one it is.
    pub(crate) fn backend(&self) -> Backend {
        let info = self.encoder.adapter().info();
        Backend::Gpu { adapter: info.name.clone(), is_software: info.is_software }
    }

    /// Computes one map.
    ///
    /// # Errors
    ///
    /// What the driver reports, in one line.
    pub(crate) fn encode(&mut self, signal: SignalFrames<'_>) -> Result<LatentMoments, String> {
        encode(&mut self.encoder, signal).map_err(|error| one_line(&error))
    }
}

fn open(folded: &FoldedEncoder) -> Result<GpuEncoder> {
    let words = |error: GpuError| anyhow::Error::msg(one_line(&error));
    let adapter = block_on(GpuAdapter::request()).map_err(words)?;
    let ready = |folded: &FoldedEncoder| {
        block_on(GpuEncoder::new(&adapter, folded, GpuOptions::default())).map_err(words)
    };
    let test = SelfTest::new()?;
    let mut small = ready(&FoldedEncoder::new(test.weights()))?;
    let moments = encode(&mut small, test.signal()).map_err(words)?;
    test.check(&moments).context("it computes wrong numbers")?;
    ready(folded)
}

fn encode(encoder: &mut GpuEncoder, signal: SignalFrames<'_>) -> Result<LatentMoments, GpuError> {
    let mut moments = LatentMoments::new(encoder.config(), signal.n_frames());
    let latents = 0..moments.n_latents();
    block_on(encoder.encode_tile(signal, latents, &mut moments))?;
    Ok(moments)
}

/// Drivers explain themselves over several lines.
fn one_line(error: &GpuError) -> String {
    error.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
}

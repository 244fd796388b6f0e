//! `carto convert` and `carto random-encoder`: encoders as safetensors.

use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use carto_encoder::EncoderConfig;
use carto_encoder::weights::{
    EncoderWeights, WeightsLimits, read_weights, sha256_hex, write_safetensors,
};

use crate::files;

/// Keep the encoder of a checkpoint, and nothing else of it, as safetensors
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// PyTorch checkpoint (.ckpt, .pt) or safetensors, told by its content
    #[arg(value_name = "IN")]
    checkpoint: PathBuf,
    /// Encoder with hyper-parameters, source and sha256 in its header
    #[arg(value_name = "OUT.safetensors")]
    out: PathBuf,
    /// Round to 16 bits: half the size
    #[arg(long)]
    half: bool,
}

/// Write an encoder that was never trained, for testing
#[derive(Debug, clap::Args)]
pub(crate) struct RandomEncoderArgs {
    /// Another number gives other weights
    #[arg(long)]
    seed: u64,
    /// Hidden channels; the published encoder has 360
    #[arg(long, value_name = "H")]
    hidden_dim: usize,
    /// Encoder as safetensors, marked as untrained
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Round to 16 bits: half the size
    #[arg(long)]
    half: bool,
}

/// Writes the encoder of a checkpoint as safetensors.
///
/// # Errors
///
/// A file that cannot be read or holds no encoder, one that cannot be written.
pub(crate) fn run(args: &Args) -> Result<()> {
    let path = &args.checkpoint;
    let name = path.display();
    let mut file = File::open(path).with_context(|| format!("{name} cannot be read"))?;
    let mut weights = read_weights(
        &file,
        &path.file_name().unwrap_or(path.as_os_str()).to_string_lossy(),
        &WeightsLimits::default(),
    )
    .with_context(|| name.to_string())?;
    // A file that was converted before keeps the hash of its first source.
    if weights.metadata.source_sha256.is_none() && !weights.metadata.is_untrained() {
        let hashed = file.seek(SeekFrom::Start(0)).and_then(|_| sha256_hex(&file));
        let hash = hashed.with_context(|| format!("{name} cannot be read"))?;
        weights.metadata.source_sha256 = Some(hash);
    }
    write(&weights, args.half, &args.out).with_context(|| name.to_string())
}

/// Writes an encoder that was never trained.
///
/// # Errors
///
/// A size that no encoder has, a file that cannot be written.
pub(crate) fn write_random(args: &RandomEncoderArgs) -> Result<()> {
    let config = EncoderConfig { hidden_dim: args.hidden_dim, ..EncoderConfig::published() };
    let weights = EncoderWeights::random(&config, args.seed)?;
    write(&weights, args.half, &args.out)
}

fn write(weights: &EncoderWeights, is_half: bool, out: &Path) -> Result<()> {
    let bytes = write_safetensors(weights, is_half)?;
    files::write_atomic(out, &bytes)?;
    print_line!("{} numbers in {}", weights.config().n_parameters(), out.display());
    Ok(())
}

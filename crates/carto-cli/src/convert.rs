use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::path::Path;

use anyhow::{Context, Result};
use carto_encoder::EncoderConfig;
use carto_encoder::weights::{
    EncoderWeights, WeightsLimits, read_weights, sha256_hex, write_safetensors,
};

use crate::{args, whole};

/// Writes the encoder of a checkpoint as safetensors.
pub(crate) fn run(args: &args::Convert) -> Result<()> {
    let path = &args.checkpoint;
    let name = path.display();
    let mut file = File::open(path).with_context(|| format!("{name} cannot be read"))?;
    let mut weights = read_weights(&file, &file_name(path), &WeightsLimits::default())
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
pub(crate) fn write_random(args: &args::RandomEncoder) -> Result<()> {
    let config = EncoderConfig { hidden_dim: args.hidden_dim, ..EncoderConfig::published() };
    let weights = EncoderWeights::random(&config, args.seed)?;
    write(&weights, args.half, &args.out)
}

fn write(weights: &EncoderWeights, is_half: bool, out: &Path) -> Result<()> {
    let bytes = write_safetensors(weights, is_half)?;
    whole::write(out, &bytes)?;
    say!("{} numbers in {}", weights.config().n_parameters(), out.display());
    Ok(())
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

use std::fs::File;

use anyhow::{Context, Result, bail, ensure};
use carto_beatmap::limits::Limits;
use carto_encoder::SignalFrames;
use carto_types::SignalChannel;

use crate::encoder::Encoder;
use crate::{args, encode, npy};

/// Writes the latents of one map.
pub(crate) fn run(args: &args::Latent) -> Result<()> {
    let name = args.input.display();
    let values = if args.is_array() { of_array(args) } else { of_map(args) }?;
    let signal = SignalFrames::new(&values).context("the signal does not have nine channels")?;
    ensure!(signal.n_frames() > 0, "{name} has no frames");
    let encoder = Encoder::open(&args.encoder, args.device)?;
    let moments = encoder.engine.encode(signal, &|_| {});
    let shape = [moments.n_dims(), moments.n_latents()];
    let latents = match args.sample {
        Some(seed) => moments.sample(seed, &map_name(args)),
        None => moments.mu().to_vec(),
    };
    if latents.iter().any(|value| !value.is_finite()) {
        bail!("{name}: this encoder gives it latents that are no numbers");
    }
    npy::write_f32(&args.out, shape, latents)
        .with_context(|| format!("{} cannot be written", args.out.display()))
}

fn of_array(args: &args::Latent) -> Result<Vec<f32>> {
    let name = args.input.display();
    let file = File::open(&args.input).with_context(|| format!("{name} cannot be read"))?;
    let max_frames = Limits::default().max_frames;
    let (n_frames, values) =
        npy::read_f32(file, SignalChannel::COUNT, max_frames).with_context(|| name.to_string())?;
    if let Some(frames) = args.frames {
        ensure!(frames == n_frames, "{name} has {n_frames} frames and not {frames}");
    }
    if let Some(idx) = values.iter().position(|value| !value.is_finite()) {
        bail!(
            "{name}: {} has no value at frame {}",
            SignalChannel::ALL[idx / n_frames].name(),
            idx % n_frames
        );
    }
    Ok(values)
}

fn of_map(args: &args::Latent) -> Result<Vec<f32>> {
    let name = args.input.display();
    let signal = encode::signal(&args.input, args.frames.unwrap_or(0))?;
    if let Some((channel, frame_idx)) = signal.first_non_finite() {
        bail!("{name}: {} has no value at frame {frame_idx}", channel.name());
    }
    Ok(signal.values().iter().map(|&value| value as f32).collect())
}

/// By which a draw knows the map: its file's name without the ending, so that
/// the map and the array of its signal get the same.
fn map_name(args: &args::Latent) -> String {
    args.input.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

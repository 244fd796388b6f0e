//! `carto latent`: the latents of one map.

use std::fs::File;
use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};
use carto_beatmap::limits::Limits;
use carto_encoder::SignalFrames;
use carto_types::SignalChannel;
use clap::error::ErrorKind;

use crate::args::Device;
use crate::encoder::SharedEncoder;
use crate::{encode, npy};

/// Write the latents of one map as a NumPy array
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The map, or its nine channels as float32 `[9, L]`
    #[arg(value_name = "FILE.osu|FILE.npy")]
    input: PathBuf,
    /// Frames of the signal, as for `carto encode`; an array has its own
    #[arg(long, value_name = "L")]
    frames: Option<usize>,
    /// Encoder (.safetensors, .ckpt)
    #[arg(long, value_name = "FILE")]
    encoder: PathBuf,
    /// float32 `[32, l]`, C order, l = L / 18 rounded up
    #[arg(long, value_name = "FILE.npy")]
    out: PathBuf,
    /// What computes latents
    #[arg(long, value_enum, default_value_t)]
    device: Device,
    /// Draw, as the published run did, instead of taking the mean
    #[arg(long, value_name = "SEED")]
    sample: Option<u64>,
}

impl Args {
    /// Refuses a map whose number of frames is not given.
    pub(crate) fn check(&self) -> Result<(), clap::Error> {
        if self.frames.is_some() || self.is_array() {
            return Ok(());
        }
        let message = "a map needs --frames: what `carto audio-frames` prints for its audio";
        Err(clap::Error::raw(ErrorKind::MissingRequiredArgument, message))
    }

    /// Whether the input is an array and not a map.
    fn is_array(&self) -> bool {
        self.input.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("npy"))
    }
}

/// Writes the latents of one map.
pub(crate) fn run(args: &Args) -> Result<()> {
    let name = args.input.display();
    let values = if args.is_array() { of_array(args) } else { of_map(args) }?;
    let signal = SignalFrames::new(&values).context("the signal does not have nine channels")?;
    ensure!(signal.n_frames() > 0, "{name} has no frames");
    let encoder = SharedEncoder::open(&args.encoder, args.device)?;
    let moments = encoder.encode(signal, &|_| {});
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

fn of_array(args: &Args) -> Result<Vec<f32>> {
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

fn of_map(args: &Args) -> Result<Vec<f32>> {
    let name = args.input.display();
    let signal = encode::read_signal(&args.input, args.frames.unwrap_or(0))?;
    if let Some((channel, frame_idx)) = signal.first_non_finite() {
        bail!("{name}: {} has no value at frame {frame_idx}", channel.name());
    }
    Ok(signal.values().iter().map(|&value| value as f32).collect())
}

/// The name by which a draw knows the map: its file's name without the ending, so that
/// the map and the array of its signal get the same.
fn map_name(args: &Args) -> String {
    args.input.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

//! `carto train encoder`: the loop around [`Trainer`], its files and its display.

mod metrics;

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use burn::tensor::Device;
use carto_encoder::weights::write_safetensors;
use carto_encoder_train::{Split, TrainConfig, Trainer, TrainingSet, decoder_to_safetensors};
use carto_types::Mode;

use crate::{args, files, training_set};
use metrics::Log;

/// Steps between two lines of the metrics.
const LOG_EVERY: u64 = 20;
/// Steps between two looks at held-out maps.
const VALIDATE_EVERY: u64 = 500;
/// Between two checkpoints: what a cut costs at most.
const SAVE_EVERY: Duration = Duration::from_secs(120);

/// Trains from the start or from a checkpoint, up to the end or to the time given.
pub(crate) fn run(args: &args::TrainEncoder) -> Result<()> {
    let config = read_config(&args.config)?;
    if args.resume.is_none() && Trainer::has_checkpoint(&args.out) {
        let out = args.out.display();
        bail!("{out} holds a run already: go on with --resume {out}, or name another folder");
    }
    let device = device(args.device)?;
    let set = Arc::new(training_set::read(&args.data, Mode::Published)?);
    let split = Split::new(&set, &config.split, config.seed);
    training_set::make_folder(&args.out)?;
    let mut trainer = match &args.resume {
        Some(dir) => Trainer::resume(dir, config, Arc::clone(&set), &split, device)
            .with_context(|| format!("{} cannot be resumed", dir.display()))?,
        None => Trainer::new(config, Arc::clone(&set), &split, device)?,
    };
    print_line!("{} maps to learn from, {} held out", split.training.len(), split.held_out.len());
    train(&mut trainer, &set, &args.out, deadline(args.minutes))
}

/// When a run stops that may take so many minutes from now on.
pub(crate) fn deadline(minutes: Option<f64>) -> Option<Instant> {
    minutes.map(|minutes| Instant::now() + Duration::from_secs_f64(60.0 * minutes))
}

/// The device that Burn computes with.
///
/// # Errors
///
/// Says so where this program was built without training on graphics processors.
pub(crate) fn device(device: args::Device) -> Result<Device> {
    match device {
        args::Device::Cpu => Ok(Device::flex()),
        args::Device::Gpu => gpu(),
    }
}

#[cfg(feature = "train-gpu")]
fn gpu() -> Result<Device> {
    Ok(Device::wgpu(burn::tensor::DeviceKind::DefaultDevice))
}

#[cfg(not(feature = "train-gpu"))]
fn gpu() -> Result<Device> {
    anyhow::bail!("this build trains on the processor alone: build it with --features train-gpu")
}

/// Reads a configuration.
///
/// # Errors
///
/// In words that name the file.
pub(crate) fn read_config(path: &Path) -> Result<TrainConfig> {
    let name = path.display();
    let text = fs::read_to_string(path).with_context(|| format!("{name} cannot be read"))?;
    TrainConfig::from_json(&text).with_context(|| name.to_string())
}

/// Steps until the end or the deadline, then a checkpoint and the weights.
pub(crate) fn train(
    trainer: &mut Trainer,
    set: &TrainingSet,
    out: &Path,
    deadline: Option<Instant>,
) -> Result<()> {
    let n_steps = trainer.config().n_steps;
    let mut log = Log::open(out, trainer.config(), trainer.n_steps_done())?;
    let mut saved = Instant::now();
    while trainer.n_steps_done() < n_steps {
        let metrics = trainer.step()?;
        let step = trainer.n_steps_done();
        log.step(&metrics, step.is_multiple_of(LOG_EVERY))?;
        if step.is_multiple_of(VALIDATE_EVERY) || step == n_steps {
            log.validation(step, trainer.validate()?)?;
        }
        if saved.elapsed() > SAVE_EVERY {
            trainer.save(out, set)?;
            saved = Instant::now();
        }
        if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            break;
        }
    }
    trainer.save(out, set)?;
    write_models(trainer, out)?;
    metrics::draw_curves(out)?;
    log.finish(trainer.n_steps_done());
    Ok(())
}

/// The encoder as the page and the command read it, and the decoder beside it.
fn write_models(trainer: &Trainer, out: &Path) -> Result<()> {
    let (done, all) = (trainer.n_steps_done(), trainer.config().n_steps);
    let note = (done < all).then(|| format!("training stopped at step {done} of {all}"));
    let encoder = write_safetensors(&trainer.encoder_weights(note)?, true)?;
    let decoder = decoder_to_safetensors(&trainer.model().decoder)?;
    for (name, bytes) in [("encoder.safetensors", encoder), ("decoder.safetensors", decoder)] {
        files::write_atomic(&out.join(name), &bytes)?;
    }
    Ok(())
}

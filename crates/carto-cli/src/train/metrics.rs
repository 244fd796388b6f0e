//! What a run says of itself: lines of JSON in a file, a bar on a terminal, and curves of
//! the lines.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use carto_encoder_train::{AdversarialParts, LossParts, StepMetrics, TrainConfig};
use carto_figures::{Curve, CurvesFigure, svg};
use carto_types::SignalChannel;
use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};

use crate::files;

/// Name of the file of metrics in a run's folder.
const FILE_NAME: &str = "metrics.jsonl";

/// One line of the file of metrics.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Line {
    /// Means over the steps since the line before.
    Step {
        step: u64,
        loss: f64,
        /// Mean squared error of each channel.
        channel_mse: Vec<f64>,
        /// Divergence of each latent, nats per column.
        latent_kl: Vec<f64>,
        learning_rate: f64,
        grad_norm: f64,
        frames_per_s: f64,
        /// Means over the steps that had an adversarial part.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        adversarial: Option<AdversarialParts>,
    },
    /// Loss on held-out maps, decoded from means.
    Validation { step: u64, loss: f64, channel_mse: Vec<f64>, latent_kl: Vec<f64> },
}

impl Line {
    fn step(&self) -> u64 {
        match self {
            Self::Step { step, .. } | Self::Validation { step, .. } => *step,
        }
    }
}

/// Appends to the file and moves the bar.
pub(super) struct Log {
    file: File,
    bar: ProgressBar,
    frames_per_step: usize,
    since: Instant,
    recent: Vec<StepMetrics>,
    held_out: String,
}

impl Log {
    /// Opens the file of a run that has done `n_steps_done`: lines of later steps,
    /// which a cut left behind, are dropped.
    pub(super) fn open(out: &Path, config: &TrainConfig, n_steps_done: u64) -> Result<Self> {
        let path = out.join(FILE_NAME);
        let kept: Vec<String> = read(&path)?
            .iter()
            .filter(|line| line.step() <= n_steps_done && n_steps_done > 0)
            .map(serde_json::to_string)
            .collect::<Result<_, _>>()?;
        let text: String = kept.into_iter().map(|line| line + "\n").collect();
        std::fs::write(&path, text).with_context(|| unwritable(&path))?;
        let file =
            OpenOptions::new().append(true).open(&path).with_context(|| unwritable(&path))?;
        let style = "{bar:30} {pos}/{len} steps, {eta} left; {msg}";
        let bar = ProgressBar::new(config.n_steps)
            .with_style(ProgressStyle::with_template(style)?)
            .with_position(n_steps_done);
        bar.reset_eta();
        Ok(Self {
            file,
            bar,
            frames_per_step: config.batch_len * config.crop_frames,
            since: Instant::now(),
            recent: Vec::new(),
            held_out: String::new(),
        })
    }

    /// Notes a step, and moves the bar.
    ///
    /// - `is_due`: whether a line is written
    pub(super) fn step(&mut self, metrics: &StepMetrics, is_due: bool) -> Result<()> {
        self.recent.push(metrics.clone());
        self.bar.inc(1);
        if !is_due {
            return Ok(());
        }
        let recent = std::mem::take(&mut self.recent);
        let n = recent.len() as f64;
        let mean = |of: &dyn Fn(&StepMetrics) -> f64| recent.iter().map(of).sum::<f64>() / n;
        let means = |of: &dyn Fn(&StepMetrics) -> &[f64]| {
            (0..of(metrics).len()).map(|idx| mean(&|one| of(one)[idx])).collect::<Vec<_>>()
        };
        let frames_per_s = n * self.frames_per_step as f64 / self.since.elapsed().as_secs_f64();
        self.since = Instant::now();
        let loss = mean(&|one| one.loss.total);
        let channel_mse = means(&|one| &one.loss.channel_mse);
        let latent_kl = means(&|one| &one.loss.latent_kl);
        let adversarial: Vec<_> = recent.iter().filter_map(|step| step.adversarial).collect();
        self.bar.set_message(format!(
            "loss {loss:.4}, {}, KL {:.1}, {frames_per_s:.0} frames/s{}",
            by_channel(&channel_mse),
            latent_kl.iter().sum::<f64>(),
            self.held_out,
        ));
        self.write(&Line::Step {
            step: metrics.step + 1,
            loss,
            channel_mse,
            latent_kl,
            learning_rate: metrics.learning_rate,
            grad_norm: mean(&|one| one.grad_norm),
            frames_per_s,
            adversarial: AdversarialParts::mean(&adversarial),
        })
    }

    /// Writes a line for a validation, where there was one.
    pub(super) fn validation(&mut self, step: u64, loss: Option<LossParts>) -> Result<()> {
        let Some(loss) = loss else { return Ok(()) };
        self.held_out = format!("; held out {}", by_channel(&loss.channel_mse));
        self.since = Instant::now();
        let LossParts { total, channel_mse, latent_kl } = loss;
        self.write(&Line::Validation { step, loss: total, channel_mse, latent_kl })
    }

    fn write(&mut self, line: &Line) -> Result<()> {
        writeln!(self.file, "{}", serde_json::to_string(line)?)
            .context("the metrics cannot be written")
    }

    /// Says how far the run came.
    pub(super) fn finish(self, n_steps_done: u64) {
        self.bar.finish_and_clear();
        print_line!("{n_steps_done} steps done{}", self.held_out);
    }
}

/// Lines of the file; none if there is no file. A line that a cut left unfinished
/// ends it.
fn read(path: &PathBuf) -> Result<Vec<Line>> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let file = File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let lines = BufReader::new(file).lines();
    Ok(lines.map_while(|line| serde_json::from_str(&line.ok()?).ok()).collect())
}

fn by_channel(mse: &[f64]) -> String {
    let named = SignalChannel::ALL.iter().zip(mse);
    let parts: Vec<_> =
        named.map(|(channel, mse)| format!("{} {mse:.4}", channel.name())).collect();
    format!("squared error {}", parts.join(" "))
}

fn unwritable(path: &Path) -> String {
    format!("{} cannot be written", path.display())
}

/// Name of the file of curves in a run's folder.
const CURVES_FILE_NAME: &str = "curves.svg";

/// Draws the curves of a run's metrics beside them.
pub(super) fn draw_curves(out: &Path) -> Result<()> {
    let lines = read(&out.join(FILE_NAME))?;
    let (steps, held_out): (Vec<_>, Vec<_>) =
        lines.into_iter().partition(|line| matches!(line, Line::Step { .. }));
    let onset = SignalChannel::Onset as usize;
    let mean = |mse: &[f64]| mse.iter().sum::<f64>() / mse.len().max(1) as f64;
    let curves = vec![
        curve("held out, all channels", &held_out, true, &|mse| mean(mse)),
        curve("held out, ONSET", &held_out, true, &|mse| mse[onset]),
        curve("held out, X", &held_out, true, &|mse| mse[SignalChannel::X as usize]),
        curve("training, all channels", &steps, false, &|mse| mean(mse)),
    ];
    let figure = CurvesFigure { title: "Mean squared error while training".to_owned(), curves };
    files::write_atomic(&out.join(CURVES_FILE_NAME), svg(&figure)?.as_bytes())
}

fn curve(name: &str, lines: &[Line], is_held_out: bool, of: &dyn Fn(&[f64]) -> f64) -> Curve {
    let point = |line: &Line| {
        let (Line::Step { channel_mse, .. } | Line::Validation { channel_mse, .. }) = line;
        let is_whole = channel_mse.len() == SignalChannel::COUNT;
        is_whole.then(|| (line.step() as f64, of(channel_mse)))
    };
    let points = lines.iter().filter_map(point).collect();
    Curve { name: name.to_owned(), points, is_held_out }
}

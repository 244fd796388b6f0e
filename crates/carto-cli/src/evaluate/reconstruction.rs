use anyhow::Result;
use carto_agreement::{ONSET_TOLERANCE_MS, OnsetCounts, onset_counts};
use carto_beatmap::signal::FrameClock;
use carto_encoder_train::{Reconstructor, TrainingSet};
use carto_evaluation::{OnsetDecoderConfig, decode_onsets};
use carto_types::SignalChannel;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::terminal;

/// What is left of held-out maps after encoding and decoding, by the means.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ReconstructionFacts {
    pub(crate) n_maps: usize,
    pub(crate) n_frames: usize,
    pub(crate) channels: Vec<ChannelError>,
    pub(crate) onsets: OnsetFacts,
    /// Kullback-Leibler divergence of each latent, nats per column.
    pub(crate) latent_kl: Vec<f64>,
}

/// The error of one channel, over all frames of all maps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ChannelError {
    pub(crate) name: String,
    /// Mean squared error.
    pub(crate) mse: f64,
    /// The channel's own variance: what a constant would leave.
    pub(crate) variance: f64,
}

/// Onsets of the decoded channel against those of the channel itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct OnsetFacts {
    pub(crate) tolerance_ms: f64,
    pub(crate) f_measure: f64,
    pub(crate) precision: f64,
    pub(crate) recall: f64,
    pub(crate) n_expected: usize,
    pub(crate) n_found: usize,
    /// Quantiles of the maps' own F-measures: 0, 0.1 and 0.5.
    pub(crate) of_maps: [f64; 3],
}

/// Sums over the frames of one map.
struct Measured {
    n_frames: usize,
    squared_error: Vec<f64>,
    sum: Vec<f64>,
    sum_of_squares: Vec<f64>,
    onsets: OnsetCounts,
    /// Nats, over all columns.
    kl: Vec<f64>,
    n_columns: usize,
}

/// Encodes every map to means and decodes them again.
///
/// # Errors
///
/// The decoder's device.
pub(super) fn measure(
    set: &TrainingSet,
    maps: &[usize],
    reconstructor: impl Fn() -> Reconstructor + Sync + Send,
) -> Result<ReconstructionFacts> {
    let bar = terminal::progress_bar("there and back", maps.len());
    let one = |reconstructor: &mut Reconstructor, &map_idx: &usize| {
        let measured = measure_one(&set.maps[map_idx].frames(), reconstructor);
        bar.inc(1);
        measured
    };
    let measured: Result<Vec<Measured>> =
        maps.par_iter().with_max_len(1).map_init(&reconstructor, one).collect();
    bar.finish_and_clear();
    Ok(facts(&measured?))
}

fn measure_one(signal: &[f32], reconstructor: &mut Reconstructor) -> Result<Measured> {
    let found = reconstructor.reconstruct(signal)?;
    let n_frames = signal.len() / SignalChannel::COUNT;
    let series = || signal.chunks_exact(n_frames.max(1));
    let sums = |of: fn(f64) -> f64| {
        series().map(|x| x.iter().map(|&x| of(f64::from(x))).sum()).collect::<Vec<f64>>()
    };
    let place = SignalChannel::Onset as usize * n_frames;
    let onsets = |signal: &[f32]| {
        let channel = &signal[place..place + n_frames];
        decode_onsets(channel, FrameClock::OSU_DREAMER, &OnsetDecoderConfig::default())
    };
    let n_columns = found.moments.n_latents();
    Ok(Measured {
        n_frames,
        squared_error: found.channel_mse.iter().map(|mse| mse * n_frames as f64).collect(),
        sum: sums(|x| x),
        sum_of_squares: sums(|x| x * x),
        onsets: onset_counts(&onsets(&found.decoded), &onsets(signal), ONSET_TOLERANCE_MS),
        kl: found.latent_kl.iter().map(|kl| kl * n_columns as f64).collect(),
        n_columns,
    })
}

fn facts(maps: &[Measured]) -> ReconstructionFacts {
    let n_frames: usize = maps.iter().map(|map| map.n_frames).sum();
    let n = n_frames.max(1) as f64;
    let mean = |idx: usize, of: fn(&Measured) -> &[f64]| {
        maps.iter().map(|map| of(map)[idx]).sum::<f64>() / n
    };
    let channel = |(idx, channel): (usize, &SignalChannel)| {
        let (mean_x, mean_xx) = (mean(idx, |map| &map.sum), mean(idx, |map| &map.sum_of_squares));
        ChannelError {
            name: channel.name().to_owned(),
            mse: mean(idx, |map| &map.squared_error),
            variance: mean_xx - mean_x * mean_x,
        }
    };
    let n_columns: usize = maps.iter().map(|map| map.n_columns).sum();
    let n_latents = maps.first().map_or(0, |map| map.kl.len());
    let kl = |idx: usize| maps.iter().map(|map| map.kl[idx]).sum::<f64>() / n_columns.max(1) as f64;
    ReconstructionFacts {
        n_maps: maps.len(),
        n_frames,
        channels: SignalChannel::ALL.iter().enumerate().map(channel).collect(),
        onsets: onset_facts(maps),
        latent_kl: (0..n_latents).map(kl).collect(),
    }
}

fn onset_facts(maps: &[Measured]) -> OnsetFacts {
    let all: OnsetCounts = maps.iter().map(|map| map.onsets).sum();
    let mut of_maps: Vec<f64> = maps.iter().map(|map| map.onsets.f_measure()).collect();
    of_maps.sort_by(f64::total_cmp);
    let quantile = |share: f64| {
        of_maps.get((share * of_maps.len() as f64) as usize).copied().unwrap_or_default()
    };
    OnsetFacts {
        tolerance_ms: ONSET_TOLERANCE_MS,
        f_measure: all.f_measure(),
        precision: all.precision(),
        recall: all.recall(),
        n_expected: all.n_expected,
        n_found: all.n_found,
        of_maps: [quantile(0.0), quantile(0.1), quantile(0.5)],
    }
}

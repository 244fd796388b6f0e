use std::f64::consts::TAU;

use carto_random::SplitMix64;
use carto_types::SignalChannel;

use super::scenes::Scene;
use super::sets::{Share, seed_of};
use crate::shifts::{bar_pearson, dot};
use crate::song_values::mean;
use crate::statistics::NullSummary;
use crate::{Bars, EvidenceMap};

/// With fewer bars no p of whole-bar shifts is below [`LEVEL`].
const FEWEST_BARS: usize = 20;
/// A pair is called related at this p or below.
const LEVEL: f64 = 0.05;
/// Of the samples of a bar one in so many is taken, some 48 ms apart: every circular shift is tried.
const SAMPLE_STEP: usize = 8;
/// Draws of random phases for each pair.
const N_DRAWS: u32 = 199;

/// How often a map is called related to one of another song on its bar grid, by p at 0.05 under
/// three nulls. Only the first keeps the grid; the others are an illustration, and nothing is judged
/// by them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NullRejections {
    /// The channel.
    pub channel: SignalChannel,
    /// Pairs of maps of two songs, with 20 bars or more.
    pub n_pairs: u32,
    /// Mean of Pearson's r.
    pub mean_r: f64,
    /// By all shifts by whole bars.
    pub whole_bars: Share,
    /// By all circular shifts, of any time.
    pub circular: Share,
    /// By draws with the spectrum of the second map and random phases.
    pub random_phases: Share,
}

/// A channel of the first maps against maps of other songs; `None` without pairs.
pub(super) fn null_rejections(
    scenes: &[Scene<'_>],
    channel: SignalChannel,
    seed: u64,
) -> Option<NullRejections> {
    let mut all_r = Vec::new();
    let [mut whole_bars, mut circular, mut random_phases] = [0; 3];
    let scenes = scenes.iter().filter(|scene| scene.bars.len() >= FEWEST_BARS);
    for (idx, Scene { pair, bars, others }) in scenes.enumerate() {
        let n_samples = bars.n_samples().div_ceil(SAMPLE_STEP);
        let x = samples(pair.a, bars, n_samples, channel);
        for (other_idx, other) in others.iter().enumerate() {
            let y = samples(other, bars, n_samples, channel);
            // In "bars" of one sample every circular shift is one by whole bars.
            let [by_bars, by_samples] = [n_samples, 1].map(|width| bar_pearson(&x, &y, width));
            let units = unit_length(&x).zip(unit_length(&y));
            let Some(((by_bars, by_samples), (x, y))) = by_bars.zip(by_samples).zip(units) else {
                continue;
            };
            let seed = seed_of(seed, &[idx as u64, other_idx as u64, channel as u64]);
            let by_phases = NullSummary::of(by_bars.r, &random_phase_r(&x, &y, seed));
            all_r.push(by_bars.r);
            whole_bars += u32::from(by_bars.p <= LEVEL);
            circular += u32::from(by_samples.p <= LEVEL);
            random_phases += u32::from(by_phases.is_some_and(|it| it.p <= LEVEL));
        }
    }
    let n_pairs = all_r.len() as u32;
    let share = |n_related| Share::of(n_related, n_pairs);
    (n_pairs > 0).then(|| NullRejections {
        channel,
        n_pairs,
        mean_r: mean(&all_r),
        whole_bars: share(whole_bars),
        circular: share(circular),
        random_phases: share(random_phases),
    })
}

fn samples(map: &EvidenceMap, bars: &Bars, n_samples: usize, channel: SignalChannel) -> Vec<f64> {
    let times_ms = bars.times_ms(n_samples, 0.0);
    map.signal().sample(&times_ms)[channel as usize * times_ms.len()..][..times_ms.len()].to_vec()
}

/// The values less their mean, their squares summing to 1; `None` for a constant.
fn unit_length(values: &[f64]) -> Option<Vec<f64>> {
    let mean = mean(values);
    let centred: Vec<f64> = values.iter().map(|value| value - mean).collect();
    let length = dot(&centred, &centred).sqrt();
    (length > 0.0).then(|| centred.iter().map(|value| value / length).collect())
}

/// r with draws that have the spectrum of `y` and independent phases.
///
/// The product of two series is the sum over frequencies of the products of their magnitudes and the
/// cosine of the difference of their phases, which here is uniform: nothing has to be transformed
/// back.
fn random_phase_r(x: &[f64], y: &[f64], seed: u64) -> Vec<f64> {
    let weights = frequency_weights(x, y);
    let mut random = SplitMix64::new(seed);
    let mut draw = || -> f64 {
        let parts = weights.iter().map(|&(weight, is_highest)| {
            let turn = random.unit();
            // The highest frequency of an even number of samples has no phase, only a sign.
            let cosine = match is_highest {
                true if turn < 0.5 => -1.0,
                true => 1.0,
                false => libm::cos(TAU * turn),
            };
            weight * cosine
        });
        parts.sum()
    };
    (0..N_DRAWS).map(|_| draw()).collect()
}

/// What each frequency can add to r at most, and whether it is half the rate of samples.
///
/// - `x`, `y`: of unit length
fn frequency_weights(x: &[f64], y: &[f64]) -> Vec<(f64, bool)> {
    let n = x.len();
    let (of_x, of_y) = (magnitudes(x), magnitudes(y));
    let weight = |(idx, (a, b)): (usize, (&f64, &f64))| {
        let is_highest = 2 * (idx + 1) == n;
        let n_times = if is_highest { 1.0 } else { 2.0 };
        (n_times * a * b / n as f64, is_highest)
    };
    of_x.iter().zip(&of_y).enumerate().map(weight).collect()
}

/// The magnitudes of the discrete Fourier transform, from the first frequency to half the rate.
fn magnitudes(values: &[f64]) -> Vec<f64> {
    let n = values.len();
    let angle = |idx: usize| TAU * idx as f64 / n as f64;
    let circle: Vec<(f64, f64)> = (0..n).map(|idx| libm::sincos(angle(idx))).collect();
    let magnitude = |k: usize| {
        let mut place = 0;
        let (mut re, mut im) = (0.0, 0.0);
        for value in values {
            let (sin, cos) = circle[place];
            re += value * cos;
            im += value * sin;
            place = (place + k) % n;
        }
        libm::hypot(re, im)
    };
    (1..=n / 2).map(magnitude).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(n: usize, seed: u64) -> Vec<f64> {
        let mut random = SplitMix64::new(seed);
        let values: Vec<f64> = (0..n).map(|_| random.unit()).collect();
        unit_length(&values).unwrap_or_default()
    }

    #[test]
    fn all_frequencies_together_are_the_whole() {
        for n in [100, 101] {
            let x = noise(n, 1);
            let sum: f64 = frequency_weights(&x, &x).iter().map(|(weight, _)| weight).sum();
            assert!((sum - 1.0).abs() < 1e-12, "{sum}");
        }
    }

    #[test]
    fn a_beat_is_a_beat_whatever_its_phase() {
        let beat: Vec<f64> = (0..64).map(|idx| libm::cos(TAU * f64::from(idx) / 8.0)).collect();
        let beat = unit_length(&beat).unwrap_or_default();
        let weights = frequency_weights(&beat, &beat);
        assert!((weights[7].0 - 1.0).abs() < 1e-12, "one frequency");
    }

    #[test]
    fn draws_of_noise_spread_as_noise_does() {
        let n = 400;
        let drawn = random_phase_r(&noise(n, 2), &noise(n, 3), 4);
        let spread = (dot(&drawn, &drawn) / f64::from(N_DRAWS)).sqrt();
        assert!((spread * (n as f64).sqrt() - 1.0).abs() < 0.2, "{spread}");
        let p = |r| NullSummary::of(r, &drawn).map_or(f64::NAN, |it| it.p);
        assert!((p(0.0) - 0.5).abs() < 0.15 && p(1.0) < 0.006);
    }
}

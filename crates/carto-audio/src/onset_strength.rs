//! How strongly sounds begin at each time.

use std::ops::Range;

use crate::HearingError;

/// Values a second: one each 5 ms, whatever the sample rate.
pub(crate) const HOPS_PER_SECOND: u64 = 200;

/// Where the bands meet, Hz: drums and bass below, voices and most of the melody between, cymbals
/// and consonants above. Chosen.
const CROSSOVERS_HZ: [f64; 2] = [200.0, 2000.0];

/// Added to each energy, of which full scale is 1: below -60 dB nothing counts, so that the noise of
/// an encoder in silence is no onset. Chosen.
const ENERGY_FLOOR: f64 = 1e-6;

/// Samples beyond this size are no sound, and count as silence: decoders go a little over 1.
const MAX_SAMPLE: f32 = 8.0;

/// A stretch may lack this share of its hops, where a decoder drops a damaged packet. Chosen.
const MAX_MISSING_SHARE: f64 = 0.02;

/// Samples that far before a stretch set its filters, ms: a hundred times as long as the lowest band
/// remembers.
const FILTER_LEAD_MS: u64 = 100;

/// State of a filter below this is silence: what is far smaller slows processors down.
const SILENCE: f32 = 1e-20;

/// Hops by which the values of a stretch are fewer than its hops.
const EDGE_HOPS: usize = 3;

/// The onset strength of one stretch of a recording, of samples as they come.
///
/// Samples are mono, at the file's own rate. Two one-pole filters divide them into three bands. Hop
/// `n` holds the samples from `ceil(n rate / 200)` on, counted from the start of the file, so equal
/// hops are equal times at every rate. With `L_b(n)` the logarithm of the mean energy of band `b` in
/// the hops `n` and `n + 1`, 10 ms, the value is the sum over bands of `max(0, L_b(n + 2) - L_b(n))`:
/// by how much the energy rises from one 10 ms to the next, louder or softer music alike.
pub(crate) struct OnsetStrength {
    sample_rate_hz: u64,
    hops: Range<u64>,
    filters: Filters,
    /// The next sample that was not heard yet.
    position: u64,
    /// Of each hop.
    energies: Vec<Energy>,
}

impl OnsetStrength {
    /// - `sample_rate_hz`: above 0
    /// - `hops`: the stretch
    pub(crate) fn new(sample_rate_hz: u32, hops: Range<u64>) -> Self {
        let n_hops = usize::try_from(hops.end.saturating_sub(hops.start)).unwrap_or(0);
        Self {
            sample_rate_hz: sample_rate_hz.into(),
            filters: Filters::new(sample_rate_hz.into()),
            position: 0,
            energies: vec![Energy::default(); n_hops],
            hops,
        }
    }

    /// The samples of a stretch.
    pub(crate) fn samples(sample_rate_hz: u32, hops: &Range<u64>) -> Range<u64> {
        let first = |hop| first_sample(hop, sample_rate_hz.into());
        first(hops.start)..first(hops.end)
    }

    /// Hears samples; those before what was heard already are left out. Samples right before the
    /// stretch set the filters, others outside of it do nothing.
    ///
    /// - `position`: of the first of them, from the start of the file
    pub(crate) fn hear(&mut self, position: u64, mut samples: &[f32]) {
        let stretch = first_sample(self.hops.start, self.sample_rate_hz)
            ..first_sample(self.hops.end, self.sample_rate_hz);
        let n_lead = self.sample_rate_hz * FILTER_LEAD_MS / 1000;
        let end = position.saturating_add(samples.len() as u64);
        if position >= stretch.end || end.saturating_add(n_lead) < stretch.start {
            return;
        }
        let n_heard = self.position.saturating_sub(position);
        samples = samples.get(usize::try_from(n_heard).unwrap_or(usize::MAX)..).unwrap_or(&[]);
        let mut position = position.max(self.position);
        while !samples.is_empty() {
            let hop = position * HOPS_PER_SECOND / self.sample_rate_hz;
            let n_left = first_sample(hop + 1, self.sample_rate_hz) - position;
            let n_run = samples.len().min(usize::try_from(n_left).unwrap_or(usize::MAX));
            let (run, rest) = samples.split_at(n_run);
            let energy = self.filters.pass(run);
            let place = hop.checked_sub(self.hops.start).map(usize::try_from);
            if let Some(Ok(place)) = place
                && let Some(all) = self.energies.get_mut(place)
            {
                all.add(energy);
            }
            position += n_run as u64;
            samples = rest;
        }
        self.position = position;
    }

    /// The values, three fewer than the stretch has hops.
    ///
    /// # Errors
    ///
    /// [`HearingError::Missing`] where more than a fiftieth of the hops have no samples.
    pub(crate) fn values(&self) -> Result<Vec<f32>, HearingError> {
        let n_missing = self.energies.iter().filter(|energy| energy.n_samples == 0).count();
        if n_missing as f64 > MAX_MISSING_SHARE * self.energies.len() as f64 {
            let ms = |n_hops: usize| n_hops as u64 * 1000 / HOPS_PER_SECOND;
            let (missing_ms, wanted_ms) = (ms(n_missing), ms(self.energies.len()));
            return Err(HearingError::Missing { missing_ms, wanted_ms });
        }
        let means: Vec<[f64; 3]> = self.energies.iter().map(Energy::mean).collect();
        let levels = |pair: &[[f64; 3]]| {
            let level =
                |band: usize| libm::log((pair[0][band] + pair[1][band]) / 2.0 + ENERGY_FLOOR);
            [level(0), level(1), level(2)]
        };
        let levels: Vec<[f64; 3]> = means.windows(2).map(levels).collect();
        let n_values = self.energies.len().saturating_sub(EDGE_HOPS);
        let rise = |idx: usize| {
            let rises = levels[idx + 2].iter().zip(&levels[idx]);
            rises.map(|(after, before)| (after - before).max(0.0)).sum::<f64>() as f32
        };
        Ok((0..n_values).map(rise).collect())
    }
}

fn first_sample(hop: u64, sample_rate_hz: u64) -> u64 {
    hop.saturating_mul(sample_rate_hz).div_ceil(HOPS_PER_SECOND)
}

/// Sums of squares of the three bands.
#[derive(Debug, Clone, Copy, Default)]
struct Energy {
    sums: [f32; 3],
    n_samples: u32,
}

impl Energy {
    fn add(&mut self, more: Self) {
        for (sum, more) in self.sums.iter_mut().zip(more.sums) {
            *sum += more;
        }
        self.n_samples += more.n_samples;
    }

    fn mean(&self) -> [f64; 3] {
        let n_samples = f64::from(self.n_samples.max(1));
        self.sums.map(|sum| f64::from(sum) / n_samples)
    }
}

/// Two one-pole low-passes; what lies between and above them is the rest.
#[derive(Debug, Clone)]
struct Filters {
    gains: [f32; 2],
    states: [f32; 2],
}

impl Filters {
    fn new(sample_rate_hz: f64) -> Self {
        let gain = |cut_hz: f64| {
            let turn = 2.0 * std::f64::consts::PI * cut_hz / sample_rate_hz;
            (1.0 - libm::exp(-turn)) as f32
        };
        Self { gains: CROSSOVERS_HZ.map(gain), states: [0.0; 2] }
    }

    /// Energies of some samples in the three bands.
    fn pass(&mut self, samples: &[f32]) -> Energy {
        let [low_gain, middle_gain] = self.gains;
        let [mut low, mut middle] = self.states;
        let mut sums = [0.0_f32; 3];
        for &sample in samples {
            // What is NaN is no smaller either.
            let sample = if sample.abs() <= MAX_SAMPLE { sample } else { 0.0 };
            low += low_gain * (sample - low);
            middle += middle_gain * (sample - middle);
            let (between, above) = (middle - low, sample - middle);
            sums[0] += low * low;
            sums[1] += between * between;
            sums[2] += above * above;
        }
        self.states = [low, middle].map(|state| if state.abs() < SILENCE { 0.0 } else { state });
        Energy { sums, n_samples: samples.len() as u32 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of a stretch, of samples that come in pieces of some length.
    fn values(rate_hz: u32, hops: Range<u64>, samples: &[f32], piece: usize) -> Vec<f32> {
        let mut strength = OnsetStrength::new(rate_hz, hops);
        for (idx, samples) in samples.chunks(piece).enumerate() {
            strength.hear((idx * piece) as u64, samples);
        }
        strength.values().unwrap_or_default()
    }

    /// Silence with a burst of 20 ms each half second.
    fn bursts(rate_hz: u32, seconds: u32) -> Vec<f32> {
        let n_samples = rate_hz * seconds;
        let sample = |idx: u32| {
            let since = idx % (rate_hz / 2);
            if since < rate_hz / 50 && since.is_multiple_of(2) { 0.5 } else { 0.0 }
        };
        (0..n_samples).map(sample).collect()
    }

    #[test]
    fn it_rises_where_sounds_begin_and_nowhere_else() {
        let values = values(44_100, 0..600, &bursts(44_100, 3), 1000);
        assert_eq!(values.len(), 597);
        for (idx, &value) in values.iter().enumerate() {
            // Value n tells of the time of hop n + 2.
            let since_ms = (idx as u64 + 2) * 5 % 500;
            let is_near = since_ms <= 25 || since_ms >= 490;
            assert!(if is_near { value >= 0.0 } else { value < 0.1 }, "{idx}: {value}");
            if since_ms == 0 && idx > 10 {
                assert!(value > 5.0, "{idx}: {value}");
            }
        }
    }

    #[test]
    fn neither_pieces_nor_loudness_nor_the_rate_matter_much() {
        let samples = bursts(44_100, 3);
        let whole = values(44_100, 100..500, &samples, samples.len());
        for piece in [1, 220, 4096] {
            let pieces = values(44_100, 100..500, &samples, piece);
            assert_eq!(whole.len(), pieces.len());
            let farthest = whole.iter().zip(&pieces).map(|(a, b)| (a - b).abs());
            assert!(farthest.fold(0.0, f32::max) < 1e-3, "{piece}");
        }
        let softer: Vec<f32> = samples.iter().map(|sample| sample * 0.5).collect();
        let other_rate = values(48_000, 100..500, &bursts(48_000, 3), 1000);
        for other in [values(44_100, 100..500, &softer, 1000), other_rate] {
            let largest = |values: &[f32]| {
                let places = values.iter().enumerate().filter(|(_, value)| **value > 5.0);
                places.map(|(idx, _)| idx).collect::<Vec<_>>()
            };
            assert_eq!(largest(&whole), largest(&other));
        }
    }

    #[test]
    fn what_is_no_number_is_silence_and_what_is_missing_is_said() {
        let odd = [f32::NAN, f32::INFINITY, 1e30, f32::MIN];
        let samples: Vec<f32> = odd.iter().copied().cycle().take(8000).collect();
        let silent = values(8000, 0..200, &samples, 160);
        assert!(silent.len() == 197 && silent.iter().all(|value| *value == 0.0));
        let mut strength = OnsetStrength::new(8000, 0..200);
        strength.hear(0, &samples[..7920]);
        assert!(strength.values().is_ok(), "a fiftieth may be missing");
        let mut strength = OnsetStrength::new(8000, 0..200);
        strength.hear(400, &samples[..7600]);
        let missing = HearingError::Missing { missing_ms: 50, wanted_ms: 1000 };
        assert_eq!(strength.values(), Err(missing));
    }
}

use std::ops::Range;

use carto_random::{Normal, seed_of};

use crate::EncoderConfig;

/// The signal of one map, as an encoder reads it: nine channels.
#[derive(Debug, Clone, Copy, Default)]
pub struct SignalFrames<'a> {
    values: &'a [f32],
    n_frames: usize,
}

impl<'a> SignalFrames<'a> {
    /// Takes the values of a signal.
    ///
    /// - `values`: `[9, n_frames]`, channel by channel; `None` if the length is
    ///   no multiple of nine
    #[must_use]
    pub fn new(values: &'a [f32]) -> Option<Self> {
        values
            .len()
            .is_multiple_of(EncoderConfig::N_CHANNELS)
            .then_some(Self { values, n_frames: values.len() / EncoderConfig::N_CHANNELS })
    }

    /// Number of frames, without padding.
    #[must_use]
    pub fn n_frames(&self) -> usize {
        self.n_frames
    }

    /// The series of the nine channels, in order.
    pub fn channels(self) -> impl Iterator<Item = &'a [f32]> {
        (0..EncoderConfig::N_CHANNELS).map(move |channel| {
            &self.values[channel * self.n_frames..(channel + 1) * self.n_frames]
        })
    }
}

/// The latents of one map: a normal distribution for each latent and
/// column.
#[derive(Debug, Clone, PartialEq)]
pub struct LatentMoments {
    n_dims: usize,
    n_latents: usize,
    mu: Vec<f32>,
    logvar: Vec<f32>,
}

impl LatentMoments {
    /// Moments of zero for a map of `n_frames`.
    #[must_use]
    pub fn new(config: &EncoderConfig, n_frames: usize) -> Self {
        let n_latents = n_frames.div_ceil(config.frames_per_latent().max(1));
        let n = config.n_latent_dims * n_latents;
        Self { n_dims: config.n_latent_dims, n_latents, mu: vec![0.0; n], logvar: vec![0.0; n] }
    }

    /// Number of latent dimensions.
    #[must_use]
    pub fn n_dims(&self) -> usize {
        self.n_dims
    }

    /// Number of columns: frames over frames per latent, rounded up.
    #[must_use]
    pub fn n_latents(&self) -> usize {
        self.n_latents
    }

    /// Means, `[n_dims, n_latents]`: the latent, where none is drawn.
    #[must_use]
    pub fn mu(&self) -> &[f32] {
        &self.mu
    }

    /// Logarithms of the variances, `[n_dims, n_latents]`.
    #[must_use]
    pub fn logvar(&self) -> &[f32] {
        &self.logvar
    }

    pub(super) fn set(&mut self, dim: usize, column: usize, mu: f32, logvar: f32) {
        self.mu[dim * self.n_latents + column] = mu;
        self.logvar[dim * self.n_latents + column] = logvar;
    }
}

/// Ranges of latents that cover a map, of equal length but for the last.
pub fn tiles(n_latents: usize, tile_len: usize) -> impl Iterator<Item = Range<usize>> {
    let tile_len = tile_len.max(1);
    (0..n_latents).step_by(tile_len).map(move |start| start..(start + tile_len).min(n_latents))
}

impl LatentMoments {
    /// Draws a latent instead of taking its mean: `mu + exp(logvar / 2) * noise`
    /// with standard normal noise.
    ///
    /// The noise follows from seed, name and place in the table alone, so the
    /// order in which maps are computed does not matter, nor on how many threads.
    ///
    /// - `label`: the map's name; maps of other names get other noise
    /// - returns: `[n_dims, n_latents]`, as [`Self::mu`]
    ///
    /// # Source
    ///
    /// `osu_dreamer/latent_model/modules/gaussian.py:20-24` of
    /// osu-dreamer-cartography @ `7ec522b`, which the published run drew with,
    /// unseeded.
    #[must_use]
    pub fn sample(&self, seed: u64, label: &str) -> Vec<f32> {
        let mut normal = Normal::new(seed_of(seed, label));
        let moments = self.mu().iter().zip(self.logvar());
        let draw = |(&mu, &logvar): (&f32, &f32)| {
            let std = libm::exp(0.5 * f64::from(logvar));
            (f64::from(mu) + std * normal.next()) as f32
        };
        moments.map(draw).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 32 dimensions and 2,000 columns of one mean and one deviation each.
    fn moments(mu: f32, std: f32) -> LatentMoments {
        let mut moments = LatentMoments::new(&EncoderConfig::published(), 36_000);
        for dim in 0..moments.n_dims() {
            for column in 0..moments.n_latents() {
                moments.set(dim, column, mu, 2.0 * std.ln());
            }
        }
        moments
    }

    #[test]
    fn draws_have_the_mean_and_the_deviation_of_their_moments() {
        let draws = moments(3.0, 0.25).sample(1, "1001.osz [Hard]");
        let n = draws.len() as f64;
        assert_eq!(n, 64_000.0);
        let mean = draws.iter().map(|&z| f64::from(z)).sum::<f64>() / n;
        let square = |&z: &f32| (f64::from(z) - mean) * (f64::from(z) - mean);
        let std = (draws.iter().map(square).sum::<f64>() / n).sqrt();
        // Five standard errors each: 0.25 / sqrt(n), and that over sqrt(2).
        assert!((mean - 3.0).abs() < 0.005, "{mean}");
        assert!((std - 0.25).abs() < 0.0035, "{std}");
    }

    #[test]
    fn seed_and_name_decide_the_noise_and_nothing_else_does() {
        let moments = moments(0.0, 1.0);
        let draws = moments.sample(7, "a");
        assert_eq!(moments.sample(7, "a"), draws);
        let correlation = |others: &[f32]| {
            draws.iter().zip(others).map(|(a, b)| f64::from(a * b)).sum::<f64>()
                / draws.len() as f64
        };
        for (seed, label) in [(8, "a"), (7, "b"), (7, "")] {
            let r = correlation(&moments.sample(seed, label));
            assert!(r.abs() < 0.02, "{seed} {label:?}: {r}");
        }
    }

    #[test]
    fn without_variance_the_draw_is_the_mean() {
        let mut moments = moments(0.0, 1.0);
        moments.set(3, 5, 0.125, f32::NEG_INFINITY);
        assert_eq!(moments.sample(1, "a")[3 * moments.n_latents() + 5], 0.125);
    }
}

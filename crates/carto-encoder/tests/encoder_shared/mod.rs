//! What the tests of the encoder share: goldens, and signals of their own.
#![allow(dead_code, reason = "each test binary uses its part")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::panic,
    reason = "tests may fail loudly"
)]

use std::fs::File;
use std::path::PathBuf;

use carto_encoder::weights::{WeightsLimits, read_weights};
use carto_encoder::{EncoderConfig, EncoderWeights, LatentMoments};
use serde_json::Value;

/// The only golden that is NaN (a slider of length zero).
const NAN_MAP: &str = "1309__zero_vector_line";
/// Positions beyond 1e6, which leave no room for an absolute tolerance.
///
/// The full-size encoder has gates there that are differences of such numbers: the
/// golden itself, in float32, is 68 % of the largest value away from the same
/// arithmetic in float64 (the small encoder's: 1.5e-6), and two float32 evaluations
/// are as far from each other. So there only the small one can be compared.
const LARGE_MAP: &str = "1228__fractional-coordinates-lazer";

/// One map of the published program's goldens that can be compared.
pub(crate) struct GoldenMap {
    folder: PathBuf,
    pub(crate) name: String,
    pub(crate) n_frames: usize,
}

/// The goldens beside the checkout, the shortest map first; `None`, with a line
/// on stderr, where they are not there.
pub(crate) fn golden_maps() -> Option<Vec<GoldenMap>> {
    let folder = golden_folder()?.join("maps");
    let index = std::fs::read_to_string(folder.join("index.json")).unwrap();
    let index: Vec<Value> = serde_json::from_str(&index).unwrap();
    let encoded = index.iter().filter(|row| row["l"].is_u64());
    let mut maps: Vec<_> = encoded
        .map(|row| GoldenMap {
            folder: folder.clone(),
            name: row["osu"].as_str().unwrap().trim_end_matches(".osu").to_owned(),
            n_frames: row["L"].as_u64().unwrap() as usize,
        })
        .filter(|map| map.name != NAN_MAP)
        .collect();
    maps.sort_by(|a, b| (a.n_frames, &a.name).cmp(&(b.n_frames, &b.name)));
    assert_eq!(maps.len(), 112);
    Some(maps)
}

/// `small` or `big`, of the same goldens.
pub(crate) fn golden_weights(size: &str) -> EncoderWeights {
    let name = format!("{size}_init.encoder.safetensors");
    let path = golden_folder().unwrap().join("checkpoints").join(&name);
    read_weights(File::open(path).unwrap(), &name, &WeightsLimits::default()).unwrap()
}

fn golden_folder() -> Option<PathBuf> {
    carto_testkit::folder("golden")
}

impl GoldenMap {
    /// Whether float32 decides what the encoder `small` or `big` says of this map.
    pub(crate) fn is_well_conditioned(&self, size: &str) -> bool {
        size == "small" || self.name != LARGE_MAP
    }

    /// The nine channels, `[9, n_frames]`.
    pub(crate) fn signal(&self) -> Vec<f32> {
        let (shape, values) = carto_testkit::npy_f32(&self.path("enc9", "npy.gz"));
        assert_eq!(shape, [EncoderConfig::N_CHANNELS, self.n_frames]);
        values
    }

    /// Compares what an encoder says of this map with what the published one,
    /// `small` or `big`, said; false if of the variances nothing is known.
    pub(crate) fn check(&self, size: &str, n_latents: usize, mu: &[f32], logvar: &[f32]) -> bool {
        let has_logvar = self.path(&format!("logvar_{size}"), "npy").is_file();
        for (moment, ours) in [("mu", mu), ("logvar", logvar)] {
            if moment == "logvar" && !has_logvar {
                continue;
            }
            let (shape, golden) =
                carto_testkit::npy_f32(&self.path(&format!("{moment}_{size}"), "npy"));
            assert_eq!(shape, [32, n_latents], "{}", self.name);
            let context = format!("{moment}_{size} of {}", self.name);
            let difference = largest_difference(ours, &golden, &context);
            let largest = golden.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
            if self.name == LARGE_MAP {
                assert!(largest > 1e3, "{context}: it is {largest} at most");
            } else {
                assert!(difference <= 1e-4, "{context}: {difference} apart");
            }
            let relative = difference / largest;
            assert!(relative <= 1e-5, "{context}: {relative} apart, relative to {largest}");
        }
        has_logvar
    }

    pub(crate) fn check_moments(&self, size: &str, moments: &LatentMoments) -> bool {
        self.check(size, moments.n_latents(), moments.mu(), moments.logvar())
    }

    fn path(&self, kind: &str, extension: &str) -> PathBuf {
        self.folder.join(kind).join(format!("{}.{extension}", self.name))
    }
}

/// The largest absolute difference; fails on another length and on NaN.
pub(crate) fn largest_difference(ours: &[f32], theirs: &[f32], context: &str) -> f32 {
    assert_eq!(ours.len(), theirs.len(), "{context}");
    let differences = ours.iter().zip(theirs).map(|(a, b)| (a - b).abs());
    differences.fold(0.0, |largest, difference| {
        assert!(difference.is_finite(), "{context}");
        largest.max(difference)
    })
}

/// `[9, n_frames]`: ramps that are reset at random, and steps, as signals have
/// them, in `[-1, 1]`.
pub(crate) fn invented_signal(n_frames: usize, seed: u64) -> Vec<f32> {
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut values = Vec::with_capacity(EncoderConfig::N_CHANNELS * n_frames);
    for _ in 0..EncoderConfig::N_CHANNELS {
        let (mut value, mut slope) = (2.0 * rng.f32() - 1.0, 0.0);
        for _ in 0..n_frames {
            if rng.u32(0..12) == 0 {
                value = 2.0 * rng.f32() - 1.0;
                slope = rng.f32() / 10.0;
            }
            value = (value + slope).min(1.0);
            values.push(value);
        }
    }
    values
}

/// The published encoder's shape with another width.
pub(crate) fn narrow(hidden_dim: usize) -> EncoderConfig {
    EncoderConfig { hidden_dim, ..EncoderConfig::published() }
}

/// Hyper-parameters off the published run's road, one oddity each.
pub(crate) fn configs() -> Vec<EncoderConfig> {
    let narrow_24 = || narrow(24);
    vec![
        narrow(24),
        narrow(40),
        // No multiple of any register.
        EncoderConfig { n_latent_dims: 7, ..narrow(37) },
        EncoderConfig { n_stacks: 2, stack_depth: 3, ..narrow_24() },
        EncoderConfig { stack_depth: 1, ..narrow_24() },
        EncoderConfig { layer_expand: 2, ..narrow_24() },
        EncoderConfig { down_expand: 2, ..narrow_24() },
        EncoderConfig { layer_expand: 3, down_expand: 2, n_stacks: 2, ..narrow(16) },
        EncoderConfig { strides: vec![2], ..narrow_24() },
        EncoderConfig { strides: vec![4, 2], ..narrow_24() },
        EncoderConfig { strides: vec![1, 5], ..narrow_24() },
    ]
}

use carto_encoder::EncoderConfig;
use carto_random::{GOLDEN_GAMMA, Normal};

use crate::{TrainConfig, TrainError, TrainingSet};

/// Keeps the streams of random numbers of one step apart.
const CROPS: u64 = 1;
const NOISE: u64 = 2;
const VALIDATION: u64 = 3;
const DIRECTIONS: u64 = 4;
const CRITIC: u64 = 5;

/// Where crops are drawn from: every frame that a crop can start at is as likely
/// as every other.
#[derive(Debug, Clone)]
pub(super) struct Crops {
    /// Places in the set, and starts up to and with that map.
    places: Vec<(usize, u64)>,
}

impl Crops {
    /// Finds all places where a crop can start.
    ///
    /// # Errors
    ///
    /// [`TrainError::NothingToTrainOn`] if no map is as long as a crop.
    pub(super) fn new(
        set: &TrainingSet,
        maps: &[usize],
        crop_frames: usize,
    ) -> Result<Self, TrainError> {
        let mut n_starts = 0;
        let mut places = Vec::new();
        for &idx in maps {
            if let Some(n_more) = set.maps[idx].n_frames().checked_sub(crop_frames) {
                n_starts += n_more as u64 + 1;
                places.push((idx, n_starts));
            }
        }
        if places.is_empty() {
            return Err(TrainError::NothingToTrainOn { n_maps: maps.len(), crop_frames });
        }
        Ok(Self { places })
    }

    /// The crops of a step, `[batch_len, 9, crop_frames]`.
    pub(super) fn of_step(&self, set: &TrainingSet, config: &TrainConfig, step: u64) -> Vec<f32> {
        self.draw(set, config, config.batch_len, stream(config.seed, CROPS, step))
    }

    /// Crops that are the same at every validation.
    pub(super) fn of_validation(
        &self,
        set: &TrainingSet,
        config: &TrainConfig,
        n_crops: usize,
        batch: u64,
    ) -> Vec<f32> {
        self.draw(set, config, n_crops, stream(config.seed, VALIDATION, batch))
    }

    fn draw(
        &self,
        set: &TrainingSet,
        config: &TrainConfig,
        n_crops: usize,
        mut random: Normal,
    ) -> Vec<f32> {
        let n_starts = self.places.last().map_or(0, |place| place.1);
        let mut crops =
            Vec::with_capacity(n_crops * EncoderConfig::N_CHANNELS * config.crop_frames);
        for _ in 0..n_crops {
            let draw = ((random.unit() * n_starts as f64) as u64).min(n_starts.saturating_sub(1));
            let place = self.places.partition_point(|place| place.1 <= draw);
            let (idx, end) = self.places[place];
            // Counted from the map's end, which is as good as from its start.
            let start = set.maps[idx].n_frames() - config.crop_frames - (end - 1 - draw) as usize;
            set.maps[idx].crop_into(start, config.crop_frames, &mut crops);
        }
        crops
    }
}

/// Standard normal numbers for the latents of a step's batch.
pub(super) fn noise(config: &TrainConfig, step: u64, n: usize) -> Vec<f32> {
    normals(stream(config.seed, NOISE, step), n)
}

/// Standard normal numbers for the directions in which a critic's slope is measured.
pub(super) fn directions(config: &TrainConfig, step: u64, n: usize) -> Vec<f32> {
    normals(stream(config.seed, DIRECTIONS, step), n)
}

/// The stream from which a critic's first weights are drawn.
pub(super) fn critic_stream(config: &TrainConfig) -> Normal {
    stream(config.seed, CRITIC, 0)
}

fn normals(mut random: Normal, n: usize) -> Vec<f32> {
    (0..n).map(|_| random.next() as f32).collect()
}

/// A stream of its own for each use and step.
fn stream(seed: u64, what: u64, step: u64) -> Normal {
    let mut state = seed ^ what.wrapping_mul(GOLDEN_GAMMA);
    state = state.wrapping_add(step.wrapping_mul(0xd134_2543_de82_ef95));
    Normal::new(state)
}

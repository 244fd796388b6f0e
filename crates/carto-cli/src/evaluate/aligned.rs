use carto_agreement::Latents;
use carto_beatmap::signal::FrameClock;
use carto_encoder::cpu::{TileEncoder, native_encoder};
use carto_encoder::folded::FoldedEncoder;
use carto_encoder::{CPU_TILE_LEN, SignalFrames};
use carto_encoder_train::TrainingSet;
use carto_evidence::Alignment;
use carto_types::{AlignmentClass, SignalChannel};
use rayon::prelude::*;

use crate::terminal;
use crate::training_set::TimedMap;

/// The grid of the signals.
const CLOCK: FrameClock = FrameClock::OSU_DREAMER;
/// Below this many shared frames, 6 s, two maps are not compared.
const MIN_FRAMES: usize = 1000;

/// Maps of a set that can be aligned: their lags are read from timing points.
pub(super) struct AlignedSet<'a> {
    pub(super) set: &'a TrainingSet,
    /// Of each map of the set what places it in time; `None` for packed maps, of which signals
    /// alone are known.
    pub(super) timed: &'a [Option<TimedMap>],
    pub(super) folded: &'a FoldedEncoder,
}

/// The second map of a pair at the times of the first: encoded anew at its times plus the lag, not
/// moved by whole frames.
pub(super) struct MovedMap {
    /// `[9, n_frames]`.
    channels: Vec<f32>,
    /// `[n_latent_dims, n_frames / 18]`.
    latents: Vec<f32>,
    n_latent_dims: usize,
}

impl MovedMap {
    /// Its latents.
    pub(super) fn latents(&self) -> Option<Latents<'_>> {
        Latents::new(&self.latents, self.n_latent_dims)
    }

    /// Its nine channels.
    pub(super) fn channels(&self) -> Option<Latents<'_>> {
        Latents::new(&self.channels, SignalChannel::COUNT)
    }
}

impl AlignedSet<'_> {
    /// Whether there is anything to align.
    pub(super) fn has_times(&self) -> bool {
        self.timed.iter().any(Option::is_some)
    }

    /// Overall difficulty of a map, by which a mapper's representative is chosen; lowest where it
    /// is not known.
    pub(super) fn overall_difficulty(&self, map_idx: usize) -> f64 {
        self.timed[map_idx].as_ref().map_or(f64::NEG_INFINITY, |map| map.overall_difficulty)
    }

    /// What is added to the times of B, ms; `None` where the two are not of one tempo and version,
    /// or no lag is known.
    fn lag_ms(&self, a: usize, b: usize) -> Option<f64> {
        let [Some(a), Some(b)] = [a, b].map(|idx| self.timed[idx].as_ref()) else { return None };
        let found = Alignment::of_timing_points(&a.map, &b.map);
        (found.class == AlignmentClass::Aligned).then_some(found.lag_ms)
    }

    /// B of each pair at A's times, as far as both reach, in parallel.
    ///
    /// - `pairs`: places of A and of B in the set
    /// - returns: `None` for pairs that cannot be aligned
    pub(super) fn moved(&self, pairs: &[(usize, usize)]) -> Vec<Option<MovedMap>> {
        let bar = terminal::progress_bar("aligned pairs", pairs.len());
        let moved = pairs.par_iter().map_init(
            || native_encoder(self.folded.clone()),
            |encoder, &(a, b)| {
                let moved = self.moved_map(encoder, a, b);
                bar.inc(1);
                moved
            },
        );
        let moved = moved.collect();
        bar.finish_and_clear();
        moved
    }

    fn moved_map(
        &self,
        encoder: &mut Box<dyn TileEncoder>,
        a: usize,
        b: usize,
    ) -> Option<MovedMap> {
        let lag_ms = self.lag_ms(a, b)?;
        let [n_of_a, n_of_b] = [a, b].map(|idx| self.set.maps[idx].n_frames());
        let end_of_b_ms = CLOCK.time_ms(n_of_b) + lag_ms;
        let times_ms: Vec<f64> = (0..n_of_a)
            .map(|frame_idx| CLOCK.time_ms(frame_idx))
            .take_while(|&time_ms| time_ms < end_of_b_ms)
            .map(|time_ms| time_ms - lag_ms)
            .collect();
        if times_ms.len() < MIN_FRAMES {
            return None;
        }
        let signal = self.timed[b].as_ref()?.map.signal().sample(&times_ms);
        let channels: Vec<f32> = signal.into_iter().map(|value| value as f32).collect();
        let moments = encoder.encode(SignalFrames::new(&channels)?, CPU_TILE_LEN);
        let latents = moments.mu().to_vec();
        Some(MovedMap { channels, latents, n_latent_dims: self.folded.config.n_latent_dims })
    }
}

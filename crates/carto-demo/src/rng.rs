//! The seeded random source of the demo set.

use carto_random::{GOLDEN_GAMMA, SplitMix64, mix};

/// The draws of one purpose.
#[derive(Debug, Clone)]
pub(super) struct DemoRng {
    uniform: SplitMix64,
}

/// Who draws: the song itself, or one mapper of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Streams {
    pub(super) seed: u64,
    pub(super) song_idx: usize,
    /// `None` for what belongs to the song.
    pub(super) mapper_idx: Option<usize>,
}

/// What is drawn. Each purpose has a stream of its own, so that turning one knob
/// leaves the draws of all others as they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Bars and sections.
    Grid,
    /// Who maps the song.
    Mappers,
    /// Where the common plan puts objects.
    Positions,
    /// Movement and slider shapes.
    Placement,
    /// Which difficulties there are.
    Levels,
    /// Decisions of a channel.
    Decide(u8),
    /// Which decisions of a channel are copied.
    Copy(u8),
}

impl Streams {
    pub(super) fn rng(&self, purpose: Purpose) -> DemoRng {
        let mapper = self.mapper_idx.map_or(0, |idx| idx as u64 + 1);
        let (kind, channel) = match purpose {
            Purpose::Grid => (0, 0),
            Purpose::Mappers => (1, 0),
            Purpose::Positions => (2, 0),
            Purpose::Placement => (3, 0),
            Purpose::Levels => (4, 0),
            Purpose::Decide(channel) => (5, channel),
            Purpose::Copy(channel) => (6, channel),
        };
        DemoRng::new(self.seed, &[self.song_idx as u64, mapper, kind, u64::from(channel)])
    }
}

impl DemoRng {
    /// The stream that belongs to `path` under `seed`.
    fn new(seed: u64, path: &[u64]) -> Self {
        let state = path.iter().fold(mix(seed), |state, &step| {
            mix(state ^ mix(step.wrapping_add(1).wrapping_mul(GOLDEN_GAMMA)))
        });
        Self { uniform: SplitMix64::new(state) }
    }

    /// Uniform in `[0, 1)`.
    pub(super) fn unit(&mut self) -> f64 {
        self.uniform.unit()
    }

    /// True with the given probability; always for 1, never for 0 or NaN.
    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Uniform in `[low, high)`.
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// An index below `n`; 0 when `n` is 0.
    pub(super) fn index(&mut self, n: usize) -> usize {
        ((self.unit() * n as f64) as usize).min(n.saturating_sub(1))
    }

    /// An index drawn in proportion to its weight.
    pub(super) fn weighted(&mut self, weights: &[f64]) -> usize {
        pick_weighted(weights, self.unit())
    }
}

/// The index whose share of the cumulated weights covers `variate` in `[0, 1)`.
pub(super) fn pick_weighted(weights: &[f64], variate: f64) -> usize {
    let mut left = variate * weights.iter().sum::<f64>();
    for (idx, weight) in weights.iter().enumerate() {
        left -= weight;
        if left < 0.0 {
            return idx;
        }
    }
    weights.len().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_of_different_paths_differ() {
        let first = |path: &[u64]| DemoRng::new(7, path).uniform.next_u64();
        let mut seen = vec![first(&[]), first(&[0]), first(&[1]), first(&[0, 1]), first(&[1, 0])];
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 5);
    }

    #[test]
    fn a_weight_of_zero_is_never_drawn() {
        let mut rng = DemoRng::new(1, &[]);
        let mut counts = [0; 3];
        for _ in 0..1000 {
            counts[rng.weighted(&[1.0, 0.0, 3.0])] += 1;
        }
        assert_eq!(counts[1], 0);
        assert!((150..350).contains(&counts[0]), "{counts:?}");
    }
}

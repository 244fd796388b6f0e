use std::ops::Range;

use carto_types::SignalChannel;

use super::events::{Events, phi_of, published_r};
use super::scenes::Scene;
use super::sets::{SetShares, Share, SimulationRules, called_perceptual, seed_of, shares_of_sets};
use crate::song_values::mean;

/// How a break begins that is put into both maps, as a share of their bars.
const BREAK_FROM: f64 = 0.4;
/// How long it is, ms.
const BREAK_MS: f64 = 12_000.0;
/// Draws of each pair where maps are drawn: with two, the mean of all pairs still depends on the
/// seed.
const N_DRAWS: u64 = 10;

/// What the second map of a pair has in common with the first, by construction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Truth {
    /// T0: everything; it is the real second map.
    SamePair,
    /// T1: a bar grid; it is a map of another song, moved onto it.
    OtherSong,
    /// T2: a bar grid; its events are drawn from its own profile of slots, bar by bar.
    GridOnly,
    /// T3: a bar grid and how much happens in every bar.
    DensityOnly,
    /// T4: a bar grid and a break of 12 s.
    SharedBreak,
}

impl Truth {
    /// Every truth, in the order of their labels.
    pub const ALL: [Self; 5] =
        [Self::SamePair, Self::OtherSong, Self::GridOnly, Self::DensityOnly, Self::SharedBreak];

    /// `T0` to `T4`.
    #[must_use]
    pub fn label(self) -> &'static str {
        ["T0", "T1", "T2", "T3", "T4"][self as usize]
    }

    /// The truth in words: `grid only`.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["the real pair", "another song", "grid only", "density only", "shared break"]
            [self as usize]
    }
}

/// What sets of one truth give.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TruthFigures {
    /// The truth.
    pub truth: Truth,
    /// Pairs with a value.
    pub n_pairs: u32,
    /// Mean of what is judged: phi, or the excess over permuted bars.
    pub mean: f64,
    /// Verdicts of sets.
    pub sets: SetShares,
    /// Mean of Pearson's r as published, of the same pairs.
    pub mean_r: f64,
    /// Sets that the published rule calls perceptual.
    pub perceptual: Share,
}

impl TruthFigures {
    /// The figures of sets that are drawn from some pairs; `None` without pairs.
    ///
    /// - `pairs`: of each, what is judged, and r as published
    pub(super) fn of(
        truth: Truth,
        channel: SignalChannel,
        pairs: &[(f64, f64)],
        rules: SimulationRules,
    ) -> Option<Self> {
        let SimulationRules { seed, n_songs, n_sets } = rules;
        let seed = seed_of(seed, &[truth as u64, channel as u64]);
        let (values, r): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
        Some(Self {
            truth,
            n_pairs: pairs.len() as u32,
            sets: shares_of_sets(&values, seed, n_songs, n_sets)?,
            mean: mean(&values),
            mean_r: mean(&r),
            perceptual: called_perceptual(&r, seed, n_songs, n_sets)?,
        })
    }
}

/// A channel of events under all truths.
pub(super) fn of_events(
    scenes: &[Scene<'_>],
    channel: SignalChannel,
    rules: SimulationRules,
) -> Vec<TruthFigures> {
    let figures = |truth| {
        let pairs = scenes.iter().enumerate().flat_map(|(idx, scene)| {
            let seed = seed_of(rules.seed, &[idx as u64, truth as u64, channel as u64]);
            let judged = |(a, b): (Events, Events)| {
                let r = || published_r(&a, &b, scene.span_ms());
                phi_of(&a, &b, &scene.bars).map(|phi| (phi, r()))
            };
            made(scene, channel, truth, seed).into_iter().filter_map(judged).collect::<Vec<_>>()
        });
        TruthFigures::of(truth, channel, &pairs.collect::<Vec<_>>(), rules)
    };
    Truth::ALL.into_iter().filter_map(figures).collect()
}

/// The pairs that a scene gives under a truth; the first map is always the real one.
fn made(
    scene: &Scene<'_>,
    channel: SignalChannel,
    truth: Truth,
    seed: u64,
) -> Vec<(Events, Events)> {
    let (pair, bars) = (scene.pair, &scene.bars);
    let a = Events::of(pair.a, channel, 0.0, bars);
    let b = || Events::of(pair.b, channel, pair.alignment.lag_ms, bars);
    let others = || scene.others.iter().map(|other| Events::of(other, channel, 0.0, bars));
    let drawn = |keeps_counts| {
        let draw = |n: u64| (a.clone(), b().redrawn(bars, keeps_counts, seed_of(seed, &[n])));
        (0..N_DRAWS).map(draw).collect()
    };
    match truth {
        Truth::SamePair => vec![(a, b())],
        Truth::OtherSong => others().map(|other| (a.clone(), other)).collect(),
        Truth::GridOnly => drawn(false),
        Truth::DensityOnly => drawn(true),
        Truth::SharedBreak => {
            let break_ms = break_of(scene);
            let a = a.without(&break_ms);
            others().map(|other| (a.clone(), other.without(&break_ms))).collect()
        }
    }
}

/// The break that is put into both maps of a scene, ms.
pub(super) fn break_of(scene: &Scene<'_>) -> Range<f64> {
    let [start_ms, end_ms] = scene.span_ms();
    let from_ms = start_ms + BREAK_FROM * (end_ms - start_ms);
    from_ms..from_ms + BREAK_MS
}

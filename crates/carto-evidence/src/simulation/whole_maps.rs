//! Channels that are no events, under the truths that whole maps can be made for.

use std::ops::Range;

use carto_types::SignalChannel;

use super::scenes::Scene;
use super::sets::SimulationRules;
use super::truths::{Truth, TruthFigures, break_of};
use crate::map::CLOCK;
use crate::statistics::pearson;
use crate::{EvidenceMap, MapOnBars};

/// Channels under T0, T1 and T4, judged by r on bars less that of bars permuted within
/// sections: nothing can be drawn anew for them.
pub(super) fn of_channels<const N: usize>(
    scenes: &[Scene<'_>],
    channels: [SignalChannel; N],
    rules: SimulationRules,
) -> [(SignalChannel, Vec<TruthFigures>); N] {
    let mut found = channels.map(|channel| (channel, Vec::new()));
    for truth in [Truth::SamePair, Truth::OtherSong, Truth::SharedBreak] {
        let pairs: Vec<[Option<(f64, f64)>; N]> =
            scenes.iter().flat_map(|scene| judged(scene, channels, truth)).collect();
        for (place, (channel, figures)) in found.iter_mut().enumerate() {
            let of_channel: Vec<_> = pairs.iter().filter_map(|pair| pair[place]).collect();
            figures.extend(TruthFigures::of(truth, *channel, &of_channel, rules));
        }
    }
    found
}

/// Excess and published r of the pairs that a scene gives under a truth, by channel.
fn judged<const N: usize>(
    scene: &Scene<'_>,
    channels: [SignalChannel; N],
    truth: Truth,
) -> Vec<[Option<(f64, f64)>; N]> {
    let compare = |a: &EvidenceMap, b: &EvidenceMap, lag_ms: f64| {
        let on_bars = MapOnBars::new(a, scene.bars.clone()).compare(b, lag_ms);
        let r = published_r(a, b, lag_ms, scene.span_ms());
        channels.map(|channel| {
            let excess = (*on_bars.pearson_bars.get(channel))?.within8_excess;
            Some((excess, r[channel as usize]))
        })
    };
    let pair = scene.pair;
    if truth == Truth::SamePair {
        return vec![compare(pair.a, pair.b, pair.alignment.lag_ms)];
    }
    if truth != Truth::SharedBreak {
        return scene.others.iter().map(|other| compare(pair.a, other, 0.0)).collect();
    }
    let break_ms = break_of(scene);
    let Some(a) = without(pair.a, &break_ms) else { return Vec::new() };
    let others = scene.others.iter().filter_map(|other| without(other, &break_ms));
    others.map(|other| compare(&a, &other, 0.0)).collect()
}

/// A map without the objects that begin in a span of time, ms; `None` where none is left.
fn without(map: &EvidenceMap, break_ms: &Range<f64>) -> Option<EvidenceMap> {
    let mut beatmap = map.signal().beatmap().clone();
    beatmap.hit_objects.retain(|object| !break_ms.contains(&object.start_ms));
    EvidenceMap::new(beatmap).ok()
}

/// Pearson's r of all channels over the frames of a span, as published: `[9]`, 0 where a side
/// is constant.
fn published_r(
    a: &EvidenceMap,
    b: &EvidenceMap,
    lag_ms: f64,
    span_ms: [f64; 2],
) -> [f64; SignalChannel::COUNT] {
    let frames = CLOCK.frames_between(span_ms[0], span_ms[1], usize::MAX);
    let times_ms: Vec<f64> = frames.map(|idx| CLOCK.time_ms(idx)).collect();
    let n_times = times_ms.len();
    let a = a.signal().sample(&times_ms);
    let b = b.signal().sample(&times_ms.iter().map(|time_ms| time_ms - lag_ms).collect::<Vec<_>>());
    SignalChannel::ALL.map(|channel| {
        let [a, b] = [&a, &b].map(|values| &values[channel as usize * n_times..][..n_times]);
        pearson(a, b).unwrap_or(0.0)
    })
}

//! A small simulation on invented maps, of which everything is known.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use carto_beatmap::beatmap::{
    Beatmap, HitObject, HitObjectKind, HitSound, Position, UninheritedPoint,
};
use carto_evidence::simulation::{Simulation, SimulationPair, SimulationRules, Truth, simulate};
use carto_evidence::{Alignment, EvidenceMap};
use carto_random::SplitMix64;
use carto_types::SignalChannel;

const N_BARS: u32 = 40;

/// A map of circles on the quarter beats of 40 bars, some of whose bars are those of the song;
/// new combos and claps fall on some circles.
fn map(song: u64, mapper: u64, share_of_song: f64, lag_ms: f64) -> EvidenceMap {
    let beat_ms = 400.0 + 10.0 * song as f64;
    let mut own = SplitMix64::new(1000 + 10 * song + mapper);
    let mut shared = SplitMix64::new(song);
    let mut hit_objects = Vec::new();
    for bar in 0..N_BARS {
        let is_shared = own.unit() < share_of_song;
        for slot in 0..16 {
            let start_ms =
                lag_ms + 100.0 + beat_ms * (4.0 * f64::from(bar) + f64::from(slot) / 4.0);
            // Both are drawn, so that each keeps its place whatever the other does.
            let draws =
                [&mut own, &mut shared].map(|random| [random.unit(), random.unit(), random.unit()]);
            let [onset, combo, clap] = draws[usize::from(is_shared)];
            let on_beat = slot % 4 == 0;
            if onset < if on_beat { 0.8 } else { 0.35 } {
                hit_objects.push(HitObject {
                    start_ms,
                    end_ms: start_ms,
                    new_combo: combo < if on_beat { 0.5 } else { 0.1 },
                    hit_sound: HitSound(if clap < 0.4 { 8 } else { 0 }),
                    kind: HitObjectKind::Circle(Position::CENTRE),
                });
            }
        }
    }
    EvidenceMap::new(Beatmap {
        approach_rate: 9.0,
        timing_points: Vec::new(),
        uninherited_points: vec![UninheritedPoint::new(lag_ms + 100.0, beat_ms, 4.0)],
        hit_objects,
    })
    .unwrap()
}

fn simulated(n_songs: u64, rules: SimulationRules) -> Simulation {
    let maps: Vec<[EvidenceMap; 2]> =
        (0..n_songs).map(|song| [map(song, 0, 0.8, 0.0), map(song, 1, 0.8, -30.0)]).collect();
    let lags: Vec<Alignment> =
        maps.iter().map(|[a, b]| Alignment::of_timing_points(a, b)).collect();
    let songs = (0..).zip(maps.iter().zip(&lags));
    let pairs: Vec<_> = songs
        .map(|(song_idx, ([a, b], alignment))| SimulationPair { song_idx, a, b, alignment })
        .collect();
    simulate(&pairs, rules)
}

#[test]
fn sets_get_the_verdicts_of_their_truth() {
    let rules = SimulationRules { n_sets: 300, ..SimulationRules::default() };
    let found = simulated(10, rules);
    assert_eq!((found.n_pairs, found.n_songs), (10, 10));
    for channel in [SignalChannel::Onset, SignalChannel::Combo, SignalChannel::Clap] {
        let channel = found.channels.iter().find(|found| found.channel == channel).unwrap();
        assert_eq!(channel.truths.len(), Truth::ALL.len());
        for figures in &channel.truths {
            let agree = figures.sets.agree.value;
            if figures.truth == Truth::SamePair {
                assert_eq!(agree, 1.0, "{figures:?}");
            } else {
                assert!(agree <= 0.05 && figures.mean < 0.1, "{:?} {figures:?}", channel.channel);
            }
        }
        for planted in &channel.planted {
            // Draws of 100 pairs: a standard error of phi of 0.01.
            let error = planted.mean - planted.expected;
            assert!(planted.n_pairs >= 100 && error.abs() < 0.03, "{planted:?}");
        }
        let power = |place: usize| channel.planted[place].power.last().unwrap().agree.value;
        assert!(power(0) < 0.05 && power(6) == 1.0, "{:?}", channel.planted);
    }
    // A shared break alone is called perceptual by the published rule.
    let onset = &found.channels[0].truths[Truth::SharedBreak as usize];
    assert!(onset.perceptual.value > 0.5, "{onset:?}");
    // Two maps on one grid are related by any null that loses the grid.
    assert_eq!(found.nulls.len(), 2);
    for nulls in &found.nulls {
        assert_eq!(nulls.n_pairs, 50);
        let more =
            [nulls.circular, nulls.random_phases].map(|it| it.value - nulls.whole_bars.value);
        assert!(nulls.whole_bars.value < 0.1 && more.iter().all(|more| *more > 0.2), "{nulls:?}");
    }
    assert_eq!(found.lags.offsets.found.value, 1.0, "{:?}", found.lags);
    assert!(found.lags.beats.found.value > 0.85, "{:?}", found.lags);
}

#[test]
fn a_seed_decides() {
    let rules = SimulationRules { n_sets: 20, ..SimulationRules::default() };
    let found = simulated(3, rules);
    assert_eq!(simulated(3, rules), found);
    assert_ne!(simulated(3, SimulationRules { seed: 2, ..rules }), found);
}

#[test]
fn pairs_that_cannot_take_part_are_left_out() {
    let (a, b) = (map(0, 0, 0.8, 0.0), map(3, 1, 0.8, 0.0));
    let alignment = Alignment::of_timing_points(&a, &b);
    let pair = SimulationPair { song_idx: 0, a: &a, b: &b, alignment: &alignment };
    let found = simulate(&[pair], SimulationRules::default());
    assert_eq!((found.n_pairs, found.lags.beats.n_planted), (0, 0));
    assert!(found.channels.iter().all(|channel| channel.truths.is_empty()));
}

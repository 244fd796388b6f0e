//! What is planted can be found in the texts.

use std::collections::BTreeSet;

use super::reading::{ReadMap, ReadObject, read};
use crate::{DemoConfig, PlantedAgreement, demo_maps};

/// What an object has to be like for a decision to count.
type Decision = fn(&ReadObject) -> bool;

const ONSET: Decision = |_| true;
const COMBO: Decision = |object| object.type_bits & 4 != 0;
const SUSTAIN: Decision = |object| object.end_ms > object.time_ms;
const WHISTLE: Decision = |object| object.sound_bits & 2 != 0;
const FINISH: Decision = |object| object.sound_bits & 4 != 0;
const CLAP: Decision = |object| object.sound_bits & 8 != 0;

/// The hardest difficulty of every mapper, by song.
fn songs(config: &DemoConfig) -> Vec<Vec<ReadMap>> {
    let mut songs: Vec<Vec<ReadMap>> = (0..config.n_songs).map(|_| Vec::new()).collect();
    for map in demo_maps(config).iter().filter(|map| map.version == "Insane") {
        songs[map.song_idx].push(read(map));
    }
    songs
}

/// Times of decision that two mappers share, as part of those that either has
/// (Jaccard), over all pairs of all songs.
fn shared_part(songs: &[Vec<ReadMap>], decision: Decision) -> f64 {
    let times_of = |map: &ReadMap| -> BTreeSet<i64> {
        let chosen = map.objects.iter().filter(|object| decision(object));
        chosen.map(|object| object.time_ms as i64).collect()
    };
    let (mut n_shared, mut n_either) = (0, 0);
    for maps in songs {
        for (idx, first) in maps.iter().enumerate() {
            for second in &maps[idx + 1..] {
                let (first, second) = (times_of(first), times_of(second));
                n_shared += first.intersection(&second).count();
                n_either += first.union(&second).count();
            }
        }
    }
    assert!(n_either > 200, "{n_either} decisions");
    f64::from(u32::try_from(n_shared).unwrap()) / f64::from(u32::try_from(n_either).unwrap())
}

/// The other channels need shared onsets to be comparable.
fn planted(plant: impl Fn(&mut PlantedAgreement)) -> Vec<Vec<ReadMap>> {
    let mut agreement = PlantedAgreement { onset: 1.0, ..PlantedAgreement::uniform(0.0) };
    plant(&mut agreement);
    songs(&DemoConfig { agreement, n_mappers: Some(4), n_songs: 5, ..DemoConfig::default() })
}

#[test]
fn shared_decisions_rise_with_the_planted_share() {
    type Plant = fn(&mut PlantedAgreement, f64);
    let channels: [(&str, Plant, Decision); 6] = [
        ("onset", |agreement, share| agreement.onset = share, ONSET),
        ("combo", |agreement, share| agreement.combo = share, COMBO),
        ("sustain", |agreement, share| agreement.sustain = share, SUSTAIN),
        ("whistle", |agreement, share| agreement.whistle = share, WHISTLE),
        ("finish", |agreement, share| agreement.finish = share, FINISH),
        ("clap", |agreement, share| agreement.clap = share, CLAP),
    ];
    for (name, plant, decision) in channels {
        let parts = [0.0, 0.25, 0.5, 0.75, 1.0]
            .map(|share| shared_part(&planted(|agreement| plant(agreement, share)), decision));
        assert!(parts.is_sorted_by(|a, b| a < b), "{name}: {parts:?}");
        assert!(parts[0] < 0.6, "{name}: {parts:?}");
        assert_eq!(parts[4], 1.0, "{name}: {parts:?}");
    }
}

#[test]
fn planting_one_channel_leaves_the_others_alone() {
    let without = planted(|_| ());
    let with = planted(|agreement| agreement.clap = 1.0);
    for decision in [ONSET, COMBO, SUSTAIN, WHISTLE, FINISH] {
        assert_eq!(shared_part(&without, decision), shared_part(&with, decision));
    }
}

#[test]
fn planted_positions_are_shared_up_to_sliders_that_have_to_fit() {
    let heads = |map: &ReadMap| -> Vec<(f64, f64)> {
        map.objects.iter().map(|object| object.points[0]).collect()
    };
    let equal_part = |songs: &[Vec<ReadMap>]| {
        let (mut n_equal, mut n_heads) = (0.0, 0.0);
        for maps in songs {
            for (first, second) in heads(&maps[0]).iter().zip(heads(&maps[1])) {
                n_equal += f64::from(u8::from(*first == second));
                n_heads += 1.0;
            }
        }
        n_equal / n_heads
    };
    let shared = equal_part(&planted(|agreement| (agreement.x, agreement.y) = (1.0, 1.0)));
    let own = equal_part(&planted(|_| ()));
    assert!(shared > 0.8, "{shared}");
    assert!(own < 0.05, "{own}");
}

#[test]
fn grids_of_their_own_share_hardly_any_onset() {
    let config = DemoConfig { has_shared_grid: false, ..DemoConfig::default() };
    let part = shared_part(&songs(&config), ONSET);
    assert!(part < 0.03, "{part}");
}

#[test]
fn shares_beyond_their_range_count_as_the_nearest_end() {
    let texts = |share: f64| -> Vec<String> {
        let agreement = PlantedAgreement::uniform(share);
        let config = DemoConfig { agreement, n_songs: 2, ..DemoConfig::default() };
        demo_maps(&config).into_iter().map(|map| map.text).collect()
    };
    assert_eq!(texts(7.0), texts(1.0));
    assert_eq!(texts(-1.0), texts(0.0));
    assert_eq!(texts(f64::NAN), texts(0.0));
}

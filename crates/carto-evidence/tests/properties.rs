//! What holds for any two maps, and for maps that nobody would play.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

mod made_maps;

use carto_evidence::{
    Alignment, EvidenceMap, OtherSong, SlotRows, bar_pearson, bar_shifts, compare_pair, phi,
    phi_of_shifts,
};
use carto_types::{AlignmentClass, AlignmentSource, PairEvidence, SignalChannel};
use made_maps::{MadeMap, song};
use proptest::prelude::*;

/// One published frame, ms.
const FRAME_MS: f64 = 98.0 / 16384.0 * 1000.0;

fn compared(a: &EvidenceMap, b: &EvidenceMap) -> PairEvidence {
    compare_pair(a, b, &Alignment::of_timing_points(a, b), &[])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_planted_offset_is_found(seed in 0..1000_u64, offset_ms in -95.0..95.0_f64) {
        let a = song(seed, 120).read();
        let b = song(seed, 120).moved(-offset_ms).read();
        let found = compared(&a, &b);
        prop_assert_eq!(found.class, AlignmentClass::Aligned);
        prop_assert_eq!(found.source, AlignmentSource::TimingPoints);
        prop_assert!((found.lag_ms - offset_ms).abs() < FRAME_MS, "{}", found.lag_ms);
        let aligned = found.aligned.unwrap();
        prop_assert!(aligned.r.get(SignalChannel::Onset).unwrap() > 0.99);
        prop_assert_eq!(aligned.f25, 1.0);
    }

    #[test]
    fn planted_beats_are_found(seed in 0..1000_u64, k in -8..=8_i32) {
        let a = song(seed, 120).read();
        let b = song(seed, 120).with_objects_moved(f64::from(-k) * 400.0).read();
        let found = compared(&a, &b);
        prop_assert_eq!((found.class, found.k), (AlignmentClass::Aligned, k));
    }

    #[test]
    fn moving_both_maps_changes_nothing(seed in 0..1000_u64, frames in 1..500_u32) {
        let (a, b) = (song(seed, 100), song(seed + 1, 100));
        let moved_ms = f64::from(frames) * FRAME_MS;
        let here = compared(&a.read(), &b.read());
        let there = compared(&a.moved(moved_ms).read(), &b.moved(moved_ms).read());
        prop_assert!((here.lag_ms - there.lag_ms).abs() < 1e-6);
        prop_assert_eq!((here.class, here.k), (there.class, there.k));
        // Of two songs drawn by chance 8 in 1,000 are another version: without bars.
        let r = |found: &PairEvidence| -> Vec<Option<f64>> {
            let on_bars = found.on_bars.iter().flat_map(|bars| {
                SignalChannel::ALL.map(|channel| bars.pearson_bars.get(channel).map(|it| it.r))
            });
            let onset = found.aligned.iter().map(|it| *it.r.get(SignalChannel::Onset));
            on_bars.chain(onset).collect()
        };
        let n_active = |found: &PairEvidence| found.on_bars.as_ref().map(|it| it.active_bars);
        prop_assert_eq!(n_active(&here), n_active(&there));
        let (r_here, r_there) = (r(&here), r(&there));
        prop_assert_eq!(here.on_bars.is_some(), here.class == AlignmentClass::Aligned);
        prop_assert_eq!(r_here.len(), r_there.len());
        for (here, there) in r_here.into_iter().zip(r_there) {
            prop_assert_eq!(here.is_some(), there.is_some());
            prop_assert!((here.unwrap_or(0.0) - there.unwrap_or(0.0)).abs() < 1e-6);
        }
    }

    #[test]
    fn a_pair_with_itself_agrees_in_everything(seed in 0..1000_u64) {
        let (a, b) = (song(seed, 100).read(), song(seed, 100).read());
        let found = compared(&a, &b);
        prop_assert_eq!((found.class, found.lag_ms, found.k), (AlignmentClass::Aligned, 0.0, 0));
        prop_assert_eq!(&found.as_is, &found.aligned);
        let aligned = found.aligned.unwrap();
        prop_assert_eq!([aligned.f25, aligned.f50, aligned.f70], [1.0; 3]);
        prop_assert_eq!(aligned.equal_onsets, Some(1.0));
        let on_bars = found.on_bars.unwrap();
        for channel in SignalChannel::ALL {
            prop_assert!((aligned.r.get(channel).unwrap() - 1.0).abs() < 1e-9);
            prop_assert!((on_bars.pearson_bars.get(channel).unwrap().r - 1.0).abs() < 1e-9);
        }
        for (_, phi) in on_bars.phi.iter() {
            prop_assert!((phi.unwrap().r - 1.0).abs() < 1e-9);
        }
        for r in [aligned.spacing, aligned.spacing_given_gap, aligned.turn] {
            prop_assert!((r.unwrap() - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn shifts_are_those_of_a_slow_count(
        n_bars in 12..40_usize,
        n_samples in 1..20_usize,
        seed in any::<u64>(),
    ) {
        let mut rng = fastrand::Rng::with_seed(seed);
        let mut draw = || -> Vec<f64> { (0..n_bars * n_samples).map(|_| rng.f64()).collect() };
        let (x, y) = (draw(), draw());
        let rolled = |shift: usize| -> Vec<f64> {
            let row = |idx: usize| &y[(idx + n_bars - shift) % n_bars * n_samples..][..n_samples];
            (0..n_bars).flat_map(|idx| row(idx).to_vec()).collect()
        };
        let slow: Vec<_> = (0..n_bars).map(|shift| slow_pearson(&x, &rolled(shift))).collect();
        let found = bar_pearson(&x, &y, n_samples).unwrap();
        prop_assert!((found.r - slow[0]).abs() < 1e-9);
        let mean = slow[1..].iter().sum::<f64>() / (n_bars - 1) as f64;
        prop_assert!((found.null_mean - mean).abs() < 1e-9);
        let n_as_high = slow[1..].iter().filter(|&&r| r >= slow[0] - 1e-12).count();
        prop_assert_eq!(found.p, (1 + n_as_high) as f64 / n_bars as f64);
        for (fast, slow) in bar_shifts(&x, &y, n_samples).iter().zip(&slow[1..]) {
            prop_assert!((fast - slow).abs() < 1e-9);
        }
    }

    #[test]
    fn phi_of_a_shift_is_that_of_shifted_bars(n_bars in 12..40_usize, seed in any::<u64>()) {
        let mut rng = fastrand::Rng::with_seed(seed);
        let cells: Vec<[bool; 2]> = (0..n_bars * 16).map(|_| [rng.bool(), rng.bool()]).collect();
        let rows = |side: usize, shift: usize| {
            let mut rows = SlotRows::empty(n_bars, 16);
            for (idx, _) in cells.iter().enumerate().filter(|(_, cell)| cell[side]) {
                rows.occupy((idx / 16 + shift) % n_bars, idx % 16);
            }
            rows
        };
        let (u, v) = (rows(0, 0), rows(1, 0));
        let shifts = phi_of_shifts(&u, &v).unwrap();
        prop_assert_eq!(shifts.len(), n_bars);
        for (shift, found) in shifts.iter().enumerate() {
            let alone = slow_phi(&u, &rows(1, shift));
            prop_assert!((found.unwrap() - alone).abs() < 1e-9);
        }
        prop_assert!(phi(&u, &v).is_none_or(|phi| phi.r == shifts[0].unwrap()));
    }
}

fn slow_pearson(x: &[f64], y: &[f64]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (mean_x, mean_y) = (mean(x), mean(y));
    let sum = |term: &dyn Fn(f64, f64) -> f64| -> f64 {
        x.iter().zip(y).map(|(x, y)| term(x - mean_x, y - mean_y)).sum()
    };
    sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt()
}

/// Both sides without the means of their sections of eight bars, slot by slot.
fn slow_phi(u: &SlotRows, v: &SlotRows) -> f64 {
    let (n_rows, n_slots) = (u.n_rows(), u.n_slots());
    let centred = |rows: &SlotRows| -> Vec<f64> {
        let cells = rows.cells();
        let cell = |row: usize, slot: usize| cells[row * n_slots + slot];
        let at = |idx: usize| {
            let (row, slot) = (idx / n_slots, idx % n_slots);
            let section = row / 8 * 8..n_rows.min(row / 8 * 8 + 8);
            let mean =
                section.clone().map(|row| cell(row, slot)).sum::<f64>() / section.len() as f64;
            cell(row, slot) - mean
        };
        (0..n_rows * n_slots).map(at).collect()
    };
    let (u, v) = (centred(u), centred(v));
    let sum = |x: &[f64], y: &[f64]| -> f64 { x.iter().zip(y).map(|(x, y)| x * y).sum() };
    sum(&u, &v) / (sum(&u, &u) * sum(&v, &v)).sqrt()
}

#[test]
fn another_song_on_the_grid_agrees_less() {
    let (a, b, c) = (song(1, 120).read(), song(1, 120).moved(7.0).read(), song(2, 120));
    // 400 ms a beat become 330.
    let c = c.stretched(330.0 / 400.0).read();
    let others = [OtherSong { name: "c", map: &c }];
    let found = compare_pair(&a, &b, &Alignment::of_timing_points(&a, &b), &others);
    let [other] = &found.other_songs[..] else { panic!("{:?}", found.other_songs) };
    let same = found.on_bars.unwrap();
    // It ends with its last object, in the last bars.
    assert_eq!(other.c, "c");
    assert!((same.bars - 5..=same.bars).contains(&other.bars), "{} of {}", other.bars, same.bars);
    let (same, other) = (
        same.phi.get(SignalChannel::Onset).unwrap().unwrap().r,
        other.phi.get(SignalChannel::Onset).unwrap().unwrap(),
    );
    assert!(same > 0.99 && other < 0.2, "{same} {other}");
}

#[test]
fn difficulties_of_one_set_have_no_lag_whatever_their_points_say() {
    let (a, b) = (song(1, 120).read(), song(1, 120).with_points_moved(11.0).read());
    let alignment = Alignment::of_one_file(&a, &b);
    assert_eq!((alignment.class, alignment.lag_ms, alignment.k), (AlignmentClass::Aligned, 0.0, 0));
    assert_eq!(alignment.source, AlignmentSource::SameFile);
    assert!(alignment.warning.unwrap().contains("lag -11.0 ms"));
    assert_eq!(Alignment::of_one_file(&a, &a).warning, None);
}

#[test]
fn another_tempo_is_said_and_measured_as_it_is() {
    let (a, b) = (song(1, 120).read(), song(1, 120).stretched(1.01).read());
    let found = compared(&a, &b);
    assert_eq!((found.class, found.lag_ms), (AlignmentClass::OtherTempo, 0.0));
    assert_eq!(found.source, AlignmentSource::None);
    assert!(found.as_is.is_some() && found.on_bars.is_none());
}

/// Maps that nobody would play, beside a usual one.
fn odd_maps() -> Vec<(&'static str, MadeMap)> {
    let points = |points: &[(f64, f64, f64)]| song(3, 60).with_points(points);
    let far = f64::from(1_u32 << 31);
    let mut crowd: Vec<f64> = (0..50_000).map(|idx| f64::from(idx) * 120.0).collect();
    crowd.dedup();
    vec![
        ("usual", song(3, 60)),
        ("no tempo", points(&[])),
        ("beat of 0", points(&[(0.0, 0.0, 4.0)])),
        ("beat of NaN", points(&[(0.0, f64::NAN, 4.0)])),
        ("beat of 1e308", points(&[(0.0, 1e308, 4.0)])),
        ("beat of 1e-308", points(&[(0.0, 1e-308, 4.0)])),
        ("endless beat", points(&[(0.0, f64::INFINITY, 4.0)])),
        ("shortest beat, one a bar", points(&[(0.0, 60.0, 1.0)])),
        ("longest beat, 16 a bar", points(&[(0.0, 6000.0, 16.0)])),
        ("points far away", points(&[(-1e300, 400.0, 4.0), (1e300, 400.0, 4.0)])),
        (
            "a point every ms",
            points(&(0..48_000).map(|t| (f64::from(t), 400.0, 4.0)).collect::<Vec<_>>()),
        ),
        (
            "short and long beats",
            points(&[(0.0, 6000.0, 16.0), (1.0, 60.0, 16.0), (40_000.0, 6000.0, 16.0)]),
        ),
        ("one object", MadeMap::circles(&[1000.0])),
        ("all at one time", MadeMap::circles(&[1000.0; 500])),
        ("far before", MadeMap::circles(&[-far, 0.0, 60_000.0])),
        (
            "long before, crowded",
            MadeMap::circles(&crowd.iter().map(|t| t - far).collect::<Vec<_>>()),
        ),
        ("50,000 objects", MadeMap::circles(&crowd)),
        (
            "50,000 objects, shortest bars",
            MadeMap::circles(&crowd).with_points(&[(0.0, 60.0, 1.0)]),
        ),
        ("descending", MadeMap::circles(&[60_000.0, 30_000.0, 0.0])),
    ]
}

#[test]
fn odd_maps_are_compared_without_panics_and_soon() {
    // Limits on bars and shifts bound the work: without them this would take hours.
    let odd = odd_maps();
    let maps: Vec<_> = odd.iter().map(|(name, map)| (*name, map.read())).collect();
    for (name_a, a) in &maps {
        for (name_b, b) in &maps {
            for alignment in [Alignment::of_timing_points(a, b), Alignment::of_one_file(a, b)] {
                let others = [OtherSong { name: "c", map: &maps[0].1 }];
                let found = compare_pair(a, b, &alignment, &others);
                let r = found.as_is.iter().flat_map(|it| it.r.iter()).filter_map(|(_, r)| *r);
                assert!(r.into_iter().all(|r| (-1.0..=1.0).contains(&r)), "{name_a}, {name_b}");
                assert!(found.lag_ms.is_finite(), "{name_a}, {name_b}");
            }
        }
    }
    let beyond = MadeMap::circles(&[0.0, f64::from(1_u32 << 31)]).try_read();
    assert!(beyond.unwrap_err().to_string().contains("frames, limit is"));
    assert!(MadeMap::circles(&[]).try_read().unwrap_err().to_string().contains("no objects"));
}

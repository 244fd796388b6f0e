//! What holds for the latents of any two maps. What stands for an encoder here takes means over
//! the frames of a column.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod made_maps;

use carto_agreement::Latents;
use carto_evidence::{Alignment, EvidenceMap, SignalsOnBars, compare_latent_span, compare_pair};
use carto_types::{LatentBars, LatentSpan};
use made_maps::{MadeMap, song};
use proptest::prelude::*;

/// One published frame, ms.
const FRAME_MS: f64 = 98.0 / 16384.0 * 1000.0;
const FRAMES_PER_LATENT: usize = 18;
/// One latent column, ms.
const COLUMN_MS: f64 = FRAME_MS * FRAMES_PER_LATENT as f64;

/// The mean of each channel, the first frame of ONSET in a column, and a constant.
const N_LATENTS: usize = 11;
const CONSTANT: usize = 10;

/// - `signal`: `[9, n_frames]`
/// - returns: `[N_LATENTS, n_frames / 18]`
fn encode(signal: &[f32]) -> Vec<f32> {
    let n_frames = signal.len() / 9;
    let channel = |idx: usize| signal[idx * n_frames..][..n_frames].chunks(FRAMES_PER_LATENT);
    let mean = |frames: &[f32]| frames.iter().sum::<f32>() / frames.len() as f32;
    let means = (0..9).flat_map(|idx| channel(idx).map(mean));
    let first = channel(0).map(|frames| frames[0]);
    means.chain(first).chain(channel(0).map(|_| 0.25)).collect()
}

fn on_bars(a: &EvidenceMap, b: &EvidenceMap, lag_ms: f64) -> LatentBars {
    let signals = SignalsOnBars::new(a, b, lag_ms, FRAMES_PER_LATENT).unwrap();
    let [mu_a, mu_b] = signals.signals().map(encode);
    let [a, b] = [&mu_a, &mu_b].map(|mu| Latents::new(mu, N_LATENTS).unwrap());
    signals.compare(a, b).unwrap()
}

/// Latents of both maps as they are, over what they share.
fn as_is(a: &EvidenceMap, b: &EvidenceMap) -> LatentSpan {
    let span_ms = compare_pair(a, b, &Alignment::of_one_file(a, b), &[]).as_is.unwrap().span_ms;
    let n_frames = (span_ms[1] / FRAME_MS) as usize + 1000;
    let times_ms: Vec<f64> = (0..n_frames).map(|idx| idx as f64 * FRAME_MS).collect();
    let mu = [a, b].map(|map| {
        let signal: Vec<f32> =
            map.signal().sample(&times_ms).into_iter().map(|value| value as f32).collect();
        encode(&signal)
    });
    let [a, b] = mu.each_ref().map(|mu| Latents::new(mu, N_LATENTS).unwrap());
    compare_latent_span(a, b, FRAMES_PER_LATENT, span_ms).unwrap()
}

/// A bar that is no whole number of columns: 11.61.
const BAR_MS: f64 = 1250.0;
const COLUMNS_PER_BAR: usize = 12;

/// Circles with bars of [`BAR_MS`] from 5 s on.
fn circles(times_ms: &[f64]) -> EvidenceMap {
    MadeMap::circles(times_ms).with_points(&[(5000.0, BAR_MS / 4.0, 4.0)]).read()
}

/// The same bar again and again: two objects on beats.
fn one_bar(n_bars: u32) -> EvidenceMap {
    let bars = (0..n_bars).map(|bar_idx| 5000.0 + BAR_MS * f64::from(bar_idx));
    let times_ms: Vec<f64> =
        bars.flat_map(|start_ms| [start_ms, start_ms + BAR_MS / 4.0]).collect();
    circles(&times_ms)
}

#[test]
fn what_every_bar_repeats_is_all_grid() {
    let (a, b) = (one_bar(40), one_bar(40));
    let found = on_bars(&a, &b, 0.0);
    assert_eq!(found.columns_per_bar as usize, COLUMNS_PER_BAR);
    let onset = found.pearson_bars[0].unwrap();
    assert!((onset.r - 1.0).abs() < 1e-9 && onset.null_mean > 0.99, "{onset:?}");
    assert!(onset.excess < 0.01 && onset.p > 0.5, "{onset:?}");
    // At the nearest column the same bars would seem to say something of their order.
    let (n_columns, shift) = (300, (BAR_MS / COLUMN_MS).round() as usize);
    let times_ms: Vec<f64> = (0..(n_columns + shift) * FRAMES_PER_LATENT)
        .map(|idx| 5000.0 + idx as f64 * FRAME_MS)
        .collect();
    let signal: Vec<f32> =
        a.signal().sample(&times_ms).into_iter().map(|value| value as f32).collect();
    let onsets = &encode(&signal)[..n_columns + shift];
    let here = Latents::new(&onsets[..n_columns], 1).unwrap();
    let there = Latents::new(&onsets[shift..], 1).unwrap();
    let r = compare_latent_span(here, there, FRAMES_PER_LATENT, [0.0, 1e9]).unwrap().r[0].unwrap();
    assert!(r < 0.95, "{r}");
}

#[test]
fn too_few_bars_and_latents_of_another_length_give_nothing() {
    let (few, a) = (one_bar(11), one_bar(13));
    assert_eq!(SignalsOnBars::new(&few, &few, 0.0, FRAMES_PER_LATENT), None);
    let signals = SignalsOnBars::new(&a, &a, 0.0, FRAMES_PER_LATENT).unwrap();
    let mu = encode(signals.signals()[0]);
    let whole = Latents::new(&mu, N_LATENTS).unwrap();
    let short = Latents::new(&mu[..mu.len() / 2], N_LATENTS);
    assert!(signals.compare(whole, whole).is_some());
    assert!(short.is_none_or(|short| signals.compare(whole, short).is_none()));
}

#[test]
fn breaks_of_one_map_are_no_active_bars() {
    let a = one_bar(60);
    let times_ms = a.distinct_onsets_ms().iter().copied();
    let left: Vec<f64> =
        times_ms.filter(|time_ms| !(20_000.0..45_000.0).contains(time_ms)).collect();
    let b = circles(&left);
    let (whole, cut) = (on_bars(&a, &a, 0.0), on_bars(&a, &b, 0.0));
    assert_eq!(whole.active_bars - cut.active_bars, 20);
    assert_eq!(cut.columns() as usize, cut.active_bars as usize * COLUMNS_PER_BAR);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_map_agrees_with_itself_in_all_latents_but_constant_ones(seed in 0..1000_u64) {
        let (a, b) = (song(seed, 60).read(), song(seed, 60).read());
        let found = on_bars(&a, &b, 0.0);
        for dim in 0..N_LATENTS {
            let r = found.pearson_bars[dim].map(|found| found.r);
            let share = found.effective_share[dim];
            prop_assert_eq!((r.is_some(), share.is_some()), (dim != CONSTANT, dim != CONSTANT));
            prop_assert!(r.is_none_or(|r| (r - 1.0).abs() < 1e-9));
            prop_assert!(share.is_none_or(|share| share > 0.0 && share <= 1.0));
        }
        let span = as_is(&a, &b);
        prop_assert_eq!(span.r.len(), N_LATENTS);
        prop_assert_eq!(span.r[CONSTANT], None);
        prop_assert!(span.r[..CONSTANT].iter().flatten().all(|r| (r - 1.0).abs() < 1e-9));
    }

    #[test]
    fn a_planted_lag_is_taken_away_to_the_last_part_of_a_column(
        seed in 0..1000_u64,
        lag_ms in prop_oneof![-190.0..190.0_f64, (-1..=1_i32).prop_map(|k| f64::from(k) * COLUMN_MS)],
    ) {
        let a = song(seed, 60).read();
        let b = song(seed, 60).moved(-lag_ms).read();
        let alignment = Alignment::of_timing_points(&a, &b);
        prop_assert!((alignment.lag_ms - lag_ms).abs() < 1e-6, "{}", alignment.lag_ms);
        let found = on_bars(&a, &b, alignment.lag_ms);
        let r: Vec<f64> = found.pearson_bars.iter().flatten().map(|it| it.r).collect();
        prop_assert!(r.len() == N_LATENTS - 1 && r.iter().all(|r| *r > 1.0 - 1e-6), "{r:?}");
        if lag_ms.abs() > 30.0 {
            let onset = as_is(&a, &b).r[0].unwrap();
            prop_assert!(onset < 0.97, "as they are they agree less: {onset}");
        }
    }

    #[test]
    fn the_order_of_the_maps_does_not_matter(
        seed in 0..1000_u64,
        lag_ms in -150.0..150.0_f64,
    ) {
        let (a, b) = (song(seed, 60).read(), song(seed + 1, 60).moved(-lag_ms).read());
        let (there, back) = (on_bars(&a, &b, lag_ms), on_bars(&b, &a, -lag_ms));
        prop_assert_eq!(there.active_bars, back.active_bars);
        let both = there.pearson_bars.iter().zip(&back.pearson_bars);
        for (there, back) in both {
            prop_assert_eq!(there.is_some(), back.is_some());
            let (Some(there), Some(back)) = (there, back) else { continue };
            // A shift by k of one is a shift by n - k of the other.
            prop_assert!((there.r - back.r).abs() < 1e-6, "{there:?} {back:?}");
            prop_assert!((there.null_mean - back.null_mean).abs() < 1e-6, "{there:?} {back:?}");
            prop_assert!((there.within8_mean - back.within8_mean).abs() < 1e-6);
        }
    }

    #[test]
    fn what_is_kept_of_a_pair_does_not_grow_with_its_maps(seed in 0..1000_u64) {
        let found = [60, 240].map(|n_bars| {
            let (a, b) = (song(seed, n_bars).read(), song(seed + 1, n_bars).read());
            (on_bars(&a, &b, 0.0), as_is(&a, &b))
        });
        let sizes = found.map(|(bars, span)| {
            (bars.pearson_bars.len(), bars.effective_share.len(), span.r.len())
        });
        prop_assert_eq!(sizes, [(N_LATENTS, N_LATENTS, N_LATENTS); 2]);
    }
}

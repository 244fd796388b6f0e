//! The GPU path against the CPU path, on whatever adapter this machine has; a
//! software one (Mesa's lavapipe) will do.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "tests may fail loudly")]

mod encoder_shared;

use carto_encoder::cpu::native_encoder;
use carto_encoder::folded::FoldedEncoder;
use carto_encoder::gpu::{BatchItem, GpuAdapter, GpuEncoder, GpuError, GpuOptions, ProductKernel};
use carto_encoder::{EncoderConfig, EncoderWeights, LatentMoments, SignalFrames};
use encoder_shared::{
    configs, golden_maps, golden_weights, invented_signal, largest_difference, narrow,
};
use pollster::block_on;

const PRODUCTS: [ProductKernel; 2] = [ProductKernel::Registers, ProductKernel::Shared];

/// `None`, with a line on stderr, where there is no adapter.
fn adapter() -> Option<GpuAdapter> {
    match block_on(GpuAdapter::request()) {
        Ok(adapter) => {
            assert!(!adapter.info().name.is_empty());
            eprintln!("on {:?}", adapter.info());
            Some(adapter)
        }
        Err(GpuError::NoAdapter { reason }) => {
            eprintln!("skipped: there is no graphics adapter: {reason}");
            None
        }
        Err(error) => unreachable!("{error}"),
    }
}

fn with_product(product: ProductKernel) -> GpuOptions {
    GpuOptions { product: Some(product), ..GpuOptions::default() }
}

fn folded(config: &EncoderConfig, seed: u64) -> FoldedEncoder {
    FoldedEncoder::new(&EncoderWeights::random(config, seed).unwrap())
}

fn open(adapter: &GpuAdapter, folded: &FoldedEncoder, options: GpuOptions) -> GpuEncoder {
    block_on(GpuEncoder::new(adapter, folded, options)).unwrap()
}

fn run(encoder: &mut GpuEncoder, signal: &[f32]) -> LatentMoments {
    let signal = SignalFrames::new(signal).unwrap();
    let mut moments = LatentMoments::new(encoder.config(), signal.n_frames());
    let all = 0..moments.n_latents();
    block_on(encoder.encode_tile(signal, all, &mut moments)).unwrap();
    moments
}

fn run_cpu(folded: &FoldedEncoder, signal: &[f32]) -> LatentMoments {
    native_encoder(folded.clone()).encode(SignalFrames::new(signal).unwrap(), 1 << 20)
}

/// Returns how many numbers were compared.
fn check(ours: &LatentMoments, theirs: &LatentMoments, tolerance: f32, context: &str) -> usize {
    for (ours, theirs) in [(ours.mu(), theirs.mu()), (ours.logvar(), theirs.logvar())] {
        let difference = largest_difference(ours, theirs, context);
        assert!(difference <= tolerance, "{context}: {difference} apart");
        let is_alive = theirs.iter().any(|value| value.abs() > 10.0 * tolerance);
        assert!(is_alive, "{context}: there is nothing to compare");
    }
    theirs.mu().len() + theirs.logvar().len()
}

#[test]
fn the_gpu_path_is_the_cpu_path() {
    let Some(adapter) = adapter() else { return };
    let mut n_checked = 0;
    for (idx, config) in configs().into_iter().chain([narrow(100)]).enumerate() {
        let folded = folded(&config, idx as u64);
        for product in PRODUCTS {
            let mut encoder = open(&adapter, &folded, with_product(product));
            for n_frames in [1, 61, 1001] {
                let signal = invented_signal(n_frames, 9 + idx as u64);
                let context = format!("{config:?}, {product:?}, {n_frames} frames");
                let ours = run(&mut encoder, &signal);
                n_checked += check(&ours, &run_cpu(&folded, &signal), 1e-4, &context);
            }
        }
    }
    assert!(n_checked > 10_000);
}

#[test]
fn the_full_width_agrees_with_halves_and_without() {
    let Some(adapter) = adapter() else { return };
    let folded = folded(&EncoderConfig::published(), 3);
    let signal = invented_signal(150, 3);
    let expected = run_cpu(&folded, &signal);
    for product in PRODUCTS {
        for (has_half_weights, tolerance) in [(false, 1e-4), (true, 2e-3)] {
            let options = GpuOptions { has_half_weights, n_slots: None, product: Some(product) };
            let ours = run(&mut open(&adapter, &folded, options), &signal);
            assert!(check(&ours, &expected, tolerance, &format!("{options:?}")) > 0);
        }
    }
}

#[test]
fn tiles_give_what_the_whole_gives() {
    let Some(adapter) = adapter() else { return };
    let folded = folded(&narrow(24), 4);
    let signal = invented_signal(1_777, 4);
    let whole = GpuOptions { n_slots: Some(128), ..GpuOptions::default() };
    let whole = run(&mut open(&adapter, &folded, whole), &signal);
    let tiled = GpuOptions { n_slots: Some(30), ..GpuOptions::default() };
    let mut tiled = open(&adapter, &folded, tiled);
    assert_eq!(tiled.tile_len(), 12);
    assert!(check(&run(&mut tiled, &signal), &whole, 1e-6, "tiled") > 0);
}

#[test]
fn maps_of_one_batch_do_not_see_each_other() {
    let Some(adapter) = adapter() else { return };
    let folded = folded(&narrow(24), 5);
    let mut encoder = open(&adapter, &folded, GpuOptions::default());
    let signals: Vec<_> = [1, 300, 35].map(|n| invented_signal(n, n as u64)).into();
    let alone: Vec<_> = signals.iter().map(|signal| run(&mut encoder, signal)).collect();

    let frames: Vec<_> = signals.iter().map(|values| SignalFrames::new(values).unwrap()).collect();
    let new = |signal: &SignalFrames<'_>| LatentMoments::new(encoder.config(), signal.n_frames());
    let mut together: Vec<_> = frames.iter().map(new).collect();
    let items = frames.iter().zip(&mut together);
    let mut items: Vec<_> = items
        .map(|(&signal, moments)| BatchItem { signal, latents: 0..usize::MAX, moments })
        .collect();
    let n_slots: usize = items.iter().map(|item| encoder.n_slots_of(item)).sum();
    assert_eq!(n_slots, 1 + 17 + 2);
    block_on(encoder.encode_batch(&mut items)).unwrap();
    for (together, alone) in together.iter().zip(&alone) {
        assert!(check(together, alone, 1e-6, "together") > 0);
    }
}

#[test]
fn only_the_columns_asked_for_change() {
    let Some(adapter) = adapter() else { return };
    let folded = folded(&narrow(24), 6);
    let mut encoder = open(&adapter, &folded, GpuOptions::default());
    let values = invented_signal(500, 6);
    let whole = run(&mut encoder, &values);
    let signal = SignalFrames::new(&values).unwrap();
    let mut moments = LatentMoments::new(encoder.config(), signal.n_frames());
    block_on(encoder.encode_tile(signal, 5..7, &mut moments)).unwrap();
    let n_latents = moments.n_latents();
    for (place, (&ours, &theirs)) in moments.mu().iter().zip(whole.mu()).enumerate() {
        let expected = if (5..7).contains(&(place % n_latents)) { theirs } else { 0.0 };
        assert!((ours - expected).abs() <= 1e-6, "column {}", place % n_latents);
    }
    block_on(encoder.encode_tile(signal, 28..28, &mut moments)).unwrap();
    block_on(encoder.encode_tile(signal, 90..99, &mut moments)).unwrap();
}

#[test]
fn a_batch_that_is_too_long_is_refused() {
    let Some(adapter) = adapter() else { return };
    let options = GpuOptions { n_slots: Some(1), ..GpuOptions::default() };
    let mut encoder = open(&adapter, &folded(&narrow(24), 7), options);
    let values = invented_signal(900, 7);
    let signal = SignalFrames::new(&values).unwrap();
    let mut moments = LatentMoments::new(encoder.config(), signal.n_frames());
    let mut items = [BatchItem { signal, latents: 0..50, moments: &mut moments }];
    let error = block_on(encoder.encode_batch(&mut items)).unwrap_err();
    assert_eq!(error, GpuError::BatchTooLong { n_slots: 50, limit: 19 });
}

#[test]
fn a_lost_device_is_an_error() {
    let Some(adapter) = adapter() else { return };
    let folded = folded(&narrow(24), 8);
    let mut encoder = open(&adapter, &folded, GpuOptions::default());
    let values = invented_signal(100, 8);
    let before = run(&mut encoder, &values);
    adapter.destroy();
    let signal = SignalFrames::new(&values).unwrap();
    let mut moments = before.clone();
    for _ in 0..2 {
        let error = block_on(encoder.encode_tile(signal, 0..6, &mut moments)).unwrap_err();
        assert!(matches!(error, GpuError::Lost { .. }), "{error:?}");
    }
    assert_eq!(moments, before);
    let error = block_on(GpuEncoder::new(&adapter, &folded, GpuOptions::default())).unwrap_err();
    assert!(matches!(error, GpuError::Lost { .. }), "{error:?}");
}

#[test]
fn golden_maps_get_the_published_latents() {
    let Some(adapter) = adapter() else { return };
    let Some(maps) = golden_maps() else { return };
    let mut n_checked = 0;
    for (size, max_frames) in [("small", 4_000), ("big", 400)] {
        let folded = FoldedEncoder::new(&golden_weights(size));
        let mut encoder = open(&adapter, &folded, GpuOptions::default());
        // The shortest come first.
        for map in maps.iter().filter(|map| map.n_frames <= max_frames).take(12) {
            let signal = map.signal();
            let moments = run(&mut encoder, &signal);
            let context = format!("{size}, {}", map.name);
            n_checked += check(&moments, &run_cpu(&folded, &signal), 1e-4, &context);
            map.check_moments(size, &moments);
        }
    }
    assert!(n_checked > 0, "no golden map is short enough");
}

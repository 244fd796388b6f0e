//! What must not change the latents of the folded encoder: where tiles begin,
//! what was computed before, and the instructions at hand.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod encoder_shared;

use carto_encoder::cpu::{Instructions, TileEncoder};
use carto_encoder::folded::FoldedEncoder;
use carto_encoder::{EncoderConfig, EncoderWeights, LatentMoments, SignalFrames};
use encoder_shared::{configs, invented_signal, largest_difference, narrow};

const WHOLE: usize = 1 << 20;

fn encoder(config: &EncoderConfig, instructions: Instructions) -> Box<dyn TileEncoder> {
    let weights = EncoderWeights::random(config, 11).unwrap();
    instructions.pack(FoldedEncoder::new(&weights)).unwrap()
}

#[test]
fn tiles_give_the_bits_of_the_whole() {
    for instructions in Instructions::available() {
        for config in configs() {
            let mut encoder = encoder(&config, instructions);
            let signal = invented_signal(1400, 4);
            let signal = SignalFrames::new(&signal).unwrap();
            let whole = encoder.encode(signal, WHOLE);
            for tile_len in [1, 7, 20, 64] {
                let tiled = encoder.encode(signal, tile_len);
                assert!(tiled == whole, "{config:?}, {instructions:?}, tiles of {tile_len}");
            }
        }
    }
}

#[test]
fn tiles_may_come_in_any_order() {
    let mut encoder = encoder(&narrow(24), Instructions::best());
    let signal = invented_signal(700, 4);
    let signal = SignalFrames::new(&signal).unwrap();
    let whole = encoder.encode(signal, WHOLE);
    let mut moments = LatentMoments::new(encoder.config(), 700);
    for latents in [30..39, 0..4, 4..30] {
        encoder.encode_tile(signal, latents, &mut moments);
    }
    assert!(moments == whole);
}

#[test]
fn a_repeated_run_gives_the_same_bits() {
    let config = narrow(40);
    let mut used = encoder(&config, Instructions::best());
    let signals = [1, 2, 500, 37].map(|n_frames| invented_signal(n_frames, n_frames as u64));
    let first: Vec<_> = signals.iter().map(|signal| run(&mut *used, signal)).collect();
    for (signal, first) in signals.iter().zip(&first).rev() {
        assert!(run(&mut *used, signal) == *first);
        assert!(run(&mut *encoder(&config, Instructions::best()), signal) == *first);
    }
}

fn run(encoder: &mut dyn TileEncoder, signal: &[f32]) -> LatentMoments {
    encoder.encode(SignalFrames::new(signal).unwrap(), 10)
}

#[test]
fn all_instructions_agree() {
    for config in configs() {
        let signal = invented_signal(611, 8);
        let mut of_scalar = encoder(&config, Instructions::Scalar);
        let scalar = of_scalar.encode(SignalFrames::new(&signal).unwrap(), WHOLE);
        for instructions in Instructions::available() {
            let mut encoder = encoder(&config, instructions);
            let moments = encoder.encode(SignalFrames::new(&signal).unwrap(), WHOLE);
            let name = instructions.name();
            for (ours, theirs) in [(moments.mu(), scalar.mu()), (moments.logvar(), scalar.logvar())]
            {
                let difference = largest_difference(ours, theirs, name);
                assert!(difference <= 1e-5, "{name}: {difference} apart, {config:?}");
            }
        }
    }
}

#[test]
fn memory_does_not_grow_with_the_map() {
    let mut encoder = encoder(&narrow(40), Instructions::best());
    let short = invented_signal(4_000, 1);
    let long = invented_signal(40_000, 1);
    run(&mut *encoder, &short);
    let n_bytes = encoder.n_bytes();
    run(&mut *encoder, &long);
    assert_eq!(encoder.n_bytes(), n_bytes);
}

#[test]
fn a_map_without_frames_has_no_latents() {
    let mut encoder = encoder(&narrow(24), Instructions::best());
    let moments = encoder.encode(SignalFrames::new(&[]).unwrap(), 10);
    assert_eq!((moments.n_latents(), moments.mu().len()), (0, 0));
    assert!(SignalFrames::new(&[0.0; 10]).is_none());
}

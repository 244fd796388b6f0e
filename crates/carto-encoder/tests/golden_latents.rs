//! Latents of the folded encoder against those of the published program.
//!
//! `../shared/golden/README.md` says how they were made. All maps with the
//! full-size encoder are 4 TFLOP: with `CARTO_ALL_LATENTS=1`.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod encoder_shared;

use carto_encoder::SignalFrames;
use carto_encoder::cpu::native_encoder;
use carto_encoder::folded::FoldedEncoder;
use encoder_shared::{GoldenMap, golden_maps, golden_weights};

/// Latents of a tile, as the command uses them.
const TILE_LEN: usize = 100;
/// Short ones, and two whose variances are known, one of several tiles.
const A_HANDFUL: [&str; 4] = [
    "1219__coordinates-lazer",
    "1204__repeat-slider",
    "1222__sample-beatmap-osu",
    "1071__Woey_s_Extra",
];

fn check(size: &str, maps: &[GoldenMap]) {
    assert!(!maps.is_empty());
    let mut n_with_logvar = 0;
    let mut encoder = native_encoder(FoldedEncoder::new(&golden_weights(size)));
    for map in maps {
        let signal = map.signal();
        let moments = encoder.encode(SignalFrames::new(&signal).unwrap(), TILE_LEN);
        n_with_logvar += usize::from(map.check_moments(size, &moments));
    }
    assert!(n_with_logvar > 0);
}

#[test]
fn the_small_encoder_gives_the_published_latents() {
    if let Some(maps) = golden_maps() {
        check("small", &maps);
    }
}

#[test]
fn the_full_size_encoder_gives_the_published_latents() {
    let Some(mut maps) = golden_maps() else { return };
    maps.retain(|map| map.is_well_conditioned("big"));
    if std::env::var_os("CARTO_ALL_LATENTS").is_none_or(|value| value != "1") {
        maps.retain(|map| A_HANDFUL.contains(&map.name.as_str()));
        assert_eq!(maps.len(), A_HANDFUL.len());
    }
    check("big", &maps);
}

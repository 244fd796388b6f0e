//! A single `.osu` as the classifier sees it, with every mod, and rated: no
//! panic and no number that is not finite, whatever the bytes.
#![no_main]

use carto_beatmap::limits::Limits;
use carto_features::{Mods, rate, read};
use libfuzzer_sys::fuzz_target;

/// Smaller than in the command, so that one run stays short.
const LIMITS: Limits = Limits {
    max_bytes: 1 << 20,
    max_lines: 2_000,
    max_control_points: 200,
    max_total_control_points: 5_000,
    max_slider_work: 500_000,
    max_frames: 20_000,
};

fuzz_target!(|bytes: &[u8]| {
    for mods in Mods::ALL {
        if let Ok(features) = read(bytes, &LIMITS) {
            let values = features.with_mods(mods).values();
            assert!(values.iter().flatten().all(|value| value.is_finite()));
        }
        if let Ok(rating) = rate(bytes, mods, &LIMITS) {
            assert!(rating.star_rating.is_finite());
        }
    }
});

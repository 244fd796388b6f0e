//! A single `.osu`, read both ways and encoded: no panic, whatever the bytes.
#![no_main]

use carto_beatmap::limits::Limits;
use carto_beatmap::signal::{self, FrameClock};
use carto_beatmap::{osu, published};
use libfuzzer_sys::fuzz_target;

/// Smaller than in the page, so that one run stays short.
const LIMITS: Limits = Limits {
    max_bytes: 1 << 20,
    max_lines: 2_000,
    max_control_points: 200,
    max_total_control_points: 5_000,
    max_slider_work: 500_000,
    max_frames: 20_000,
};

fuzz_target!(|bytes: &[u8]| {
    let _ = published::read_head(bytes);
    let _ = published::read_fields(bytes);
    let reading = published::read(bytes, &LIMITS);
    let as_osu = osu::read(bytes, &LIMITS);
    let beatmaps = [reading.as_ref().ok(), as_osu.as_ref().ok().map(|map| &map.beatmap)];
    for beatmap in beatmaps.into_iter().flatten() {
        let n_frames = FrameClock::OSU_DREAMER.frames_until_ms(beatmap.end_ms() + 2048.0);
        if let Ok(signal) = signal::encode(beatmap, n_frames as usize, LIMITS.max_frames) {
            assert_eq!(signal.n_frames(), n_frames as usize);
        }
    }
    let _ = osu::differences(&reading, &as_osu);
});

//! Milliseconds that a song over time takes, by its parts.
//!
//! Made-up maps: a song of four minutes, and ten minutes with ten thousand objects. Each part's
//! fastest of some rounds counts, since times on a shared machine are noisy. Run by
//! `cargo xtask bench`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    missing_docs,
    reason = "a benchmark prints its table"
)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

use carto_beatmap::limits::Limits;
use carto_beatmap::osu;
use carto_song::{SongMap, SongPair, pair_lag};

const ROUNDS: usize = 5;

fn main() {
    println!("{:<34} {:>9} {:>9} {:>9} {:>9}", "ms", "open", "over time", "strips", "a stretch");
    measure("4 minutes, 180 BPM", 240, 333.0, 6, 100.0);
    measure("10 minutes, 10,000 objects", 600, 240.0, 1, 500.0);
}

/// - `beat_ms`: duration of a beat
/// - `one_in`: of so many sixteenths one has an object
/// - `goal_ms`: for opening, all over time and the strips
fn measure(name: &str, seconds: u32, beat_ms: f64, one_in: u32, goal_ms: f64) {
    let mut least_ms = [f64::INFINITY; 4];
    for _ in 0..ROUNDS {
        let [a, b] = [1, 2].map(|seed| map(seed, seconds, beat_ms, one_in));
        let lag = pair_lag(&a, &b, false, None);
        let start = Instant::now();
        let pair = SongPair::new(a, b, lag).unwrap();
        let open_ms = ms_since(start);
        let start = Instant::now();
        black_box(pair.over_time());
        let over_time_ms = ms_since(start);
        let start = Instant::now();
        black_box(pair.strips());
        let strips_ms = ms_since(start);
        let start = Instant::now();
        black_box(pair.agreement(10_000.0, 110_000.0));
        let times_ms = [open_ms, over_time_ms, strips_ms, ms_since(start)];
        least_ms.iter_mut().zip(times_ms).for_each(|(least, ms)| *least = least.min(ms));
    }
    let [open_ms, over_time_ms, strips_ms, stretch_ms] = least_ms;
    let whole_ms = open_ms + over_time_ms + strips_ms;
    println!(
        "{name:<34} {open_ms:>9.1} {over_time_ms:>9.1} {strips_ms:>9.1} {stretch_ms:>9.2}   \
         {whole_ms:.0} of {goal_ms:.0}"
    );
}

fn ms_since(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1000.0
}

/// Circles on sixteenths, with combos and hit sounds.
fn map(seed: u32, seconds: u32, beat_ms: f64, one_in: u32) -> SongMap {
    let mut state = seed;
    let mut text = format!(
        "osu file format v14\n\n[TimingPoints]\n0,{beat_ms},4,2,0,50,1,0\n\n[HitObjects]\n"
    );
    for sixteenth in 0..(f64::from(seconds) * 4000.0 / beat_ms) as u32 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        if (state >> 24).is_multiple_of(one_in) {
            let at_ms = f64::from(sixteenth) * beat_ms / 4.0;
            let (x, y, sound) = (state >> 8 & 511, state >> 16 & 255, state >> 28 & 14);
            let combo = if sixteenth % 16 == 0 { 5 } else { 1 };
            let _ = writeln!(text, "{x},{y},{at_ms:.0},{combo},{sound},0:0:0:0:");
        }
    }
    SongMap::new(osu::read(text.as_bytes(), &Limits::default()).unwrap()).unwrap()
}

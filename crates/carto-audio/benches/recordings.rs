//! Milliseconds that a recording takes to be heard, and two to be compared.
//!
//! Recordings of real archives where they are at hand. Each one's fastest of some rounds counts,
//! since times on a shared machine are noisy. Run by `cargo xtask bench`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    missing_docs,
    reason = "a benchmark prints its table"
)]

use std::fs::File;
use std::hint::black_box;
use std::time::Instant;

use carto_archive::{Archive, Limits, ZipRules};
use carto_audio::{Recording, Stretches, audio_lag};
use carto_types::{MAX_RECORDING_BYTES, frames_ms};

const ROUNDS: usize = 5;

fn main() {
    let Some(folder) = carto_testkit::folder("osz") else { return };
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let (mut sum_ms, mut n_files) = (0.0, 0);
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let file = File::open(&path).unwrap();
        let Ok(mut set) = Archive::open(file, &name, ZipRules::Osu, &Limits::default()) else {
            continue;
        };
        for idx in 0..set.entries().len() {
            let entry = set.entries()[idx].name.to_lowercase();
            if !(entry.ends_with(".mp3") || entry.ends_with(".ogg")) {
                continue;
            }
            let Ok(length) = set.audio_length(idx) else { continue };
            let Ok(stretches) = Stretches::within(frames_ms(length.n_frames as u32)) else {
                continue;
            };
            let bytes = set.read_entry(idx, MAX_RECORDING_BYTES as u64).unwrap();
            let heard = Recording::of(&bytes, &stretches);
            let Ok(recording) = &heard else {
                println!("{name} {entry}: {}", heard.unwrap_err());
                continue;
            };
            let hear_ms = fastest_ms(|| Recording::of(&bytes, &stretches).unwrap());
            let compare_ms = fastest_ms(|| audio_lag(recording, recording));
            let seconds = frames_ms(length.n_frames as u32) / 1000.0;
            println!(
                "{name} {entry}: {}, {seconds:.0} s, {} kB: heard in {hear_ms:.1} ms, compared in \
                 {compare_ms:.1} ms",
                length.format,
                bytes.len() / 1000
            );
            sum_ms += hear_ms;
            n_files += 1;
        }
    }
    println!("{:.1} ms a file, {n_files} files", sum_ms / f64::from(n_files.max(1)));
}

fn fastest_ms<T>(mut run: impl FnMut() -> T) -> f64 {
    let round = |_| {
        let start = Instant::now();
        black_box(run());
        start.elapsed().as_secs_f64() * 1000.0
    };
    (0..ROUNDS).map(round).fold(f64::INFINITY, f64::min)
}

//! The tolerant reading against rosu-map's own decode and against the
//! published reading, on real maps.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers are tests")]

mod shared;

use std::path::PathBuf;

use carto_core::beatmap::{Beatmap, HitObjectKind};
use carto_core::limits::Limits;
use carto_core::signal::{self, SignalChannel};
use carto_core::tolerant::{self, TolerantMap};
use carto_core::published;

#[test]
fn explore() {
    let limits = Limits::default();
    let mut all = Vec::new();
    for dir in ["golden/inputs/osu", "corpus/osu"] {
        let Some(folder) = shared::folder(dir) else { continue };
        for e in std::fs::read_dir(folder).unwrap() { all.push(e.unwrap().path()); }
    }
    all.sort();
    let mut n = 0;
    for path in &all {
        let bytes = std::fs::read(path).unwrap();
        let t = tolerant::read(&bytes, &limits);
        let p = published::read(&bytes, &limits);
        let d = tolerant::differences(&p, &t);
        let (Ok(p), Ok(t)) = (&p, &t) else { continue };
        if !d.is_empty() { continue }
        let n_frames = signal::FrameClock::OSU_DREAMER.frames_until_ms(p.end_ms() + 2048.0) as usize;
        let Ok(a) = signal::encode(p, n_frames, 1 << 20) else { continue };
        let b = signal::encode(&t.beatmap, n_frames, 1 << 20).unwrap();
        n += 1;
        let sliders = p.hit_objects.iter().filter(|o| matches!(o.kind, HitObjectKind::Slider(_))).count();
        let mut line = format!("{} sliders {sliders} frames {n_frames}", path.file_name().unwrap().to_string_lossy());
        for c in SignalChannel::ALL {
            let (x, y) = (a.channel(c), b.channel(c));
            let mut max = 0.0_f64; let mut sum = 0.0; let mut over = 0;
            for (x, y) in x.iter().zip(y) { let d = (x - y).abs(); max = max.max(d); sum += d; if d > 0.02 { over += 1 } }
            if max > 0.0 { line += &format!(" {} max {max:.4} mean {:.6} over {over}", c.name(), sum / n_frames as f64); }
        }
        println!("{line}");
    }
    println!("{n}");
}

//! Maps made up for tests.
#![allow(dead_code, reason = "each test binary uses its part")]

use carto_beatmap::beatmap::{
    Beatmap, HitObject, HitObjectKind, HitSound, LinePath, Position, Slider, SliderPath,
    UninheritedPoint,
};
use carto_evidence::{EvidenceError, EvidenceMap};

/// A map that tests change before it is read.
#[derive(Debug, Clone)]
pub(crate) struct MadeMap(Beatmap);

impl MadeMap {
    /// Circles in one place at some times, ms, with four beats of 400 ms a bar.
    pub(crate) fn circles(times_ms: &[f64]) -> Self {
        let circle = |&time_ms: &f64| HitObject {
            start_ms: time_ms,
            end_ms: time_ms,
            new_combo: false,
            hit_sound: HitSound(0),
            kind: HitObjectKind::Circle(Position::CENTRE),
        };
        let objects = times_ms.iter().map(circle).collect();
        Self(beatmap(objects)).with_points(&[(0.0, 400.0, 4.0)])
    }

    /// Uninherited points: time and beat length, ms, and meter.
    pub(crate) fn with_points(mut self, points: &[(f64, f64, f64)]) -> Self {
        let point = |&(time_ms, beat_ms, meter)| UninheritedPoint::new(time_ms, beat_ms, meter);
        self.0.uninherited_points = points.iter().map(point).collect();
        self
    }

    /// Everything this much later.
    pub(crate) fn moved(&self, by_ms: f64) -> Self {
        Self(self.0.stretched(0.0, 1.0, by_ms))
    }

    /// Everything this much slower.
    pub(crate) fn stretched(&self, factor: f64) -> Self {
        Self(self.0.stretched(0.0, factor, 0.0))
    }

    /// The objects this much later, the tempo where it is.
    pub(crate) fn with_objects_moved(&self, by_ms: f64) -> Self {
        let Beatmap { hit_objects, .. } = self.moved(by_ms).0;
        Self(Beatmap { hit_objects, ..self.0.clone() })
    }

    /// The tempo this much later, the objects where they are.
    pub(crate) fn with_points_moved(&self, by_ms: f64) -> Self {
        let Beatmap { uninherited_points, .. } = self.moved(by_ms).0;
        Self(Beatmap { uninherited_points, ..self.0.clone() })
    }

    pub(crate) fn try_read(&self) -> Result<EvidenceMap, EvidenceError> {
        EvidenceMap::new(self.0.clone())
    }

    pub(crate) fn read(&self) -> EvidenceMap {
        self.try_read().unwrap()
    }
}

/// A song of bars of four beats of 400 ms from 5 s on, its objects drawn bar by bar:
/// circles and sliders on eighths, with combos and hit sounds.
pub(crate) fn song(seed: u64, n_bars: u32) -> MadeMap {
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut objects = Vec::new();
    for bar_idx in 0..n_bars {
        for eighth in 0..8 {
            if rng.f64() < 0.45 {
                continue;
            }
            let start_ms = 5000.0 + f64::from(bar_idx) * 1600.0 + f64::from(eighth) * 200.0;
            let at = Position { x: rng.f64() * 512.0, y: rng.f64() * 384.0 };
            let tail = Position { x: rng.f64() * 512.0, y: rng.f64() * 384.0 };
            let path = SliderPath::Line(LinePath { start: at, end: tail });
            let slider = Slider { head: at, path, slides: 1, slide_duration_ms: 150.0 };
            let is_slider = rng.f64() < 0.3;
            objects.push(HitObject {
                start_ms,
                end_ms: if is_slider { start_ms + 150.0 } else { start_ms },
                new_combo: rng.f64() < 0.2,
                hit_sound: HitSound(if rng.f64() < 0.4 { rng.u8(0..8) << 1 } else { 0 }),
                kind: if is_slider {
                    HitObjectKind::Slider(slider)
                } else {
                    HitObjectKind::Circle(at)
                },
            });
        }
    }
    MadeMap(beatmap(objects)).with_points(&[(5000.0, 400.0, 4.0)])
}

fn beatmap(hit_objects: Vec<HitObject>) -> Beatmap {
    Beatmap {
        approach_rate: 9.0,
        timing_points: Vec::new(),
        uninherited_points: Vec::new(),
        hit_objects,
    }
}

//! Times and places of the objects of a map, and the legs between them.

use carto_beatmap::beatmap::{HitObject, Position};

use crate::EvidenceMap;

/// Fewer steps than this say nothing.
pub(crate) const MIN_STEPS: usize = 30;

/// Fewer turns than this say nothing.
pub(crate) const MIN_TURNS: usize = 21;

/// Times and places of a map's objects, in the order of the file.
pub(crate) struct Objects {
    pub(crate) times_ms: Vec<f64>,
    positions: Vec<Position>,
}

/// From an object to the next, osu!pixels.
#[derive(Clone, Copy)]
pub(crate) struct Leg {
    dx: f64,
    dy: f64,
}

impl Leg {
    pub(crate) fn length(self) -> f64 {
        (self.dx * self.dx + self.dy * self.dy).sqrt()
    }
}

impl Objects {
    /// - `lag_ms`: added to all times
    pub(crate) fn of(map: &EvidenceMap, lag_ms: f64) -> Self {
        let objects = &map.signal().beatmap().hit_objects;
        Self {
            times_ms: objects.iter().map(|object| object.start_ms + lag_ms).collect(),
            positions: objects.iter().map(HitObject::position).collect(),
        }
    }

    /// From an object to the next.
    ///
    /// - `idx`: that of an object with a next one
    pub(crate) fn leg(&self, idx: usize) -> Leg {
        let (from, to) = (self.positions[idx], self.positions[idx + 1]);
        Leg { dx: to.x - from.x, dy: to.y - from.y }
    }

    /// The cosine of the angle between the legs before and after an object with a next
    /// one; `None` at the first, and where a leg has no length.
    pub(crate) fn cosine_at(&self, idx: usize) -> Option<f64> {
        let (before, after) = (self.leg(idx.checked_sub(1)?), self.leg(idx));
        let cosine =
            (after.dx * before.dx + after.dy * before.dy) / (after.length() * before.length());
        cosine.is_finite().then_some(cosine)
    }
}

use crate::beatmap::{HitObject, HitObjectKind, Position, Slider};

/// The published reader cuts times to whole milliseconds.
const TIME_TOLERANCE_MS: f64 = 1.0;

/// Places this close are drawn alike, osu!pixels.
const PLACE_TOLERANCE: f64 = 1.0;

/// Where along a slide two paths are compared.
const FRACTIONS: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];

/// How many objects differ, and by how much at most.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Deviation {
    pub(super) n_objects: usize,
    pub(super) largest: f64,
}

impl Deviation {
    fn count(&mut self, size: f64) {
        self.n_objects += 1;
        self.largest = self.largest.max(size);
    }
}

/// What two lists of objects have in common, object by object.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Comparison {
    pub(super) n_published_only: usize,
    pub(super) n_osu_only: usize,
    pub(super) n_other_kinds: usize,
    pub(super) cut_times: Deviation,
    pub(super) n_combos_added: usize,
    pub(super) n_combos_removed: usize,
    pub(super) n_hit_sounds: usize,
    pub(super) positions: Deviation,
    pub(super) paths: Deviation,
    pub(super) n_lost_paths: usize,
    pub(super) ends: Deviation,
    pub(super) n_lost_ends: usize,
    pub(super) n_slides: usize,
}

impl Comparison {
    /// Pairs objects whose starts lie within 1 ms, both lists ascending, and
    /// compares each pair. `offset_ms`: how much later `osu` is throughout.
    ///
    /// O(objects), and a step per control point for each slider.
    pub(super) fn of(published: &[HitObject], as_osu: &[HitObject], offset_ms: f64) -> Self {
        let mut comparison = Self::default();
        let (mut theirs_idx, mut ours_idx) = (0, 0);
        while let (Some(theirs), Some(ours)) = (published.get(theirs_idx), as_osu.get(ours_idx)) {
            let delta_ms = ours.start_ms - offset_ms - theirs.start_ms;
            if delta_ms.abs() <= TIME_TOLERANCE_MS {
                comparison.compare(theirs, ours, delta_ms);
                comparison.compare_ends(theirs.end_ms, ours.end_ms - offset_ms, delta_ms);
                theirs_idx += 1;
                ours_idx += 1;
            } else if delta_ms > 0.0 {
                comparison.n_published_only += 1;
                theirs_idx += 1;
            } else {
                comparison.n_osu_only += 1;
                ours_idx += 1;
            }
        }
        comparison.n_published_only += published.len() - theirs_idx;
        comparison.n_osu_only += as_osu.len() - ours_idx;
        comparison
    }

    fn compare(&mut self, theirs: &HitObject, ours: &HitObject, delta_ms: f64) {
        if delta_ms != 0.0 {
            self.cut_times.count(delta_ms.abs());
        }
        match (theirs.new_combo, ours.new_combo) {
            (false, true) => self.n_combos_added += 1,
            (true, false) => self.n_combos_removed += 1,
            _ => {}
        }
        // The bit of the normal sound plays no part anywhere.
        let bits = |object: &HitObject| object.hit_sound.0 & 0b1110;
        self.n_hit_sounds += usize::from(bits(theirs) != bits(ours));
        match (&theirs.kind, &ours.kind) {
            (HitObjectKind::Circle(theirs), HitObjectKind::Circle(ours)) => {
                let distance = theirs.distance(*ours);
                if distance > PLACE_TOLERANCE {
                    self.positions.count(distance);
                }
            }
            (HitObjectKind::Slider(theirs), HitObjectKind::Slider(ours)) => {
                self.n_slides += usize::from(theirs.slides != ours.slides);
                match path_distance(theirs, ours) {
                    None => self.n_lost_paths += 1,
                    Some(distance) if distance > PLACE_TOLERANCE => self.paths.count(distance),
                    Some(_) => {}
                }
            }
            (HitObjectKind::Spinner, HitObjectKind::Spinner) => {}
            _ => self.n_other_kinds += 1,
        }
    }

    /// Start and end are cut separately, so both cuts may add up.
    fn compare_ends(&mut self, theirs_ms: f64, ours_ms: f64, start_delta_ms: f64) {
        let delta_ms = (ours_ms - theirs_ms).abs();
        if !theirs_ms.is_finite() {
            self.n_lost_ends += 1;
        } else if delta_ms > TIME_TOLERANCE_MS + start_delta_ms.abs() {
            self.ends.count(delta_ms);
        }
    }
}

/// The largest distance; `None` where the published path has no position.
fn path_distance(theirs: &Slider, ours: &Slider) -> Option<f64> {
    FRACTIONS.iter().try_fold(0.0, |largest: f64, &fraction| {
        let theirs = theirs.path.position_at(fraction).filter(|place| place.is_finite())?;
        let ours: Position = ours.path.position_at(fraction)?;
        Some(largest.max(theirs.distance(ours)))
    })
}

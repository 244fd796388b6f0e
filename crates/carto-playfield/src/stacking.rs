//! Stacks: objects at one place that are drawn a little beside each other.
//!
//! # Source
//!
//! `OsuBeatmapProcessor.applyStacking` and `applyStackingOld` in osu!lazer (ppy/osu @ `01501f3`),
//! which do what osu!stable does. Deviations:
//!
//! 1. The stack time is a product in single precision, as in osu!stable. In lazer 600 ms times 0.7
//!    is less than 420 ms, and objects 420 ms apart are not stacked.
//! 2. The comparisons of one map are bounded: see [`MAX_COMPARISONS`].

/// Objects less than this far apart lie on one place, osu!pixels (`stack_distance`).
const STACK_DISTANCE: f32 = 3.0;

/// From this format on, stacks are made from their last object back.
const FIRST_VERSION_FROM_BEHIND: i32 = 6;

/// Comparisons of two objects that stacking one map may take; a nanosecond or two each. Thousands
/// of objects at one time cost the square of their number. Each of 1,553 real maps takes less than
/// half a million.
const MAX_COMPARISONS: u64 = 1 << 27;

/// What stacking asks of an object.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct StackedObject {
    pub(crate) kind: StackedKind,
    pub(crate) start_ms: f64,
    pub(crate) end_ms: f64,
    /// Where it starts, osu!pixels.
    pub(crate) position: [f32; 2],
    /// Where it ends: of a slider, where its last slide does.
    pub(crate) end: [f32; 2],
    /// Where its path ends, whichever way the last slide goes.
    pub(crate) tail: [f32; 2],
}

/// What an object is to stacking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StackedKind {
    Circle,
    Slider,
    Spinner,
}

/// How many objects each object lies above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StackHeights {
    /// One for each object, below 0 where it lies under the end of a slider.
    pub(crate) heights: Vec<i32>,
    /// Whether the limit on comparisons left objects unstacked.
    pub(crate) is_shortened: bool,
}

/// Stacks the objects of a map, which stand by their start.
///
/// `stack_ms`: how far two objects may lie apart in time.
pub(crate) fn stack_heights(
    objects: &[StackedObject],
    stack_ms: f64,
    format_version: i32,
) -> StackHeights {
    let mut stacking =
        Stacking { objects, stack_ms, heights: vec![0; objects.len()], n_comparisons: 0 };
    let finished = if format_version >= FIRST_VERSION_FROM_BEHIND {
        stacking.stack_from_behind()
    } else {
        stacking.stack_from_the_front()
    };
    StackHeights { heights: stacking.heights, is_shortened: finished.is_none() }
}

fn is_near(a: [f32; 2], b: [f32; 2]) -> bool {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    (dx * dx + dy * dy).sqrt() < STACK_DISTANCE
}

struct Stacking<'a> {
    objects: &'a [StackedObject],
    stack_ms: f64,
    heights: Vec<i32>,
    n_comparisons: u64,
}

impl Stacking<'_> {
    /// `None` once there were too many comparisons.
    fn count(&mut self) -> Option<()> {
        self.n_comparisons += 1;
        (self.n_comparisons <= MAX_COMPARISONS).then_some(())
    }

    fn raise(&mut self, idx: usize, onto: usize) {
        self.heights[idx] = self.heights[onto].saturating_add(1);
    }

    /// Every object without a height yet is the last, lowest one of its stack.
    fn stack_from_behind(&mut self) -> Option<()> {
        for last in (1..self.objects.len()).rev() {
            if self.heights[last] != 0 {
                continue;
            }
            if self.objects[last].kind != StackedKind::Spinner {
                self.stack_before(last)?;
            }
        }
        Some(())
    }

    /// Raises what lies on the last object of a stack: on a circle what is there, up to the end of
    /// a slider, below which the circles go; on a slider what ends where it starts.
    fn stack_before(&mut self, last: usize) -> Option<()> {
        let is_on_circle = self.objects[last].kind == StackedKind::Circle;
        let mut below = last;
        for idx in (0..last).rev() {
            self.count()?;
            let (object, lower) = (self.objects[idx], self.objects[below]);
            if object.kind == StackedKind::Spinner {
                continue;
            }
            let (time_ms, place) = match is_on_circle {
                true => (object.end_ms, object.position),
                false => (object.start_ms, object.end),
            };
            if lower.start_ms - time_ms > self.stack_ms {
                break;
            }
            let is_slider = object.kind == StackedKind::Slider;
            if is_on_circle && is_slider && is_near(object.end, lower.position) {
                self.lower_under_slider(idx, last, below)?;
                break;
            }
            if is_near(place, lower.position) {
                self.raise(idx, below);
                below = idx;
            }
        }
        Some(())
    }

    /// Lowers what lies on the end of a slider, of the objects after it up to `last`.
    fn lower_under_slider(&mut self, slider: usize, last: usize, top: usize) -> Option<()> {
        let end = self.objects[slider].end;
        let by = self.heights[top].saturating_sub(self.heights[slider]).saturating_add(1);
        for idx in slider + 1..=last {
            self.count()?;
            if is_near(end, self.objects[idx].position) {
                self.heights[idx] = self.heights[idx].saturating_sub(by);
            }
        }
        Some(())
    }

    /// Formats below 6: every object is raised by those that follow on it.
    fn stack_from_the_front(&mut self) -> Option<()> {
        for first in 0..self.objects.len() {
            let object = self.objects[first];
            if self.heights[first] != 0 && object.kind != StackedKind::Slider {
                continue;
            }
            let mut latest_ms = object.end_ms;
            let mut n_under_tail = 0_i32;
            for idx in first + 1..self.objects.len() {
                self.count()?;
                let later = self.objects[idx];
                if later.start_ms - self.stack_ms > latest_ms {
                    break;
                }
                if is_near(later.position, object.position) {
                    self.heights[first] = self.heights[first].saturating_add(1);
                    latest_ms = later.start_ms;
                } else if is_near(later.position, object.tail) {
                    n_under_tail = n_under_tail.saturating_add(1);
                    self.heights[idx] = self.heights[idx].saturating_sub(n_under_tail);
                    latest_ms = later.start_ms;
                }
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circle(start_ms: f64, x: f32) -> StackedObject {
        let at = [x, 100.0];
        let kind = StackedKind::Circle;
        StackedObject { kind, start_ms, end_ms: start_ms, position: at, end: at, tail: at }
    }

    /// A slider of one slide.
    fn slider(start_ms: f64, end_ms: f64, x: f32, end_x: f32) -> StackedObject {
        let (position, end) = ([x, 100.0], [end_x, 100.0]);
        StackedObject { kind: StackedKind::Slider, start_ms, end_ms, position, end, tail: end }
    }

    fn heights(objects: &[StackedObject], format_version: i32) -> Vec<i32> {
        stack_heights(objects, 420.0, format_version).heights
    }

    #[test]
    fn circles_at_one_place_lie_on_the_last_of_them() {
        let objects = [circle(0.0, 50.0), circle(420.0, 52.0), circle(840.0, 50.0)];
        assert_eq!(heights(&objects, 14), [2, 1, 0]);
        assert_eq!(heights(&objects, 5), [2, 1, 0]);
        let apart = [circle(0.0, 50.0), circle(420.5, 50.0), circle(500.0, 53.0)];
        assert_eq!(heights(&apart, 14), [0, 0, 0]);
    }

    #[test]
    fn circles_at_the_end_of_a_slider_lie_under_it() {
        let objects = [slider(0.0, 200.0, 10.0, 90.0), circle(300.0, 90.0), circle(400.0, 90.0)];
        assert_eq!(heights(&objects, 14), [0, -1, -2]);
        assert_eq!(heights(&objects, 5), [0, -1, -2]);
    }

    #[test]
    fn what_ends_where_a_slider_starts_lies_on_it() {
        let objects = [circle(0.0, 10.0), slider(300.0, 500.0, 10.0, 90.0)];
        assert_eq!(heights(&objects, 14), [1, 0]);
        let sliders = [slider(0.0, 200.0, 90.0, 10.0), slider(400.0, 500.0, 10.0, 90.0)];
        assert_eq!(heights(&sliders, 14), [1, 0]);
        assert_eq!(heights(&sliders, 5), [0, -1]);
    }

    #[test]
    fn thousands_of_objects_at_one_time_are_bounded() {
        // Apart from each other, so that none is stacked and all are compared.
        let objects: Vec<StackedObject> =
            (0..20_000).map(|idx| circle(0.0, idx as f32 * 10.0)).collect();
        for format_version in [5, 14] {
            let stacked = stack_heights(&objects, 420.0, format_version);
            assert!(stacked.is_shortened && stacked.heights.iter().all(|&height| height == 0));
        }
    }
}

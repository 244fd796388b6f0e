//! How far an object is at a moment: how visible, how near to its time, how long gone.

use std::ops::Range;

use carto_types::{DrawnMap, DrawnObject, FollowPoint};

/// How long a circle that was hit is still seen, and the body of a slider that has ended, ms.
const GONE_MS: f64 = 180.0;

/// How large an approach circle is when it appears, of the object's size.
const APPROACH_SCALE: f64 = 4.0;

/// How opaque an approach circle becomes.
const APPROACH_ALPHA: f64 = 0.9;

/// An object at a moment at which it is seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Phase {
    /// How opaque its circle is.
    pub(super) alpha: f64,
    /// How opaque its body is, of a slider or a spinner.
    pub(super) body_alpha: f64,
    /// How opaque its approach circle is.
    pub(super) approach_alpha: f64,
    /// Size of its approach circle, of the object's own.
    pub(super) approach_scale: f64,
    /// Share of the approach that is left, 0 at its time.
    pub(super) left: f64,
    /// Since its start, ms; below 0 before it.
    pub(super) since_hit_ms: f64,
    /// Share of its own time that has passed.
    pub(super) passed: f64,
    /// Share of its fading after it was hit, in `[0, 1]`.
    pub(super) gone: f64,
}

/// The objects among which all that are seen are.
pub(super) fn seen(map: &DrawnMap, time_ms: f64) -> Range<usize> {
    let longest_ms = map.objects.iter().map(|it| it.end_ms - it.start_ms).fold(0.0, f64::max);
    let first_ms = time_ms - longest_ms - GONE_MS;
    let from = map.objects.partition_point(|object| object.start_ms < first_ms);
    let to = map.objects.partition_point(|object| object.start_ms <= time_ms + map.preempt_ms);
    from..to.max(from)
}

/// `None` at a moment at which nothing of it is seen.
pub(super) fn phase(map: &DrawnMap, object: &DrawnObject, time_ms: f64) -> Option<Phase> {
    let since_hit_ms = time_ms - object.start_ms;
    let since_end_ms = time_ms - object.end_ms;
    if since_hit_ms < -map.preempt_ms || since_end_ms >= GONE_MS {
        return None;
    }
    let since_appears_ms = since_hit_ms + map.preempt_ms;
    let share = |of_ms: f64, in_ms: f64| (of_ms / in_ms.max(1.0)).clamp(0.0, 1.0);
    let left = share(-since_hit_ms, map.preempt_ms);
    let gone = share(since_hit_ms, GONE_MS);
    let fade_in = share(since_appears_ms, map.fade_in_ms);
    let approach_ms = (2.0 * map.fade_in_ms).min(map.preempt_ms);
    Some(Phase {
        alpha: fade_in * (1.0 - gone),
        body_alpha: fade_in * (1.0 - share(since_end_ms, GONE_MS)),
        approach_alpha: APPROACH_ALPHA * share(since_appears_ms, approach_ms),
        approach_scale: 1.0 + (APPROACH_SCALE - 1.0) * left,
        left,
        since_hit_ms,
        passed: share(since_hit_ms, object.end_ms - object.start_ms),
        gone,
    })
}

/// How opaque a follow point is.
pub(super) fn follow_alpha(map: &DrawnMap, point: &FollowPoint, time_ms: f64) -> f64 {
    let share = |of_ms: f64| (of_ms / map.fade_in_ms.max(1.0)).clamp(0.0, 1.0);
    share(time_ms - point.appears_ms) * (1.0 - share(time_ms - point.fades_ms))
}

#[cfg(test)]
mod tests {
    use carto_types::DrawnKind;

    use super::*;

    fn map() -> DrawnMap {
        let object = |start_ms, end_ms| DrawnObject {
            start_ms,
            end_ms,
            position: [1.0, 2.0],
            stack_height: 0,
            stack_offset: 0.0,
            combo_number: 0,
            combo_index: 1,
            colour_index: 0,
            kind: DrawnKind::Circle,
        };
        DrawnMap {
            preempt_ms: 600.0,
            fade_in_ms: 400.0,
            radius: 30.0,
            objects: vec![object(1_000.0, 1_000.0), object(1_200.0, 5_200.0)],
            ..DrawnMap::default()
        }
    }

    #[test]
    fn an_object_appears_shrinks_its_approach_and_goes() {
        let map = map();
        let at = |time_ms| phase(&map, &map.objects[0], time_ms);
        assert_eq!(at(399.0), None);
        let begin = at(400.0).unwrap();
        assert_eq!((begin.alpha, begin.approach_scale, begin.left), (0.0, 4.0, 1.0));
        let middle = at(700.0).unwrap();
        assert_eq!((middle.alpha, middle.approach_scale), (0.75, 2.5));
        let hit = at(1_000.0).unwrap();
        assert_eq!((hit.alpha, hit.approach_scale, hit.gone), (1.0, 1.0, 0.0));
        assert!(at(1_090.0).is_some_and(|it| it.gone == 0.5 && it.alpha == 0.5));
        assert_eq!(at(1_180.0), None);
    }

    #[test]
    fn a_long_object_is_among_those_that_are_seen_until_its_end() {
        let map = map();
        assert_eq!(seen(&map, 300.0), 0..0);
        assert_eq!(seen(&map, 700.0), 0..2);
        assert_eq!(seen(&map, 5_300.0), 1..2);
        assert!(phase(&map, &map.objects[1], 5_100.0).is_some_and(|it| it.body_alpha == 1.0));
    }
}

//! What of a map is visible at a moment, for a page that draws it at every frame.
//!
//! # Source
//!
//! Times of fading, of approach circles and of follow points are those of `DrawableHitCircle`,
//! `DrawableSlider`, `DrawableSliderTick`, `SnakingSliderBody`, `LegacyMainCirclePiece` and
//! `FollowPointConnection` in osu!lazer (ppy/osu), for a player who hits everything on time.

use carto_types::{DrawnKind, DrawnMap, DrawnObject, DrawnSlider, DrawnTick, FollowPoint};

use crate::ball::{along, arrows, ball_at};

/// How long an object takes to disappear once it is hit, ms.
const FADE_OUT_MS: f64 = 240.0;

/// By how much a circle has grown when it has disappeared.
const HIT_GROWTH: f32 = 0.4;

/// The size of an approach circle when it appears, in circles.
const APPROACH_SCALE: f32 = 4.0;

/// How visible an approach circle becomes.
const APPROACH_ALPHA: f32 = 0.9;

/// A slider has grown to its full length after this share of the approach time.
const SNAKING_SHARE: f64 = 1.0 / 3.0;

/// How long a tick takes to appear and to disappear, ms.
const TICK_FADE_MS: f64 = 150.0;

/// Of the approach time, how long before its time a tick of the first slide appears, beside half
/// of its distance from the start of the slide.
const TICK_PREEMPT_SHARE: f64 = 0.66;

/// The same for ticks of later slides, ms.
const LATER_TICK_PREEMPT_MS: f64 = 200.0;

/// The size of a follow point when it appears; its own is 1.
const FOLLOW_SCALE: f32 = 1.5;

/// What is visible at one moment. One is kept and filled anew for every frame, so that frames
/// allocate nothing once it has grown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Frame {
    /// The objects, the earliest first. The earliest is drawn last, on top.
    pub objects: Vec<VisibleObject>,
    /// The follow points; they lie below all objects.
    pub follow_points: Vec<VisibleFollowPoint>,
}

/// One object at one moment. Shares and alphas lie in `[0, 1]`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VisibleObject {
    /// Its place in [`DrawnMap::objects`].
    pub idx: usize,
    /// Of a slider's body or of a spinner; of a circle that of the circle.
    pub alpha: f32,
    /// Of the circle, a slider's head, and of the number on it.
    pub circle_alpha: f32,
    /// Size of the circle, in circles: 1, and from its hit on up to 1.4.
    pub circle_scale: f32,
    /// The approach circle; `None` from the hit on, and of spinners.
    pub approach: Option<VisibleApproach>,
    /// The share of its duration that is over; 0 of circles.
    pub progress: f32,
    /// What only sliders have.
    pub slider: Option<VisibleSlider>,
}

/// An approach circle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VisibleApproach {
    /// Its size in circles, from 4 down to 1.
    pub scale: f32,
    /// How visible it is, up to 0.9.
    pub alpha: f32,
    /// The share of the approach time that is over.
    pub progress: f32,
}

/// The moving parts of a slider.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VisibleSlider {
    /// The share of its path, from the head, that has grown so far.
    pub grown: f32,
    /// Where its ball is, with stacking; `None` before it starts and once it is over.
    pub ball: Option<[f32; 2]>,
    /// In which slide the ball is, from 0.
    pub slide: u32,
    /// Whether an arrow stands at its head.
    pub arrow_at_head: bool,
    /// Whether an arrow stands at its tail.
    pub arrow_at_tail: bool,
}

/// One follow point at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VisibleFollowPoint {
    /// Where it is.
    pub position: [f32; 2],
    /// From one object to the next, of length 1: which way it points.
    pub direction: [f32; 2],
    /// How visible it is, in `[0, 1]`.
    pub alpha: f32,
    /// Its size, from 1.5 down to 1.
    pub scale: f32,
}

/// Finds what is visible at a time without looking at the whole map.
///
/// Built once for a map, and asked with the same map.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FrameIndex {
    objects: Spans,
    follow_lines: Spans,
}

impl FrameIndex {
    /// The index of a map.
    #[must_use]
    pub fn new(map: &DrawnMap) -> Self {
        let objects = map
            .objects
            .iter()
            .map(|object| (object.start_ms - map.preempt_ms, object.end_ms + FADE_OUT_MS));
        let follow_lines = map
            .follow_lines
            .iter()
            .map(|line| (line.appears_ms().unwrap_or(line.start_ms), line.end_ms + map.fade_in_ms));
        Self { objects: Spans::new(objects), follow_lines: Spans::new(follow_lines) }
    }

    /// Fills a frame with what is visible at a time, ms since the start of the audio.
    pub fn fill(&self, map: &DrawnMap, time_ms: f64, frame: &mut Frame) {
        let Frame { objects, follow_points } = frame;
        objects.clear();
        let range = self.objects.at(time_ms);
        let candidates = map.objects.get(range.clone()).unwrap_or_default();
        objects.extend(
            range
                .zip(candidates)
                .filter_map(|(idx, object)| visible_object(map, idx, object, time_ms)),
        );
        follow_points.clear();
        let lines = map.follow_lines.get(self.follow_lines.at(time_ms)).unwrap_or_default();
        for line in lines {
            let direction = direction(line.from, line.to);
            let points = line.points().filter_map(|point| {
                visible_follow_point(&point, direction, map.fade_in_ms, time_ms)
            });
            follow_points.extend(points);
        }
    }
}

/// Spans of time in the order of their things, searched by halving.
#[derive(Debug, Clone, PartialEq, Default)]
struct Spans {
    /// The earliest begin of each and all after it, ascending.
    begins_ms: Vec<f64>,
    /// The latest end of each and all before it, ascending.
    ends_ms: Vec<f64>,
}

impl Spans {
    fn new(spans: impl Iterator<Item = (f64, f64)>) -> Self {
        let (mut begins_ms, mut ends_ms): (Vec<f64>, Vec<f64>) = spans.unzip();
        let mut latest_ms = f64::NEG_INFINITY;
        for end_ms in &mut ends_ms {
            latest_ms = latest_ms.max(*end_ms);
            *end_ms = latest_ms;
        }
        let mut earliest_ms = f64::INFINITY;
        for begin_ms in begins_ms.iter_mut().rev() {
            earliest_ms = earliest_ms.min(*begin_ms);
            *begin_ms = earliest_ms;
        }
        Self { begins_ms, ends_ms }
    }

    /// All things whose span contains a time lie in this range, others too.
    fn at(&self, time_ms: f64) -> std::ops::Range<usize> {
        let first = self.ends_ms.partition_point(|&end_ms| end_ms <= time_ms);
        let end = self.begins_ms.partition_point(|&begin_ms| begin_ms <= time_ms);
        first..end.max(first)
    }
}

/// How visible a tick is at a time, in `[0, 1]`; 0 before it appears and once it is hit.
///
/// `object` and `slider`: those that the tick lies on, of `map`.
#[must_use]
pub fn tick_alpha(
    map: &DrawnMap,
    object: &DrawnObject,
    slider: &DrawnSlider,
    tick: &DrawnTick,
    time_ms: f64,
) -> f32 {
    let slide_ms = object.start_ms + f64::from(tick.slide) * slider.slide_ms;
    let share_ms =
        if tick.slide > 0 { LATER_TICK_PREEMPT_MS } else { map.preempt_ms * TICK_PREEMPT_SHARE };
    let appears_ms = tick.time_ms - (tick.time_ms - slide_ms) / 2.0 - share_ms;
    faded(time_ms, appears_ms, TICK_FADE_MS, tick.time_ms, TICK_FADE_MS)
}

/// `None` where nothing of it is visible.
fn visible_object(
    map: &DrawnMap,
    idx: usize,
    object: &DrawnObject,
    time_ms: f64,
) -> Option<VisibleObject> {
    let appears_ms = object.start_ms - map.preempt_ms;
    if time_ms <= appears_ms || time_ms >= object.end_ms + FADE_OUT_MS {
        return None;
    }
    let fades = |end_ms| faded(time_ms, appears_ms, map.fade_in_ms, end_ms, FADE_OUT_MS);
    let since_hit = share(time_ms, object.start_ms, FADE_OUT_MS);
    let has_started = time_ms >= object.start_ms;
    let slider = match &object.kind {
        DrawnKind::Slider(slider) => {
            let (slide, of_path) = ball_at(object, slider, time_ms);
            let has_ball = has_started && time_ms < object.end_ms;
            let [arrow_at_head, arrow_at_tail] = arrows(slider, slide, has_started);
            Some(VisibleSlider {
                grown: share(time_ms, appears_ms, map.preempt_ms * SNAKING_SHARE),
                ball: has_ball.then(|| object.moved(along(&slider.path, of_path))),
                slide,
                arrow_at_head,
                arrow_at_tail,
            })
        }
        DrawnKind::Circle | DrawnKind::Spinner => None,
    };
    let is_approached = !has_started && !object.is_spinner();
    Some(VisibleObject {
        idx,
        alpha: fades(object.end_ms),
        circle_alpha: fades(object.start_ms),
        circle_scale: 1.0 + HIT_GROWTH * eased(since_hit),
        approach: is_approached.then(|| approach(map, appears_ms, time_ms)),
        progress: match &object.kind {
            DrawnKind::Circle => 0.0,
            DrawnKind::Slider(_) | DrawnKind::Spinner => {
                share(time_ms, object.start_ms, object.end_ms - object.start_ms)
            }
        },
        slider,
    })
}

fn approach(map: &DrawnMap, appears_ms: f64, time_ms: f64) -> VisibleApproach {
    let progress = share(time_ms, appears_ms, map.preempt_ms);
    let fade_ms = (2.0 * map.fade_in_ms).min(map.preempt_ms);
    VisibleApproach {
        scale: APPROACH_SCALE - (APPROACH_SCALE - 1.0) * progress,
        alpha: APPROACH_ALPHA * share(time_ms, appears_ms, fade_ms),
        progress,
    }
}

fn visible_follow_point(
    point: &FollowPoint,
    direction: [f32; 2],
    fade_ms: f64,
    time_ms: f64,
) -> Option<VisibleFollowPoint> {
    let alpha = faded(time_ms, point.appears_ms, fade_ms, point.fades_ms, fade_ms);
    if alpha <= 0.0 {
        return None;
    }
    let arrived = eased(share(time_ms, point.appears_ms, fade_ms));
    let along = |axis: usize| {
        point.appears_at[axis] + arrived * (point.position[axis] - point.appears_at[axis])
    };
    Some(VisibleFollowPoint {
        position: [along(0), along(1)],
        direction,
        alpha,
        scale: FOLLOW_SCALE + arrived * (1.0 - FOLLOW_SCALE),
    })
}

/// Of length 1; to the right where both places are one.
fn direction(from: [f32; 2], to: [f32; 2]) -> [f32; 2] {
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let length = (dx * dx + dy * dy).sqrt();
    if length > 0.0 { [dx / length, dy / length] } else { [1.0, 0.0] }
}

/// The share of a duration that is over, in `[0, 1]`; all of one that is not positive, once it
/// begins.
fn share(time_ms: f64, begin_ms: f64, duration_ms: f64) -> f32 {
    let passed_ms = time_ms - begin_ms;
    if duration_ms > 0.0 {
        (passed_ms / duration_ms).clamp(0.0, 1.0) as f32
    } else if passed_ms < 0.0 {
        0.0
    } else {
        1.0
    }
}

/// Fades in from one time on and out from another, each for as long as it takes.
fn faded(time_ms: f64, appears_ms: f64, in_ms: f64, leaves_ms: f64, out_ms: f64) -> f32 {
    share(time_ms, appears_ms, in_ms).min(1.0 - share(time_ms, leaves_ms, out_ms))
}

/// Fast at first and slow at the end (osu!framework's `Easing.Out`).
fn eased(share: f32) -> f32 {
    share * (2.0 - share)
}

#[cfg(test)]
mod tests;

//! What osu! draws of one map: every object with its time, place, stack and combo.

use serde::{Deserialize, Serialize};

/// Distance between two follow points, osu!pixels (`FollowPointConnection.SPACING`, ppy/osu).
const FOLLOW_SPACING: u32 = 32;

/// Where the first follow point stands, osu!pixels from the object that it leaves.
const FIRST_FOLLOW_POINT: u32 = FOLLOW_SPACING * 3 / 2;

/// How long before it fades out a follow point begins to appear, ms
/// (`FollowPointConnection.PREEMPT`, ppy/osu).
const FOLLOW_PREEMPT_MS: f64 = 800.0;

/// Follow points of two objects further apart than this are not drawn that far, osu!pixels: heads
/// are 820 apart at most, and only the end of a hostile slider lies far outside.
const MAX_FOLLOW_DISTANCE: f32 = 4096.0;

/// A map as osu! draws it, at the speed and difficulty that it has without mods.
///
/// Times are ms since the start of the audio, positions osu!pixels (512 x 384).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DrawnMap {
    /// How long before its time an object begins to appear, ms; 450 to 1800.
    pub preempt_ms: f64,
    /// How long an object takes until it is fully visible, ms; at most [`Self::preempt_ms`].
    pub fade_in_ms: f64,
    /// Of a circle, of a slider's body and of its ball, osu!pixels.
    pub radius: f32,
    /// Red, green and blue of the combos, as the map states them; empty where it states none.
    pub combo_colours: Vec<[u8; 3]>,
    /// The objects, by start.
    pub objects: Vec<DrawnObject>,
    /// The lines of points that lead from objects to the next ones of their combos, by start.
    pub follow_lines: Vec<FollowLine>,
    /// Whether a limit on hostile maps left something out: ticks, stacking, or points of paths.
    pub is_shortened: bool,
}

impl DrawnMap {
    /// When the last object ends, ms; 0 without objects.
    #[must_use]
    pub fn end_ms(&self) -> f64 {
        self.objects.iter().map(|object| object.end_ms).fold(0.0, f64::max)
    }
}

/// One object of a [`DrawnMap`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DrawnObject {
    /// When it is to be hit, ms.
    pub start_ms: f64,
    /// When it ends, ms; [`Self::start_ms`] of a circle.
    pub end_ms: f64,
    /// Where the file puts it, a slider's head; spinners are in the centre.
    pub position: [f32; 2],
    /// How many objects it lies above; below 0 where it lies under a slider's end.
    pub stack_height: i32,
    /// Added to x and y of all that is drawn of it, osu!pixels: what stacking moves it by.
    pub stack_offset: f32,
    /// Its place in the combo, from 0. The number drawn on it is one more.
    pub combo_number: u32,
    /// Which combo of the map it belongs to, from 1.
    pub combo_index: u32,
    /// Which colour its combo has, before it is taken modulo the number of colours: combos, and
    /// the colours that combos skip. It is 0 of spinners before the first combo, and of no others.
    pub colour_index: u32,
    /// What it is.
    pub kind: DrawnKind,
}

impl DrawnObject {
    /// Where it is drawn, a slider's head.
    #[must_use]
    pub fn stacked(&self) -> [f32; 2] {
        self.moved(self.position)
    }

    /// Where it is left: of a slider where its last slide ends, of others where they are.
    #[must_use]
    pub fn stacked_end(&self) -> [f32; 2] {
        match &self.kind {
            DrawnKind::Slider(slider) => self.moved(slider.end),
            DrawnKind::Circle | DrawnKind::Spinner => self.stacked(),
        }
    }

    /// A place of its path or of a tick, with what stacking moves it by.
    #[must_use]
    pub fn moved(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        [x + self.stack_offset, y + self.stack_offset]
    }

    /// Whether it is a spinner.
    #[must_use]
    pub fn is_spinner(&self) -> bool {
        matches!(self.kind, DrawnKind::Spinner)
    }

    /// The colour of its combo out of `colours`; `None` where there is none.
    #[must_use]
    pub fn colour<T: Copy>(&self, colours: &[T]) -> Option<T> {
        let idx = (self.colour_index as usize).checked_rem(colours.len())?;
        colours.get(idx).copied()
    }
}

/// What an object is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum DrawnKind {
    /// Hit once.
    Circle,
    /// A path that is followed.
    Slider(DrawnSlider),
    /// Spun around the centre of the playfield.
    Spinner,
}

/// A slider's path and what lies on it. Positions are without stacking: see
/// [`DrawnObject::moved`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DrawnSlider {
    /// How often the path is travelled, at least 1. The first slide goes from head to tail, the
    /// second back.
    pub slides: u32,
    /// Duration of one slide, ms; may be 0.
    pub slide_ms: f64,
    /// The middle of the body from head to tail, as a chain of straight pieces; at least one
    /// point. The vertices that osu! draws; of a hostile map points that lie evenly between them.
    pub path: Vec<[f32; 2]>,
    /// Where its last slide ends.
    pub end: [f32; 2],
    /// Its ticks, by time, those of all slides.
    pub ticks: Vec<DrawnTick>,
}

impl DrawnSlider {
    /// When the ball turns round, ms, for a slider that starts at `start_ms`. The first time is
    /// at the tail, the second at the head.
    pub fn repeats_ms(&self, start_ms: f64) -> impl Iterator<Item = f64> + use<> {
        let slide_ms = self.slide_ms;
        (1..self.slides).map(move |slide| start_ms + f64::from(slide) * slide_ms)
    }
}

/// A point of a slider that is hit on the way.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct DrawnTick {
    /// When the ball is there, ms.
    pub time_ms: f64,
    /// Where it is, without stacking.
    pub position: [f32; 2],
    /// In which slide it is hit, from 0.
    pub slide: u32,
}

/// A line of points that leads from the end of one object to the next one of its combo.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FollowLine {
    /// When the first object ends, ms.
    pub start_ms: f64,
    /// When the second one starts, ms.
    pub end_ms: f64,
    /// Where the first one ends, with stacking.
    pub from: [f32; 2],
    /// Where the second one starts, with stacking.
    pub to: [f32; 2],
}

impl FollowLine {
    /// How far its objects are apart, osu!pixels.
    fn length(&self) -> f32 {
        let (dx, dy) = (self.to[0] - self.from[0], self.to[1] - self.from[1]);
        (dx * dx + dy * dy).sqrt()
    }

    /// When the first of its points begins to appear, ms; `None` where there is no room for any.
    #[must_use]
    pub fn appears_ms(&self) -> Option<f64> {
        self.points().next().map(|point| point.appears_ms)
    }

    /// Its points, from the first object to the second.
    ///
    /// # Source
    ///
    /// `FollowPointConnection.refreshPoints` and `GetFadeTimes` in osu!lazer (ppy/osu @
    /// `0098ac2`), for approach times of 450 ms and more, as all are without mods.
    pub fn points(&self) -> impl Iterator<Item = FollowPoint> + use<> {
        let (line, length) = (*self, self.length());
        let drawn = if length.is_finite() { length.min(MAX_FOLLOW_DISTANCE) } else { 0.0 };
        let end = (drawn as u32).saturating_sub(FOLLOW_SPACING);
        (FIRST_FOLLOW_POINT..end).step_by(FOLLOW_SPACING as usize).map(move |distance| {
            // osu! divides by whole pixels, so its points lie a little further on.
            let fraction = distance as f32 / length.trunc();
            let at = |fraction: f32| {
                let along =
                    |axis: usize| line.from[axis] + fraction * (line.to[axis] - line.from[axis]);
                [along(0), along(1)]
            };
            let fades_ms = line.start_ms + f64::from(fraction) * (line.end_ms - line.start_ms);
            FollowPoint {
                appears_ms: fades_ms - FOLLOW_PREEMPT_MS,
                fades_ms,
                appears_at: at(fraction - 0.1),
                position: at(fraction),
            }
        })
    }
}

/// One point of a [`FollowLine`]. It fades in and out as long as objects do
/// ([`DrawnMap::fade_in_ms`]).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FollowPoint {
    /// When it begins to fade in, ms.
    pub appears_ms: f64,
    /// When it begins to fade out, ms.
    pub fades_ms: f64,
    /// From where it moves while it fades in, with stacking.
    pub appears_at: [f32; 2],
    /// Where it stays, with stacking.
    pub position: [f32; 2],
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(distance: f32) -> FollowLine {
        FollowLine { start_ms: 1000.0, end_ms: 1500.0, from: [0.0, 0.0], to: [distance, 0.0] }
    }

    #[test]
    fn follow_points_stand_every_32_pixels_and_fade_when_the_line_is_passed() {
        let points: Vec<FollowPoint> = line(200.0).points().collect();
        let x: Vec<f32> = points.iter().map(|point| point.position[0].round()).collect();
        assert_eq!(x, [48.0, 80.0, 112.0, 144.0]);
        let [first, .., last] = &points[..] else { panic!("{points:?}") };
        assert!((first.fades_ms - 1120.0).abs() < 1e-3 && (first.appears_ms - 320.0).abs() < 1e-3);
        assert!((first.appears_at[0] - 28.0).abs() < 1e-3, "a tenth of the line before");
        assert!((last.fades_ms - 1360.0).abs() < 1e-3, "{last:?}");
    }

    #[test]
    fn near_objects_have_no_follow_points_and_far_ones_a_bounded_number() {
        assert_eq!(line(80.0).points().count(), 0);
        assert_eq!(line(80.0).appears_ms(), None);
        assert_eq!(line(81.0).points().count(), 1);
        assert_eq!(line(1e9).points().count(), 126);
        assert_eq!(line(f32::NAN).points().count(), 0);
    }

    #[test]
    fn repeats_lie_a_slide_apart() {
        let slider = DrawnSlider {
            slides: 3,
            slide_ms: 250.0,
            path: vec![[0.0, 0.0]],
            end: [0.0, 0.0],
            ticks: Vec::new(),
        };
        assert_eq!(slider.repeats_ms(1000.0).collect::<Vec<_>>(), [1250.0, 1500.0]);
    }

    #[test]
    fn colours_go_round() {
        let object = DrawnObject {
            start_ms: 0.0,
            end_ms: 0.0,
            position: [1.0, 2.0],
            stack_height: 1,
            stack_offset: -3.0,
            combo_number: 0,
            combo_index: 1,
            colour_index: 5,
            kind: DrawnKind::Circle,
        };
        assert_eq!(object.colour(&["a", "b", "c"]), Some("c"));
        assert_eq!(object.colour::<u8>(&[]), None);
        assert_eq!(object.stacked_end(), [-2.0, -1.0]);
    }
}

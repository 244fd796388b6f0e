//! The ticks of sliders.

use carto_beatmap::beatmap::{CurvePath, HitObject, Slider};
use carto_types::DrawnTick;

use crate::paths::single;

/// Ticks lie on this much of a path at most, osu!pixels (`SliderEventGenerator`, `max_length`).
const MAX_LENGTH: f64 = 100_000.0;

/// A tick lies at least this long before the end of a slide, ms (`minDistanceFromEnd`).
const MIN_TIME_FROM_END_MS: f64 = 10.0;

/// Ticks of all sliders of one map: 3 MiB. One slider may ask for 9,000 times 200,000; 1,553 real
/// maps have up to 4,288.
const MAX_TICKS: usize = 1 << 17;

/// Makes the ticks of the sliders of one map, and stops where they would be too many.
#[derive(Debug, Default)]
pub(crate) struct TickMaker {
    n_ticks: usize,
    /// Distances from the head, of the slider at hand.
    distances: Vec<f64>,
    /// Whether the limit left ticks out.
    pub(crate) is_shortened: bool,
}

impl TickMaker {
    /// The ticks of a slider, by time.
    ///
    /// `tick_distance`: osu!pixels, above 0; `None` for a slider without ticks.
    ///
    /// # Source
    ///
    /// `SliderEventGenerator.Generate` in osu!lazer (ppy/osu @ `01501f3`).
    pub(crate) fn ticks(
        &mut self,
        object: &HitObject,
        slider: &Slider,
        path: &CurvePath,
        tick_distance: Option<f64>,
    ) -> Vec<DrawnTick> {
        let length = path.length().min(MAX_LENGTH);
        self.measure(length, slider.slide_duration_ms, path.length(), tick_distance);
        let mut ticks = Vec::new();
        if self.distances.is_empty() {
            return ticks;
        }
        for slide in 0..u32::try_from(slider.slides).unwrap_or(0) {
            let slide_ms = object.start_ms + f64::from(slide) * slider.slide_duration_ms;
            // Positions are those of the way there, so that ticks of both ways lie on each other.
            let is_back = slide % 2 == 1;
            for idx in 0..self.distances.len() {
                if self.n_ticks == MAX_TICKS {
                    self.is_shortened = true;
                    return ticks;
                }
                let from_front = if is_back { self.distances.len() - 1 - idx } else { idx };
                let progress = self.distances[from_front] / length;
                let of_slide = if is_back { 1.0 - progress } else { progress };
                ticks.push(DrawnTick {
                    time_ms: slide_ms + of_slide * slider.slide_duration_ms,
                    position: single(path.position_at(progress)),
                    slide,
                });
                self.n_ticks += 1;
            }
        }
        ticks
    }

    /// Where the ticks of one slide lie, as distances from the head.
    fn measure(&mut self, length: f64, slide_ms: f64, whole: f64, tick_distance: Option<f64>) {
        self.distances.clear();
        let Some(tick_distance) = tick_distance.filter(|&distance| distance > 0.0) else { return };
        let last =
            if slide_ms > 0.0 { length - whole / slide_ms * MIN_TIME_FROM_END_MS } else { 0.0 };
        let mut distance = tick_distance;
        while distance < last {
            if self.distances.len() == MAX_TICKS {
                self.is_shortened = true;
                return;
            }
            self.distances.push(distance);
            distance += tick_distance;
        }
    }
}

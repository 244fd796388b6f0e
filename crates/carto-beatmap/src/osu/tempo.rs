use rosu_map::section::difficulty::Difficulty;
use rosu_map::section::timing_points::{
    ControlPoints, DifficultyPoint, TimingPoint as RosuTimingPoint,
};

use crate::beatmap::{TimingPoint, UninheritedPoint};

/// Of a slider at a slider multiplier and velocity of 1, osu!pixels per beat.
const BASE_SCORING_DISTANCE: f64 = 100.0;

/// In formats below, ticks lie as far apart in time as at a slider velocity of 1.
const FIRST_VERSION_OF_SCALED_TICKS: i32 = 8;

/// What decides how fast sliders are and where they have ticks.
pub(super) struct Tempo {
    control_points: ControlPoints,
    slider_multiplier: f64,
    tick_rate: f64,
    format_version: i32,
}

impl Tempo {
    pub(super) fn new(
        control_points: ControlPoints,
        difficulty: &Difficulty,
        format_version: i32,
    ) -> Self {
        let (slider_multiplier, tick_rate) =
            (difficulty.slider_multiplier, difficulty.slider_tick_rate);
        Self { control_points, slider_multiplier, tick_rate, format_version }
    }

    /// The velocity of a slider that starts at `time_ms`, osu!pixels per ms.
    ///
    /// # Source
    ///
    /// `Slider.ApplyDefaultsToSelf` and `GetPrecisionAdjustedBeatLength` in
    /// osu!lazer (ppy/osu). Beat lengths lie in `[6, 60000]` ms and slider
    /// velocities in `[0.1, 10]`, so the quotient is positive and finite.
    pub(super) fn velocity_at(&self, time_ms: f64) -> f64 {
        let point = self.at(time_ms);
        let slowness = (100.0 / point.slider_velocity).clamp(10.0, 1000.0) / 100.0;
        BASE_SCORING_DISTANCE * self.slider_multiplier / (point.beat_length_ms * slowness)
    }

    /// The distance from tick to tick of a slider that starts at `time_ms`, osu!pixels, above 0;
    /// `None` where a beat length of NaN asks for no ticks.
    ///
    /// # Source
    ///
    /// `Slider.ApplyDefaultsToSelf` and `OsuBeatmapConverter.ConvertHitObject` in osu!lazer
    /// (ppy/osu). Tick rates lie in `[0.5, 8]`.
    pub(super) fn tick_distance_at(&self, time_ms: f64) -> Option<f64> {
        let difficulty = self.control_points.difficulty_point_at(time_ms);
        if difficulty.is_some_and(|point| !point.generate_ticks) {
            return None;
        }
        let point = self.at(time_ms);
        let distance = self.velocity_at(time_ms) * point.beat_length_ms / self.tick_rate;
        if self.format_version < FIRST_VERSION_OF_SCALED_TICKS {
            // osu! has the quotient in single precision.
            let factor = 1.0 / point.slider_velocity;
            return Some(distance * f64::from(factor as f32));
        }
        Some(distance)
    }

    /// The stretches of constant tempo and slider velocity, ascending.
    pub(super) fn stretches(&self) -> Vec<TimingPoint> {
        let points = &self.control_points;
        let mut times_ms: Vec<f64> = points.timing_points.iter().map(|point| point.time).collect();
        times_ms.extend(points.difficulty_points.iter().map(|point| point.time));
        times_ms.sort_by(f64::total_cmp);
        times_ms.dedup();
        times_ms.into_iter().map(|time_ms| self.at(time_ms)).collect()
    }

    /// The points that state a tempo, ascending; of several at one time osu! keeps the last.
    pub(super) fn uninherited(&self) -> Vec<UninheritedPoint> {
        let of = |point: &RosuTimingPoint| {
            let meter = f64::from(point.time_signature.numerator.get());
            UninheritedPoint::new(point.time, point.beat_len, meter)
        };
        self.control_points.timing_points.iter().map(of).collect()
    }

    /// Before the first point with a tempo: that tempo.
    fn at(&self, time_ms: f64) -> TimingPoint {
        let timing = self.control_points.timing_point_at(time_ms);
        let difficulty = self.control_points.difficulty_point_at(time_ms);
        TimingPoint {
            time_ms,
            beat_length_ms: timing
                .map_or(RosuTimingPoint::DEFAULT_BEAT_LEN, |point| point.beat_len),
            slider_velocity: difficulty
                .map_or(DifficultyPoint::DEFAULT_SLIDER_VELOCITY, |point| point.slider_velocity),
            meter: timing.map_or(4.0, |point| f64::from(point.time_signature.numerator.get())),
        }
    }
}

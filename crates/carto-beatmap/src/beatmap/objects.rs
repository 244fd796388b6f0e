use super::path::SliderPath;
use super::position::Position;

/// One difficulty, as one of the two readers understood it.
#[derive(Debug, Clone, PartialEq)]
pub struct Beatmap {
    /// The `ApproachRate` field, not clamped; 7 where the published reader finds none.
    pub approach_rate: f64,
    /// The timing points that take effect, in file order.
    pub timing_points: Vec<TimingPoint>,
    /// The objects, in file order.
    pub hit_objects: Vec<HitObject>,
}

impl Beatmap {
    /// The latest end of any object, in ms; 0 without objects.
    #[must_use]
    pub fn end_ms(&self) -> f64 {
        self.hit_objects
            .iter()
            .flat_map(|object| [object.start_ms, object.end_ms])
            .filter(|time_ms| time_ms.is_finite())
            .fold(0.0, f64::max)
    }
}

/// A stretch of constant tempo and slider speed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimingPoint {
    /// Start of the stretch, ms since the start of the audio.
    pub time_ms: f64,
    /// Duration of a beat, ms.
    pub beat_length_ms: f64,
    /// Factor on the beatmap's own slider speed.
    pub slider_velocity: f64,
    /// Beats in a bar.
    pub meter: f64,
}

/// One thing to hit.
#[derive(Debug, Clone, PartialEq)]
pub struct HitObject {
    /// ms since the start of the audio.
    pub start_ms: f64,
    /// ms since the start of the audio; the start of a circle. NaN where a
    /// broken timing section makes the end unknowable.
    pub end_ms: f64,
    /// Whether a new combo starts here.
    pub new_combo: bool,
    /// The object's own hit sound bits; edge sounds are not kept.
    pub hit_sound: HitSound,
    /// What it is.
    pub kind: HitObjectKind,
}

/// What has to be done at a hit object.
#[derive(Debug, Clone, PartialEq)]
pub enum HitObjectKind {
    /// Press once, here.
    Circle(Position),
    /// Press and follow.
    Slider(Slider),
    /// Spin around the centre.
    Spinner,
}

/// A path that is travelled one or more times.
#[derive(Debug, Clone, PartialEq)]
pub struct Slider {
    /// Where it leads.
    pub path: SliderPath,
    /// How often the path is travelled; 1 means no repeat.
    pub slides: i64,
    /// Duration of one slide, ms.
    pub slide_duration_ms: f64,
}

/// The additions to an object's normal sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HitSound(pub u8);

impl HitSound {
    /// Bit 1.
    #[must_use]
    pub fn has_whistle(self) -> bool {
        self.0 & 0b0010 != 0
    }
    /// Bit 2.
    #[must_use]
    pub fn has_finish(self) -> bool {
        self.0 & 0b0100 != 0
    }
    /// Bit 3.
    #[must_use]
    pub fn has_clap(self) -> bool {
        self.0 & 0b1000 != 0
    }
}

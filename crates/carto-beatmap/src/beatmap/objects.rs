use super::path::SliderPath;
use super::position::Position;

/// One difficulty, as one of the two readers understood it.
#[derive(Debug, Clone, PartialEq)]
pub struct Beatmap {
    /// The `ApproachRate` field, not clamped; 7 where the published reader finds none.
    pub approach_rate: f64,
    /// The timing points that take effect, in file order.
    pub timing_points: Vec<TimingPoint>,
    /// The tempos that the file states, by time, of equal times in file order.
    pub uninherited_points: Vec<UninheritedPoint>,
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

impl Beatmap {
    /// The map with every time `t` moved to `start_ms + (t - zero_ms) factor`, and every
    /// duration made `factor` times as long; how long before its time an object appears
    /// stays.
    #[must_use]
    pub fn stretched(&self, zero_ms: f64, factor: f64, start_ms: f64) -> Self {
        let mut map = self.clone();
        let moved = |time_ms: &mut f64| *time_ms = start_ms + (*time_ms - zero_ms) * factor;
        for point in &mut map.timing_points {
            moved(&mut point.time_ms);
            point.beat_length_ms *= factor;
        }
        for point in &mut map.uninherited_points {
            moved(&mut point.time_ms);
            point.beat_length_ms *= factor;
        }
        for object in &mut map.hit_objects {
            moved(&mut object.start_ms);
            moved(&mut object.end_ms);
            if let HitObjectKind::Slider(slider) = &mut object.kind {
                slider.slide_duration_ms *= factor;
            }
        }
        map
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

/// A tempo as the file states it: a timing point with a beat length of its own.
///
/// Unlike [`TimingPoint`]s they keep the decimals of their times, and points that repeat
/// the tempo before them are not left out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UninheritedPoint {
    /// Where a beat begins, ms since the start of the audio.
    pub time_ms: f64,
    /// Duration of a beat, ms, above 0; not bounded by the published reader.
    pub beat_length_ms: f64,
    /// Beats in a bar, in `1..=16`; 4 where the file states anything else.
    pub meter: u32,
}

impl UninheritedPoint {
    /// A point as it is written; `meter` loses its decimals.
    #[must_use]
    pub fn new(time_ms: f64, beat_length_ms: f64, meter: f64) -> Self {
        let meter = if (1.0..=16.0).contains(&meter) { meter as u32 } else { 4 };
        Self { time_ms, beat_length_ms, meter }
    }
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

impl HitObject {
    /// Where the file puts it, osu!pixels: a slider's head, without what its path makes of
    /// it; spinners are in the centre.
    #[must_use]
    pub fn position(&self) -> Position {
        match &self.kind {
            HitObjectKind::Circle(position) => *position,
            HitObjectKind::Slider(slider) => slider.head,
            HitObjectKind::Spinner => Position::CENTRE,
        }
    }
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
    /// Where the file puts its head.
    pub head: Position,
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

//! The published pipeline's reading of a `.osu` file, quirks included.
//!
//! # Source
//!
//! `osu_dreamer/osu/beatmap.py`, `hit_objects.py` and `sliders.py` as bundled
//! by osu-dreamer-cartography @ `7ec522b`. What it refuses decides which maps
//! take part in the published experiment, so each refusal names its line
//! there. Deviations: limits on hostile input ([`crate::limits::Limits`]).

mod hit_objects;
mod refusal;
mod registry;
mod sections;
mod sliders;
mod timing;

pub use refusal::Refusal;
pub use registry::{Registration, read_fields, read_head};

use crate::beatmap::{Beatmap, Quadratures};
use crate::limits::Limits;
use crate::python::{float, integer};
use crate::sections::Section;
use sections::Sections;

/// The approach rate of a map that states none (`beatmap.py:86`).
const DEFAULT_APPROACH_RATE: f64 = 7.0;

/// Reads one `.osu` as the published pipeline does.
///
/// The file stands alone: whether its audio exists is not asked here.
///
/// # Errors
///
/// A [`Refusal`] for every file on which the published parser raises, and for
/// files beyond `limits`.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Beatmap, Refusal> {
    limits.check_bytes(bytes.len())?;
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| Refusal::NotUtf8 { offset: error.valid_up_to() })?;
    let sections = Sections::split(text, limits)?;

    // In the order in which the published parser asks, so that a file with
    // several faults is refused for the same one.
    sections.require_section(Section::General, 70)?;
    sections.read(Section::General, "Mode", 72, integer)?;
    for (key, source_line) in [("Title", 74), ("Artist", 75), ("Creator", 76), ("Version", 77)] {
        sections.require(Section::Metadata, key, source_line)?;
    }
    for (key, source_line) in [("HPDrainRate", 79), ("CircleSize", 80), ("OverallDifficulty", 81)] {
        sections.read(Section::Difficulty, key, source_line, float)?;
    }
    let approach_rate = match sections.value(Section::Difficulty, "ApproachRate") {
        Some(_) => sections.read(Section::Difficulty, "ApproachRate", 84, float)?,
        None => DEFAULT_APPROACH_RATE,
    };
    let slider_multiplier = sections.read(Section::Difficulty, "SliderMultiplier", 89, float)?;
    sections.read(Section::Difficulty, "SliderTickRate", 92, float)?;
    if sections.value(Section::Editor, "BeatDivisor").is_some() {
        sections.read(Section::Editor, "BeatDivisor", 95, integer)?;
    }
    let object_lines = sections.list(Section::HitObjects, 99)?;
    let timing_lines = sections.list(Section::TimingPoints, 100)?;

    sections::check_events(sections.list(Section::Events, 0).unwrap_or_default())?;
    let timing_points = timing::read(timing_lines)?;
    let uninherited_points = timing::uninherited(timing_lines)?;
    let hit_objects = hit_objects::Reader {
        timing_points: &timing_points,
        slider_multiplier,
        limits,
        quadratures: Quadratures::default(),
        slider_work: 0,
    }
    .read(object_lines)?;
    Ok(Beatmap { approach_rate, timing_points, uninherited_points, hit_objects })
}

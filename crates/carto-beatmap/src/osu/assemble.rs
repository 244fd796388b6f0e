use rosu_map::section::difficulty::Difficulty;
use rosu_map::section::events::BreakPeriod;
use rosu_map::section::general::GameMode;
use rosu_map::section::timing_points::TimingPoints;

use super::appearance::{Appearance, ObjectAppearance};
use super::error::OsuError;
use super::map::OsuMap;
use super::marks::marks;
use super::object::{RawKind, RawObject};
use super::reader::RawMap;
use super::slider_path::PathDrawer;
use super::tempo::Tempo;
use crate::beatmap::{Beatmap, HitObject, HitObjectKind, Position, Slider, SliderPath};

/// Formats below are played later by [`EARLY_OFFSET_MS`].
const FIRST_VERSION_ON_TIME: i32 = 5;

/// `LegacyBeatmapDecoder.EARLY_VERSION_TIMING_OFFSET` (ppy/osu), ms.
const EARLY_OFFSET_MS: u8 = 24;

/// Makes the map of what was read: sorts, ends combos at breaks, draws paths.
///
/// # Errors
///
/// [`OsuError`] for a map of osu!standard without objects, and for paths that
/// take too much time or memory.
pub(super) fn assemble(map: RawMap) -> Result<OsuMap, OsuError> {
    let RawMap { format_version, state, mut fields, tags, combo_colours, mut objects, mut notes } =
        map;
    let timing: TimingPoints = state.timing_points.into();
    let (mode, stack_leniency) = (timing.mode, timing.stack_leniency);
    notes.has_approach_rate = state.difficulty.has_approach_rate;
    if format_version < FIRST_VERSION_ON_TIME {
        notes.time_offset_ms = EARLY_OFFSET_MS;
    }
    let offset_ms = f64::from(notes.time_offset_ms);
    let difficulty: Difficulty = state.difficulty.into();
    fields.circle_size = Some(in_effect(difficulty.circle_size));
    fields.approach_rate = Some(in_effect(difficulty.approach_rate));
    fields.overall_difficulty = Some(in_effect(difficulty.overall_difficulty));
    fields.hp_drain_rate = Some(in_effect(difficulty.hp_drain_rate));

    notes.was_out_of_order = !objects.is_sorted_by(|a, b| a.start_ms <= b.start_ms);
    objects.sort_by(|a, b| a.start_ms.total_cmp(&b.start_ms));
    end_combos_at_breaks(&mut objects, &state.events.breaks);

    let marks = marks(&timing.control_points.effect_points, &state.events.breaks, offset_ms);
    let tempo = Tempo::new(timing.control_points, &difficulty, format_version);
    let mut drawer = PathDrawer::default();
    let mut hit_objects = Vec::with_capacity(objects.len());
    let mut appearances = Vec::with_capacity(objects.len());
    for object in objects {
        let appearance = appearance(&object, &tempo);
        match place(object, &tempo, &mut drawer, offset_ms)? {
            Some(object) => {
                hit_objects.push(object);
                appearances.push(appearance);
            }
            None => notes.n_skipped_objects += 1,
        }
    }
    if hit_objects.is_empty() && mode == GameMode::Osu {
        return Err(OsuError::NoObjects { n_lines: notes.n_object_lines });
    }
    let mut timing_points = tempo.stretches();
    timing_points.iter_mut().for_each(|point| point.time_ms += offset_ms);
    let mut uninherited_points = tempo.uninherited();
    uninherited_points.iter_mut().for_each(|point| point.time_ms += offset_ms);
    let approach_rate = in_effect(difficulty.approach_rate);
    let beatmap = Beatmap { approach_rate, timing_points, uninherited_points, hit_objects };
    let appearance = Appearance { stack_leniency, combo_colours, objects: appearances };
    Ok(OsuMap { beatmap, fields, tags, marks, mode, format_version, appearance, notes })
}

/// What the object alone says of how it is drawn.
fn appearance(object: &RawObject, tempo: &Tempo) -> ObjectAppearance {
    let tick_distance = match &object.kind {
        RawKind::Slider { .. } => tempo.tick_distance_at(object.start_ms),
        RawKind::Circle { .. } | RawKind::Spinner { .. } => None,
    };
    ObjectAppearance { n_skipped_colours: object.n_skipped_colours, tick_distance }
}

/// `None` if a number of it is not finite.
fn place(
    object: RawObject,
    tempo: &Tempo,
    drawer: &mut PathDrawer,
    offset_ms: f64,
) -> Result<Option<HitObject>, OsuError> {
    let RawObject { start_ms, new_combo, hit_sound, kind, .. } = object;
    let (duration_ms, kind) = match kind {
        RawKind::Circle { head } => {
            let head = Position { x: f64::from(head.x), y: f64::from(head.y) };
            (0.0, HitObjectKind::Circle(head))
        }
        RawKind::Spinner { duration_ms } => (duration_ms, HitObjectKind::Spinner),
        RawKind::Slider { head, points, length, slides } => {
            let Some((path, length)) = drawer.draw(start_ms, head, &points, length)? else {
                return Ok(None);
            };
            let slide_duration_ms = length / tempo.velocity_at(start_ms);
            let path = SliderPath::Curve(path);
            let head = Position { x: f64::from(head.x), y: f64::from(head.y) };
            let slider = Slider { head, path, slides, slide_duration_ms };
            (slide_duration_ms * slides as f64, HitObjectKind::Slider(slider))
        }
    };
    let start_ms = start_ms + offset_ms;
    let end_ms = start_ms + duration_ms;
    let is_finite = start_ms.is_finite() && end_ms.is_finite();
    Ok(is_finite.then_some(HitObject { start_ms, end_ms, new_combo, hit_sound, kind }))
}

/// The first object after a break begins a combo.
fn end_combos_at_breaks(objects: &mut [RawObject], breaks: &[BreakPeriod]) {
    let mut breaks = breaks.iter().peekable();
    for object in objects {
        while breaks.next_if(|period| period.end_time < object.start_ms).is_some() {
            object.new_combo = true;
        }
    }
}

/// A difficulty setting as osu! uses it. Single precision becomes the decimal
/// that the file holds, so that 9.3 stays 9.3.
fn in_effect(setting: f32) -> f64 {
    setting.to_string().parse().unwrap_or(f64::from(setting)).clamp(0.0, 10.0)
}

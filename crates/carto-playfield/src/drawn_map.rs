//! From a map to what osu! draws of it.

use carto_beatmap::beatmap::{CurvePath, HitObject, HitObjectKind, Slider, SliderPath};
use carto_beatmap::osu::OsuMap;
use carto_types::{DrawnKind, DrawnMap, DrawnObject, DrawnSlider, FollowLine};

use crate::combos::{ComboPlace, combo_places};
use crate::difficulty::{fade_in_ms, preempt_ms, radius, scale};
use crate::paths::{PathLimit, single};
use crate::stacking::{StackedKind, StackedObject, stack_heights};
use crate::ticks::TickMaker;

/// How far an object is moved for each one that it lies above, osu!pixels at full size
/// (`OsuHitObject.StackOffset`).
const STACK_OFFSET: f32 = -6.4;

/// The circle size of a map that states none.
const DEFAULT_CIRCLE_SIZE: f64 = 5.0;

/// What osu! draws of a map of osu!standard without mods.
///
/// A map of another game is drawn as if it were one. What hostile maps have beyond the limits is
/// left out, and [`DrawnMap::is_shortened`] says so.
#[must_use]
pub fn drawn_map(map: &OsuMap) -> DrawnMap {
    let objects = &map.beatmap.hit_objects;
    let preempt_ms = preempt_ms(map.beatmap.approach_rate);
    let scale = scale(map.fields.circle_size.unwrap_or(DEFAULT_CIRCLE_SIZE));
    let stacked: Vec<StackedObject> = objects.iter().map(stacked_object).collect();
    // A product in single precision: see the source of stacking.
    let stack_ms = f64::from(preempt_ms as f32 * map.appearance.stack_leniency);
    let stacks = stack_heights(&stacked, stack_ms, map.format_version);
    let combos = combo_places(objects.iter().zip(&map.appearance.objects));

    let limit =
        PathLimit::of(objects.iter().filter_map(|object| Some(path(object)?.vertices().len())));
    let mut is_shortened = stacks.is_shortened;
    let mut ticks = TickMaker::default();
    let mut drawn = Vec::with_capacity(objects.len());
    for (idx, object) in objects.iter().enumerate() {
        let StackedObject { position, end, .. } = stacked[idx];
        let kind = match (&object.kind, path(object)) {
            (HitObjectKind::Slider(slider), Some(path)) => {
                is_shortened |= limit.is_below(path);
                let tick_distance = map.appearance.objects[idx].tick_distance;
                DrawnKind::Slider(DrawnSlider {
                    slides: u32::try_from(slider.slides).unwrap_or(1),
                    slide_ms: slider.slide_duration_ms,
                    path: limit.points(path),
                    end,
                    ticks: ticks.ticks(object, slider, path, tick_distance),
                })
            }
            (HitObjectKind::Spinner, _) => DrawnKind::Spinner,
            (HitObjectKind::Circle(_) | HitObjectKind::Slider(_), _) => DrawnKind::Circle,
        };
        let ComboPlace { number, index, colour_index, .. } = combos[idx];
        let stack_height = stacks.heights[idx];
        drawn.push(DrawnObject {
            start_ms: object.start_ms,
            end_ms: object.end_ms,
            position,
            stack_height,
            stack_offset: stack_height as f32 * scale * STACK_OFFSET,
            combo_number: number,
            combo_index: index,
            colour_index,
            kind,
        });
    }
    DrawnMap {
        preempt_ms,
        fade_in_ms: fade_in_ms(preempt_ms),
        radius: radius(scale),
        combo_colours: map.appearance.combo_colours.clone(),
        follow_lines: follow_lines(&drawn, &combos),
        objects: drawn,
        is_shortened: is_shortened || ticks.is_shortened,
    }
}

/// The path of a slider; `None` of anything else. osu!'s reading has no other kind of path.
fn path(object: &HitObject) -> Option<&CurvePath> {
    match &object.kind {
        HitObjectKind::Slider(Slider { path: SliderPath::Curve(path), .. }) => Some(path),
        _ => None,
    }
}

fn stacked_object(object: &HitObject) -> StackedObject {
    let position = single(object.position());
    let tail = path(object).and_then(|path| path.vertices().last());
    let tail = tail.map_or(position, |&tail| single(tail));
    let (kind, ends_at_head) = match &object.kind {
        HitObjectKind::Circle(_) => (StackedKind::Circle, true),
        HitObjectKind::Slider(slider) => (StackedKind::Slider, slider.slides % 2 == 0),
        HitObjectKind::Spinner => (StackedKind::Spinner, true),
    };
    StackedObject {
        kind,
        start_ms: object.start_ms,
        end_ms: object.end_ms,
        position,
        end: if ends_at_head { position } else { tail },
        tail,
    }
}

/// A line from every object to the next one of its combo, but from and to spinners, and where
/// there is room for a point.
fn follow_lines(objects: &[DrawnObject], combos: &[ComboPlace]) -> Vec<FollowLine> {
    let pairs = objects.windows(2).zip(combos.iter().skip(1));
    let line = |(pair, combo): (&[DrawnObject], &ComboPlace)| {
        let [from, to] = pair else { return None };
        let is_led = !combo.begins && !from.is_spinner() && !to.is_spinner();
        let line = FollowLine {
            start_ms: from.end_ms,
            end_ms: to.start_ms,
            from: from.stacked_end(),
            to: to.stacked(),
        };
        (is_led && line.appears_ms().is_some()).then_some(line)
    };
    pairs.filter_map(line).collect()
}

//! The hitsounds of a map: heads with their additions, slider ends, repeats and ticks, spinner ends.

use carto_beatmap::beatmap::{Beatmap, HitObjectKind};
use carto_types::{DrawnKind, DrawnMap, DrawnObject, SoundKind, TimedSound};

/// All hitsounds of a map, ascending, ms since the start of its audio.
///
/// Additions are an object's own, of a slider those of its head.
pub(crate) fn of_map(beatmap: &Beatmap, drawn: &DrawnMap) -> Vec<TimedSound> {
    let mut sounds = Vec::new();
    for object in &beatmap.hit_objects {
        let additions = [
            (object.hit_sound.has_whistle(), SoundKind::Whistle),
            (object.hit_sound.has_finish(), SoundKind::Finish),
            (object.hit_sound.has_clap(), SoundKind::Clap),
        ];
        let is_spinner = matches!(object.kind, HitObjectKind::Spinner);
        // A spinner sounds when it ends.
        let time_ms = if is_spinner { object.end_ms } else { object.start_ms };
        let kinds = additions.into_iter().filter(|(is_on, _)| *is_on).map(|(_, kind)| kind);
        let kinds = [SoundKind::Hit].into_iter().chain(kinds);
        sounds.extend(kinds.map(|kind| TimedSound { time_ms, kind }));
    }
    drawn.objects.iter().for_each(|object| add_body(object, &mut sounds));
    sounds.retain(|sound| sound.time_ms.is_finite());
    sounds.sort_by(|a, b| a.time_ms.total_cmp(&b.time_ms));
    sounds
}

/// What is heard of a slider behind its head.
fn add_body(object: &DrawnObject, sounds: &mut Vec<TimedSound>) {
    let DrawnKind::Slider(slider) = &object.kind else { return };
    let hits = slider.repeats_ms(object.start_ms).chain([object.end_ms]);
    sounds.extend(hits.map(|time_ms| TimedSound { time_ms, kind: SoundKind::Hit }));
    let kind = SoundKind::SliderTick;
    sounds.extend(slider.ticks.iter().map(|tick| TimedSound { time_ms: tick.time_ms, kind }));
}

#[cfg(test)]
mod tests {
    use carto_beatmap::beatmap::{HitObject, HitSound, Position};
    use carto_types::{DrawnSlider, DrawnTick};

    use super::*;

    fn object(start_ms: f64, end_ms: f64, bits: u8, kind: HitObjectKind) -> HitObject {
        HitObject { start_ms, end_ms, new_combo: false, hit_sound: HitSound(bits), kind }
    }

    fn drawn_slider() -> DrawnObject {
        let slider = DrawnSlider {
            slides: 2,
            slide_ms: 100.0,
            path: vec![[0.0, 0.0], [9.0, 0.0]],
            end: [0.0, 0.0],
            ticks: vec![DrawnTick { time_ms: 550.0, position: [4.0, 0.0], slide: 0 }],
        };
        DrawnObject {
            start_ms: 500.0,
            end_ms: 700.0,
            position: [0.0, 0.0],
            stack_height: 0,
            stack_offset: 0.0,
            combo_number: 0,
            combo_index: 1,
            colour_index: 0,
            kind: DrawnKind::Slider(slider),
        }
    }

    #[test]
    fn heads_have_their_additions_bodies_their_ticks_and_spinners_sound_at_their_end() {
        let beatmap = Beatmap {
            approach_rate: 9.0,
            timing_points: Vec::new(),
            uninherited_points: Vec::new(),
            hit_objects: vec![
                object(100.0, 100.0, 2 | 8, HitObjectKind::Circle(Position::CENTRE)),
                object(900.0, 1_500.0, 0, HitObjectKind::Spinner),
            ],
        };
        let drawn = DrawnMap { objects: vec![drawn_slider()], ..DrawnMap::default() };
        let heard: Vec<_> =
            of_map(&beatmap, &drawn).iter().map(|it| (it.time_ms, it.kind)).collect();
        assert_eq!(
            heard,
            [
                (100.0, SoundKind::Hit),
                (100.0, SoundKind::Whistle),
                (100.0, SoundKind::Clap),
                (550.0, SoundKind::SliderTick),
                (600.0, SoundKind::Hit),
                (700.0, SoundKind::Hit),
                (1_500.0, SoundKind::Hit),
            ]
        );
    }
}

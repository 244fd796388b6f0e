//! The hitsounds of a map: heads with their additions, slider ends, repeats and ticks, spinner ends.

use carto_beatmap::beatmap::Beatmap;
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
        let is_spinner = matches!(object.kind, carto_beatmap::beatmap::HitObjectKind::Spinner);
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

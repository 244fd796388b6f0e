//! What is drawn of a single `.osu`: no panic and no number that is not finite, whatever the bytes.
#![no_main]

use carto_beatmap::limits::Limits;
use carto_beatmap::osu;
use carto_playfield::drawn_map;
use carto_types::DrawnKind;
use libfuzzer_sys::fuzz_target;

/// Smaller than in the page, so that one run stays short.
const LIMITS: Limits = Limits {
    max_bytes: 1 << 20,
    max_lines: 2_000,
    max_control_points: 200,
    max_total_control_points: 5_000,
    max_slider_work: 500_000,
    max_frames: 20_000,
};

fuzz_target!(|bytes: &[u8]| {
    let Ok(map) = osu::read(bytes, &LIMITS) else { return };
    let drawn = drawn_map(&map);
    assert_eq!(drawn.objects.len(), map.beatmap.hit_objects.len());
    assert!((450.0..=1800.0).contains(&drawn.preempt_ms));
    assert!(drawn.radius > 0.0 && drawn.fade_in_ms <= drawn.preempt_ms);
    assert!(drawn.objects.is_sorted_by(|a, b| a.start_ms <= b.start_ms));
    for object in &drawn.objects {
        assert!(object.end_ms >= object.start_ms);
        let places = [object.stacked(), object.stacked_end()];
        assert!(places.as_flattened().iter().all(|value| value.is_finite()));
        let DrawnKind::Slider(slider) = &object.kind else { continue };
        assert!(slider.slides >= 1 && !slider.path.is_empty());
        assert!(slider.path.as_flattened().iter().all(|value| value.is_finite()));
        let ticks = &slider.ticks;
        assert!(ticks.is_sorted_by(|a, b| a.time_ms <= b.time_ms));
        assert!(ticks.iter().all(|tick| tick.position.iter().all(|value| value.is_finite())));
    }
    for line in &drawn.follow_lines {
        assert!(line.points().count() > 0);
    }
});

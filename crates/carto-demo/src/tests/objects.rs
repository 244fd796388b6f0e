//! What the objects of the demo are like.

use rosu_map::section::general::GameMode;
use rosu_map::section::hit_objects::{Curve, CurveBuffers, HitObjectKind};

use super::reading::{ReadMap, read, value};
use crate::{DemoConfig, demo_maps};

/// Several seeds: one could be lucky.
fn many_maps() -> Vec<(ReadMap, f64)> {
    let configs = (0..3).map(|seed| DemoConfig { seed, ..DemoConfig::default() });
    let maps: Vec<_> = configs.flat_map(|config| demo_maps(&config)).collect();
    assert!(maps.len() > 120, "{} maps", maps.len());
    maps.iter().map(|map| (read(map), map.length_ms)).collect()
}

#[test]
fn no_object_starts_before_the_last_one_ended() {
    for (map, length_ms) in many_maps() {
        for pair in map.objects.windows(2) {
            let (end_ms, next_ms) = (pair[0].end_ms, pair[1].time_ms);
            assert!(pair[0].time_ms < next_ms, "{}: {next_ms}", map.name);
            assert!(end_ms < next_ms, "{}: {end_ms} against {next_ms}", map.name);
        }
        assert!(map.objects[0].time_ms > 0.0);
        assert!(map.objects.last().unwrap().end_ms < length_ms, "{}", map.name);
    }
}

#[test]
fn every_control_point_lies_in_the_playfield() {
    for (map, _) in many_maps() {
        for &(x, y) in map.objects.iter().flat_map(|object| &object.points) {
            let is_inside = (0.0..=512.0).contains(&x) && (0.0..=384.0).contains(&y);
            assert!(is_inside, "{}: {x}, {y}", map.name);
        }
    }
}

/// osu! cuts a path that is longer than the slider and extends a shorter one
/// straight: both would show. Rounding to whole pixels explains a few.
#[test]
fn osu_draws_sliders_as_long_and_where_they_are_meant() {
    let mut n_sliders = 0;
    for map in demo_maps(&DemoConfig::default()) {
        let name = read(&map).name;
        let decoded = rosu_map::from_str::<rosu_map::Beatmap>(&map.text).unwrap();
        for mut object in decoded.hit_objects {
            let HitObjectKind::Slider(slider) = &mut object.kind else { continue };
            let expected_px = slider.path.expected_dist().unwrap();
            let points = slider.path.control_points().to_vec();
            let buffers = &mut CurveBuffers::default();
            let drawn_px = Curve::new(GameMode::Osu, &points, None, buffers).dist();
            let miss_px = (drawn_px - expected_px).abs();
            assert!(miss_px < 4.0, "{name}: {drawn_px} px for {expected_px} px, {points:?}");
            for point in slider.path.curve().path() {
                let (x, y) = (slider.pos.x + point.x, slider.pos.y + point.y);
                let is_inside = (-8.0..=520.0).contains(&x) && (-8.0..=392.0).contains(&y);
                assert!(is_inside, "{name}: the path runs through {x}, {y}");
            }
            n_sliders += 1;
        }
    }
    assert!(n_sliders > 2000, "only {n_sliders} sliders");
}

#[test]
fn there_is_some_of_everything() {
    let mut counts = [0; 8];
    for map in demo_maps(&DemoConfig::default()) {
        let read = read(&map);
        for object in &read.objects {
            counts[0] += u32::from(object.type_bits & 1 != 0);
            counts[1] += u32::from(object.type_bits & 8 != 0);
            counts[2] += u32::from(object.points.len() == 2);
            counts[3] += u32::from(object.points.len() == 3);
            counts[4] += u32::from(object.points.len() >= 4);
            counts[5] += u32::from(object.n_slides > 1.0);
            counts[6] += u32::from(object.type_bits & 4 != 0);
        }
        counts[7] += u32::from(map.text.contains("\r\n2,"));
        for bit in [2, 4, 8] {
            let n_sounds =
                read.objects.iter().filter(|object| object.sound_bits & bit != 0).count();
            // The easy difficulties have few objects, and may lack a sound.
            assert!(n_sounds > 0 || map.version == "Normal", "{}: sound {bit}", read.name);
        }
        assert!(read.objects[0].type_bits & 4 != 0, "{}: first combo", read.name);
    }
    let [circles, spinners, lines, arcs, beziers, repeats, combos, with_break] = counts;
    assert!(
        [circles, lines, arcs, beziers, repeats, combos].iter().all(|&n| n > 300),
        "{counts:?}"
    );
    assert!(spinners > 10 && with_break > 5, "{counts:?}");
}

#[test]
fn one_song_changes_its_tempo() {
    let maps = demo_maps(&DemoConfig::default());
    let tempos_of = |map: &ReadMap| {
        let mut tempos: Vec<f64> = map.timing_points.iter().map(|point| point.beat_ms).collect();
        tempos.dedup();
        tempos.len()
    };
    let changing: Vec<_> = maps.iter().filter(|map| tempos_of(&read(map)) == 2).collect();
    assert!(!changing.is_empty());
    assert!(changing.iter().all(|map| map.title == "Clockwork Orchard"));
}

#[test]
fn the_insane_difficulty_represents_its_mapper() {
    let maps = demo_maps(&DemoConfig::default());
    let mut n_pairs = 0;
    for pair in maps.windows(2) {
        if (pair[0].song_idx, pair[0].creator) == (pair[1].song_idx, pair[1].creator) {
            let difficulty_of =
                |text| value(text, "Difficulty", "OverallDifficulty").parse::<f64>();
            assert!(difficulty_of(&pair[0].text).unwrap() < difficulty_of(&pair[1].text).unwrap());
            assert_eq!((pair[0].version, pair[1].version), ("Normal", "Insane"));
            assert!(read(&pair[0]).objects.len() < read(&pair[1]).objects.len());
            n_pairs += 1;
        }
    }
    assert!(n_pairs >= 5, "{n_pairs} mappers with two difficulties");
}

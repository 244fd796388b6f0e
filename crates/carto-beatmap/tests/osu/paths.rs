//! Places and slider paths: one tiny map for each oddity.

use carto_beatmap::beatmap::{HitObjectKind, Position};

use crate::maps::{PLAIN, assert_near, differences, place, read, slider, starts, with_objects};

#[test]
fn decimal_times_stay_and_decimal_places_stay_from_format_128_on() {
    let objects = "100.6,80.25,1000.7,5,0\n100,80,2000,2,0,P|150.5:30.25|200.5:80.5,1,140\n";
    let legacy = format!("{PLAIN}{objects}");
    let lazer = legacy.replace("v14", "v128");
    assert_eq!(starts(&read(&legacy)), [1000.7, 2000.0]);
    let head = |text: &str| match read(text).beatmap.hit_objects[0].kind {
        HitObjectKind::Circle(place) => place,
        _ => panic!("not a circle"),
    };
    assert_eq!(head(&legacy), Position { x: 100.0, y: 80.0 });
    assert!(head(&lazer).distance(Position { x: 100.6, y: 80.25 }) < 1e-5);
    assert!(
        differences(&legacy).contains(&"times are decimal: up to 0.70 ms are cut off".to_owned())
    );
    let middle = |text: &str| place(&read(text).beatmap.hit_objects[1], 0.5);
    let moved = middle(&lazer).distance(middle(&legacy));
    assert!((0.05..1.0).contains(&moved), "{moved}");
}

#[test]
fn a_catmull_path_passes_through_its_points() {
    let map = with_objects("100,100,1000,6,0,C|150:150|200:100,1,400\n");
    let object = &map.beatmap.hit_objects[0];
    assert_near(place(object, 0.0), 100.0, 100.0);
    let nearest = |x, y| {
        let target = Position { x, y };
        (0..=1000)
            .map(|step| place(object, f64::from(step) / 1000.0).distance(target))
            .fold(f64::MAX, f64::min)
    };
    assert!(nearest(150.0, 150.0) < 1.0);
    assert!(nearest(200.0, 100.0) < 1.0);
}

#[test]
fn an_arc_is_cut_and_extended_along_its_last_piece() {
    // Half a circle of radius 100 is 314 osu!pixels long.
    let map = with_objects(
        "100,200,1000,6,0,P|200:100|300:200,1,157.08\n\
         100,200,3000,2,0,P|200:100|300:200,1,364.16\n\
         100,200,6000,2,0,P|200:100|300:200,1,0\n",
    );
    let [half, longer, natural] = map.beatmap.hit_objects.as_slice() else { panic!("three") };
    assert_near(place(half, 1.0), 200.0, 100.0);
    assert_near(place(longer, 314.16 / 364.16), 300.0, 200.0);
    // The last of the chords still leans inwards a little.
    assert!(place(longer, 1.0).distance(Position { x: 300.0, y: 250.0 }) < 3.0);
    assert_near(place(natural, 1.0), 300.0, 200.0);
    assert!((natural.end_ms - 6000.0 - 314.0 / 0.28).abs() < 2.0);
}

#[test]
fn a_path_of_several_pieces_changes_its_kind_on_the_way() {
    // Half a circle, then straight down, then a Bezier curve that is a line.
    // A piece ends at the point after the next letter.
    let objects = "100,200,1000,6,0,P|200:100|L|300:200|B|300:300|300:350|300:400,1,514\n";
    for format in ["v14", "v128"] {
        let map = read(&format!("{PLAIN}{objects}").replace("v14", format));
        let object = &map.beatmap.hit_objects[0];
        assert_near(place(object, 157.0 / 514.0), 200.0, 100.0);
        assert_near(place(object, 414.0 / 514.0), 300.0, 300.0);
        assert_near(place(object, 1.0), 300.0, 400.0);
    }
}

#[test]
fn a_doubled_point_is_a_corner() {
    let map = with_objects("0,0,1000,6,0,B|100:0|100:0|100:100,1,200\n");
    let object = &map.beatmap.hit_objects[0];
    assert_near(place(object, 0.25), 50.0, 0.0);
    assert_near(place(object, 0.5), 100.0, 0.0);
    assert_near(place(object, 0.75), 100.0, 50.0);
}

#[test]
fn a_length_that_is_not_positive_leaves_the_path_as_drawn() {
    for length in ["-50", "0", "-0.0"] {
        let map = with_objects(&format!("100,100,1000,6,0,L|240:100,1,{length}\n"));
        let object = &map.beatmap.hit_objects[0];
        assert_near(place(object, 1.0), 240.0, 100.0);
        assert_eq!(object.end_ms, 1500.0);
    }
}

#[test]
fn repeats_add_up_and_edge_sounds_stay_outside() {
    let map = with_objects("100,100,1000,6,0,L|240:100,3,140,2|4|8|14,0:0|0:0|0:0|0:0,0:0:0:0:\n");
    let object = &map.beatmap.hit_objects[0];
    assert_eq!(slider(object).slides, 3);
    assert!((slider(object).slide_duration_ms - 500.0).abs() < 1e-9);
    assert!((object.end_ms - 2500.0).abs() < 1e-9);
    assert_eq!(object.hit_sound.0, 0, "whistle, finish and clap are those of the edges");
    let map =
        with_objects("100,100,1000,6,4,L|240:100,0,140,2|2\n100,100,5000,2,0,L|240:100,-3,140\n");
    assert!(map.beatmap.hit_objects[0].hit_sound.has_finish());
    assert!(!map.beatmap.hit_objects[0].hit_sound.has_whistle());
    assert!(map.beatmap.hit_objects.iter().all(|object| slider(object).slides == 1));
}

#[test]
fn heads_outside_are_moved_to_the_border() {
    let text = format!("{PLAIN}-24,100,1000,5,0\n700,600,2000,1,0\n-24,0,3000,2,0,L|576:0,1,560\n");
    let map = read(&text);
    let [first, second, third] = map.beatmap.hit_objects.as_slice() else { panic!("three") };
    assert_eq!(first.kind, HitObjectKind::Circle(Position { x: 0.0, y: 100.0 }));
    assert_eq!(second.kind, HitObjectKind::Circle(Position { x: 512.0, y: 512.0 }));
    assert_near(place(third, 0.0), 0.0, 0.0);
    assert_near(place(third, 1.0), 560.0, 0.0);
}

#[test]
fn a_slider_that_cannot_be_read_leaves_nothing_to_the_next() {
    let map =
        with_objects("0,0,1000,6,0,B|50:0|60:0|L|70:0|x:0,1,140\n0,0,3000,2,0,L|140:0,1,140\n");
    assert_eq!((map.beatmap.hit_objects.len(), map.notes.n_skipped_objects), (1, 1));
    assert_near(place(&map.beatmap.hit_objects[0], 0.5), 70.0, 0.0);
}

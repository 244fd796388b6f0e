//! Encodings, sections, fields and times: one tiny map for each oddity.

use carto_beatmap::beatmap::{HitObjectKind, Position};
use carto_beatmap::limits::Limits;
use carto_beatmap::osu::{self, GameMode, OsuError};
use carto_beatmap::published;

use crate::maps::{PLAIN, differences, read, starts, with_objects};

#[test]
fn a_plain_map_has_its_fields_and_no_difference() {
    let text = format!("{PLAIN}100,80,1000,5,2,0:0:0:0:\n200,80,1500,1,8,0:0:0:0:\n");
    let map = read(&text);
    assert_eq!(map.fields.title.as_deref(), Some("Tune"));
    assert_eq!(map.fields.creator.as_deref(), Some("mapper"));
    assert_eq!(map.fields.beatmap_id.as_deref(), Some("12"));
    assert_eq!(map.fields.audio_file_name.as_deref(), Some("song.mp3"));
    assert_eq!(map.fields.overall_difficulty, Some(6.0));
    assert_eq!((map.mode, map.format_version), (GameMode::Osu, 14));
    let [first, second] = map.beatmap.hit_objects.as_slice() else { panic!("two objects") };
    assert!(first.new_combo && first.hit_sound.has_whistle() && !first.hit_sound.has_clap());
    assert!(!second.new_combo && second.hit_sound.has_clap());
    assert_eq!(second.kind, HitObjectKind::Circle(Position { x: 200.0, y: 80.0 }));
    assert_eq!(differences(&text), Vec::<String>::new());
}

#[test]
fn utf16_of_both_byte_orders_is_read() {
    let text = format!("\u{feff}{PLAIN}100,80,1000,5,0\n");
    for bytes_of in [u16::to_le_bytes, u16::to_be_bytes] {
        let bytes: Vec<u8> = text.encode_utf16().flat_map(bytes_of).collect();
        let map = osu::read(&bytes, &Limits::default()).unwrap();
        assert_eq!(starts(&map), [1000.0]);
        let differences = osu::differences(
            &published::read(&bytes, &Limits::default()),
            &osu::read(&bytes, &Limits::default()),
        );
        assert!(differences[0].starts_with("published rules refuse it"), "{differences:?}");
    }
}

#[test]
fn a_byte_order_mark_and_any_line_ends_change_nothing() {
    let text = format!("{PLAIN}100,80,1000,5,0\n200,80,1500,1,0\n");
    let plain = read(&text);
    for other in [
        format!("\u{feff}{text}"),
        text.replace('\n', "\r\n"),
        text.replace('\n', "\r"),
        format!("\n \n{text}"),
    ] {
        assert_eq!(read(&other), plain, "{:?}", &other[..24]);
    }
}

#[test]
fn v3_has_two_field_timing_points_no_mode_and_plays_24_ms_later() {
    let text = "osu file format v3\n[General]\nAudioFilename: a.mp3\n[Metadata]\nTitle:t\n\
        [Difficulty]\nOverallDifficulty:6\nSliderMultiplier:1.4\n\
        [TimingPoints]\n100,500\n[HitObjects]\n100,100,100,1,0,\n100,100,600,2,0,B|240:100,1,140,\n";
    let map = read(text);
    assert_eq!((map.format_version, map.mode), (3, GameMode::Osu));
    assert_eq!(starts(&map), [124.0, 624.0]);
    assert_eq!(map.beatmap.hit_objects[1].end_ms, 1124.0);
    assert_eq!(map.beatmap.timing_points[0].time_ms, 124.0);
    assert_eq!(map.beatmap.uninherited_points[0].time_ms, 124.0);
    assert!(differences(text).contains(&"osu! plays format 3 24 ms later than written".to_owned()));
}

#[test]
fn names_in_other_letters_stand_where_there_are_no_romanised_ones() {
    let names = |lines: &str| {
        let map = read(&format!("{PLAIN}100,80,1000,5,0\n[Metadata]\n{lines}"));
        (map.fields.title, map.fields.artist)
    };
    let both = "TitleUnicode:港\nArtistUnicode:羽ペン\n";
    let some = |text: &str| Some(text.to_owned());
    let emptied = format!("Title:\nArtist:\n{both}");
    assert_eq!(names(&emptied), (some("港"), some("羽ペン")));
    assert_eq!(names(&format!("{both}Title:Port\nArtist:Quill\n")), (some("Port"), some("Quill")));
    assert_eq!(names(&format!("{both}Title:Port\nArtist:\n")), (some("Port"), some("羽ペン")));
}

#[test]
fn a_missing_mode_is_osu_standard() {
    let text = format!("{PLAIN}100,80,1000,5,0\n").replace("Mode: 0\n", "");
    assert_eq!(read(&text).mode, GameMode::Osu);
    assert_eq!(differences(&text), ["published rules refuse it: [General] has no Mode line"]);
    let mania = format!("{PLAIN}64,192,1000,128,0,1500:0:0:0:0:\n").replace("Mode: 0", "Mode: 3");
    let map = read(&mania);
    assert_eq!((map.mode, map.notes.n_ignored_holds), (GameMode::Mania, 1));
    assert_eq!(map.beatmap.hit_objects, []);
}

#[test]
fn blank_lines_inside_a_section_are_skipped() {
    let text = format!("{PLAIN}100,80,1000,5,0\n\n200,80,1500,1,0\n \n300,80,2000,1,0\n");
    assert_eq!(starts(&read(&text)), [1000.0, 1500.0, 2000.0]);
    assert_eq!(differences(&text), ["the published reader stops at a blank line: 1 of 3 objects"]);
}

#[test]
fn overlapping_objects_all_stay() {
    let text = format!("{PLAIN}100,80,1000,6,0,L|240:80,2,140\n200,80,1200,1,0\n");
    let map = read(&text);
    assert_eq!(starts(&map), [1000.0, 1200.0]);
    assert_eq!(map.beatmap.hit_objects[0].end_ms, 2000.0);
    assert!(
        differences(&text)[0].contains("at 0:01.200, before the one before it ends at 0:02.000")
    );
}

#[test]
fn objects_out_of_order_are_sorted_and_equal_ones_keep_their_order() {
    let text = format!("{PLAIN}10,0,1000,5,0\n20,0,500,1,0\n30,0,1000,1,0\n");
    let map = read(&text);
    assert_eq!(starts(&map), [500.0, 1000.0, 1000.0]);
    let xs = map.beatmap.hit_objects.iter().map(|object| match object.kind {
        HitObjectKind::Circle(place) => place.x,
        _ => f64::NAN,
    });
    assert_eq!(xs.collect::<Vec<_>>(), [20.0, 10.0, 30.0]);
    assert!(map.notes.was_out_of_order);
    assert!(differences(&text).contains(&"objects out of order were sorted".to_owned()));
}

#[test]
fn a_missing_approach_rate_is_the_overall_difficulty() {
    let text = format!("{PLAIN}100,80,1000,5,0\n").replace("ApproachRate:9\n", "");
    assert_eq!(read(&text).beatmap.approach_rate, 6.0);
    assert_eq!(differences(&text), ["approach rate 6 instead of 7 (OverallDifficulty stands in)"]);
    let text = text.replace("OverallDifficulty:6", "ApproachRate:11.5\nOverallDifficulty:-2");
    let map = read(&text);
    assert_eq!(map.beatmap.approach_rate, 10.0);
    assert_eq!(map.fields.overall_difficulty, Some(0.0));
    assert_eq!(
        differences(&text),
        ["approach rate 10 instead of 11.5 (osu! keeps it between 0 and 10)"]
    );
    assert_eq!(read(&text.replace("11.5", "9.3")).beatmap.approach_rate, 9.3);
}

#[test]
fn a_custom_sample_file_hides_no_hit_sound() {
    let map = with_objects("100,80,1000,5,10,0:0:0:70:hit.wav\n");
    let sound = map.beatmap.hit_objects[0].hit_sound;
    assert!(sound.has_whistle() && sound.has_clap() && !sound.has_finish());
}

#[test]
fn combos_start_at_the_first_object_after_spinners_and_after_breaks() {
    let objects = "100,80,1000,1,0\n256,192,1500,12,0,2000\n100,80,2500,1,0\n100,80,3000,1,0\n100,80,9000,1,0\n";
    let text = format!("{PLAIN}{objects}").replace("[Events]\n", "[Events]\n2,4000,8000\n");
    let map = read(&text);
    let combos: Vec<_> = map.beatmap.hit_objects.iter().map(|object| object.new_combo).collect();
    assert_eq!(combos, [true, true, true, false, true]);
    assert_eq!(differences(&text), ["3 objects with a new combo in osu! only"]);
}

#[test]
fn a_value_keeps_its_colons_and_slashes() {
    let text = format!("{PLAIN}100,80,1000,5,0\n")
        .replace("Title:Tune", "Title: Re:Start // again ")
        .replace("song.mp3", "sub\\song.mp3");
    let map = read(&text);
    assert_eq!(map.fields.title.as_deref(), Some("Re:Start // again"));
    assert_eq!(map.fields.audio_file_name.as_deref(), Some("sub/song.mp3"));
}

#[test]
fn timing_points_combine_tempo_and_slider_velocity() {
    let text = format!("{PLAIN}0,0,1000,6,0,L|140:0,1,140\n0,0,3000,2,0,L|140:0,1,140\n")
        .replace("[HitObjects]", "1000,-50,4,2,0,50,0,0\n2000,250,3,2,0,50,1,0\n[HitObjects]");
    let map = read(&text);
    let points: Vec<_> = map
        .beatmap
        .timing_points
        .iter()
        .map(|point| (point.time_ms, point.beat_length_ms, point.slider_velocity, point.meter))
        .collect();
    assert_eq!(
        points,
        [(0.0, 500.0, 1.0, 4.0), (1000.0, 500.0, 2.0, 4.0), (2000.0, 250.0, 1.0, 3.0)]
    );
    let tempos = map.beatmap.uninherited_points.iter();
    let tempos: Vec<_> =
        tempos.map(|point| (point.time_ms, point.beat_length_ms, point.meter)).collect();
    assert_eq!(tempos, [(0.0, 500.0, 4), (2000.0, 250.0, 3)]);
    let durations = map.beatmap.hit_objects.iter().map(|object| object.end_ms - object.start_ms);
    assert_eq!(durations.collect::<Vec<_>>(), [250.0, 250.0]);
}

#[test]
fn what_is_no_beatmap_is_named() {
    let limits = Limits::default();
    assert_eq!(osu::read(b"", &limits), Err(OsuError::Empty));
    assert_eq!(osu::read(b"\xef\xbb\xbf\r\n", &limits), Err(OsuError::Empty));
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\0";
    let error = osu::read(png, &limits).unwrap_err();
    assert!(matches!(&error, OsuError::NotABeatmap { first_line } if first_line == "\u{fffd}PNG"));
    assert_eq!(error.cause(), "not-a-beatmap");
    let no_objects = osu::read(PLAIN.as_bytes(), &limits);
    assert_eq!(no_objects, Err(OsuError::NoObjects { n_lines: 0 }));
}

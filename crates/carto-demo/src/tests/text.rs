//! The texts satisfy every rule of the published reader.

use super::reading::{read, section, value};
use crate::{DemoConfig, demo_maps};
use carto_beatmap::limits::Limits;

const REQUIRED: [(&str, &[&str]); 4] = [
    ("General", &["AudioFilename", "Mode"]),
    ("Editor", &["BeatDivisor"]),
    ("Metadata", &["Title", "Artist", "Creator", "Version", "Source", "Tags"]),
    (
        "Difficulty",
        &[
            "HPDrainRate",
            "CircleSize",
            "OverallDifficulty",
            "ApproachRate",
            "SliderMultiplier",
            "SliderTickRate",
        ],
    ),
];

#[test]
fn every_key_is_there_and_not_empty() {
    for map in demo_maps(&DemoConfig::default()) {
        for (name, keys) in REQUIRED {
            for key in keys {
                assert!(!value(&map.text, name, key).is_empty(), "{name}/{key}");
            }
        }
        assert_eq!(value(&map.text, "General", "Mode"), "0");
        assert_eq!(value(&map.text, "General", "AudioFilename"), "audio.mp3");
        assert_eq!(value(&map.text, "Editor", "BeatDivisor"), "4");
        assert_eq!(value(&map.text, "Metadata", "Title"), map.title);
        assert_eq!(value(&map.text, "Metadata", "Artist"), map.artist);
        assert_eq!(value(&map.text, "Metadata", "Creator"), map.creator);
        assert_eq!(value(&map.text, "Metadata", "Version"), map.version);
    }
}

#[test]
fn lines_end_as_osu_ends_them_and_sections_with_a_blank_one() {
    for map in demo_maps(&DemoConfig::default()) {
        assert!(map.text.starts_with("osu file format v14\r\n\r\n[General]\r\n"));
        assert!(map.text.ends_with("\r\n"));
        let lines: Vec<&str> = map.text.split("\r\n").collect();
        assert!(lines.iter().all(|line| !line.contains(['\r', '\n'])));
        assert!(lines.iter().all(|line| line.trim_end() == *line));
        // A blank line ends a section for the published reader, so one may only
        // stand before a header or at the very end.
        for (idx, line) in lines.iter().enumerate() {
            let next = lines.get(idx + 1);
            assert!(!line.is_empty() || next.is_none_or(|next| next.starts_with('[')));
        }
    }
}

#[test]
fn events_are_comments_or_breaks_that_fit() {
    let mut n_breaks = 0;
    for map in demo_maps(&DemoConfig::default()) {
        for line in section(&map.text, "Events") {
            if line.starts_with("//") {
                continue;
            }
            let fields: Vec<f64> = line.split(',').map(|field| field.parse().unwrap()).collect();
            assert_eq!((fields.len(), fields[0]), (3, 2.0), "{line}");
            assert!(fields[2] - fields[1] >= 650.0, "{line}");
            n_breaks += 1;
        }
    }
    assert!(n_breaks > 0, "no break was checked");
}

/// Two readers written apart: the crate's own and the one of these tests.
#[test]
fn the_published_reader_takes_every_map() {
    for map in demo_maps(&DemoConfig::default()) {
        let expected = read(&map);
        let beatmap =
            carto_beatmap::published::read(map.text.as_bytes(), &Limits::default()).unwrap();
        let times = beatmap.hit_objects.iter().map(|object| (object.start_ms, object.end_ms));
        let expected_times = expected.objects.iter().map(|object| (object.time_ms, object.end_ms));
        assert!(times.eq(expected_times), "{}", expected.name);
    }
}

#[test]
fn titles_meet_letters_beyond_ascii() {
    let maps = demo_maps(&DemoConfig::default());
    assert!(maps.iter().any(|map| !map.title.is_ascii() && !map.artist.is_ascii()));
    let unicode_titles = maps.iter().map(|map| value(&map.text, "Metadata", "TitleUnicode"));
    assert!(unicode_titles.into_iter().any(|title| title == "Slow Train to Åkervik"));
}

#[test]
fn later_rounds_of_the_catalogue_are_songs_of_their_own() {
    let maps = demo_maps(&DemoConfig { n_songs: 25, ..DemoConfig::default() });
    let mut titles: Vec<&str> = maps.iter().map(|map| map.title.as_str()).collect();
    titles.dedup();
    assert_eq!(titles.len(), 25);
    titles.sort_unstable();
    titles.dedup();
    assert_eq!(titles.len(), 25);
}

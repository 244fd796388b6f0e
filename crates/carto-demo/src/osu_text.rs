//! Writing `.osu` files, format version 14.

use std::fmt::Write;

use super::catalogue::{Song, numbered_title};
use super::grid::SongGrid;
use super::mappers::{Level, Mapper};
use super::object_placer::{DemoObject, Shape};

/// What the audio is called in every archive of the demo.
pub(super) const AUDIO_FILENAME: &str = "audio.mp3";

/// Shortest break that osu! accepts.
const MIN_BREAK_MS: f64 = 650.0;

/// Gaps between objects from this length on are written as breaks.
const MIN_GAP_MS: f64 = 2_500.0;

/// Writes one difficulty, with CRLF line ends, as osu! does.
///
/// There is no blank line within a section, since the published reader ends it there.
pub(super) fn write_osu(
    grid: &SongGrid,
    song: &Song,
    song_idx: usize,
    mapper: &Mapper,
    level: &Level,
    objects: &[DemoObject],
) -> String {
    let first_chorus = grid.sections.iter().find(|section| section.is_kiai());
    let preview_ms = first_chorus.map_or(0.0, |section| grid.slots[section.first_slot].time_ms);
    let [title, title_unicode] =
        [song.title, song.title_unicode].map(|title| numbered_title(title, song_idx));
    let Song { artist, artist_unicode, tags, .. } = song;
    let Mapper { name, sample_set, hp_drain_rate, circle_size, combo_colours, .. } = mapper;
    let [first, second, third] = combo_colours;
    let text = format!(
        "osu file format v14

[General]
AudioFilename: {AUDIO_FILENAME}
AudioLeadIn: 0
PreviewTime: {preview_ms}
Countdown: 0
SampleSet: {sample_set}
StackLeniency: 0.7
Mode: 0
LetterboxInBreaks: 0
WidescreenStoryboard: 0

[Editor]
DistanceSpacing: 1
BeatDivisor: 4
GridSize: 8
TimelineZoom: 1

[Metadata]
Title:{title}
TitleUnicode:{title_unicode}
Artist:{artist}
ArtistUnicode:{artist_unicode}
Creator:{name}
Version:{version}
Source:osu! Latent Space Cartography demo
Tags:{tags} synthetic demo
BeatmapID:0
BeatmapSetID:-1

[Difficulty]
HPDrainRate:{hp_drain_rate}
CircleSize:{circle_size}
OverallDifficulty:{overall_difficulty}
ApproachRate:{approach_rate}
SliderMultiplier:{slider_multiplier}
SliderTickRate:1

[Events]
//Background and Video events
//Break Periods
{breaks}//Storyboard Layer 0 (Background)
//Storyboard Layer 1 (Fail)
//Storyboard Layer 2 (Pass)
//Storyboard Layer 3 (Foreground)
//Storyboard Layer 4 (Overlay)
//Storyboard Sound Samples

[TimingPoints]
{timing_points}
[Colours]
Combo1 : {first}
Combo2 : {second}
Combo3 : {third}

[HitObjects]
{hit_objects}",
        version = level.version,
        overall_difficulty = mapper.overall_difficulty_at(level),
        approach_rate = mapper.approach_rate_at(level),
        slider_multiplier = mapper.slider_multiplier_at(level),
        breaks = breaks(mapper.approach_rate_at(level), objects),
        timing_points = timing_points(grid, mapper),
        hit_objects = objects.iter().map(hit_object).collect::<String>(),
    );
    text.replace('\n', "\r\n")
}

/// - `rate`: approach rate
fn breaks(rate: f64, objects: &[DemoObject]) -> String {
    // Approach times below 5 are 120 ms per step, above it 150 ms.
    let preempt_ms = 1200.0 + (5.0 - rate) * if rate <= 5.0 { 120.0 } else { 150.0 };
    let line = |pair: &[DemoObject]| {
        let start_ms = libm::ceil(pair[0].end_ms) + 200.0;
        let end_ms = libm::floor(pair[1].time_ms - preempt_ms);
        let is_break =
            pair[1].time_ms - pair[0].end_ms >= MIN_GAP_MS && end_ms - start_ms >= MIN_BREAK_MS;
        is_break.then(|| format!("2,{start_ms},{end_ms}\n"))
    };
    objects.windows(2).filter_map(line).collect()
}

/// A red line per tempo, a green one per section with its slider velocity.
fn timing_points(grid: &SongGrid, mapper: &Mapper) -> String {
    let mut lines = String::new();
    let mut n_tempos = 0;
    // Writing into a String cannot fail.
    for section in &grid.sections {
        if section.tempo_idx >= n_tempos {
            n_tempos = section.tempo_idx + 1;
            let tempo = &grid.tempos[section.tempo_idx];
            let (start_ms, beat_ms, meter) = (tempo.start_ms, tempo.beat_ms, grid.meter);
            let _ = writeln!(lines, "{start_ms},{beat_ms},{meter},2,0,60,1,0");
        }
        let start_ms = grid.slots[section.first_slot].time_ms;
        let inherited = -100.0 / mapper.velocity(section.intensity);
        let volume = libm::round(40.0 + 40.0 * section.intensity.clamp(0.0, 1.0));
        let effects = u8::from(section.is_kiai());
        let _ = writeln!(lines, "{start_ms},{inherited},{},2,0,{volume},0,{effects}", grid.meter);
    }
    lines
}

fn hit_object(object: &DemoObject) -> String {
    let combo_bit = if object.is_new_combo { 4 } else { 0 };
    let sounds = 2 * u8::from(object.has_whistle)
        + 4 * u8::from(object.has_finish)
        + 8 * u8::from(object.has_clap);
    let DemoObject { x, y, time_ms, end_ms, .. } = object;
    match &object.shape {
        Shape::Circle => format!("{x},{y},{time_ms},{},{sounds},0:0:0:0:\n", 1 | combo_bit),
        Shape::Spinner => {
            format!("{x},{y},{time_ms},{},{sounds},{end_ms},0:0:0:0:\n", 8 | combo_bit)
        }
        Shape::Slider { path, n_spans, span_px } => {
            let mut line = format!("{x},{y},{time_ms},{},{sounds},", 2 | combo_bit);
            line.push(path.curve.letter());
            for (point_x, point_y) in &path.points[1..] {
                // Writing into a String cannot fail.
                let _ = write!(line, "|{point_x}:{point_y}");
            }
            let _ = write!(line, ",{n_spans},{span_px},{sounds}");
            line.push_str(&"|0".repeat(*n_spans));
            line.push_str(",0:0");
            line.push_str(&"|0:0".repeat(*n_spans));
            line.push_str(",0:0:0:0:\n");
            line
        }
    }
}

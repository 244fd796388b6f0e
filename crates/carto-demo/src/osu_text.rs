//! Writing `.osu` files, format version 14.

use std::fmt::Write;

use super::grid::SongGrid;
use super::mappers::{Level, Mapper};
use super::object_placer::{DemoObject, Shape};

/// What the audio is called in every archive of the demo.
pub(super) const AUDIO_FILENAME: &str = "audio.mp3";

/// Shortest break that osu! accepts.
const MIN_BREAK_MS: f64 = 650.0;

/// Gaps between objects from this length on are written as breaks.
const MIN_GAP_MS: f64 = 2_500.0;

/// What the file says about the song.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Naming {
    pub(super) title: String,
    pub(super) title_unicode: String,
    pub(super) artist: String,
    pub(super) artist_unicode: String,
    pub(super) tags: String,
}

/// Writes one difficulty, with CRLF line ends, as osu! does.
pub(super) fn write_osu(
    grid: &SongGrid,
    naming: &Naming,
    mapper: &Mapper,
    level: &Level,
    objects: &[DemoObject],
) -> String {
    let mut lines = vec!["osu file format v14".to_owned(), String::new()];
    lines.extend(general(grid, mapper));
    lines.extend(metadata(naming, mapper, level));
    lines.extend(difficulty(mapper, level));
    lines.extend(events(mapper, level, objects));
    lines.extend(timing_points(grid, mapper));
    lines.extend(colours(mapper));
    lines.push("[HitObjects]".to_owned());
    lines.extend(objects.iter().map(hit_object));
    lines.push(String::new());
    lines.join("\r\n")
}

fn section<const N: usize>(header: &str, body: [String; N]) -> Vec<String> {
    let mut lines = vec![format!("[{header}]")];
    lines.extend(body);
    lines.push(String::new());
    lines
}

fn general(grid: &SongGrid, mapper: &Mapper) -> Vec<String> {
    let first_chorus = grid.sections.iter().find(|section| section.is_kiai());
    let preview_ms = first_chorus.map_or(0.0, |section| grid.slots[section.first_slot].time_ms);
    let mut lines = section(
        "General",
        [
            format!("AudioFilename: {AUDIO_FILENAME}"),
            "AudioLeadIn: 0".to_owned(),
            format!("PreviewTime: {preview_ms}"),
            "Countdown: 0".to_owned(),
            format!("SampleSet: {}", mapper.sample_set),
            "StackLeniency: 0.7".to_owned(),
            "Mode: 0".to_owned(),
            "LetterboxInBreaks: 0".to_owned(),
            "WidescreenStoryboard: 0".to_owned(),
        ],
    );
    lines.extend(section(
        "Editor",
        [
            "DistanceSpacing: 1".to_owned(),
            "BeatDivisor: 4".to_owned(),
            "GridSize: 8".to_owned(),
            "TimelineZoom: 1".to_owned(),
        ],
    ));
    lines
}

fn metadata(naming: &Naming, mapper: &Mapper, level: &Level) -> Vec<String> {
    section(
        "Metadata",
        [
            format!("Title:{}", naming.title),
            format!("TitleUnicode:{}", naming.title_unicode),
            format!("Artist:{}", naming.artist),
            format!("ArtistUnicode:{}", naming.artist_unicode),
            format!("Creator:{}", mapper.name),
            format!("Version:{}", level.version),
            "Source:osu! Latent Space Cartography demo".to_owned(),
            format!("Tags:{} synthetic demo", naming.tags),
            "BeatmapID:0".to_owned(),
            "BeatmapSetID:-1".to_owned(),
        ],
    )
}

fn difficulty(mapper: &Mapper, level: &Level) -> Vec<String> {
    section(
        "Difficulty",
        [
            format!("HPDrainRate:{}", mapper.hp_drain_rate),
            format!("CircleSize:{}", mapper.circle_size),
            format!("OverallDifficulty:{}", mapper.overall_difficulty_at(level)),
            format!("ApproachRate:{}", mapper.approach_rate_at(level)),
            format!("SliderMultiplier:{}", mapper.slider_multiplier_at(level)),
            "SliderTickRate:1".to_owned(),
        ],
    )
}

/// The comment lines are those that osu! writes; there is no blank line between
/// them, since the published reader ends a section there.
fn events(mapper: &Mapper, level: &Level, objects: &[DemoObject]) -> Vec<String> {
    // Approach times below 5 are 120 ms per step, above it 150 ms.
    let rate = mapper.approach_rate_at(level);
    let preempt_ms = 1200.0 + (5.0 - rate) * if rate <= 5.0 { 120.0 } else { 150.0 };
    let mut lines = vec![
        "[Events]".to_owned(),
        "//Background and Video events".to_owned(),
        "//Break Periods".to_owned(),
    ];
    for pair in objects.windows(2) {
        let start_ms = libm::ceil(pair[0].end_ms) + 200.0;
        let end_ms = libm::floor(pair[1].time_ms - preempt_ms);
        if pair[1].time_ms - pair[0].end_ms >= MIN_GAP_MS && end_ms - start_ms >= MIN_BREAK_MS {
            lines.push(format!("2,{start_ms},{end_ms}"));
        }
    }
    let storyboard = [
        "//Storyboard Layer 0 (Background)",
        "//Storyboard Layer 1 (Fail)",
        "//Storyboard Layer 2 (Pass)",
        "//Storyboard Layer 3 (Foreground)",
        "//Storyboard Layer 4 (Overlay)",
        "//Storyboard Sound Samples",
        "",
    ];
    lines.extend(storyboard.map(str::to_owned));
    lines
}

/// A red line per tempo, a green one per section with its slider velocity.
fn timing_points(grid: &SongGrid, mapper: &Mapper) -> Vec<String> {
    let mut lines = vec!["[TimingPoints]".to_owned()];
    let mut n_tempos = 0;
    for section in &grid.sections {
        if section.tempo_idx >= n_tempos {
            n_tempos = section.tempo_idx + 1;
            let tempo = &grid.tempos[section.tempo_idx];
            let (start_ms, beat_ms, meter) = (tempo.start_ms, tempo.beat_ms, grid.meter);
            lines.push(format!("{start_ms},{beat_ms},{meter},2,0,60,1,0"));
        }
        let start_ms = grid.slots[section.first_slot].time_ms;
        let inherited = -100.0 / mapper.velocity(section.intensity);
        let volume = libm::round(40.0 + 40.0 * section.intensity.clamp(0.0, 1.0));
        let effects = u8::from(section.is_kiai());
        lines.push(format!("{start_ms},{inherited},{},2,0,{volume},0,{effects}", grid.meter));
    }
    lines.push(String::new());
    lines
}

fn colours(mapper: &Mapper) -> Vec<String> {
    let [first, second, third] = mapper.combo_colours;
    section(
        "Colours",
        [format!("Combo1 : {first}"), format!("Combo2 : {second}"), format!("Combo3 : {third}")],
    )
}

fn hit_object(object: &DemoObject) -> String {
    let combo_bit = if object.is_new_combo { 4 } else { 0 };
    let sounds = 2 * u8::from(object.has_whistle)
        + 4 * u8::from(object.has_finish)
        + 8 * u8::from(object.has_clap);
    let DemoObject { x, y, time_ms, end_ms, .. } = object;
    match &object.shape {
        Shape::Circle => format!("{x},{y},{time_ms},{},{sounds},0:0:0:0:", 1 | combo_bit),
        Shape::Spinner => {
            format!("{x},{y},{time_ms},{},{sounds},{end_ms},0:0:0:0:", 8 | combo_bit)
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
            line.push_str(",0:0:0:0:");
            line
        }
    }
}

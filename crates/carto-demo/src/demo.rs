//! Putting the demo set together.

use super::catalogue::{Song, numbered_title, song};
use super::click_track::click_track;
use super::config::DemoConfig;
use super::grid::SongGrid;
use super::mapper_profile::MapperProfile;
use super::mappers::{Level, Mapper};
use super::object_placer::lay_out;
use super::osu_text::{AUDIO_FILENAME, write_osu};
use super::plan::{SlotPlan, add_positions, blend, draw_plan};
use super::rng::{Purpose, Streams};

/// One difficulty of the demo set.
#[derive(Debug, Clone, PartialEq)]
pub struct DemoMap {
    /// Which song, from 0.
    pub song_idx: usize,
    /// `Title`, as in the text.
    pub title: String,
    /// `Artist`, as in the text.
    pub artist: String,
    /// `Creator`: demo-a to demo-e.
    pub creator: &'static str,
    /// `Version`: "Insane", which represents the mapper, or "Normal".
    pub version: &'static str,
    /// The whole `.osu` file.
    pub text: String,
    /// Length of the song's audio.
    pub length_ms: f64,
    /// Every beat of the song, and whether it starts a bar; for
    /// [`click_track`].
    pub beats_ms: Vec<(f64, bool)>,
}

/// An archive of the demo set, before zipping: one song by one mapper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoArchive {
    /// `9000101.osz`: 9000000 + 100 times the song's number + the mapper's. The
    /// published pipeline takes a numeric stem as the id of the set; those of
    /// real sets are far below.
    pub file_name: String,
    /// (entry name, bytes): the difficulties, then the audio.
    pub files: Vec<(String, Vec<u8>)>,
}

/// First id of the demo's sets.
const FIRST_SET_ID: usize = 9_000_000;

/// Share of archives that hold an easier difficulty too.
const NORMAL_SHARE: f64 = 0.4;

/// Makes the demo set: an archive per song and mapper, by song, then mapper.
pub fn demo_archives(config: &DemoConfig) -> Vec<DemoArchive> {
    let mut archives: Vec<DemoArchive> = Vec::new();
    for map in demo_maps(config) {
        let file_name = archive_name(&map);
        let osu_name =
            format!("{} - {} ({}) [{}].osu", map.artist, map.title, map.creator, map.version);
        let osu_file = (osu_name, map.text.into_bytes());
        match archives.last_mut().filter(|archive| archive.file_name == file_name) {
            // The audio stays last.
            Some(archive) => archive.files.insert(archive.files.len() - 1, osu_file),
            None => {
                let audio = click_track(&map.beats_ms, map.length_ms);
                let files = vec![osu_file, (AUDIO_FILENAME.to_owned(), audio)];
                archives.push(DemoArchive { file_name, files });
            }
        }
    }
    archives
}

/// Makes the maps of the demo set without archives and audio, by song, then
/// mapper; where a mapper made two difficulties, the easier one comes first.
pub fn demo_maps(config: &DemoConfig) -> Vec<DemoMap> {
    (0..config.n_songs).flat_map(|song_idx| song_maps(config, song_idx)).collect()
}

fn archive_name(map: &DemoMap) -> String {
    let mapper_idx = Mapper::ALL.iter().position(|mapper| mapper.name == map.creator);
    let mapper_number = mapper_idx.map_or(0, |idx| idx + 1);
    format!("{}.osz", FIRST_SET_ID + (map.song_idx + 1) * 100 + mapper_number)
}

fn song_maps(config: &DemoConfig, song_idx: usize) -> Vec<DemoMap> {
    let song = song(song_idx);
    let streams = Streams { seed: config.seed, song_idx, mapper_idx: None };
    let grid = SongGrid::draw(&song, &mut streams.rng(Purpose::Grid));
    let mut common = draw_plan(&grid, &MapperProfile::AVERAGE, &streams);
    add_positions(&mut common, &mut streams.rng(Purpose::Positions));
    let maps_of = |mapper_idx| {
        let streams = Streams { mapper_idx: Some(mapper_idx), ..streams };
        mapper_maps(config, &streams, mapper_idx, &grid, &common)
    };
    draw_mappers(config, &song, &streams).into_iter().flat_map(maps_of).collect()
}

/// Who mapped the song: the catalogue's number of the five, in order.
fn draw_mappers(config: &DemoConfig, song: &Song, streams: &Streams) -> Vec<usize> {
    let n_mappers = config.n_mappers.unwrap_or(song.n_mappers).max(1);
    let mut rng = streams.rng(Purpose::Mappers);
    let mut left: Vec<usize> = (0..Mapper::ALL.len()).collect();
    while left.len() > n_mappers {
        left.remove(rng.index(left.len()));
    }
    left
}

fn mapper_maps(
    config: &DemoConfig,
    streams: &Streams,
    mapper_idx: usize,
    song_grid: &SongGrid,
    common: &[SlotPlan],
) -> Vec<DemoMap> {
    let song_idx = streams.song_idx;
    let mapper = &Mapper::ALL[mapper_idx];
    let own_grid = (!config.has_shared_grid).then(|| {
        // Another song's tempo, this song's length.
        let other = song(song_idx + 1 + mapper_idx);
        let music = Song { length_s: song(song_idx).length_s, ..other };
        SongGrid::draw(&music, &mut streams.rng(Purpose::Grid))
    });
    let grid = own_grid.as_ref().unwrap_or(song_grid);
    let own = draw_plan(grid, &mapper.profile, streams);
    let plan = match own_grid {
        Some(_) => own,
        None => blend(common, &own, &config.agreement, streams),
    };

    let has_normal = streams.rng(Purpose::Levels).chance(NORMAL_SHARE);
    let levels = if has_normal { vec![Level::NORMAL, Level::INSANE] } else { vec![Level::INSANE] };
    let music = song(song_idx);
    let map_of = |level: Level| DemoMap {
        song_idx,
        title: numbered_title(music.title, song_idx),
        artist: music.artist.to_owned(),
        creator: mapper.name,
        version: level.version,
        text: {
            let objects = lay_out(grid, &plan, mapper, &level, streams.rng(Purpose::Placement));
            write_osu(grid, &music, song_idx, mapper, &level, &objects)
        },
        length_ms: grid.length_ms,
        beats_ms: grid.beats_ms(),
    };
    levels.into_iter().map(map_of).collect()
}

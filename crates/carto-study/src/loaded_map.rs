//! The representatives of a song before encoding: their text and their audio.

use std::io::{self, Read, Seek};

use carto_archive::{AudioWarning, MapSource, SetFiles, ZipRules, read_map_file};
use carto_beatmap::beatmap::Beatmap;
use carto_beatmap::limits::Limits;
use carto_beatmap::osu::OsuMap;
use carto_beatmap::signal::FrameClock;
use carto_beatmap::{osu, published};
use carto_types::{Cause, Issue, MapRefusal, Mode, PlannedMap, SongPlan};

use crate::scan::{TAIL_MS, cause_of, limits};

/// A map before encoding.
pub(crate) struct LoadedMap {
    /// Frames of its audio, where that could be measured.
    pub(crate) audio_frames: Option<u32>,
    /// Frames that reach past the last object, where those stand in for audio.
    fallback_frames: Option<u32>,
    pub(crate) beatmap: Result<Beatmap, MapRefusal>,
}

impl LoadedMap {
    /// The map's own length: that of its audio, or up to its last object.
    pub(crate) fn n_frames(&self) -> u32 {
        self.audio_frames.or(self.fallback_frames).unwrap_or_default()
    }

    fn refused(refusal: MapRefusal) -> Self {
        Self { audio_frames: None, fallback_frames: None, beatmap: Err(refusal) }
    }

    /// A map whose length comes from its last object.
    fn without_audio(
        map: &PlannedMap,
        beatmap: Result<Beatmap, MapRefusal>,
        why: &str,
        issues: &mut Vec<Issue>,
    ) -> Self {
        let fallback_frames = beatmap.as_ref().ok().map(|beatmap| {
            issues.push(Issue::warning(
                &*map.label,
                Cause::LengthFromObjects,
                format!("{why}: its length is taken from its last object, plus two seconds"),
            ));
            let n_frames = FrameClock::OSU_DREAMER.frames_until_ms(beatmap.end_ms() + TAIL_MS);
            u32::try_from(n_frames).unwrap_or(u32::MAX)
        });
        Self { audio_frames: None, fallback_frames, beatmap }
    }
}

/// Reads one map of a song again, without its audio.
///
/// - `map_idx`: its place as of [`SongPlan::map`]
pub(crate) fn read_one<'a, S: Read + Seek>(
    song: &SongPlan,
    map_idx: u32,
    mode: Mode,
    open: &mut dyn FnMut(usize) -> MapSource<'a, S>,
) -> Result<Beatmap, MapRefusal> {
    let map = map_of(song, map_idx)?;
    let bytes = bytes_of(open(slot_of(song, map)), map, mode)?;
    read_map(map, &bytes, mode)
}

/// Reads one map of a song as osu! does, with all that its file says beside its objects.
///
/// - `map_idx`: its place as of [`SongPlan::map`]
/// - `open`: gives the source of a place in [`SongPlan::archives`]
///
/// # Errors
///
/// Why it cannot be read, in words.
pub fn read_song_map<'a, S: Read + Seek>(
    song: &SongPlan,
    map_idx: u32,
    open: &mut dyn FnMut(usize) -> MapSource<'a, S>,
) -> Result<OsuMap, MapRefusal> {
    let map = map_of(song, map_idx)?;
    if let Some(refusal) = &map.refusal {
        return Err(refusal.clone());
    }
    read_osu(&bytes_of(open(slot_of(song, map)), map, Mode::Osu)?)
}

fn map_of(song: &SongPlan, map_idx: u32) -> Result<&PlannedMap, MapRefusal> {
    song.map(map_idx).ok_or_else(|| {
        let message = format!("{} has no map of number {map_idx}", song.title);
        MapRefusal::new(Cause::UnknownMap, message)
    })
}

/// Reads all representatives, one archive or extracted set at a time.
pub(crate) fn read_maps<'a, S: Read + Seek>(
    song: &SongPlan,
    mode: Mode,
    open: &mut dyn FnMut(usize) -> MapSource<'a, S>,
    issues: &mut Vec<Issue>,
) -> Vec<LoadedMap> {
    let mut maps = Vec::with_capacity(song.maps.len());
    for of_archive in song.maps.chunk_by(|a, b| a.archive_idx == b.archive_idx) {
        let source = open(slot_of(song, &of_archive[0]));
        match read_source(source, of_archive, mode, issues) {
            Ok(read) => maps.extend(read),
            Err(refusal) => {
                maps.extend(of_archive.iter().map(|_| LoadedMap::refused(refusal.clone())));
            }
        }
    }
    maps
}

/// Reads the text of the maps that the evidence of a song needs beside its own, one archive or
/// extracted set at a time.
pub(crate) fn read_more<'a, S: Read + Seek>(
    song: &SongPlan,
    mode: Mode,
    open: &mut dyn FnMut(usize) -> MapSource<'a, S>,
) -> Vec<Result<Beatmap, MapRefusal>> {
    let maps = song.evidence.as_ref().map_or(&[][..], |evidence| &evidence.maps);
    let mut beatmaps = Vec::with_capacity(maps.len());
    for of_archive in maps.chunk_by(|a, b| a.archive_idx == b.archive_idx) {
        let source = open(slot_of(song, &of_archive[0]));
        match open_set(source, &of_archive[0], mode) {
            Ok(mut set) => {
                beatmaps.extend(of_archive.iter().map(|map| read_entry(&mut set, map, mode)));
            }
            Err(refusal) => beatmaps.extend(of_archive.iter().map(|_| Err(refusal.clone()))),
        }
    }
    beatmaps
}

/// Place of a map's archive in [`SongPlan::archives`].
pub(crate) fn slot_of(song: &SongPlan, map: &PlannedMap) -> usize {
    song.archives.iter().position(|&idx| idx == map.archive_idx).unwrap_or_default()
}

fn cannot_open(error: &io::Error) -> MapRefusal {
    let message = format!("the archive cannot be opened again: {error}; drop it once more");
    MapRefusal::new(Cause::UnreadableArchive, message)
}

/// Reads the maps of one archive or extracted set, or a single map.
fn read_source<S: Read + Seek>(
    source: MapSource<'_, S>,
    maps: &[PlannedMap],
    mode: Mode,
    issues: &mut Vec<Issue>,
) -> Result<Vec<LoadedMap>, MapRefusal> {
    if let [map] = maps
        && map.is_bare
    {
        let beatmap = bytes_of(source, map, mode).and_then(|it| read_map(map, &it, mode));
        let why = "a single .osu file has no audio";
        return Ok(vec![LoadedMap::without_audio(map, beatmap, why, issues)]);
    }
    let mut set = open_set(source, &maps[0], mode)?;
    let mut lengths = AudioLengths::default();
    let load = |map: &PlannedMap| {
        let beatmap = read_entry(&mut set, map, mode);
        match (lengths.of(&mut set, map, issues), mode) {
            (Ok(frames), _) => {
                LoadedMap { audio_frames: Some(frames), fallback_frames: None, beatmap }
            }
            (Err(why), Mode::Osu) => LoadedMap::without_audio(map, beatmap, &why, issues),
            (Err(why), Mode::Published) => LoadedMap::refused(MapRefusal::new(Cause::NoAudio, why)),
        }
    };
    Ok(maps.iter().map(load).collect())
}

/// What is said of audio that was cut off.
const AUDIO_ENDS_EARLY: &str =
    "its audio ends early, so the song may be cut off: download the archive again";

/// The length of the audio that was measured last: difficulties of one set share theirs.
#[derive(Default)]
struct AudioLengths {
    last: Option<(u32, Result<u32, String>)>,
}

impl AudioLengths {
    /// Frames of a map's audio, or why there are none; audio that ends early is told once.
    fn of<S: Read + Seek>(
        &mut self,
        set: &mut SetFiles<'_, S>,
        map: &PlannedMap,
        issues: &mut Vec<Issue>,
    ) -> Result<u32, String> {
        let audio_idx = map.audio_idx.ok_or("there is no usable audio in its archive")?;
        match &self.last {
            Some((last_idx, length)) if *last_idx == audio_idx => length.clone(),
            _ => {
                let length = measure(set, map, audio_idx, issues);
                self.last = Some((audio_idx, length.clone()));
                length
            }
        }
    }
}

fn measure<S: Read + Seek>(
    set: &mut SetFiles<'_, S>,
    map: &PlannedMap,
    audio_idx: u32,
    issues: &mut Vec<Issue>,
) -> Result<u32, String> {
    let length = set.audio_length(audio_idx as usize).map_err(|error| error.to_string())?;
    if length.warnings.contains(&AudioWarning::EndsEarly) {
        issues.push(Issue::warning(&*map.label, Cause::AudioEndsEarly, AUDIO_ENDS_EARLY));
    }
    u32::try_from(length.n_frames).map_err(|_| format!("{} frames are too many", length.n_frames))
}

/// Opens the archive or extracted set of a map.
pub(crate) fn open_set<'a, S: Read + Seek>(
    source: MapSource<'a, S>,
    map: &PlannedMap,
    mode: Mode,
) -> Result<SetFiles<'a, S>, MapRefusal> {
    source
        .open_set(&map.label, ZipRules::from(mode), &limits())
        .map_err(|error| cannot_open(&error))?
        .map_err(|error| MapRefusal::new(Cause::UnreadableArchive, error.to_string()))
}

/// Reads the bytes of all representatives, one archive or extracted set at a time.
pub(crate) fn read_texts<'a, S: Read + Seek>(
    song: &SongPlan,
    mode: Mode,
    open: &mut dyn FnMut(usize) -> MapSource<'a, S>,
) -> Vec<Result<Vec<u8>, MapRefusal>> {
    let mut texts = Vec::with_capacity(song.maps.len());
    for of_archive in song.maps.chunk_by(|a, b| a.archive_idx == b.archive_idx) {
        let source = open(slot_of(song, &of_archive[0]));
        if let [map] = of_archive
            && map.is_bare
        {
            texts.push(bytes_of(source, map, mode));
            continue;
        }
        match open_set(source, &of_archive[0], mode) {
            Ok(mut set) => texts.extend(of_archive.iter().map(|map| bytes_of_entry(&mut set, map))),
            Err(refusal) => texts.extend(of_archive.iter().map(|_| Err(refusal.clone()))),
        }
    }
    texts
}

/// The text of one map.
fn bytes_of<S: Read + Seek>(
    source: MapSource<'_, S>,
    map: &PlannedMap,
    mode: Mode,
) -> Result<Vec<u8>, MapRefusal> {
    if !map.is_bare {
        return bytes_of_entry(&mut open_set(source, map, mode)?, map);
    }
    let source = source.open_map().map_err(|error| cannot_open(&error))?;
    read_map_file(source, &limits())
        .map_err(|why| MapRefusal::new(Cause::UnreadableFile, format!("{} {why}", map.label)))
}

fn bytes_of_entry<S: Read + Seek>(
    set: &mut SetFiles<'_, S>,
    map: &PlannedMap,
) -> Result<Vec<u8>, MapRefusal> {
    set.read(map.entry_idx as usize, limits().max_osu_bytes)
        .map_err(|error| MapRefusal::new(cause_of(&error), error.to_string()))
}

fn read_entry<S: Read + Seek>(
    set: &mut SetFiles<'_, S>,
    map: &PlannedMap,
    mode: Mode,
) -> Result<Beatmap, MapRefusal> {
    bytes_of_entry(set, map).and_then(|bytes| read_map(map, &bytes, mode))
}

/// Reads the text of a map by the rules of a mode, unless the scan has refused it.
pub(crate) fn read_map(map: &PlannedMap, bytes: &[u8], mode: Mode) -> Result<Beatmap, MapRefusal> {
    if let Some(refusal) = &map.refusal {
        return Err(refusal.clone());
    }
    match mode {
        Mode::Published => published::read(bytes, &Limits::default())
            .map_err(|refusal| MapRefusal::new(refusal.cause(), refusal.to_string())),
        Mode::Osu => read_osu(bytes).map(|map| map.beatmap),
    }
}

fn read_osu(bytes: &[u8]) -> Result<OsuMap, MapRefusal> {
    osu::read(bytes, &Limits::default())
        .map_err(|error| MapRefusal::new(error.cause(), error.to_string()))
}

/// The song's length: the shortest audio of its representatives, also of those
/// that are refused (quirk 18); without any audio, the longest map.
pub(crate) fn target_frames(maps: &[LoadedMap]) -> Option<u32> {
    let shortest_audio = maps.iter().filter_map(|map| map.audio_frames).min();
    shortest_audio.or_else(|| maps.iter().filter_map(|map| map.fallback_frames).max())
}

//! The representatives of a song before encoding: their text and their audio.

use std::io::{self, Read, Seek};

use carto_archive::Archive;
use carto_beatmap::beatmap::Beatmap;
use carto_beatmap::limits::Limits;
use carto_beatmap::signal::FrameClock;
use carto_beatmap::{published, tolerant};
use carto_types::{Issue, Mode, PlannedMap, SongPlan};

use crate::scan_published::TAIL_MS;
use crate::{issues, scan};

/// A map before encoding.
pub(crate) struct Candidate {
    pub(crate) audio_frames: Option<u32>,
    /// Frames that reach past the last object, where those stand in for audio.
    fallback_frames: Option<u32>,
    pub(crate) reading: Result<Beatmap, Refused>,
}

impl Candidate {
    /// The map's own length: that of its audio, or up to its last object.
    pub(crate) fn n_frames(&self) -> u32 {
        self.audio_frames.or(self.fallback_frames).unwrap_or_default()
    }
}

/// Why a map takes no part.
#[derive(Default)]
pub(crate) struct Refused {
    pub(crate) cause: String,
    pub(crate) message: String,
    /// The scan has said so already.
    pub(crate) is_known: bool,
}

impl Refused {
    pub(crate) fn new(cause: &str, message: impl Into<String>) -> Self {
        Self { cause: cause.to_owned(), message: message.into(), is_known: false }
    }
}

/// Reads one representative again, without its audio.
pub(crate) fn read_one<S: Read + Seek>(
    song: &SongPlan,
    map_idx: u32,
    mode: Mode,
    open: &mut dyn FnMut(usize) -> io::Result<S>,
) -> Result<Beatmap, Refused> {
    let map = song.maps.get(map_idx as usize).ok_or_else(|| {
        Refused::new("unknown-map", format!("{} has no map of number {map_idx}", song.title))
    })?;
    let source = open(slot_of(song, map)).map_err(|error| cannot_open(&error))?;
    if map.is_bare {
        return read_bare_map(source, map, mode);
    }
    let mut archive = Archive::open(source, &map.label, &scan::limits())
        .map_err(|error| Refused::new("unreadable-archive", error.to_string()))?;
    read_entry(&mut archive, map, mode)
}

/// Place of a map's archive in [`SongPlan::archives`].
fn slot_of(song: &SongPlan, map: &PlannedMap) -> usize {
    song.archives.iter().position(|&idx| idx == map.archive_idx).unwrap_or_default()
}

fn cannot_open(error: &io::Error) -> Refused {
    Refused::new(
        "unreadable-archive",
        format!("the archive cannot be opened again: {error}; drop it once more"),
    )
}

fn read_bare_map<S: Read>(source: S, map: &PlannedMap, mode: Mode) -> Result<Beatmap, Refused> {
    scan::read_bare(source, &map.label)
        .map_err(|message| Refused::new("unreadable-file", message))
        .and_then(|bytes| read_map(map, &bytes, mode))
}

fn read_entry<S: Read + Seek>(
    archive: &mut Archive<S>,
    map: &PlannedMap,
    mode: Mode,
) -> Result<Beatmap, Refused> {
    archive
        .read_entry(map.entry_idx as usize, scan::limits().max_osu_bytes)
        .map_err(|error| Refused::new("unreadable-map", error.to_string()))
        .and_then(|bytes| read_map(map, &bytes, mode))
}

/// Reads all representatives, one archive at a time.
pub(crate) fn read_maps<S: Read + Seek>(
    song: &SongPlan,
    mode: Mode,
    open: &mut dyn FnMut(usize) -> io::Result<S>,
    issues: &mut Vec<Issue>,
) -> Vec<Candidate> {
    let mut candidates = Vec::with_capacity(song.maps.len());
    for run in song.maps.chunk_by(|a, b| a.archive_idx == b.archive_idx) {
        match open(slot_of(song, &run[0])) {
            Ok(source) => read_run(source, run, mode, issues, &mut candidates),
            Err(error) => candidates.extend(run.iter().map(|_| Candidate {
                audio_frames: None,
                fallback_frames: None,
                reading: Err(cannot_open(&error)),
            })),
        }
    }
    candidates
}

/// Reads the maps of one archive and measures their audio.
fn read_run<S: Read + Seek>(
    source: S,
    run: &[PlannedMap],
    mode: Mode,
    issues: &mut Vec<Issue>,
    candidates: &mut Vec<Candidate>,
) {
    if let [map] = run
        && map.is_bare
    {
        let reading = read_bare_map(source, map, mode);
        let why = "a single .osu file has no audio";
        candidates.push(without_audio(map, reading, why, issues));
        return;
    }
    let mut archive = match Archive::open(source, &run[0].label, &scan::limits()) {
        Ok(archive) => archive,
        Err(error) => {
            candidates.extend(run.iter().map(|_| Candidate {
                audio_frames: None,
                fallback_frames: None,
                reading: Err(Refused::new("unreadable-archive", error.to_string())),
            }));
            return;
        }
    };
    // Difficulties of one set share their audio: measure it once.
    let mut measured: Option<(u32, Result<u32, String>)> = None;
    for map in run {
        let reading = read_entry(&mut archive, map, mode);
        let audio = match map.audio_idx {
            None => Err("there is no usable audio in its archive".to_owned()),
            Some(audio_idx) => match &measured {
                Some((known_idx, known)) if *known_idx == audio_idx => known.clone(),
                _ => {
                    let length = measure(&mut archive, audio_idx);
                    measured = Some((audio_idx, length.clone()));
                    length
                }
            },
        };
        candidates.push(match (audio, mode) {
            (Ok(frames), _) => {
                Candidate { audio_frames: Some(frames), fallback_frames: None, reading }
            }
            (Err(message), Mode::Tolerant) => without_audio(map, reading, &message, issues),
            (Err(message), Mode::Published) => Candidate {
                audio_frames: None,
                fallback_frames: None,
                reading: Err(Refused::new("no-audio", message)),
            },
        });
    }
}

fn measure<S: Read + Seek>(archive: &mut Archive<S>, audio_idx: u32) -> Result<u32, String> {
    let length = archive.audio_length(audio_idx as usize).map_err(|error| error.to_string())?;
    u32::try_from(length.n_frames).map_err(|_| format!("{} frames are too many", length.n_frames))
}

/// A map whose length comes from its last object.
fn without_audio(
    map: &PlannedMap,
    reading: Result<Beatmap, Refused>,
    why: &str,
    issues: &mut Vec<Issue>,
) -> Candidate {
    let fallback_frames = reading.as_ref().ok().map(|beatmap| {
        issues.push(issues::warning(
            &map.label,
            "length-from-objects",
            format!("{why}: its length is taken from its last object, plus two seconds"),
        ));
        let n_frames = FrameClock::OSU_DREAMER.frames_until_ms(beatmap.end_ms() + TAIL_MS);
        u32::try_from(n_frames).unwrap_or(u32::MAX)
    });
    Candidate { audio_frames: None, fallback_frames, reading }
}

fn read_map(map: &PlannedMap, bytes: &[u8], mode: Mode) -> Result<Beatmap, Refused> {
    let limits = Limits::default();
    let known =
        |cause: &str, message: String| Refused { is_known: true, ..Refused::new(cause, message) };
    if let Some(refusal) = &map.refusal {
        return Err(known(&refusal.cause, refusal.message.clone()));
    }
    match mode {
        Mode::Published => published::read(bytes, &limits)
            .map_err(|refusal| known(refusal.cause(), refusal.to_string())),
        Mode::Tolerant => tolerant::read(bytes, &limits)
            .map(|map| map.beatmap)
            .map_err(|error| known(error.cause(), error.to_string())),
    }
}

/// The song's length: the shortest audio of its representatives, also of those
/// that are refused (quirk 18); without any audio, the longest map.
pub(crate) fn target_frames(candidates: &[Candidate]) -> Option<u32> {
    let shortest_audio = candidates.iter().filter_map(|candidate| candidate.audio_frames).min();
    shortest_audio
        .or_else(|| candidates.iter().filter_map(|candidate| candidate.fallback_frames).max())
}

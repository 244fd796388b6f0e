//! Maps and recordings out of archives, extracted sets and single files.

use carto_archive::{Limits, MapSource, SetFiles, ZipRules, read_map_file};
use carto_beatmap::osu::{self, OsuMap};
use carto_port::serve::{FileSource, open_one};
use carto_protocol::PairMap;
use carto_types::{MAX_RECORDING_BYTES, Mode, SourceFiles};
use web_sys::File;

/// Reads a map as osu! does.
///
/// - `files`: those of its source
///
/// # Errors
///
/// Words that name the map and say what to do.
pub(crate) fn map(mode: Mode, map: &PairMap, files: &[File]) -> Result<OsuMap, String> {
    let label = &map.map.label;
    let bytes = match map.map.is_bare {
        true => bare(map, files)?,
        false => open_set(mode, map, files)?
            .read(map.map.entry_idx as usize, Limits::default().max_osu_bytes)
            .map_err(|error| format!("{label} cannot be read: {error}; drop it again"))?,
    };
    osu::read(&bytes, &carto_beatmap::limits::Limits::default())
        .map_err(|error| format!("{label} cannot be opened: {error}"))
}

/// The recording that a map belongs to, as it lies in its set: its name, and its bytes.
///
/// - `files`: those of the map's source
///
/// # Errors
///
/// Words that say what is missing and what to do.
pub(crate) fn recording(
    mode: Mode,
    map: &PairMap,
    files: &[File],
) -> Result<(String, Vec<u8>), String> {
    let missing = "its files hold no recording: drop the .osz archive or the folder of the set";
    let audio_idx = map.map.audio_idx.ok_or(missing)? as usize;
    let mut set = open_set(mode, map, files)?;
    let name = set.names().get(audio_idx).map_or("recording", |name| *name);
    let name = name.rsplit('/').next().unwrap_or(name).to_owned();
    let bytes = set
        .read(audio_idx, MAX_RECORDING_BYTES as u64)
        .map_err(|error| format!("{name} cannot be read: {error}; drop the archive again"))?;
    Ok((name, bytes))
}

fn bare(map: &PairMap, files: &[File]) -> Result<Vec<u8>, String> {
    let label = &map.map.label;
    let source: MapSource<'_, FileSource> = MapSource::new(&map.source, |idx| open_one(files, idx));
    let file = source
        .open_map()
        .map_err(|error| format!("{label} cannot be opened: {error}; drop it again"))?;
    read_map_file(file, &Limits::default()).map_err(|why| format!("{label} {why}"))
}

fn open_set<'a>(
    mode: Mode,
    map: &PairMap,
    files: &'a [File],
) -> Result<SetFiles<'a, FileSource>, String> {
    let source = MapSource::new(&map.source, |idx| open_one(files, idx));
    let name = SourceFiles::set_name(&map.source);
    let cannot = |why: String| format!("{name} cannot be opened: {why}; drop it again");
    source
        .open_set(&name, ZipRules::from(mode), &Limits::default())
        .map_err(|error| cannot(error.to_string()))?
        .map_err(|error| cannot(error.to_string()))
}

//! Titles, artists and mappers, for those who want them in a link.

use std::io::{Read, Write};

use carto_types::{MapStatus, ResultMap, ResultSong};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use crate::ResultError;

/// Bytes before they are deflated: some thousand songs.
const MAX_BYTES: u64 = 256 << 10;

/// Title, artist and mappers of a song.
type Song = (String, String, Vec<String>);

/// The names of songs, deflated; `None` where they take more room than any reader gives them.
pub(super) fn write(songs: &[ResultSong]) -> Option<Vec<u8>> {
    let songs: Vec<_> = songs.iter().map(song).collect();
    let json = serde_json::to_vec(&songs).ok()?;
    if json.len() as u64 > MAX_BYTES {
        return None;
    }
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&json).ok()?;
    encoder.finish().ok()
}

fn song(song: &ResultSong) -> Song {
    let mut mappers: Vec<String> = Vec::new();
    for map in &song.maps {
        if !mappers.contains(&map.creator) {
            mappers.push(map.creator.clone());
        }
    }
    (song.title.clone(), song.artist.clone(), mappers)
}

/// Songs with a map for each mapper, without a difficulty's name and without pairs.
///
/// # Errors
///
/// [`ResultError::BadLink`] for what is no list of songs or larger than any.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<ResultSong>, ResultError> {
    let mut json = Vec::new();
    let n_read = DeflateDecoder::new(bytes).take(MAX_BYTES + 1).read_to_end(&mut json);
    if n_read.map_err(|_| ResultError::BadLink)? as u64 > MAX_BYTES {
        return Err(ResultError::BadLink);
    }
    let songs: Vec<Song> = serde_json::from_slice(&json).map_err(|_| ResultError::BadLink)?;
    let map = |creator| ResultMap {
        creator,
        version: String::new(),
        status: MapStatus::Encoded,
        owner: None,
        star_rating: None,
        beatmap_id: None,
        audio_file: None,
        audio_frames: None,
    };
    let songs = songs.into_iter().map(|(title, artist, mappers)| ResultSong {
        title,
        artist,
        maps: mappers.into_iter().map(map).collect(),
        pairs: Vec::new(),
        ceiling: Vec::new(),
    });
    Ok(songs.collect())
}

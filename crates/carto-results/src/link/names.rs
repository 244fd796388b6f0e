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

/// The names of songs, deflated.
///
/// # Errors
///
/// [`ResultError::NotForLinks`] for more than 256 KiB.
pub(super) fn write(songs: &[ResultSong]) -> Result<Vec<u8>, ResultError> {
    let songs: Vec<_> = songs.iter().map(song).collect();
    let json = serde_json::to_vec(&songs)?;
    if json.len() as u64 > MAX_BYTES {
        let what = format!("the names of {} songs take too much room", songs.len());
        return Err(ResultError::NotForLinks { what });
    }
    let deflate = |json: &[u8]| {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(json)?;
        encoder.finish()
    };
    // Writing into memory does not fail; where it did, a reader would say so.
    Ok(deflate(&json).unwrap_or_default())
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
    };
    let songs = songs.into_iter().map(|(title, artist, mappers)| ResultSong {
        title,
        artist,
        maps: mappers.into_iter().map(map).collect(),
        pairs: Vec::new(),
    });
    Ok(songs.collect())
}

//! A set in one file: what a machine needs that only trains.

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use half::f16;
use serde::{Deserialize, Serialize};

use super::{TrainingMap, TrainingSet};
use carto_encoder::EncoderConfig;

/// First bytes of a file, with its version.
const MAGIC: [u8; 8] = *b"CARTSET1";
/// No header of a set that fits into memory is longer.
const MAX_HEADER_BYTES: u64 = 256 << 20;
/// Frames of one map: a day of music.
const MAX_FRAMES: usize = 15_000_000;

#[derive(Serialize, Deserialize)]
struct Entry {
    label: String,
    song: String,
    creator: String,
    n_frames: usize,
}

impl TrainingSet {
    /// Writes all maps: a header in JSON, then each signal as float16, all deflated.
    ///
    /// # Errors
    ///
    /// The writer's.
    pub fn write(&self, mut to: impl Write) -> io::Result<()> {
        let entry = |map: &TrainingMap| Entry {
            label: map.label.clone(),
            song: map.song.clone(),
            creator: map.creator.clone(),
            n_frames: map.n_frames(),
        };
        let header = serde_json::to_vec(&self.maps.iter().map(entry).collect::<Vec<_>>())?;
        to.write_all(&MAGIC)?;
        let mut to = ZlibEncoder::new(to, Compression::fast());
        to.write_all(&(header.len() as u64).to_le_bytes())?;
        to.write_all(&header)?;
        for map in &self.maps {
            // High bytes and low bytes apart: the high ones hardly change.
            let bytes: Vec<[u8; 2]> =
                map.halves().iter().map(|value| value.to_le_bytes()).collect();
            for place in [0, 1] {
                to.write_all(&bytes.iter().map(|pair| pair[place]).collect::<Vec<u8>>())?;
            }
        }
        to.finish()?;
        Ok(())
    }

    /// Reads what [`TrainingSet::write`] wrote.
    ///
    /// # Errors
    ///
    /// The reader's; [`io::ErrorKind::InvalidData`] for anything else.
    pub fn read(mut from: impl Read) -> io::Result<Self> {
        let mut magic = [0; MAGIC.len()];
        from.read_exact(&mut magic)?;
        if magic != MAGIC {
            return Err(invalid("it is no file of packed signals"));
        }
        let mut from = ZlibDecoder::new(from);
        let mut len = [0; 8];
        from.read_exact(&mut len)?;
        let len = u64::from_le_bytes(len);
        if len > MAX_HEADER_BYTES {
            return Err(invalid("its header is too long"));
        }
        let mut header = Vec::new();
        (&mut from).take(len).read_to_end(&mut header)?;
        let entries: Vec<Entry> = serde_json::from_slice(&header)?;
        let maps = entries.into_iter().map(|entry| read_map(entry, &mut from));
        Ok(Self { maps: maps.collect::<io::Result<_>>()? })
    }

    /// Whether a file begins as [`TrainingSet::write`] begins one.
    #[must_use]
    pub fn is_set(start: &[u8]) -> bool {
        start.starts_with(&MAGIC)
    }
}

fn read_map(entry: Entry, from: &mut impl Read) -> io::Result<TrainingMap> {
    let Entry { label, song, creator, n_frames } = entry;
    if n_frames == 0 || n_frames > MAX_FRAMES {
        return Err(invalid("a map has no frames or too many"));
    }
    let n_values = EncoderConfig::N_CHANNELS * n_frames;
    let mut bytes = Vec::new();
    // Read as it comes, so that a short file costs no more than it holds.
    from.take(2 * n_values as u64).read_to_end(&mut bytes)?;
    if bytes.len() != 2 * n_values {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let (low, high) = bytes.split_at(n_values);
    let signal: Vec<f16> =
        low.iter().zip(high).map(|(&low, &high)| f16::from_le_bytes([low, high])).collect();
    if signal.iter().any(|value| !value.is_finite()) {
        return Err(invalid("a map has a value that is not finite"));
    }
    Ok(TrainingMap::from_halves(label, song, creator, signal))
}

fn invalid(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

//! Sets of signals, in memory and in a file, and how they are split.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Write};

use carto_encoder::EncoderConfig;
use carto_random::seed_of;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use half::f16;
use serde::{Deserialize, Serialize};

use crate::SplitRule;

/// The signal of one map, with what it is of.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainingMap {
    /// What a person recognises it by, and what names it in messages.
    pub label: String,
    /// Equal for maps of one song.
    pub song: String,
    /// Equal for maps by one mapper.
    pub creator: String,
    /// `[9, n_frames]`, channel by channel. 16 bits: the steps near 1 are 0.0005,
    /// where a frame's time alone moves an event channel by 0.01.
    signal: Vec<f16>,
}

/// Signals of many maps.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TrainingSet {
    /// All maps, in the order of their files' names.
    pub maps: Vec<TrainingMap>,
}

impl TrainingMap {
    /// The largest value that is learnt from: cursors leave the playfield by a
    /// screen or two, and what lies beyond are jokes that would drown the rest.
    pub const MAX_VALUE: f64 = 4.0;

    /// Rounds a signal to 16 bits.
    ///
    /// - `signal`: `[9, n_frames]`, channel by channel; `None` if it is empty, no
    ///   such matrix, or has a value that is not finite or beyond
    ///   [`Self::MAX_VALUE`]
    #[must_use]
    pub fn new(label: String, song: String, creator: String, signal: &[f64]) -> Option<Self> {
        let is_matrix =
            !signal.is_empty() && signal.len().is_multiple_of(EncoderConfig::N_CHANNELS);
        let is_sane = |value: &f64| value.is_finite() && value.abs() <= Self::MAX_VALUE;
        (is_matrix && signal.iter().all(is_sane)).then(|| {
            let signal = signal.iter().map(|&value| f16::from_f64(value)).collect();
            Self { label, song, creator, signal }
        })
    }

    /// Frames of the map.
    #[must_use]
    pub fn n_frames(&self) -> usize {
        self.signal.len() / EncoderConfig::N_CHANNELS
    }

    /// Appends the frames from `start` on of all channels, `[9, n_frames]`; those
    /// beyond the end are zero, as padding is.
    pub fn crop_into(&self, start: usize, n_frames: usize, to: &mut Vec<f32>) {
        for series in self.signal.chunks_exact(self.n_frames()) {
            let known = &series[start.min(series.len())..(start + n_frames).min(series.len())];
            to.extend(known.iter().map(|value| value.to_f32()));
            to.extend(std::iter::repeat_n(0.0, n_frames - known.len()));
        }
    }

    /// The whole signal, `[9, n_frames]`.
    #[must_use]
    pub fn frames(&self) -> Vec<f32> {
        self.signal.iter().map(|value| value.to_f32()).collect()
    }
}

impl TrainingSet {
    /// Frames of all maps.
    #[must_use]
    pub fn n_frames(&self) -> usize {
        self.maps.iter().map(TrainingMap::n_frames).sum()
    }
}

/// First bytes of a file of packed signals, with its version.
const MAGIC: [u8; 8] = *b"CARTSET1";
/// No header of a set that fits into memory is longer.
const MAX_HEADER_BYTES: u64 = 256 << 20;
/// Frames of one map: a day of music.
const MAX_FRAMES: usize = 15_000_000;

/// One map in the header of a file.
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
            let bytes: Vec<[u8; 2]> = map.signal.iter().map(|value| value.to_le_bytes()).collect();
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
    Ok(TrainingMap { label, song, creator, signal })
}

fn invalid(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

/// Which maps of a set are trained on and which are held out for evaluation: never two
/// maps of one song on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// Maps to train on: places in [`TrainingSet::maps`], ascending.
    pub training: Vec<usize>,
    /// Maps that are held out: places in [`TrainingSet::maps`], ascending.
    pub held_out: Vec<usize>,
}

impl Split {
    /// Decides song by song; the same seed decides the same, whatever other songs
    /// are in the set.
    #[must_use]
    pub fn new(set: &TrainingSet, rule: &SplitRule, seed: u64) -> Self {
        let mut creators: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for map in &set.maps {
            creators.entry(&map.song).or_default().insert(&map.creator);
        }
        let side = |song: &str| {
            let n_mappers = creators.get(song).map_or(0, BTreeSet::len);
            let place = seed_of(seed, song) as f64 / u64::MAX as f64;
            match *rule {
                SplitRule::Share { held_out_share, holds_shared_songs } => {
                    let is_shared = holds_shared_songs && n_mappers >= 2;
                    Some(is_shared || place < held_out_share)
                }
                SplitRule::Fold { n_folds, fold } => {
                    let part = ((place * n_folds as f64) as usize).min(n_folds - 1);
                    Some(part == fold)
                }
                SplitRule::Mappers => match n_mappers {
                    2 => Some(false),
                    3.. => Some(true),
                    _ => None,
                },
            }
        };
        let mut split = Self { training: Vec::new(), held_out: Vec::new() };
        for (idx, map) in set.maps.iter().enumerate() {
            match side(&map.song) {
                Some(true) => split.held_out.push(idx),
                Some(false) => split.training.push(idx),
                None => {}
            }
        }
        split
    }
}

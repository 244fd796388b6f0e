//! Loading an encoder and computing latents.

use carto_types::{
    Backend, BarPair, BarPairOutcome, DeviceChoice, EncoderFacts, LatentSong, LatentSpan,
    MapLatents, MapRefusal, Mode, PairOutcome, SongLatentMeans, SongLatents, SongPlan, SourceFiles,
};
use serde::{Deserialize, Serialize};

use crate::call::{NoProgress, calls};

/// What the worker of an encoder is asked.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub enum EncoderRequest {
    /// Find an encoder and what computes with it.
    LoadEncoder(LoadEncoder),
    /// Compute one map's latents.
    EncodeMap(EncodeMap),
    /// Compare the latents of one song.
    CompareLatents(CompareLatents),
    /// Compute and compare the latents of two maps bar by bar.
    EncodePair(EncodePair),
    /// Compute the latents of two maps over time.
    EncodeStrips(EncodeStrips),
    /// Say how much the latents of two maps agree on a stretch of the song.
    LatentsOfStretch(LatentsOfStretch),
    /// Compute the mean of each latent of the maps of a song.
    MeasureLatents(MeasureLatents),
}

calls! { EncoderRequest:
    LoadEncoder = 0 => Result<LoadedEncoder, String>, BytesLoaded;
    EncodeMap = 1 => EncodedMap, TileDone;
    CompareLatents = 2 => LatentSong, NoProgress;
    EncodePair = 3 => EncodedPair, TileDone;
    EncodeStrips = 4 => Result<EncodedStrips, String>, TileDone;
    LatentsOfStretch = 5 => Result<LatentSpan, String>, NoProgress;
    MeasureLatents = 6 => MeasuredLatents, TileDone;
}

/// Finds an encoder and what computes with it. The encoder's file where the source is
/// one.
///
/// Where there is no encoder to be had the reply says why, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadEncoder {
    /// Where the weights are.
    pub source: EncoderSource,
    /// What is to compute.
    pub device: DeviceChoice,
}

/// More of an encoder's file is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BytesLoaded {
    /// Bytes so far.
    pub n_bytes: u64,
    /// Bytes in all, where that is known.
    pub n_total: Option<u64>,
}

/// An encoder that is ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadedEncoder {
    /// Which encoder it is.
    pub encoder: EncoderFacts,
    /// What will compute.
    pub backend: Backend,
    /// The encoder alone, as a safetensors file.
    pub weights: Vec<u8>,
}

/// Computes one map's latents. The files of the song's sources, then the weights that
/// [`LoadedEncoder`] gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EncodeMap {
    /// The rules by which maps are read.
    pub mode: Mode,
    /// The map's song.
    pub song: SongPlan,
    /// What the files are, in the order of [`SongPlan::archives`].
    pub sources: Vec<SourceFiles>,
    /// Place in the song's maps.
    pub map_idx: u32,
    /// Length of the song's signals.
    pub target_frames: u32,
    /// sha256 of the weights that come along: a worker that has them reads no file.
    pub weights_sha256: String,
    /// What is to compute.
    pub device: DeviceChoice,
}

/// Another tile of a map, or of a pair, is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TileDone {
    /// Latent columns so far.
    pub n_latents_done: u32,
    /// Latent columns in all.
    pub n_latents: u32,
}

/// A map with its latents, or without.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EncodedMap {
    /// The latents, or why the map has none.
    pub latents: Result<MapLatents, MapRefusal>,
    /// What computed them: not what was asked for, where that failed.
    pub backend: Backend,
}

/// Compares the latents of one song. No file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CompareLatents {
    /// The rules by which mappers are told apart.
    pub mode: Mode,
    /// The song.
    pub song: SongPlan,
    /// Latents of its maps that have any, in any order.
    pub latents: Vec<MapLatents>,
    /// The pairs of its outcome, which say where both maps have begun.
    pub pairs: Vec<PairOutcome>,
    /// Frames of a latent column.
    pub frames_per_latent: u32,
}

/// Computes and compares the latents of two maps of a song bar by bar. The files of the song's
/// sources, then the weights that [`LoadedEncoder`] gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EncodePair {
    /// The rules by which maps are read.
    pub mode: Mode,
    /// The song of both maps.
    pub song: SongPlan,
    /// What the files are, in the order of [`SongPlan::archives`].
    pub sources: Vec<SourceFiles>,
    /// Which maps, and their lag.
    pub pair: BarPair,
    /// sha256 of the weights that come along: a worker that has them reads no file.
    pub weights_sha256: String,
    /// What is to compute.
    pub device: DeviceChoice,
}

/// A pair whose latents are compared bar by bar, or not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EncodedPair {
    /// What was found, `None` where too few bars have objects of both; or which map cannot be
    /// read.
    pub found: Result<Option<BarPairOutcome>, MapRefusal>,
    /// What computed them: not what was asked for, where that failed.
    pub backend: Backend,
}

/// Computes the latents of two maps on the frames that they share, and how much they agree. The
/// weights that [`LoadedEncoder`] gave.
///
/// The reply is an error in words where the latents are no numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EncodeStrips {
    /// [`Strips::first_frame`](carto_types::Strips::first_frame).
    pub first_frame: u32,
    /// The nine channels of A and of B moved by the lag, `[9, n_frames]` each:
    /// [`MapStrips::values`](carto_types::MapStrips::values).
    pub signals: [Vec<f32>; 2],
    /// sha256 of the weights that come along: a worker that has them reads no file.
    pub weights_sha256: String,
    /// What is to compute.
    pub device: DeviceChoice,
}

/// The latents of two maps over time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EncodedStrips {
    /// The latents of both, and how much they agree over the whole span.
    pub latents: SongLatents,
    /// What names them in [`LatentsOfStretch`]: it follows from signals and weights alone.
    pub key: String,
    /// What computed them: not what was asked for, where that failed.
    pub backend: Backend,
}

/// Says how much the latents of two maps agree on a stretch of the song. No file.
///
/// A worker has the latents that it computed last. The reply is an error in words where those are
/// not the ones that the key names: [`EncodeStrips`] gives them again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LatentsOfStretch {
    /// [`EncodedStrips::key`].
    pub key: String,
    /// Where the stretch begins, ms on the clock of A.
    pub from_ms: f64,
    /// Where it ends, ms: columns whose middle is before it take part.
    pub to_ms: f64,
}

/// Computes the mean of each latent of the maps of a song that stand for their mappers. The files of
/// the song's sources, then the weights that [`LoadedEncoder`] gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeasureLatents {
    /// The song, planned by the rules of osu!.
    pub song: SongPlan,
    /// What the files are, in the order of [`SongPlan::archives`].
    pub sources: Vec<SourceFiles>,
    /// sha256 of the weights that come along: a worker that has them reads no file.
    pub weights_sha256: String,
    /// What is to compute.
    pub device: DeviceChoice,
}

/// The means of the latents of a song's maps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeasuredLatents {
    /// Map by map, and the maps that have none.
    pub found: SongLatentMeans,
    /// What computed them: not what was asked for, where that failed.
    pub backend: Backend,
}

/// Where an encoder's weights are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum EncoderSource {
    /// In a file of the site.
    Bundled {
        /// Absolute.
        url: String,
    },
    /// In the file that comes with the call.
    File {
        /// As the person knows it.
        name: String,
    },
    /// The published one, converted, in a file of the site.
    Beside {
        /// Absolute.
        url: String,
    },
    /// At the address of the published checkpoint.
    Published {
        /// Absolute.
        url: String,
        /// Of the whole file, as hex; checked where the whole of it is loaded.
        sha256: String,
        /// Of the whole file.
        size_bytes: u64,
    },
}

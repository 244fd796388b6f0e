//! What came of comparing the maps of one song: their signals, then their latents.

use serde::{Deserialize, Serialize};

use crate::{
    AlignmentClass, Backend, BarPair, BarPairOutcome, ChannelCorrelations, EncoderFacts, Issue,
    LatentPairAgreement, LatentSpan, MapRefusal, Packed, PairAgreement, PairFinding, PairLag,
    SongPlan,
};

/// Samples from one frame of a signal to the next (osu-dreamer
/// `osu_dreamer/data/load_audio.py`, osu-dreamer-cartography @ `7ec522b`).
pub const HOP_SAMPLES: u32 = 98;

/// Samples a second of the audio that frames are counted in; source as of [`HOP_SAMPLES`].
pub const SAMPLE_RATE_HZ: u32 = 16_384;

/// The length of so many frames, in milliseconds.
#[must_use]
pub fn frames_ms(n_frames: u32) -> f64 {
    f64::from(n_frames) * f64::from(HOP_SAMPLES) / f64::from(SAMPLE_RATE_HZ) * 1000.0
}

/// One song, compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SongOutcome {
    /// Place in the index.
    pub song_idx: u32,
    /// Length that all its encodings share; `None` if no map had usable audio.
    pub target_frames: Option<u32>,
    /// One for each map of the plan, in its order.
    pub maps: Vec<MapOutcome>,
    /// Pairs of encoded maps with different creators, in order.
    pub pairs: Vec<PairOutcome>,
    /// The pairs of the ceiling, in the order of the plan; empty without evidence.
    pub ceiling: Vec<CeilingOutcome>,
    /// Maps that were left out, and warnings.
    pub issues: Vec<Issue>,
}

impl SongOutcome {
    /// The pairs whose latents are compared on bars: the aligned ones of two sets, then the first of
    /// the ceiling. None for a song without evidence.
    ///
    /// Pairs of one set are none of them: latents carry hit sounds, which are copied within a
    /// set, so that such pairs say nothing of two mappers. Of the ceiling one pair a song is
    /// enough, since songs are what is counted, and every pair costs two encodings.
    ///
    /// - `song`: the plan that it is the outcome of
    #[must_use]
    pub fn bar_pairs(&self, song: &SongPlan) -> Vec<BarPair> {
        let archive = |map_idx: u32| song.map(map_idx).map(|map| map.archive_idx);
        let aligned = self.pairs.iter().filter_map(|pair| {
            let lag = pair.lag.as_ref().filter(|lag| lag.class == AlignmentClass::Aligned)?;
            let is_of_two_sets = archive(pair.a) != archive(pair.b);
            is_of_two_sets.then_some(BarPair { a: pair.a, b: pair.b, lag_ms: lag.lag_ms })
        });
        let ceiling = self.ceiling.iter().take(1);
        aligned.chain(ceiling.map(|pair| BarPair { a: pair.a, b: pair.b, lag_ms: 0.0 })).collect()
    }
}

/// One representative, after the attempt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MapOutcome {
    /// Frames of its own audio, where that could be measured.
    pub audio_frames: Option<u32>,
    /// Encoded, or why not.
    pub status: MapStatus,
}

/// Whether a map takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MapStatus {
    /// The map has a signal of the song's length.
    Encoded,
    /// The map takes no part, for this reason.
    Refused(MapRefusal),
}

impl MapStatus {
    /// Why the map takes no part, where it does not.
    #[must_use]
    pub fn refusal(&self) -> Option<&MapRefusal> {
        match self {
            Self::Encoded => None,
            Self::Refused(refusal) => Some(refusal),
        }
    }
}

/// How the audio of two maps relates: what belongs to the same music on one time axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum AudioRelation {
    /// One file of one set.
    SameFile,
    /// Two files whose lengths differ by 50 ms at most.
    SameLength,
    /// Files of different lengths, or no length is known.
    #[default]
    Other,
}

impl AudioRelation {
    /// Every relation, the closest first.
    pub const ALL: [Self; 3] = [Self::SameFile, Self::SameLength, Self::Other];

    /// The words in tables, files and on the page.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SameFile => "same file",
            Self::SameLength => "same length",
            Self::Other => "other",
        }
    }
}

/// Two maps of one song.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairOutcome {
    /// Place of the first in the plan's maps.
    pub a: u32,
    /// Place of the second in the plan's maps.
    pub b: u32,
    /// How their audio relates.
    pub audio: AudioRelation,
    /// How much their signals agree.
    pub agreement: PairAgreement,
    /// By how much their times lie apart; `None` without evidence, and where a map allows none.
    pub lag: Option<PairLag>,
    /// How much of the agreement is more than a shared grid; missing as `lag`.
    pub evidence: Option<Packed<PairFinding>>,
}

/// Two difficulties that one mapper made for one set: how far a mapper repeats themselves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CeilingOutcome {
    /// Place of the first, as of [`SongPlan::map`](crate::SongPlan::map).
    pub a: u32,
    /// Place of the second.
    pub b: u32,
    /// How much they agree.
    pub finding: Packed<PairFinding>,
}

/// One map's latents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MapLatents {
    /// Place in the plan's maps of its song.
    pub map_idx: u32,
    /// Frames of the signal, before padding.
    pub n_frames: u32,
    /// Columns.
    pub n_latents: u32,
    /// `[n_latent_dims, n_latents]`, dimension by dimension.
    pub mu: Vec<f32>,
    /// How the map's latents correlate with its channels.
    pub correlations: ChannelCorrelations,
}

/// The latents of one song, compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LatentSong {
    /// Place in the index.
    pub song_idx: u32,
    /// Maps that have latents, in the order of the plan.
    pub maps: Vec<LatentMap>,
    /// Pairs with different creators, in order.
    pub pairs: Vec<LatentPair>,
    /// Pairs on bars, in any order, as far as they are done; empty without evidence.
    pub bar_pairs: Vec<BarPairOutcome>,
    /// For each dimension the population variance, over creators, of the
    /// creator's mean value; `None` below two creators.
    pub between_var: Option<Vec<f64>>,
    /// Maps that were left out, and warnings.
    pub issues: Vec<Issue>,
}

/// One map of a song, without its series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LatentMap {
    /// Place in the plan's maps.
    pub map_idx: u32,
    /// Frames of the signal, before padding.
    pub n_frames: u32,
    /// Columns.
    pub n_latents: u32,
    /// How the map's latents correlate with its channels.
    pub correlations: ChannelCorrelations,
}

/// Two maps of one song with latents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LatentPair {
    /// Place of the first in the plan's maps.
    pub a: u32,
    /// Place of the second in the plan's maps.
    pub b: u32,
    /// How much their latents agree.
    pub agreement: LatentPairAgreement,
    /// The same where both maps have begun and none has ended; `None` without evidence, and where
    /// too little is shared.
    pub as_is: Option<Packed<LatentSpan>>,
}

/// The encoder's part of a run's record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LatentRun<L = LatentSong> {
    /// Which encoder.
    pub encoder: EncoderFacts,
    /// What computed.
    pub backend: Backend,
    /// The seed of a sampled latent; `None` for the mean, which is the default.
    pub sample_seed: Option<u64>,
    /// The songs that are finished, in any order.
    pub songs: Vec<L>,
}

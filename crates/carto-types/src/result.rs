//! A run's figures as they are saved, shared, opened again and compared.

use serde::{Deserialize, Serialize};

use crate::{
    Backend, ChannelAgreement, EncoderFacts, Issue, LatentAgreement, MapStatus, Mode, Synthesis,
    TrackA, TrackB,
};

/// What the layout of [`RunResult`] is called.
pub const RESULT_FORMAT: &str = "carto-result/1";

/// All that the page shows of a run.
///
/// As JSON this is the result file; the same type carries the published figures
/// and what a link holds, which have no songs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunResult {
    /// [`RESULT_FORMAT`].
    pub format: String,
    /// What a person calls it; may be empty.
    pub name: String,
    /// Who made the figures.
    pub origin: ResultOrigin,
    /// What they were made with.
    pub parameters: RunParameters,
    /// What they were made from.
    pub counts: RunCounts,
    /// Agreement per channel.
    pub track_a: Option<TrackA>,
    /// Agreement per latent.
    pub track_b: Option<TrackB>,
    /// How latents go with channels.
    pub synthesis: Option<Synthesis>,
    /// Agreement per latent on songs that another encoder, trained without them,
    /// did not see.
    pub held_out: Option<HeldOut>,
    /// In the order of the index; empty where only sums are known.
    pub songs: Vec<ResultSong>,
    /// What was left out or is odd.
    pub issues: Vec<Issue>,
}

/// Who made the figures of a result.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultOrigin {
    /// Program and version: "osu! Latent Space Cartography 0.1.0".
    pub program: String,
    /// Where its source or data is.
    pub repository: Option<String>,
    /// Commit of that repository.
    pub commit: Option<String>,
    /// Day on which the figures were made or fetched, `2026-02-14`.
    pub date: Option<String>,
    /// Anything a reader must know.
    pub note: Option<String>,
}

/// What a run was made with.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunParameters {
    /// The rules; `None` where another program made the figures.
    pub mode: Option<Mode>,
    /// The encoder; `None` without latents or where it is not known.
    pub encoder: Option<EncoderFacts>,
    /// What computed the latents.
    pub backend: Option<Backend>,
    /// The seed of sampled latents; `None` for the mean.
    pub sample_seed: Option<u64>,
    /// Whether a person stopped the run early.
    pub is_cancelled: bool,
    /// Step to which the figures were rounded for a link; `None` where they are
    /// whole.
    pub step: Option<f64>,
}

/// What a run was made from; `None` where it is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunCounts {
    /// Archives and single maps that were read.
    pub n_archives: Option<u32>,
    /// Maps in them.
    pub n_beatmaps: Option<u32>,
    /// Songs that two mappers or more have mapped.
    pub n_songs: Option<u32>,
    /// Maps that have a signal.
    pub n_encoded: Option<u32>,
}

/// Track B on held-out songs: means and population standard deviations of r.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldOut {
    /// In the words of whoever made it.
    pub description: String,
    /// The encoder's file.
    pub checkpoint: String,
    /// By number of the latent. Numbers of two encoders do not correspond.
    pub dims: Vec<HeldOutDim>,
    /// Numbers of the latents by mean r, highest first.
    pub ranking: Vec<u32>,
    /// Mean over pairs of the full cosine.
    pub cosine_mean: f64,
    /// Its population standard deviation.
    pub cosine_std: f64,
    /// Songs.
    pub n_songs: u32,
    /// Pairs of maps.
    pub n_pairs: u32,
}

/// One latent on held-out songs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldOutDim {
    /// Its number, from 0.
    pub dim: u32,
    /// Mean of Pearson's r.
    pub pearson_mean: f64,
    /// Its spread over pairs.
    pub pearson_std: f64,
    /// Pairs.
    pub n_pairs: u32,
}

/// One song of a result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultSong {
    /// As in its first archive.
    pub title: String,
    /// As in its first archive.
    pub artist: String,
    /// Its representatives, in the order of the plan.
    pub maps: Vec<ResultMap>,
    /// Pairs with different creators, in order.
    pub pairs: Vec<ResultPair>,
}

/// One map that stands for its mapper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultMap {
    /// The mapper.
    pub creator: String,
    /// The difficulty's name.
    pub version: String,
    /// Encoded, or why not.
    pub status: MapStatus,
}

/// Two maps of one song.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultPair {
    /// Place of the first in the song's maps.
    pub a: u32,
    /// Place of the second.
    pub b: u32,
    /// In the order of the nine channels.
    pub channels: Vec<ChannelAgreement>,
    /// Mean cosine over every tenth column of the signals.
    pub full_cosine: f64,
    /// By number of the latent; `None` where one side has no latents.
    pub latents: Option<Vec<LatentAgreement>>,
    /// Mean cosine over about a hundred columns of the latents.
    pub latent_cosine: Option<f64>,
}

/// A result as the page shows it: figures to draw, and the rest in pieces that
/// are ready.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShownResult {
    /// What it is called.
    pub name: String,
    /// Who made it and when, in one line.
    pub origin: String,
    /// The rules; `None` where another program made the figures.
    pub mode: Option<Mode>,
    /// The encoder, where it is known.
    pub encoder: Option<EncoderFacts>,
    /// What computed the latents.
    pub backend: Option<Backend>,
    /// Step to which a link rounded the figures.
    pub step: Option<f64>,
    /// Agreement per channel.
    pub track_a: Option<TrackA>,
    /// Agreement per latent.
    pub track_b: Option<TrackB>,
    /// How latents go with channels.
    pub synthesis: Option<Synthesis>,
    /// Agreement on held-out songs.
    pub held_out: Option<HeldOut>,
    /// One row for each song.
    pub songs: Vec<ShownSong>,
    /// What was left out or is odd.
    pub issues: Vec<Issue>,
}

/// A row of the table of songs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShownSong {
    /// Title.
    pub title: String,
    /// Artist.
    pub artist: String,
    /// Distinct mappers.
    pub n_mappers: u32,
    /// Pairs compared.
    pub n_pairs: u32,
    /// Mean r of each channel over its pairs; `None` without a pair.
    pub r: Option<Vec<f64>>,
}

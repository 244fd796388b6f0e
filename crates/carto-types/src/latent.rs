//! What the encoder's half of a run says: latents, their agreement, and how
//! they go with the nine channels.

use serde::{Deserialize, Serialize};

use crate::Issue;

/// Where an encoder came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum EncoderOrigin {
    /// Served beside the page.
    Bundled,
    /// A person's own file.
    File,
    /// The published checkpoint, by its address.
    Published,
}

/// Which encoder made the latents of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EncoderFacts {
    /// How a person knows it: a file's name.
    pub name: String,
    /// From where.
    pub origin: EncoderOrigin,
    /// sha256 of its tensors in a fixed order, as hex: the same weights have
    /// the same, whatever file they stand in.
    pub weights_sha256: String,
    /// Hidden channels.
    pub hidden_dim: u32,
    /// Latents.
    pub n_latent_dims: u32,
    /// Frames that become one latent column.
    pub frames_per_latent: u32,
    /// Numbers in it.
    pub n_parameters: u32,
    /// What the file says of itself: "untrained, for testing".
    pub note: Option<String>,
    /// Whether its weights were never trained.
    pub is_untrained: bool,
}

/// What computes latents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Backend {
    /// The processor, with what it offers: `simd128`, `relaxed-simd`, `avx2`.
    Cpu {
        /// Instructions used.
        instructions: String,
        /// Why not the graphics processor; `None` where it was not asked for.
        reason: Option<String>,
    },
    /// A graphics processor.
    Gpu {
        /// As the browser or driver names it.
        adapter: String,
        /// Whether a program imitates it.
        is_software: bool,
    },
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
    /// How its latents go with its channels.
    pub coupling: MapCoupling,
}

/// How one map's latents go with its nine channels: Pearson's r, 0 where a
/// side is constant.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MapCoupling {
    /// `[n_latent_dims, 9]`: channels averaged over the frames of a column.
    pub down: Vec<f64>,
    /// `[n_latent_dims, 9]`: latents repeated over the frames of a column.
    pub up: Vec<f64>,
    /// `[9, 9]`: the channels among themselves.
    pub raw: Vec<f64>,
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
    /// How its latents go with its channels.
    pub coupling: MapCoupling,
}

/// Two maps of one song.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LatentPair {
    /// Place of the first in the plan's maps.
    pub a: u32,
    /// Place of the second.
    pub b: u32,
    /// For each dimension.
    pub dims: Vec<LatentAgreement>,
    /// Mean cosine over about a hundred columns.
    pub full_cosine: f64,
}

/// How much two maps agree in one latent.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct LatentAgreement {
    /// Pearson's r; 0 where a side is constant.
    pub pearson: f64,
    /// Cosine; 0 where a side is zero.
    pub cosine: f64,
}

/// The encoder's part of a run's record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LatentRun<S = LatentSong> {
    /// Which encoder.
    pub encoder: EncoderFacts,
    /// What computed.
    pub backend: Backend,
    /// The seed of a sampled latent; `None` for the mean, which is the default.
    pub sample_seed: Option<u64>,
    /// The songs that are finished, in any order.
    pub songs: Vec<S>,
}

/// What a latent's agreement says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LatentClass {
    /// Mean r above 0.3.
    Perceptual,
    /// Between the two, bounds included.
    Mixed,
    /// Mean r below 0.05.
    Stylistic,
}

/// Agreement per latent over all pairs of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrackB {
    /// By number of the latent.
    pub dims: Vec<LatentSummary>,
    /// Numbers of the latents by mean r, highest first.
    pub ranking: Vec<u32>,
    /// Mean over pairs of the full cosine.
    pub cosine_mean: f64,
    /// Its population standard deviation.
    pub cosine_std: f64,
    /// The full cosine of each pair, in the order of songs and pairs.
    pub cosines: Vec<f64>,
    /// Songs with pairs.
    pub songs_analyzed: u32,
    /// Pairs of maps.
    pub pairs_compared: u32,
}

/// One latent over all pairs: means and population standard deviations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LatentSummary {
    /// Its number, from 0.
    pub dim: u32,
    /// Mean of Pearson's r.
    pub pearson_mean: f64,
    /// Its spread over pairs.
    pub pearson_std: f64,
    /// Mean of the cosine.
    pub cosine_mean: f64,
    /// Its spread over pairs.
    pub cosine_std: f64,
    /// Mean over songs of the variance between creators.
    pub between_var_mean: f64,
    /// Pairs.
    pub n_pairs: u32,
    /// What the mean r says.
    pub class: LatentClass,
}

/// How latents and channels go together, over all maps of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Synthesis {
    /// Rows of the matrices.
    pub n_latent_dims: u32,
    /// `[n_latent_dims, 9]`, channels averaged down: the one that is shown first.
    pub down: Vec<f64>,
    /// `[n_latent_dims, 9]`, latents repeated up.
    pub up: Vec<f64>,
    /// `[9, 9]`, channels among themselves.
    pub raw: Vec<f64>,
    /// Maps behind the matrices.
    pub n_maps: u32,
    /// Mean of `|r|` over `down`.
    pub mean_abs_down: f64,
    /// Mean of `|r|` over `up`.
    pub mean_abs_up: f64,
    /// Signs of all 36 pairs of channels, in the order of channels.
    pub pairs: Vec<SignRow>,
    /// The same, without rows in which a member has `|r| < sign_threshold`.
    pub pairs_thresholded: Vec<SignRow>,
    /// Signs of all 84 triples, smallest p first.
    pub triples: Vec<SignRow>,
    /// The same, without rows in which a member is below the threshold.
    pub triples_thresholded: Vec<SignRow>,
    /// 0.05.
    pub sign_threshold: f64,
}

/// How often some channels have the same sign over the rows of the matrix.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignRow {
    /// Numbers of the channels, ascending.
    pub channels: Vec<u32>,
    /// Rows with one sign for all.
    pub same_count: u32,
    /// Rows looked at.
    pub valid_rows: u32,
    /// Chance of at least as many, if signs were coins.
    pub p_value: f64,
}

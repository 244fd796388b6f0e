use std::collections::BTreeSet;

use carto_encoder::EncoderWeights;
use carto_encoder_train::{Split, TrainConfig, TrainingSet};
use carto_types::crossval::Spectrum;
use serde::{Deserialize, Serialize};

use super::agreement::{AlignedAgreement, shared_songs};
use super::identification::IdentificationFacts;
use super::reconstruction::ReconstructionFacts;
use super::retrieval::RetrievalFacts;

/// Name of the layout.
pub(super) const FORMAT: &str = "carto-encoder-card/1";

/// A latent whose distribution is this far from the one of no information, nats per
/// column, is in use.
const ACTIVE_FROM_NATS: f64 = 0.1;

/// Everything that is known of an encoder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Card {
    pub(crate) format: String,
    pub(crate) encoder: EncoderFacts,
    pub(crate) data: DataFacts,
    pub(crate) reconstruction: ReconstructionFacts,
    pub(crate) latents: Vec<LatentRow>,
    pub(crate) agreement: Option<Spectrum>,
    pub(crate) channel_agreement: Option<Spectrum>,
    /// With representatives by the study's rule, as is and aligned; `None` for packed maps, which
    /// have no timing points. Not in cards of earlier versions.
    #[serde(default)]
    pub(crate) aligned_agreement: Option<AlignedAgreement>,
    pub(crate) retrieval: Option<RetrievalFacts>,
    /// After alignment; as above.
    #[serde(default)]
    pub(crate) aligned_retrieval: Option<RetrievalFacts>,
    pub(crate) identification: Option<IdentificationFacts>,
    pub(crate) training: TrainConfig,
}

/// The encoder as a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct EncoderFacts {
    pub(crate) hidden_dim: usize,
    pub(crate) n_latent_dims: usize,
    pub(crate) n_parameters: usize,
    pub(crate) weights_sha256: String,
    pub(crate) n_bytes: u64,
}

/// The maps that it was trained and evaluated on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct DataFacts {
    pub(crate) n_maps: usize,
    pub(crate) n_songs: usize,
    pub(crate) n_mappers: usize,
    pub(crate) n_frames: usize,
    pub(crate) n_training_maps: usize,
    pub(crate) n_held_out_maps: usize,
    pub(crate) n_held_out_songs: usize,
    pub(crate) n_held_out_shared_songs: usize,
}

/// One latent, as the card has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct LatentRow {
    pub(crate) dim: usize,
    /// Kullback-Leibler divergence from the standard normal distribution, nats per
    /// column.
    pub(crate) kl: f64,
    pub(crate) is_active: bool,
    /// Mean r over pairs, where there are any.
    pub(crate) pearson_mean: Option<f64>,
    pub(crate) class: Option<String>,
}

impl EncoderFacts {
    pub(super) fn of(weights: &EncoderWeights, n_bytes: u64) -> Self {
        let config = weights.config();
        Self {
            hidden_dim: config.hidden_dim,
            n_latent_dims: config.n_latent_dims,
            n_parameters: config.n_parameters(),
            weights_sha256: weights.weights_sha256(),
            n_bytes,
        }
    }
}

impl DataFacts {
    pub(super) fn of(set: &TrainingSet, split: &Split) -> Self {
        let songs = |maps: &mut dyn Iterator<Item = usize>| {
            maps.map(|idx| &*set.maps[idx].song).collect::<BTreeSet<_>>().len()
        };
        Self {
            n_maps: set.maps.len(),
            n_songs: songs(&mut (0..set.maps.len())),
            n_mappers: set.maps.iter().map(|map| &map.creator).collect::<BTreeSet<_>>().len(),
            n_frames: set.n_frames(),
            n_training_maps: split.training.len(),
            n_held_out_maps: split.held_out.len(),
            n_held_out_songs: songs(&mut split.held_out.iter().copied()),
            n_held_out_shared_songs: shared_songs(set, &split.held_out).len(),
        }
    }
}

impl LatentRow {
    pub(super) fn all(kl: &[f64], spectrum: Option<&Spectrum>) -> Vec<Self> {
        let row = |(dim, &kl): (usize, &f64)| Self {
            dim,
            kl,
            is_active: kl >= ACTIVE_FROM_NATS,
            pearson_mean: spectrum.and_then(|found| found.pearson_mean.get(dim).copied()),
            class: spectrum.and_then(|found| found.class.get(dim).cloned()),
        };
        kl.iter().enumerate().map(row).collect()
    }
}

impl Card {
    /// Number of latents in use.
    pub(super) fn n_active(&self) -> usize {
        self.latents.iter().filter(|latent| latent.is_active).count()
    }

    /// Divergence of all latents together, nats per column.
    pub(super) fn kl(&self) -> f64 {
        self.latents.iter().map(|latent| latent.kl).sum()
    }
}

//! What follows from the figures of a result, computed as a run does.

use carto_agreement::synthesis::{SignAgreement, SynthesisConfig, by_p_value, sign_agreement};
use carto_agreement::{AgreementClass, TrackBConfig};
use carto_types::{LatentClass, LatentSummary, SignRow, Synthesis};

use crate::check::N_CHANNELS;

/// The matrices of a synthesis; two of them may be missing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Matrices {
    /// `[n_dims][9]`: Pearson's r, channels averaged down.
    pub down: Vec<[f64; N_CHANNELS]>,
    /// `[n_dims][9]`: Pearson's r, latents repeated up; empty where not known.
    pub up: Vec<[f64; N_CHANNELS]>,
    /// `[9, 9]`: the channels among themselves; empty where not known.
    pub raw: Vec<f64>,
}

/// A synthesis from its matrices: means of `|r|` and all sign statistics.
#[must_use]
pub fn synthesis_of(matrices: Matrices, n_maps: u32) -> Synthesis {
    let Matrices { down, up, raw } = matrices;
    let sign_threshold = SynthesisConfig::default().sign_threshold;
    let signs = |n_members, threshold| sign_agreement(&down, n_members, threshold);
    let by_p = |agreements| sign_rows(by_p_value(agreements));
    Synthesis {
        n_latent_dims: down.len() as u32,
        n_maps,
        mean_abs_down: mean_abs(down.as_flattened()),
        mean_abs_up: mean_abs(up.as_flattened()),
        pairs: sign_rows(signs(2, 0.0)),
        pairs_thresholded: sign_rows(signs(2, sign_threshold)),
        triples: by_p(signs(3, 0.0)),
        triples_thresholded: by_p(signs(3, sign_threshold)),
        sign_threshold,
        down: down.into_flattened(),
        up: up.into_flattened(),
        raw,
    }
}

/// What the mean r of a latent says.
#[must_use]
pub fn class_of(pearson_mean: f64) -> LatentClass {
    match TrackBConfig::default().class_of(pearson_mean) {
        AgreementClass::Perceptual => LatentClass::Perceptual,
        AgreementClass::Mixed => LatentClass::Mixed,
        AgreementClass::Stylistic => LatentClass::Stylistic,
    }
}

/// How many latents are perceptual, mixed and stylistic.
#[must_use]
pub fn class_counts(dims: &[LatentSummary]) -> [usize; 3] {
    [LatentClass::Perceptual, LatentClass::Mixed, LatentClass::Stylistic]
        .map(|class| dims.iter().filter(|latent| latent.class == class).count())
}

/// Mean of `|r|`; 0 without cells.
pub(crate) fn mean_abs(values: &[f64]) -> f64 {
    values.iter().map(|r| r.abs()).sum::<f64>() / values.len().max(1) as f64
}

fn sign_rows(agreements: Vec<SignAgreement>) -> Vec<SignRow> {
    let row = |agreement: SignAgreement| SignRow {
        channels: agreement.channels.iter().map(|&channel| channel as u32).collect(),
        same_count: agreement.same_count,
        valid_rows: agreement.valid_rows,
        p_value: agreement.p_value,
    };
    agreements.into_iter().map(row).collect()
}

//! Track B and the synthesis of a run.

use carto_agreement::synthesis::{self, Coupling};
use carto_agreement::{LatentPairAgreement, SeriesAgreement, TrackBConfig};
use carto_results::{Matrices, class_of, synthesis_of};
use carto_types::{LatentPair, LatentRun, LatentSummary, MapCoupling, Synthesis, TrackB};

/// Track B over the songs of a run, which are in the order of the index.
pub(crate) fn track_b(run: &LatentRun) -> Option<TrackB> {
    let pairs: Vec<_> = run.songs.iter().flat_map(|song| &song.pairs).map(domain_pair).collect();
    let between_vars: Vec<_> =
        run.songs.iter().filter_map(|song| song.between_var.clone()).collect();
    let track_b = carto_agreement::track_b(&pairs, &between_vars, &TrackBConfig::default())?;
    let n_pairs = track_b.n_pairs as u32;
    let dims = track_b.dims.iter().map(|latent| LatentSummary {
        dim: latent.dim as u32,
        pearson_mean: latent.pearson.mean,
        pearson_std: latent.pearson.std,
        cosine_mean: latent.cosine.mean,
        cosine_std: latent.cosine.std,
        between_var_mean: latent.between_var,
        n_pairs,
        class: class_of(latent.pearson.mean),
    });
    Some(TrackB {
        dims: dims.collect(),
        ranking: track_b.ranking.iter().map(|&dim| dim as u32).collect(),
        cosine_mean: track_b.full_cosine.mean,
        cosine_std: track_b.full_cosine.std,
        cosines: pairs.iter().map(|pair| pair.full_cosine).collect(),
        songs_analyzed: between_vars.len() as u32,
        pairs_compared: n_pairs,
    })
}

fn domain_pair(pair: &LatentPair) -> LatentPairAgreement {
    let dims = pair.dims.iter().map(|dim| SeriesAgreement {
        pearson: dim.pearson,
        cosine: dim.cosine,
        mean_abs_diff: 0.0,
    });
    LatentPairAgreement { dims: dims.collect(), full_cosine: pair.full_cosine }
}

/// The synthesis over all maps that have latents, also of songs without pairs
/// (quirk 65).
pub(crate) fn synthesis(run: &LatentRun) -> Option<Synthesis> {
    let n_dims = run.encoder.n_latent_dims as usize;
    let maps = run.songs.iter().flat_map(|song| &song.maps);
    let couplings: Vec<_> = maps.filter_map(|map| domain_coupling(&map.coupling, n_dims)).collect();
    let mean = synthesis::mean_coupling(&couplings)?;
    let raw = mean.raw.as_flattened().to_vec();
    let matrices = Matrices { down: mean.down, up: mean.up, raw };
    Some(synthesis_of(matrices, couplings.len() as u32))
}

/// `None` for tables of another encoder's shape.
fn domain_coupling(coupling: &MapCoupling, n_dims: usize) -> Option<Coupling> {
    let rows = |values: &[f64]| match values.as_chunks() {
        (rows, []) if rows.len() == n_dims => Some(rows.to_vec()),
        _ => None,
    };
    let (raw, _) = coupling.raw.as_chunks();
    Some(Coupling {
        down: rows(&coupling.down)?,
        up: rows(&coupling.up)?,
        raw: raw.try_into().ok()?,
    })
}

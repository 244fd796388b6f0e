//! Track B and the synthesis of a run.

use carto_core::agreement::{
    self, AgreementClass, LatentPairAgreement, SeriesAgreement, TrackBConfig,
};
use carto_core::synthesis::{self, Coupling, SignAgreement, SynthesisConfig};
use carto_protocol::{
    LatentClass, LatentPair, LatentRun, LatentSummary, MapCoupling, SignRow, Synthesis, TrackB,
};

/// Track B over the songs of a run, which are in the order of the index.
pub(crate) fn track_b(run: &LatentRun) -> Option<TrackB> {
    let pairs: Vec<_> = run.songs.iter().flat_map(|song| &song.pairs).map(domain_pair).collect();
    let between_vars: Vec<_> =
        run.songs.iter().filter_map(|song| song.between_var.clone()).collect();
    let track_b = agreement::track_b(&pairs, &between_vars, &TrackBConfig::default())?;
    let n_pairs = track_b.n_pairs as u32;
    let dims = track_b.dims.iter().map(|latent| LatentSummary {
        dim: latent.dim as u32,
        pearson_mean: latent.pearson.mean,
        pearson_std: latent.pearson.std,
        cosine_mean: latent.cosine.mean,
        cosine_std: latent.cosine.std,
        between_var_mean: latent.between_var,
        n_pairs,
        class: wire_class(latent.class),
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

fn wire_class(class: AgreementClass) -> LatentClass {
    match class {
        AgreementClass::Perceptual => LatentClass::Perceptual,
        AgreementClass::Mixed => LatentClass::Mixed,
        AgreementClass::Stylistic => LatentClass::Stylistic,
    }
}

/// The synthesis over all maps that have latents, also of songs without pairs
/// (quirk 65).
pub(crate) fn synthesis(run: &LatentRun) -> Option<Synthesis> {
    let n_dims = run.encoder.n_latent_dims as usize;
    let maps = run.songs.iter().flat_map(|song| &song.maps);
    let couplings: Vec<_> = maps.filter_map(|map| domain_coupling(&map.coupling, n_dims)).collect();
    let mean = synthesis::mean_coupling(&couplings)?;

    let sign_threshold = SynthesisConfig::default().sign_threshold;
    let signs = |n_members, threshold| synthesis::sign_agreement(&mean.down, n_members, threshold);
    let by_p = |agreements| wire_signs(synthesis::by_p_value(agreements));
    Some(Synthesis {
        n_latent_dims: run.encoder.n_latent_dims,
        n_maps: couplings.len() as u32,
        mean_abs_down: mean_abs(mean.down.as_flattened()),
        mean_abs_up: mean_abs(mean.up.as_flattened()),
        pairs: wire_signs(signs(2, 0.0)),
        pairs_thresholded: wire_signs(signs(2, sign_threshold)),
        triples: by_p(signs(3, 0.0)),
        triples_thresholded: by_p(signs(3, sign_threshold)),
        sign_threshold,
        down: mean.down.into_flattened(),
        up: mean.up.into_flattened(),
        raw: mean.raw.as_flattened().to_vec(),
    })
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

fn mean_abs(values: &[f64]) -> f64 {
    values.iter().map(|r| r.abs()).sum::<f64>() / values.len().max(1) as f64
}

fn wire_signs(agreements: Vec<SignAgreement>) -> Vec<SignRow> {
    let wire = |agreement: SignAgreement| SignRow {
        channels: agreement.channels.iter().map(|&channel| channel as u32).collect(),
        same_count: agreement.same_count,
        valid_rows: agreement.valid_rows,
        p_value: agreement.p_value,
    };
    agreements.into_iter().map(wire).collect()
}

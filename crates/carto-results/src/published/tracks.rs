//! Track A and Track B.

use std::collections::BTreeMap;

use carto_types::SignalChannel;
use carto_types::{ChannelSummary, LatentSummary, TrackA, TrackB};
use serde::Deserialize;

use super::{by_channel, by_number};
use crate::ResultError;
use crate::statistics::{class_counts, class_of};

#[derive(Deserialize)]
struct TrackAFile {
    summary: BTreeMap<String, ChannelStats>,
    cross_mapper_cosine_mean: Option<f64>,
    cross_mapper_cosine_std: Option<f64>,
    songs_analyzed: u32,
    pairs_compared: u32,
}

#[derive(Clone, Deserialize)]
struct ChannelStats {
    pearson_mean: f64,
    pearson_std: f64,
    mad_mean: f64,
    mad_std: f64,
    cosine_mean: f64,
    cosine_std: f64,
    n_pairs: u32,
}

/// `None` for the layout of a run without pairs.
pub(super) fn track_a(text: &str) -> Result<Option<TrackA>, ResultError> {
    let file: TrackAFile = serde_json::from_str(text)?;
    let (Some(cosine_mean), Some(cosine_std)) =
        (file.cross_mapper_cosine_mean, file.cross_mapper_cosine_std)
    else {
        return Ok(None);
    };
    let rows = by_channel(&file.summary, "summary")?;
    let channels = SignalChannel::ALL.iter().zip(rows).map(|(channel, stats)| ChannelSummary {
        name: channel.name().to_owned(),
        pearson_mean: stats.pearson_mean,
        pearson_std: stats.pearson_std,
        mad_mean: stats.mad_mean,
        mad_std: stats.mad_std,
        cosine_mean: stats.cosine_mean,
        cosine_std: stats.cosine_std,
        n_pairs: stats.n_pairs,
    });
    Ok(Some(TrackA {
        channels: channels.collect(),
        cosine_mean,
        cosine_std,
        songs_analyzed: file.songs_analyzed,
        pairs_compared: file.pairs_compared,
    }))
}

#[derive(Deserialize)]
struct TrackBFile {
    dim_summary: BTreeMap<String, LatentStats>,
    dim_ranking: Vec<Ranked>,
    full_cosine_mean: Option<f64>,
    full_cosine_std: Option<f64>,
    songs_analyzed: u32,
    pairs_compared: u32,
    taxonomy: Taxonomy,
}

#[derive(Clone, Deserialize)]
struct LatentStats {
    pearson_mean: f64,
    pearson_std: f64,
    cosine_mean: f64,
    cosine_std: f64,
    between_var_mean: f64,
    n_pairs: u32,
}

#[derive(Deserialize)]
pub(super) struct Ranked {
    pub(super) dim: u32,
    pearson_mean: f64,
}

#[derive(Deserialize)]
struct Taxonomy {
    perceptual: usize,
    mixed: usize,
    stylistic: usize,
}

/// `None` for the layout of a run without pairs.
pub(super) fn track_b(text: &str) -> Result<Option<TrackB>, ResultError> {
    let file: TrackBFile = serde_json::from_str(text)?;
    let (Some(cosine_mean), Some(cosine_std)) = (file.full_cosine_mean, file.full_cosine_std)
    else {
        return Ok(None);
    };
    let rows = by_number(&file.dim_summary, "dim_summary")?;
    let dims = (0..).zip(rows).map(|(dim, stats)| LatentSummary {
        dim,
        pearson_mean: stats.pearson_mean,
        pearson_std: stats.pearson_std,
        cosine_mean: stats.cosine_mean,
        cosine_std: stats.cosine_std,
        between_var_mean: stats.between_var_mean,
        n_pairs: stats.n_pairs,
        class: class_of(stats.pearson_mean),
    });
    let dims: Vec<_> = dims.collect();
    let Taxonomy { perceptual, mixed, stylistic } = file.taxonomy;
    same_counts(class_counts(&dims), [perceptual, mixed, stylistic])?;
    let ranking = ranking(&file.dim_ranking, |dim| Some(dims.get(dim)?.pearson_mean))?;
    Ok(Some(TrackB {
        dims,
        ranking,
        cosine_mean,
        cosine_std,
        cosines: Vec::new(),
        songs_analyzed: file.songs_analyzed,
        pairs_compared: file.pairs_compared,
    }))
}

/// The numbers of a ranking, whose rows repeat what the table by number says.
pub(super) fn ranking(
    rows: &[Ranked],
    pearson_mean: impl Fn(usize) -> Option<f64>,
) -> Result<Vec<u32>, ResultError> {
    let number = |row: &Ranked| match pearson_mean(row.dim as usize) {
        Some(r) if r.to_bits() == row.pearson_mean.to_bits() => Ok(row.dim),
        Some(r) => Err(ResultError::Contradiction {
            at: "the mean r of a latent in dim_summary and dim_ranking",
            a: r,
            b: row.pearson_mean,
        }),
        None => Err(ResultError::Ranking { at: "dim_ranking".to_owned() }),
    };
    rows.iter().map(number).collect()
}

fn same_counts(ours: [usize; 3], theirs: [usize; 3]) -> Result<(), ResultError> {
    if ours == theirs {
        return Ok(());
    }
    Err(ResultError::Unexpected {
        at: "taxonomy".to_owned(),
        found: format!("{theirs:?}"),
        expected: format!("{ours:?}"),
    })
}

//! Track A and Track B.

use carto_types::published::{Taxonomy, TrackAResults, TrackBResults};
use carto_types::{ChannelSummary, ClassBounds, LatentSummary, SignalChannel, TrackA, TrackB};

use super::rows::{by_number, row};
use crate::ResultError;

/// `None` for the layout of a run without pairs.
pub(super) fn track_a(text: &str) -> Result<Option<TrackA>, ResultError> {
    let file: TrackAResults = serde_json::from_str(text)?;
    let (Some(cosine_mean), Some(cosine_std)) =
        (file.cross_mapper_cosine_mean, file.cross_mapper_cosine_std)
    else {
        return Ok(None);
    };
    let (n, expected) = (file.summary.0.len(), SignalChannel::COUNT);
    if n != expected {
        return Err(ResultError::WrongLength { at: "summary".to_owned(), n, expected });
    }
    let channel = |channel: SignalChannel| {
        let found = row(&file.summary, channel.name(), "summary")?;
        Ok(ChannelSummary { name: channel.name().to_owned(), ..found.0.clone() })
    };
    Ok(Some(TrackA {
        channels: SignalChannel::ALL
            .into_iter()
            .map(channel)
            .collect::<Result<_, ResultError>>()?,
        cosine_mean,
        cosine_std,
        songs_analyzed: file.songs_analyzed,
        pairs_compared: file.pairs_compared,
    }))
}

/// `None` for the layout of a run without pairs.
pub(super) fn track_b(text: &str) -> Result<Option<TrackB>, ResultError> {
    let file: TrackBResults = serde_json::from_str(text)?;
    let (Some(cosine_mean), Some(cosine_std)) = (file.full_cosine_mean, file.full_cosine_std)
    else {
        return Ok(None);
    };
    let dims = by_number(&file.dim_summary, |dim, row| LatentSummary {
        dim,
        class: ClassBounds::LATENTS.class_of(row.0.pearson_mean),
        ..row.0.clone()
    })?;
    let ranked = file.dim_ranking.iter().map(|latent| (latent.dim, latent.row.0.pearson_mean));
    let ranking = ranking(ranked, |dim| Some(dims.get(dim)?.pearson_mean))?;
    let track = TrackB {
        ranking,
        dims,
        cosine_mean,
        cosine_std,
        cosines: Vec::new(),
        songs_analyzed: file.songs_analyzed,
        pairs_compared: file.pairs_compared,
    };
    let Taxonomy { perceptual, mixed, stylistic } = file.taxonomy;
    same_counts(track.class_counts(), [perceptual, mixed, stylistic])?;
    Ok(Some(track))
}

/// The numbers of a ranking, whose rows repeat what the table by number says.
///
/// - `rows`: number and mean r of each latent
pub(super) fn ranking(
    rows: impl Iterator<Item = (u32, f64)>,
    mean_r: impl Fn(usize) -> Option<f64>,
) -> Result<Vec<u32>, ResultError> {
    let number = |(dim, theirs): (u32, f64)| match mean_r(dim as usize) {
        Some(r) if r.to_bits() == theirs.to_bits() => Ok(dim),
        Some(r) => Err(ResultError::Contradiction {
            at: "the mean r of a latent in dim_summary and dim_ranking",
            a: r,
            b: theirs,
        }),
        None => Err(ResultError::Ranking { at: "dim_ranking".to_owned() }),
    };
    rows.map(number).collect()
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

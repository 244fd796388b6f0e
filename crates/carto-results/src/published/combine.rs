use carto_types::{ResultOrigin, RunResult};

use super::held_out::{CvComparison, CvSide};
use super::part::Part;
use crate::ResultError;
use crate::check::check;

/// Makes one result of the figures of one run.
///
/// Of what it was made from only [`carto_types::RunCounts::n_encoded`] is known: the maps behind
/// the 9 x 9 table of `synthesis.json`. Rules and encoder are not.
///
/// # Errors
///
/// [`ResultError::Twice`] for two parts of one kind, [`ResultError::Contradiction`]
/// where `cv_comparison.json` says otherwise than the tables, else as for a result
/// file.
pub fn combine(
    parts: Vec<Part>,
    name: &str,
    origin: ResultOrigin,
) -> Result<RunResult, ResultError> {
    let mut result = RunResult { name: name.to_owned(), origin, ..RunResult::default() };
    let mut seen = Vec::new();
    let mut comparison = None;
    for part in parts {
        let kind = kind_of(&part);
        if seen.contains(&kind) {
            return Err(ResultError::Twice { part: kind });
        }
        seen.push(kind);
        match part {
            Part::TrackA(track_a) => result.track_a = track_a,
            Part::TrackB(track_b) => result.track_b = track_b,
            Part::Synthesis { synthesis, n_maps_raw } => {
                result.synthesis = Some(synthesis);
                result.counts.n_encoded = n_maps_raw;
            }
            Part::HeldOut(held_out) => result.held_out = Some(held_out),
            Part::CvComparison(found) => comparison = Some(found),
        }
    }
    if seen.iter().all(|kind| *kind == COMPARISON) {
        return Err(ResultError::Empty);
    }
    comparison.map_or(Ok(()), |comparison| hold(&comparison, &result))?;
    check(&result)?;
    Ok(result)
}

const COMPARISON: &str = "a comparison with held-out songs";

fn kind_of(part: &Part) -> &'static str {
    match part {
        Part::TrackA(_) => "Track A",
        Part::TrackB(_) => "Track B",
        Part::Synthesis { .. } => "a synthesis",
        Part::HeldOut(_) => "agreement on held-out songs",
        Part::CvComparison(_) => COMPARISON,
    }
}

/// The comparison repeats figures of the tables, which must be those.
fn hold(comparison: &CvComparison, result: &RunResult) -> Result<(), ResultError> {
    if let Some(track) = &result.track_b {
        let top = track.ranked().next().map(|latent| (latent.dim, latent.pearson_mean));
        let counts = [track.songs_analyzed, track.pairs_compared];
        hold_side(&comparison.original, track.cosine_mean, top, counts)?;
    }
    if let Some(held_out) = &result.held_out {
        let top = held_out.ranking.first().and_then(|&dim| held_out.dims.get(dim as usize));
        let top = top.map(|latent| (latent.dim, latent.pearson_mean));
        let counts = [held_out.n_songs, held_out.n_pairs];
        hold_side(&comparison.cv_test, held_out.cosine_mean, top, counts)?;
    }
    Ok(())
}

fn hold_side(
    side: &CvSide,
    cosine_mean: f64,
    top: Option<(u32, f64)>,
    [n_songs, n_pairs]: [u32; 2],
) -> Result<(), ResultError> {
    let (top_dim, top_pearson) = top.unwrap_or_default();
    let figures = [
        ("the mean cosine", cosine_mean, side.full_cosine_mean),
        ("the first latent of the ranking", f64::from(top_dim), f64::from(side.top_dim)),
        ("the highest mean r", top_pearson, side.top_pearson),
        ("the number of pairs", f64::from(n_pairs), f64::from(side.pairs)),
        ("the number of songs", f64::from(n_songs), f64::from(side.songs)),
    ];
    let differs = figures.into_iter().find(|(_, a, b)| a.to_bits() != b.to_bits());
    differs.map_or(Ok(()), |(at, a, b)| Err(ResultError::Contradiction { at, a, b }))
}

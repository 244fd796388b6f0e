//! Track A, Track B, the synthesis, and agreement on held-out songs.

use carto_types::{
    ClassBounds, HeldOut, RunResult, SignRow, SignalChannel, Synthesis, TrackA, TrackB,
};

use super::rules::{
    CHANCE, MAX_DIMS, MAX_PAIRS, POSITIVE, UNIT, UNIT_SPREAD, all_within, limited, of_length,
    unexpected, within,
};
use crate::ResultError;

const N_CHANNELS: usize = SignalChannel::COUNT;

/// Gives how many latents there are, where something says so.
pub(super) fn check(result: &RunResult) -> Result<Option<usize>, ResultError> {
    result.track_a.as_ref().map_or(Ok(()), track_a)?;
    result.track_b.as_ref().map_or(Ok(()), track_b)?;
    result.synthesis.as_ref().map_or(Ok(()), synthesis)?;
    result.held_out.as_ref().map_or(Ok(()), held_out)?;
    let of_encoder = result.parameters.encoder.as_ref().map(|facts| facts.n_latent_dims as usize);
    let of_track_b = result.track_b.as_ref().map(|track_b| track_b.dims.len());
    let of_synthesis = result.synthesis.as_ref().map(|table| table.n_latent_dims as usize);
    let counts: Vec<_> = [of_encoder, of_track_b, of_synthesis].into_iter().flatten().collect();
    for &count in &counts {
        limited(count, MAX_DIMS, || "the list of latents".to_owned())?;
        of_length(count, counts[0], || "one list of latents".to_owned())?;
    }
    Ok(counts.first().copied())
}

fn track_a(track: &TrackA) -> Result<(), ResultError> {
    of_length(track.channels.len(), N_CHANNELS, || "track_a.channels".to_owned())?;
    for (channel, expected) in track.channels.iter().zip(SignalChannel::ALL) {
        let at = |what: &str| format!("track_a, {}, {what}", expected.name());
        if channel.name != expected.name() {
            return Err(unexpected(&at("name"), &channel.name, expected.name()));
        }
        within(channel.pearson_mean, UNIT, || at("pearson_mean"))?;
        within(channel.pearson_std, UNIT_SPREAD, || at("pearson_std"))?;
        within(channel.cosine_mean, UNIT, || at("cosine_mean"))?;
        within(channel.cosine_std, UNIT_SPREAD, || at("cosine_std"))?;
        within(channel.mad_mean, POSITIVE, || at("mad_mean"))?;
        within(channel.mad_std, POSITIVE, || at("mad_std"))?;
    }
    within(track.cosine_mean, UNIT, || "track_a.cosine_mean".to_owned())?;
    within(track.cosine_std, UNIT_SPREAD, || "track_a.cosine_std".to_owned())
}

fn track_b(track: &TrackB) -> Result<(), ResultError> {
    limited(track.dims.len(), MAX_DIMS, || "track_b.dims".to_owned())?;
    for (number, latent) in (0..).zip(&track.dims) {
        let at = |what: &str| format!("track_b, latent {number}, {what}");
        numbered(latent.dim, number, &at("dim"))?;
        within(latent.pearson_mean, UNIT, || at("pearson_mean"))?;
        within(latent.pearson_std, UNIT_SPREAD, || at("pearson_std"))?;
        within(latent.cosine_mean, UNIT, || at("cosine_mean"))?;
        within(latent.cosine_std, UNIT_SPREAD, || at("cosine_std"))?;
        within(latent.between_var_mean, POSITIVE, || at("between_var_mean"))?;
        let class = ClassBounds::LATENTS.class_of(latent.pearson_mean);
        if latent.class != class {
            let (found, expected) = (format!("{:?}", latent.class), format!("{class:?}"));
            return Err(unexpected(&at("class"), &found, &expected));
        }
    }
    ranking(&track.ranking, track.dims.len(), "track_b.ranking")?;
    within(track.cosine_mean, UNIT, || "track_b.cosine_mean".to_owned())?;
    within(track.cosine_std, UNIT_SPREAD, || "track_b.cosine_std".to_owned())?;
    limited(track.cosines.len(), MAX_PAIRS, || "track_b.cosines".to_owned())?;
    // The published figures have no cosine of single pairs.
    if !track.cosines.is_empty() {
        let n_pairs = track.pairs_compared as usize;
        of_length(track.cosines.len(), n_pairs, || "track_b.cosines".to_owned())?;
    }
    all_within(&track.cosines, &UNIT, || "track_b.cosines".to_owned())
}

fn synthesis(table: &Synthesis) -> Result<(), ResultError> {
    let n_dims = table.n_latent_dims as usize;
    limited(n_dims, MAX_DIMS, || "synthesis.n_latent_dims".to_owned())?;
    let matrices = [
        (&table.downsampled, n_dims, "down"),
        (&table.upsampled, n_dims, "up"),
        (&table.between_channels, N_CHANNELS, "raw"),
    ];
    for (matrix, n_rows, name) in matrices {
        // Two of the matrices may be missing: a file of the published layout has one.
        if name == "down" || !matrix.is_empty() {
            let (n, expected) = (matrix.cells().len(), n_rows * N_CHANNELS);
            of_length(n, expected, || format!("synthesis.{name}"))?;
        }
        all_within(matrix.cells(), &UNIT, || format!("synthesis.{name}"))?;
    }
    within(table.mean_abs_downsampled, UNIT_SPREAD, || "synthesis.mean_abs_down".to_owned())?;
    within(table.mean_abs_upsampled, UNIT_SPREAD, || "synthesis.mean_abs_up".to_owned())?;
    within(table.sign_threshold, CHANCE, || "synthesis.sign_threshold".to_owned())?;
    signs(&table.pairs, 2, n_dims, "pairs")?;
    signs(&table.pairs_thresholded, 2, n_dims, "pairs_thresholded")?;
    signs(&table.triples, 3, n_dims, "triples")?;
    signs(&table.triples_thresholded, 3, n_dims, "triples_thresholded")
}

/// Every set of channels once, with counts that can be.
fn signs(rows: &[SignRow], n_members: usize, n_dims: usize, name: &str) -> Result<(), ResultError> {
    // 9 over 2 and 9 over 3.
    let n_sets = if n_members == 2 { 36 } else { 84 };
    of_length(rows.len(), n_sets, || format!("synthesis.{name}"))?;
    for (idx, row) in rows.iter().enumerate() {
        let at = |what: &str| format!("synthesis.{name}[{idx}].{what}");
        of_length(row.channels.len(), n_members, || at("channels"))?;
        let is_ascending = row.channels.is_sorted_by(|a, b| a < b);
        if !is_ascending || row.channels.iter().any(|&channel| channel as usize >= N_CHANNELS) {
            let found = format!("{:?}", row.channels);
            return Err(unexpected(&at("channels"), &found, "ascending numbers below 9"));
        }
        let (same, valid) = (f64::from(row.same_count), f64::from(row.valid_rows));
        within(valid, 0.0..=n_dims as f64, || at("valid_rows"))?;
        within(same, 0.0..=valid, || at("same_count"))?;
        within(row.p_value, CHANCE, || at("p_value"))?;
    }
    let mut sets: Vec<_> = rows.iter().map(|row| &row.channels).collect();
    sets.sort();
    sets.dedup();
    of_length(sets.len(), n_sets, || format!("synthesis.{name}, each set of channels once,"))
}

fn held_out(held_out: &HeldOut) -> Result<(), ResultError> {
    limited(held_out.dims.len(), MAX_DIMS, || "held_out.dims".to_owned())?;
    for (number, latent) in (0..).zip(&held_out.dims) {
        let at = |what: &str| format!("held_out, latent {number}, {what}");
        numbered(latent.dim, number, &at("dim"))?;
        within(latent.pearson_mean, UNIT, || at("pearson_mean"))?;
        within(latent.pearson_std, UNIT_SPREAD, || at("pearson_std"))?;
    }
    ranking(&held_out.ranking, held_out.dims.len(), "held_out.ranking")?;
    within(held_out.cosine_mean, UNIT, || "held_out.cosine_mean".to_owned())?;
    within(held_out.cosine_std, UNIT_SPREAD, || "held_out.cosine_std".to_owned())
}

fn numbered(dim: u32, expected: u32, at: &str) -> Result<(), ResultError> {
    if dim == expected {
        return Ok(());
    }
    Err(unexpected(at, &dim.to_string(), &expected.to_string()))
}

fn ranking(ranking: &[u32], n_dims: usize, at: &str) -> Result<(), ResultError> {
    let mut sorted = ranking.to_vec();
    sorted.sort_unstable();
    if sorted.len() == n_dims && sorted.iter().zip(0..).all(|(&dim, number)| dim == number) {
        return Ok(());
    }
    Err(ResultError::Ranking { at: at.to_owned() })
}

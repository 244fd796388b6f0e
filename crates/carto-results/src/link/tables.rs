//! The figures themselves.

use carto_agreement::synthesis::SynthesisConfig;
use carto_types::{HeldOut, Synthesis, TrackA, TrackB};

use super::bits::Coder;
use super::codes::{codes, n_bits};
use super::empty;
use super::layout::{counts, figures, flag, number};
use super::quantise::{Scale, Steps};
use super::ranked::{length, ranked, ranking};
use super::texts::text;
use crate::ResultError;
use crate::check::{MAX_DIMS, N_CHANNELS};
use crate::statistics::{Matrices, class_of, synthesis_of};

pub(super) fn track_a(
    coder: &mut dyn Coder,
    track: &mut TrackA,
    steps: Steps,
) -> Result<(), ResultError> {
    number(coder, &mut track.songs_analyzed)?;
    number(coder, &mut track.pairs_compared)?;
    let usual = track.pairs_compared;
    let channels = &mut track.channels;
    counts(coder, channels.iter_mut().map(|channel| &mut channel.n_pairs), usual)?;
    let (signed, nearest) = (Scale::Signed(steps), Scale::Nearest(steps));
    figures(coder, channels.iter_mut().map(|channel| &mut channel.pearson_mean), signed)?;
    figures(coder, channels.iter_mut().map(|channel| &mut channel.pearson_std), nearest)?;
    figures(coder, channels.iter_mut().map(|channel| &mut channel.mad_mean), nearest)?;
    figures(coder, channels.iter_mut().map(|channel| &mut channel.mad_std), nearest)?;
    let means = channels.iter_mut().map(|channel| &mut channel.cosine_mean);
    figures(coder, means.chain([&mut track.cosine_mean]), signed)?;
    let spreads = channels.iter_mut().map(|channel| &mut channel.cosine_std);
    figures(coder, spreads.chain([&mut track.cosine_std]), nearest)
}

pub(super) fn track_b(
    coder: &mut dyn Coder,
    track: &mut TrackB,
    steps: Steps,
) -> Result<(), ResultError> {
    number(coder, &mut track.songs_analyzed)?;
    number(coder, &mut track.pairs_compared)?;
    track.cosines.clear();
    length(coder, &mut track.dims, empty::latent)?;
    ranking(coder, &mut track.ranking, track.dims.len())?;
    let usual = track.pairs_compared;
    let dims = &mut track.dims;
    counts(coder, dims.iter_mut().map(|latent| &mut latent.n_pairs), usual)?;
    let (signed, nearest) = (Scale::Signed(steps), Scale::Nearest(steps));
    let means = dims.iter_mut().map(|latent| &mut latent.pearson_mean).collect();
    ranked(coder, means, &track.ranking, signed)?;
    figures(coder, dims.iter_mut().map(|latent| &mut latent.pearson_std), nearest)?;
    let means = dims.iter_mut().map(|latent| &mut latent.cosine_mean);
    figures(coder, means.chain([&mut track.cosine_mean]), signed)?;
    let spreads = dims.iter_mut().map(|latent| &mut latent.cosine_std);
    figures(coder, spreads.chain([&mut track.cosine_std]), nearest)?;
    let variances = dims.iter_mut().map(|latent| &mut latent.between_var_mean);
    figures(coder, variances, Scale::Relative)?;
    for (number, latent) in (0..).zip(dims) {
        latent.dim = number;
        latent.class = class_of(latent.pearson_mean);
    }
    Ok(())
}

/// The diagonal of `raw` is 1 in every run, and both its halves are the same.
pub(super) fn synthesis(
    coder: &mut dyn Coder,
    table: &mut Synthesis,
    steps: Steps,
) -> Result<(), ResultError> {
    if (table.sign_threshold - SynthesisConfig::default().sign_threshold).abs() > 0.0 {
        return Err(coder.refusal("it counts signs by a threshold of its own"));
    }
    number(coder, &mut table.n_maps)?;
    let (mut has_up, mut has_raw) = (!table.up.is_empty(), !table.raw.is_empty());
    flag(coder, &mut has_up)?;
    flag(coder, &mut has_raw)?;
    number(coder, &mut table.n_latent_dims)?;
    let n_dims = table.n_latent_dims as usize;
    if n_dims > MAX_DIMS {
        return Err(coder.refusal("it has too many latents"));
    }
    table.down.resize(n_dims * N_CHANNELS, 0.0);
    table.up.resize(if has_up { table.down.len() } else { 0 }, 0.0);
    table.raw.resize(if has_raw { N_CHANNELS * N_CHANNELS } else { 0 }, 0.0);
    matrices(coder, &mut table.down, &mut table.up, Scale::Signed(steps))?;
    raw(coder, &mut table.raw, Scale::Signed(steps))?;
    let rows = |values: &[f64]| values.as_chunks().0.to_vec();
    let (down, up) = (rows(&table.down), rows(&table.up));
    *table = synthesis_of(Matrices { down, up, raw: table.raw.clone() }, table.n_maps);
    Ok(())
}

/// Both matrices are much alike in a run: the second stands as its difference
/// from the first, where that is shorter.
fn matrices(
    coder: &mut dyn Coder,
    down: &mut [f64],
    up: &mut [f64],
    scale: Scale,
) -> Result<(), ResultError> {
    let rounded = |values: &[f64]| values.iter().map(|&r| scale.code(r)).collect::<Vec<_>>();
    let (mut first, mut second) = (rounded(down), rounded(up));
    codes(coder, &mut first)?;
    let mut is_difference = n_bits(&difference(&second, &first)) < n_bits(&second);
    flag(coder, &mut is_difference)?;
    if is_difference {
        second = difference(&second, &first);
    }
    codes(coder, &mut second)?;
    if is_difference {
        second.iter_mut().zip(&first).for_each(|(a, b)| *a = a.wrapping_add(*b));
    }
    for (values, rounded) in [(down, first), (up, second)] {
        values.iter_mut().zip(rounded).for_each(|(r, code)| *r = scale.value(code));
    }
    Ok(())
}

fn difference(a: &[i64], b: &[i64]) -> Vec<i64> {
    a.iter().zip(b).map(|(a, b)| a.wrapping_sub(*b)).collect()
}

fn raw(coder: &mut dyn Coder, raw: &mut [f64], scale: Scale) -> Result<(), ResultError> {
    let above: Vec<_> =
        (0..N_CHANNELS).flat_map(|a| (a + 1..N_CHANNELS).map(move |b| (a, b))).collect();
    if raw.is_empty() {
        return Ok(());
    }
    let mut upper: Vec<f64> = above.iter().map(|&(a, b)| raw[N_CHANNELS * a + b]).collect();
    figures(coder, upper.iter_mut(), scale)?;
    raw.iter_mut().step_by(N_CHANNELS + 1).for_each(|r| *r = 1.0);
    for ((a, b), r) in above.into_iter().zip(upper) {
        (raw[N_CHANNELS * a + b], raw[N_CHANNELS * b + a]) = (r, r);
    }
    Ok(())
}

pub(super) fn held_out(
    coder: &mut dyn Coder,
    held_out: &mut HeldOut,
    steps: Steps,
) -> Result<(), ResultError> {
    text(coder, &mut held_out.description, 120)?;
    text(coder, &mut held_out.checkpoint, 60)?;
    number(coder, &mut held_out.n_songs)?;
    number(coder, &mut held_out.n_pairs)?;
    length(coder, &mut held_out.dims, empty::held_out_dim)?;
    ranking(coder, &mut held_out.ranking, held_out.dims.len())?;
    let usual = held_out.n_pairs;
    let dims = &mut held_out.dims;
    counts(coder, dims.iter_mut().map(|latent| &mut latent.n_pairs), usual)?;
    let means = dims.iter_mut().map(|latent| &mut latent.pearson_mean).collect();
    ranked(coder, means, &held_out.ranking, Scale::Signed(steps))?;
    let spreads = dims.iter_mut().map(|latent| &mut latent.pearson_std);
    figures(coder, spreads.chain([&mut held_out.cosine_std]), Scale::Nearest(steps))?;
    figures(coder, [&mut held_out.cosine_mean].into_iter(), Scale::Signed(steps))?;
    (0..).zip(dims).for_each(|(number, latent)| latent.dim = number);
    Ok(())
}

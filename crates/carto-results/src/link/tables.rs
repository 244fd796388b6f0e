//! The figures themselves.

use carto_agreement::synthesis as synthesis_of;
use carto_types::{
    ChannelCorrelations, ChannelMatrix, ChannelSummary, ClassBounds, HeldOut, SignalChannel,
    Synthesis, TrackA, TrackB,
};

use super::bits::Coder;
use super::codes::{codes, n_bits};
use super::fields::{counts, figures, flag, length, number, ranked, ranking, text};
use super::quantise::{Scale, Steps};
use crate::ResultError;
use crate::check::MAX_DIMS;

pub(super) fn track_a(
    coder: &mut dyn Coder,
    track: &mut TrackA,
    steps: Steps,
) -> Result<(), ResultError> {
    number(coder, &mut track.songs_analyzed)?;
    number(coder, &mut track.pairs_compared)?;
    let usual = track.pairs_compared;
    let channels = &mut track.channels;
    channels.resize(SignalChannel::COUNT, ChannelSummary::default());
    for (summary, channel) in channels.iter_mut().zip(SignalChannel::ALL) {
        channel.name().clone_into(&mut summary.name);
    }
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
    length(coder, &mut track.dims)?;
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
        latent.class = ClassBounds::LATENTS.class_of(latent.pearson_mean);
    }
    Ok(())
}

pub(super) fn synthesis(
    coder: &mut dyn Coder,
    table: &mut Synthesis,
    steps: Steps,
) -> Result<(), ResultError> {
    number(coder, &mut table.n_maps)?;
    let mut has_upsampled = !table.upsampled.is_empty();
    let mut has_between = !table.between_channels.is_empty();
    flag(coder, &mut has_upsampled)?;
    flag(coder, &mut has_between)?;
    number(coder, &mut table.n_latent_dims)?;
    let n_dims = table.n_latent_dims as usize;
    if n_dims > MAX_DIMS {
        return Err(coder.refusal("it has too many latents"));
    }
    let scale = Scale::Signed(steps);
    // What a reader fills in; a writer's have that many rows already.
    let sized = |matrix: &mut ChannelMatrix, n_rows: usize| match matrix.n_rows() == n_rows {
        true => std::mem::take(matrix),
        false => ChannelMatrix::zeros(n_rows),
    };
    let mut downsampled = sized(&mut table.downsampled, n_dims);
    let mut upsampled = sized(&mut table.upsampled, if has_upsampled { n_dims } else { 0 });
    let n_between = if has_between { SignalChannel::COUNT } else { 0 };
    let mut between_channels = sized(&mut table.between_channels, n_between);
    of_latents(coder, downsampled.cells_mut(), upsampled.cells_mut(), scale)?;
    symmetric(coder, between_channels.cells_mut(), scale)?;
    let mean = ChannelCorrelations { downsampled, upsampled, between_channels };
    *table = synthesis_of(mean, table.n_maps);
    Ok(())
}

/// Both matrices are much alike in a run: the second stands as its difference
/// from the first, where that is shorter.
fn of_latents(
    coder: &mut dyn Coder,
    downsampled: &mut [f64],
    upsampled: &mut [f64],
    scale: Scale,
) -> Result<(), ResultError> {
    let rounded = |values: &[f64]| values.iter().map(|&r| scale.code(r)).collect::<Vec<_>>();
    let (mut first, mut second) = (rounded(downsampled), rounded(upsampled));
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
    for (values, rounded) in [(downsampled, first), (upsampled, second)] {
        values.iter_mut().zip(rounded).for_each(|(r, code)| *r = scale.value(code));
    }
    Ok(())
}

fn difference(a: &[i64], b: &[i64]) -> Vec<i64> {
    a.iter().zip(b).map(|(a, b)| a.wrapping_sub(*b)).collect()
}

/// A matrix of channels with channels, or none: its diagonal is 1 in every run, and both
/// its halves are the same.
fn symmetric(coder: &mut dyn Coder, cells: &mut [f64], scale: Scale) -> Result<(), ResultError> {
    const N: usize = SignalChannel::COUNT;
    if cells.is_empty() {
        return Ok(());
    }
    let above: Vec<_> = (0..N).flat_map(|a| (a + 1..N).map(move |b| (a, b))).collect();
    let mut upper: Vec<f64> = above.iter().map(|&(a, b)| cells[N * a + b]).collect();
    figures(coder, upper.iter_mut(), scale)?;
    cells.iter_mut().step_by(N + 1).for_each(|r| *r = 1.0);
    for ((a, b), r) in above.into_iter().zip(upper) {
        (cells[N * a + b], cells[N * b + a]) = (r, r);
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
    length(coder, &mut held_out.dims)?;
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

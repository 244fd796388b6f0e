use carto_types::{ChannelCorrelations, ChannelMatrix, SignalChannel};

use crate::{Latents, Moments, agreement};

const N_CHANNELS: usize = SignalChannel::COUNT;

/// How one map's latents correlate with its channels, and these with each other; a cell
/// is 0 where a side is constant.
///
/// - `channels`: nine of `[n_frames]`, in the order of [`SignalChannel::ALL`]
/// - `frames_per_latent`: frames that become one column; 18 as published
///
/// The last column may stand for fewer frames, and frames past the last column
/// do not count.
///
/// # Source
///
/// `step7_synthesis` in osu-dreamer-cartography `experiment/run_analysis.py` @
/// `7ec522b`, lines 842 to 858, for the downsampled matrix; the published page's
/// tables for the upsampled one (`np.repeat`, cut to the signal's length) and the one
/// between channels. Latents are not repeated here: sums over a column's frames give
/// the same.
#[must_use]
pub fn cross_correlate(
    channels: [&[f64]; N_CHANNELS],
    latents: Latents<'_>,
    frames_per_latent: usize,
) -> ChannelCorrelations {
    let frames_per_latent = frames_per_latent.max(1);
    let columns = channels.map(|channel| Columns::of(channel, frames_per_latent, &latents));
    let n_columns = columns[0].means.values.len();
    let n_covered = channels[0].len().min(n_columns.saturating_mul(frames_per_latent));
    let weights: Vec<f64> = (0..n_columns)
        .map(|idx| frames_per_latent.min(n_covered - idx * frames_per_latent) as f64)
        .collect();
    let ones = vec![1.0; n_columns];

    let (mut downsampled, mut upsampled) = (Vec::new(), Vec::new());
    for dim in latents.dims() {
        let values: Vec<f64> = dim[..n_columns].iter().map(|&value| f64::from(value)).collect();
        let (plain, weighted) = (Centred::of(&values, &ones), Centred::of(&values, &weights));
        downsampled.push(columns.each_ref().map(|columns| columns.means.pearson(&plain)));
        upsampled.push(columns.each_ref().map(|columns| columns.sums.pearson(&weighted)));
    }
    ChannelCorrelations {
        downsampled: downsampled.into(),
        upsampled: upsampled.into(),
        between_channels: between_channels(channels),
    }
}

/// One channel by column.
struct Columns {
    /// Means over a column's frames, from their mean.
    means: Centred,
    /// Sums over a column's frames of the differences from the channel's mean,
    /// with the deviation of the frames themselves.
    sums: Centred,
}

impl Columns {
    fn of(channel: &[f64], frames_per_latent: usize, latents: &Latents<'_>) -> Self {
        let n_covered = channel.len().min(latents.n_latents().saturating_mul(frames_per_latent));
        let frames = &channel[..n_covered];
        let moments = Moments::of(frames);
        let blocks = || frames.chunks(frames_per_latent);
        let means: Vec<f64> =
            blocks().map(|block| block.iter().sum::<f64>() / block.len() as f64).collect();
        let mut means = Centred::of(&means, &vec![1.0; means.len()]);
        // Rounding may part the means of a constant channel; its frames say so.
        means.deviation = means.deviation.filter(|_| moments.deviation().is_some());
        let sum = |block: &[f64]| block.iter().map(|value| value - moments.mean()).sum();
        let sums = Centred { values: blocks().map(sum).collect(), deviation: moments.deviation() };
        Self { means, sums }
    }
}

/// Differences from a mean, and their Euclidean norm.
struct Centred {
    values: Vec<f64>,
    /// `None` where all values are equal.
    deviation: Option<f64>,
}

impl Centred {
    /// Each value counts `weight` times.
    fn of(values: &[f64], weights: &[f64]) -> Self {
        let is_constant = values.iter().all(|value| *value == values[0]);
        let total: f64 = weights.iter().sum();
        let sum: f64 = values.iter().zip(weights).map(|(value, weight)| value * weight).sum();
        let mean = if total > 0.0 { sum / total } else { 0.0 };
        let centred: Vec<f64> = values.iter().map(|value| value - mean).collect();
        let squares = centred.iter().zip(weights).map(|(value, weight)| value * value * weight);
        let deviation = (!is_constant).then(|| squares.sum::<f64>().sqrt());
        Self { values: centred, deviation }
    }

    fn pearson(&self, other: &Self) -> f64 {
        let (Some(a), Some(b)) = (self.deviation, other.deviation) else { return 0.0 };
        let covariance: f64 = self.values.iter().zip(&other.values).map(|(a, b)| a * b).sum();
        let r = covariance / (a * b);
        if r.is_finite() { r.clamp(-1.0, 1.0) } else { 0.0 }
    }
}

fn between_channels(channels: [&[f64]; N_CHANNELS]) -> ChannelMatrix {
    let moments = channels.map(Moments::of);
    let mut matrix = vec![[0.0; N_CHANNELS]; N_CHANNELS];
    for a in 0..N_CHANNELS {
        matrix[a][a] = 1.0;
        for b in a + 1..N_CHANNELS {
            let r = agreement((channels[a], moments[a]), (channels[b], moments[b])).pearson;
            let r = if r.is_finite() { r } else { 0.0 };
            (matrix[a][b], matrix[b][a]) = (r, r);
        }
    }
    matrix.into()
}

/// The mean over maps; a skipped cell counts as 0 (quirk 65).
///
/// - `maps`: all of the shape of the first
/// - returns: `None` without maps
#[must_use]
pub fn mean_correlations(maps: &[&ChannelCorrelations]) -> Option<ChannelCorrelations> {
    let mean = |matrix: fn(&ChannelCorrelations) -> &ChannelMatrix| {
        let (first, rest) = maps.split_first()?;
        let mut mean = matrix(first).clone();
        for map in rest {
            let addends = matrix(map).cells();
            mean.cells_mut().iter_mut().zip(addends).for_each(|(sum, r)| *sum += r);
        }
        mean.cells_mut().iter_mut().for_each(|sum| *sum /= maps.len() as f64);
        Some(mean)
    };
    Some(ChannelCorrelations {
        downsampled: mean(|map| &map.downsampled)?,
        upsampled: mean(|map| &map.upsampled)?,
        between_channels: mean(|map| &map.between_channels)?,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pearson(a: &[f64], b: &[f64]) -> f64 {
        agreement((a, Moments::of(a)), (b, Moments::of(b))).pearson
    }

    #[test]
    fn a_constant_channel_correlates_with_nothing_but_itself() {
        let ascending: Vec<f64> = (0..50).map(f64::from).collect();
        let constant = [0.1; 50];
        let mut channels = [&constant[..]; 9];
        channels[7] = &ascending;
        let latents: Vec<f32> = (0..3).map(|idx| idx as f32).collect();
        let found = cross_correlate(channels, Latents::new(&latents, 1).unwrap(), 18);
        let mut expected = [0.0; 9];
        expected[7] = 1.0;
        let cells = found.downsampled.cells().iter().zip(expected);
        assert!(cells.into_iter().all(|(a, b)| (a - b).abs() < 1e-3));
        assert_eq!(found.upsampled.cells()[0], 0.0);
        let between = found.between_channels.rows()[0];
        assert_eq!((between[0], between[7]), (1.0, 0.0));
    }

    #[test]
    fn the_mean_counts_skipped_cells() {
        let of = |r: f64| ChannelCorrelations {
            downsampled: vec![[r; 9]].into(),
            upsampled: vec![[-r; 9]].into(),
            between_channels: vec![[r; 9]; 9].into(),
        };
        let mean = mean_correlations(&[&of(0.0), &of(0.5), &of(0.25)]);
        assert_eq!(mean, Some(of(0.25)));
        assert_eq!(mean_correlations(&[]), None);
    }

    proptest! {
        #[test]
        fn correlations_match_their_definition(
            frames in prop::collection::vec((-1.0..1.0_f64, 0..4_u8), 1..90),
            latents in prop::collection::vec(-2.0..2.0_f32, 5),
            frames_per_latent in 1..20_usize,
        ) {
            let (x, steps): (Vec<f64>, Vec<u8>) = frames.into_iter().unzip();
            let steps: Vec<f64> = steps.into_iter().map(f64::from).collect();
            let channels: [&[f64]; 9] =
                std::array::from_fn(|idx| if idx % 2 == 0 { &x[..] } else { &steps[..] });
            let latents_of_map = Latents::new(&latents, 1).unwrap();
            let found = cross_correlate(channels, latents_of_map, frames_per_latent);

            let latents: Vec<f64> = latents.iter().map(|&z| f64::from(z)).collect();
            for (idx, channel) in [(0, &x), (1, &steps)] {
                let means: Vec<f64> = channel
                    .chunks(frames_per_latent)
                    .take(latents.len())
                    .map(|block| block.iter().sum::<f64>() / block.len() as f64)
                    .collect();
                let down = pearson(&latents[..means.len()], &means);
                prop_assert!((found.downsampled.cells()[idx] - down).abs() < 1e-6);
                let repeated: Vec<f64> = latents
                    .iter()
                    .flat_map(|&z| std::iter::repeat_n(z, frames_per_latent))
                    .take(channel.len())
                    .collect();
                let up = pearson(&repeated, &channel[..repeated.len()]);
                prop_assert!((found.upsampled.cells()[idx] - up).abs() < 1e-6);
            }
            let between = found.between_channels.rows();
            prop_assert!((between[0][1] - pearson(&x, &steps)).abs() < 1e-12);
            prop_assert_eq!(between[1][0], between[0][1]);
        }
    }
}

use crate::{Latents, Moments, agreement};
use carto_types::SignalChannel;

const N_CHANNELS: usize = SignalChannel::COUNT;

/// How one map's latents go with its nine channels, or the mean over maps:
/// Pearson's r.
#[derive(Debug, Clone, PartialEq)]
pub struct Coupling {
    /// `[n_dims][9]`: each channel averaged over the frames of a column.
    pub down: Vec<[f64; N_CHANNELS]>,
    /// `[n_dims][9]`: each latent repeated over the frames of a column.
    pub up: Vec<[f64; N_CHANNELS]>,
    /// `[9][9]`: the channels among themselves. 1 on the diagonal, also where
    /// a channel is constant, as in the published table.
    pub raw: [[f64; N_CHANNELS]; N_CHANNELS],
}

/// Couples one map's latents with its channels; a cell is 0 where a side is
/// constant.
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
/// `7ec522b`, lines 842 to 858, for `down`; the published page's tables for
/// `up` (`np.repeat`, cut to the signal's length) and `raw`. Latents are not
/// repeated here: sums over a column's frames give the same.
#[must_use]
pub fn couple(
    channels: [&[f64]; N_CHANNELS],
    latents: Latents<'_>,
    frames_per_latent: usize,
) -> Coupling {
    let frames_per_latent = frames_per_latent.max(1);
    let columns = channels.map(|channel| Columns::of(channel, frames_per_latent, &latents));
    let n_columns = columns[0].down.values.len();
    let n_covered = channels[0].len().min(n_columns.saturating_mul(frames_per_latent));
    let weights: Vec<f64> = (0..n_columns)
        .map(|idx| frames_per_latent.min(n_covered - idx * frames_per_latent) as f64)
        .collect();
    let ones = vec![1.0; n_columns];

    let mut coupling = Coupling {
        down: Vec::with_capacity(latents.dims().len()),
        up: Vec::with_capacity(latents.dims().len()),
        raw: raw(channels),
    };
    for dim in latents.dims() {
        let values: Vec<f64> = dim[..n_columns].iter().map(|&value| f64::from(value)).collect();
        let (down, up) = (Centred::of(&values, &ones), Centred::of(&values, &weights));
        coupling.down.push(columns.each_ref().map(|columns| columns.down.pearson(&down)));
        coupling.up.push(columns.each_ref().map(|columns| columns.up.pearson(&up)));
    }
    coupling
}

/// One channel by column.
struct Columns {
    /// Means over a column's frames, from their mean.
    down: Centred,
    /// Sums over a column's frames of the differences from the channel's mean,
    /// with the deviation of the frames themselves.
    up: Centred,
}

impl Columns {
    fn of(channel: &[f64], frames_per_latent: usize, latents: &Latents<'_>) -> Self {
        let n_covered = channel.len().min(latents.n_latents().saturating_mul(frames_per_latent));
        let frames = &channel[..n_covered];
        let moments = Moments::of(frames);
        let blocks = || frames.chunks(frames_per_latent);
        let means: Vec<f64> =
            blocks().map(|block| block.iter().sum::<f64>() / block.len() as f64).collect();
        let mut down = Centred::of(&means, &vec![1.0; means.len()]);
        // Rounding may part the means of a constant channel; its frames say so.
        down.deviation = down.deviation.filter(|_| moments.deviation().is_some());
        let sum = |block: &[f64]| block.iter().map(|value| value - moments.mean()).sum();
        let up = Centred { values: blocks().map(sum).collect(), deviation: moments.deviation() };
        Self { down, up }
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

fn raw(channels: [&[f64]; N_CHANNELS]) -> [[f64; N_CHANNELS]; N_CHANNELS] {
    let moments = channels.map(Moments::of);
    let mut raw = [[0.0; N_CHANNELS]; N_CHANNELS];
    for a in 0..N_CHANNELS {
        raw[a][a] = 1.0;
        for b in a + 1..N_CHANNELS {
            let r = agreement((channels[a], moments[a]), (channels[b], moments[b])).pearson;
            let r = if r.is_finite() { r } else { 0.0 };
            (raw[a][b], raw[b][a]) = (r, r);
        }
    }
    raw
}

/// The mean over maps; a skipped cell counts as 0 (quirk 65). `None` without
/// maps. All maps have as many dimensions as the first.
#[must_use]
pub fn mean_coupling(maps: &[Coupling]) -> Option<Coupling> {
    let (first, rest) = maps.split_first()?;
    let mut mean = first.clone();
    let rows = |coupling: &mut Coupling, work: &mut dyn FnMut(usize, &mut [f64])| {
        let Coupling { down, up, raw } = coupling;
        let rows = down.iter_mut().chain(up).chain(raw);
        rows.enumerate().for_each(|(idx, row)| work(idx, row));
    };
    for map in rest {
        let addends: Vec<_> = map.down.iter().chain(&map.up).chain(&map.raw).collect();
        rows(&mut mean, &mut |idx, row| {
            let addend = addends.get(idx).into_iter().flat_map(|row| row.iter());
            row.iter_mut().zip(addend).for_each(|(sum, value)| *sum += value);
        });
    }
    let n_maps = maps.len() as f64;
    rows(&mut mean, &mut |_, row| row.iter_mut().for_each(|sum| *sum /= n_maps));
    Some(mean)
}

/// The channels of a row by `|r|`, strongest first; of equal ones the later
/// first, as a reversed stable sort has it (quirk 66).
#[must_use]
pub fn strongest_channels(row: &[f64; N_CHANNELS]) -> [usize; N_CHANNELS] {
    let mut order: [usize; N_CHANNELS] = std::array::from_fn(|idx| idx);
    order.sort_by(|&a, &b| row[a].abs().total_cmp(&row[b].abs()));
    order.reverse();
    order
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pearson(a: &[f64], b: &[f64]) -> f64 {
        agreement((a, Moments::of(a)), (b, Moments::of(b))).pearson
    }

    #[test]
    fn of_equal_cells_the_later_comes_first() {
        let row = [0.1, -0.5, 0.5, 0.0, 0.0, 0.2, -0.2, 0.0, 0.9];
        assert_eq!(strongest_channels(&row), [8, 2, 1, 6, 5, 0, 7, 4, 3]);
    }

    #[test]
    fn a_constant_channel_couples_with_nothing_but_itself() {
        let ascending: Vec<f64> = (0..50).map(f64::from).collect();
        let constant = [0.1; 50];
        let mut channels = [&constant[..]; 9];
        channels[7] = &ascending;
        let latents: Vec<f32> = (0..3).map(|idx| idx as f32).collect();
        let coupling = couple(channels, Latents::new(&latents, 1).unwrap(), 18);
        let mut expected = [0.0; 9];
        expected[7] = 1.0;
        assert!(coupling.down[0].iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-3));
        assert_eq!(coupling.up[0][0], 0.0);
        assert_eq!((coupling.raw[0][0], coupling.raw[0][7]), (1.0, 0.0));
    }

    #[test]
    fn the_mean_counts_skipped_cells() {
        let coupling =
            |r: f64| Coupling { down: vec![[r; 9]], up: vec![[-r; 9]], raw: [[r; 9]; 9] };
        let mean = mean_coupling(&[coupling(0.0), coupling(0.5), coupling(0.25)]).unwrap();
        assert_eq!(mean, coupling(0.25));
        assert_eq!(mean_coupling(&[]), None);
    }

    proptest! {
        #[test]
        fn coupling_matches_its_definition(
            frames in prop::collection::vec((-1.0..1.0_f64, 0..4_u8), 1..90),
            latents in prop::collection::vec(-2.0..2.0_f32, 5),
            frames_per_latent in 1..20_usize,
        ) {
            let (x, steps): (Vec<f64>, Vec<u8>) = frames.into_iter().unzip();
            let steps: Vec<f64> = steps.into_iter().map(f64::from).collect();
            let channels: [&[f64]; 9] =
                std::array::from_fn(|idx| if idx % 2 == 0 { &x[..] } else { &steps[..] });
            let coupling = couple(channels, Latents::new(&latents, 1).unwrap(), frames_per_latent);

            let latents: Vec<f64> = latents.iter().map(|&z| f64::from(z)).collect();
            for (idx, channel) in [(0, &x), (1, &steps)] {
                let means: Vec<f64> = channel
                    .chunks(frames_per_latent)
                    .take(latents.len())
                    .map(|block| block.iter().sum::<f64>() / block.len() as f64)
                    .collect();
                let down = pearson(&latents[..means.len()], &means);
                prop_assert!((coupling.down[0][idx] - down).abs() < 1e-6);
                let repeated: Vec<f64> = latents
                    .iter()
                    .flat_map(|&z| std::iter::repeat_n(z, frames_per_latent))
                    .take(channel.len())
                    .collect();
                let up = pearson(&repeated, &channel[..repeated.len()]);
                prop_assert!((coupling.up[0][idx] - up).abs() < 1e-6);
            }
            prop_assert!((coupling.raw[0][1] - pearson(&x, &steps)).abs() < 1e-12);
            prop_assert_eq!(coupling.raw[1][0], coupling.raw[0][1]);
        }
    }
}

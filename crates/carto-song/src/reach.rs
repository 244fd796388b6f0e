//! What windows of bars have in common when one map is shifted by whole bars.

use carto_agreement::sums;
use carto_evidence::Bars;
use carto_types::{AlignmentClass, ShiftReach, SignalChannel, SongBar};

use crate::bar_products::RowProducts;
use crate::bars::WINDOW_BARS;
use crate::pair::SongPair;

/// Quantiles that a reach is of: 90 % of the shifts lie between them.
const LOW: f64 = 0.05;
/// See [`LOW`].
const HIGH: f64 = 0.95;

/// Fewer shifts than this have no 5 % of them.
const MIN_SHIFTS: usize = 20;

/// Whole bars that take part, at most: half an hour at 240 beats a minute.
const MAX_BARS: usize = 2048;

/// Products of a channel, at most; as for the shifts of a whole song in the evidence of pairs. Half
/// an hour of music takes as many.
const MAX_PRODUCTS: usize = 1 << 28;

/// A bar is whole where it is as long as its beats to this many ms.
const WHOLE_MS: f64 = 5.0;

/// A sum of squared differences from the mean up to this is that of a constant.
const NO_VARIANCE: f64 = 1e-9;

/// What shifts of B by whole bars reach in the window from each bar on, `[n_bars]`; empty or `None`
/// where there is nothing to say.
///
/// A window of A, which are four bars in a row, meets every other four bars in a row of B: those of
/// all shifts by whole bars but the true one, as far as the song goes, without wrapping around. Bars
/// are sampled in equal steps, as many in each as a bar of the main tempo has frames, so that bars
/// of two tempos can meet. The mean r of a shift is, as that of a window, over the channels that
/// have one, where those are enough; a shift to bars in which B has no object has none. Bars that a
/// timing point cuts short and those of another meter than most take no part.
///
/// On the true bars, samples in equal steps and the frames of a window give the same mean r to
/// about 0.01.
///
/// - `bars`: those of A in the span, ascending and without gaps
/// - `least_channels`: with an r that a mean needs
pub(crate) fn reaches(
    pair: &SongPair,
    bars: &[SongBar],
    least_channels: u8,
) -> Vec<Option<ShiftReach>> {
    let Some(whole) = WholeBars::of(pair, bars) else { return Vec::new() };
    let sums = whole.sums_of_r();
    let mut reaches = vec![None; bars.len()];
    let mut means = Vec::new();
    for (idx, &place) in whole.places.iter().enumerate() {
        means.clear();
        means.extend(whole.means(idx, &sums, least_channels));
        reaches[place] = reach_of(&mut means);
    }
    reaches
}

/// Bars of one meter on which both maps were sampled.
struct WholeBars {
    /// Place of each in the bars of the span.
    places: Vec<usize>,
    n_samples: usize,
    /// `[9, n_bars * n_samples]` of A and of B, without their means over all bars.
    maps: [Vec<f64>; 2],
    /// Whether four whole bars in a row begin at a bar, and A or B has an object in them.
    begins_window: [Vec<bool>; 2],
}

/// Sums over channels of the r of every window of A with every window of B.
struct SumsOfR {
    /// `[n_windows, n_windows]`
    sums: Vec<f64>,
    /// Channels that have an r, `[n_windows, n_windows]`.
    n_channels: Vec<u8>,
}

/// What the windows of one map have to be known for their r, of one channel.
struct WindowMoments {
    /// Sums of samples.
    sums: Vec<f64>,
    /// 1 over the root of the sum of squared differences from the mean; 0 of a constant.
    inverse_deviations: Vec<f64>,
}

impl WindowMoments {
    /// - `rows`: bars of `n_samples`
    fn of(rows: &[f64], n_samples: usize) -> Self {
        let of_bar = |bar: &[f64]| sums(bar, bar, |value, _| [value, value * value]);
        let bars: Vec<[f64; 2]> = rows.chunks(n_samples).map(of_bar).collect();
        let n = (WINDOW_BARS * n_samples) as f64;
        let of_window = |window: &[[f64; 2]]| {
            let [sum, squares] = window
                .iter()
                .fold([0.0; 2], |[sum, squares], bar| [sum + bar[0], squares + bar[1]]);
            let variance = squares - sum * sum / n;
            (sum, if variance > NO_VARIANCE { 1.0 / variance.sqrt() } else { 0.0 })
        };
        let (sums, inverse_deviations) = bars.windows(WINDOW_BARS).map(of_window).unzip();
        Self { sums, inverse_deviations }
    }
}

impl WholeBars {
    fn of(pair: &SongPair, bars: &[SongBar]) -> Option<Self> {
        let main = pair.a().evidence().tempo()?;
        if pair.lag().class != AlignmentClass::Aligned {
            return None;
        }
        let meter = commonest_meter(bars)?;
        let places: Vec<usize> =
            (0..bars.len()).filter(|&idx| is_whole(&bars[idx], meter)).collect();
        let starts_and_beats: Vec<_> =
            places.iter().map(|&idx| (bars[idx].start_ms, bars[idx].beat_ms)).collect();
        let whole = Bars::new(&starts_and_beats, meter, main.beat_ms);
        let (n_bars, n_samples) = (whole.len(), whole.n_samples());
        let n_products = n_bars.saturating_mul(n_bars).saturating_mul(n_samples);
        if !whole.is_enough() || n_bars > MAX_BARS || n_products > MAX_PRODUCTS {
            return None;
        }
        let times_ms = whole.sample_times_ms();
        let times_b_ms: Vec<f64> =
            times_ms.iter().map(|time_ms| time_ms - pair.lag().lag_ms).collect();
        let mut maps = [
            pair.a().evidence().signal().sample(&times_ms),
            pair.b().evidence().signal().sample(&times_b_ms),
        ];
        for channel in maps.iter_mut().flat_map(|map| map.chunks_mut(n_bars * n_samples)) {
            let [sum] = sums(channel, channel, |value, _| [value]);
            let mean = sum / channel.len() as f64;
            channel.iter_mut().for_each(|value| *value -= mean);
        }
        let have_objects: Vec<[bool; 2]> =
            bars.iter().map(|bar| pair.have_objects(bar.start_ms, bar.end_ms)).collect();
        let begins_window = [0, 1].map(|map_idx| {
            let begins = |row: &[usize]| {
                let is_row = row[WINDOW_BARS - 1] - row[0] == WINDOW_BARS - 1;
                is_row && row.iter().any(|&place| have_objects[place][map_idx])
            };
            places.windows(WINDOW_BARS).map(begins).collect()
        });
        Some(Self { places, n_samples, maps, begins_window })
    }

    fn n_windows(&self) -> usize {
        self.begins_window[0].len()
    }

    /// r of all windows of A with all of B, channel after channel.
    fn sums_of_r(&self) -> SumsOfR {
        let (n_bars, n_windows) = (self.places.len(), self.n_windows());
        let mut found = SumsOfR {
            sums: vec![0.0; n_windows * n_windows],
            n_channels: vec![0; n_windows * n_windows],
        };
        let mut products = RowProducts::new(n_bars);
        for channel in SignalChannel::ALL {
            let n_values = n_bars * self.n_samples;
            let [a, b] =
                self.maps.each_ref().map(|map| &map[channel as usize * n_values..][..n_values]);
            products.multiply(a, b, self.n_samples);
            let moments = [a, b].map(|map| WindowMoments::of(map, self.n_samples));
            found.add(&products, &moments, self.n_samples);
        }
        found
    }

    /// The mean r of a window of A at all shifts that have one.
    fn means<'a>(
        &'a self,
        window: usize,
        found: &'a SumsOfR,
        least_channels: u8,
    ) -> impl Iterator<Item = f64> {
        let [begins_a, begins_b] = &self.begins_window;
        let n_windows = self.n_windows();
        let is_window = begins_a.get(window).copied().unwrap_or_default();
        let others = if is_window { 0..n_windows } else { 0..0 };
        others.filter(move |&other| other != window && begins_b[other]).filter_map(move |other| {
            let place = window * n_windows + other;
            let n_channels = found.n_channels[place];
            let is_enough = n_channels >= least_channels.max(1);
            is_enough.then(|| found.sums[place] / f64::from(n_channels))
        })
    }
}

impl SumsOfR {
    /// Adds the r of a channel to every two windows that have one.
    fn add(&mut self, products: &RowProducts, [a, b]: &[WindowMoments; 2], n_samples: usize) {
        let n_windows = b.sums.len();
        let n = (WINDOW_BARS * n_samples) as f64;
        let rows = self.sums.chunks_mut(n_windows).zip(self.n_channels.chunks_mut(n_windows));
        for (window, (sums, n_channels)) in rows.enumerate() {
            let (sum_a, inverse_a) = (a.sums[window] / n, a.inverse_deviations[window]);
            if inverse_a == 0.0 {
                continue;
            }
            // Bar `i` of the window meets bar `i` of every other.
            let met: [&[f64]; WINDOW_BARS] =
                std::array::from_fn(|bar| &products.row(window + bar)[bar..][..n_windows]);
            for other in 0..n_windows {
                let product = met[0][other] + met[1][other] + met[2][other] + met[3][other];
                let inverse = inverse_a * b.inverse_deviations[other];
                let r = (product - sum_a * b.sums[other]) * inverse;
                sums[other] += r.clamp(-1.0, 1.0);
                n_channels[other] += u8::from(inverse > 0.0);
            }
        }
    }
}

fn is_whole(bar: &SongBar, meter: u32) -> bool {
    let whole_ms = f64::from(meter) * bar.beat_ms;
    bar.meter == meter && (bar.end_ms - bar.start_ms - whole_ms).abs() <= WHOLE_MS
}

/// The meter of most bars; of equally common ones the first.
fn commonest_meter(bars: &[SongBar]) -> Option<u32> {
    let count = |meter: u32| bars.iter().filter(|bar| bar.meter == meter).count();
    // Meters lie in 1 to 16.
    let counted = bars.iter().map(|bar| bar.meter).collect::<std::collections::BTreeSet<_>>();
    let most = counted.iter().map(|&meter| count(meter)).max()?;
    bars.iter().map(|bar| bar.meter).find(|&meter| count(meter) == most)
}

fn reach_of(means: &mut [f64]) -> Option<ShiftReach> {
    if means.len() < MIN_SHIFTS {
        return None;
    }
    means.sort_by(f64::total_cmp);
    let n_shifts = means.len() as u32;
    Some(ShiftReach { low: quantile(means, LOW)?, high: quantile(means, HIGH)?, n_shifts })
}

/// Between the two nearest values in proportion, as numpy's default.
///
/// - `sorted`: ascending
fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let place = share * (sorted.len().checked_sub(1)?) as f64;
    let (below, above) = (sorted.get(place.floor() as usize)?, sorted.get(place.ceil() as usize)?);
    Some(below + (above - below) * place.fract())
}

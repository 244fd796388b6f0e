//! What windows of bars have in common when one map is shifted by whole bars.

use carto_agreement::sums;
use carto_evidence::Bars;
use carto_types::{AlignmentClass, ShiftReach, SignalChannel, SongBar};

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
/// have one; a shift to bars in which B has no object has none. Bars that a timing point cuts short
/// and those of another meter than most take no part.
///
/// On the true bars, samples in equal steps and the frames of a window give the same mean r to
/// about 0.01.
///
/// - `bars`: those of A in the span, ascending and without gaps
pub(crate) fn reaches(pair: &SongPair, bars: &[SongBar]) -> Vec<Option<ShiftReach>> {
    let Some(whole) = WholeBars::of(pair, bars) else { return Vec::new() };
    let mut means = MeansOfShifts::new(whole.places.len());
    for (before, after) in whole.shifts() {
        means.begin_shift();
        for channel in SignalChannel::ALL {
            whole.add_r(channel, before, after, &mut means);
        }
        whole.end_shift(before, after, &mut means);
    }
    let mut reaches = vec![None; bars.len()];
    for (&place, values) in whole.places.iter().zip(&mut means.of_window) {
        if let Some(reach) = reaches.get_mut(place) {
            *reach = reach_of(values);
        }
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
    /// Sums and sums of squares of each bar, `[9, n_bars]` of A and of B.
    sums: [Vec<[f64; 2]>; 2],
    /// Whether four whole bars in a row begin at a bar, and both A and B have an object in them.
    begins_window: [Vec<bool>; 2],
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
        let of_bar = |bar: &[f64]| sums(bar, bar, |value, _| [value, value * value]);
        let sums = maps.each_ref().map(|map| map.chunks(n_samples).map(of_bar).collect());
        let have_objects: Vec<[bool; 2]> =
            bars.iter().map(|bar| pair.have_objects(bar.start_ms, bar.end_ms)).collect();
        let begins_window = [0, 1].map(|map_idx| {
            let begins = |idx: usize| {
                places.get(idx..idx + WINDOW_BARS).is_some_and(|row| {
                    let is_row = row[WINDOW_BARS - 1] - row[0] == WINDOW_BARS - 1;
                    is_row && row.iter().any(|&place| have_objects[place][map_idx])
                })
            };
            (0..n_bars).map(begins).collect()
        });
        Some(Self { places, n_samples, maps, sums, begins_window })
    }

    /// All shifts but the true one, as bars of A before and bars of B before those that meet.
    fn shifts(&self) -> impl Iterator<Item = (usize, usize)> {
        let n_bars = self.places.len();
        (1..n_bars).flat_map(|shift| [(shift, 0), (0, shift)])
    }

    /// Adds the r of a channel to all windows of a shift: bar `after_a + i` of A meets bar
    /// `after_b + i` of B.
    fn add_r(
        &self,
        channel: SignalChannel,
        after_a: usize,
        after_b: usize,
        means: &mut MeansOfShifts,
    ) {
        let n_bars = self.places.len();
        let n_met = n_bars - after_a.max(after_b);
        let n_samples = self.n_samples;
        let [a, b] = self
            .maps
            .each_ref()
            .map(|map| &map[channel as usize * n_bars * n_samples..][..n_bars * n_samples]);
        let [sums_a, sums_b] =
            self.sums.each_ref().map(|sums| &sums[channel as usize * n_bars..][..n_bars]);
        means.products.clear();
        let rows_a = a[after_a * n_samples..].chunks(n_samples);
        let rows_b = b[after_b * n_samples..].chunks(n_samples);
        means.products.extend(rows_a.zip(rows_b).map(|(row_a, row_b)| {
            let [product] = sums(row_a, row_b, |a, b| [a * b]);
            product
        }));
        let n = (WINDOW_BARS * n_samples) as f64;
        for idx in 0..(n_met + 1).saturating_sub(WINDOW_BARS) {
            let [sum_a, squares_a] = added(&sums_a[after_a + idx..][..WINDOW_BARS]);
            let [sum_b, squares_b] = added(&sums_b[after_b + idx..][..WINDOW_BARS]);
            let product: f64 = means.products[idx..][..WINDOW_BARS].iter().sum();
            let variance_a = squares_a - sum_a * sum_a / n;
            let variance_b = squares_b - sum_b * sum_b / n;
            if variance_a > NO_VARIANCE && variance_b > NO_VARIANCE {
                let r = (product - sum_a * sum_b / n) / (variance_a * variance_b).sqrt();
                means.add(after_a + idx, r.clamp(-1.0, 1.0));
            }
        }
    }

    /// Keeps the mean r of the windows of a shift that have one.
    fn end_shift(&self, after_a: usize, after_b: usize, means: &mut MeansOfShifts) {
        let [begins_a, begins_b] = &self.begins_window;
        let windows = begins_a[after_a..].iter().zip(&begins_b[after_b..]).enumerate();
        for (idx, _) in windows.filter(|(_, (a, b))| **a && **b) {
            means.keep(after_a + idx);
        }
    }
}

/// The mean r of every window at every shift.
struct MeansOfShifts {
    /// Sum over channels and their number, by first bar, of one shift.
    of_shift: Vec<[f64; 2]>,
    /// Products of the bars that meet, of one channel and shift.
    products: Vec<f64>,
    /// The mean r of all shifts, by first bar.
    of_window: Vec<Vec<f64>>,
}

impl MeansOfShifts {
    fn new(n_bars: usize) -> Self {
        Self {
            of_shift: vec![[0.0; 2]; n_bars],
            products: Vec::with_capacity(n_bars),
            of_window: vec![Vec::with_capacity(n_bars); n_bars],
        }
    }

    fn begin_shift(&mut self) {
        self.of_shift.fill([0.0; 2]);
    }

    fn add(&mut self, idx: usize, r: f64) {
        if let Some([sum, n_channels]) = self.of_shift.get_mut(idx) {
            *sum += r;
            *n_channels += 1.0;
        }
    }

    fn keep(&mut self, idx: usize) {
        if let (Some([sum, n_channels]), Some(kept)) =
            (self.of_shift.get(idx), self.of_window.get_mut(idx))
            && *n_channels > 0.0
        {
            kept.push(sum / n_channels);
        }
    }
}

fn added(bars: &[[f64; 2]]) -> [f64; 2] {
    bars.iter().fold([0.0; 2], |[sum, squares], bar| [sum + bar[0], squares + bar[1]])
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

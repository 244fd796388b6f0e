//! Latents of two maps on the bars of the first.

use carto_agreement::Latents;
use carto_types::{LatentBars, SignalChannel};

use crate::EvidenceMap;
use crate::bars::Bars;
use crate::effective_share::effective_share;
use crate::map::CLOCK;
use crate::shifts::{MIN_BARS, bar_pearson};

/// Frames of both maps on all bars: as many as the longest signal has.
const MAX_FRAMES: usize = 1 << 20;

/// Where the first frame of a bar lies, in frames from its start. Events lie on parts of beats, so that
/// on a frame at the start of a bar they would count as before it or behind it as rounding falls; no
/// quarter or twelfth of a beat lies a third of a frame beside another frame, but in bars of nine beats.
const FIRST_FRAME: f64 = 1.0 / 3.0;

/// The signals of two maps on the bars of the first, for an encoder to read.
///
/// A bar is no whole number of latent columns, and a latent half a column beside its place is
/// hardly like itself, so that bars against bars at the nearest column would give far too little
/// for a shared grid. Here every bar has as many columns as fit best, and as many frames as
/// these take, in equal steps: the encoder hears the music a little faster or slower, both maps
/// alike, and a shift by bars is one by whole columns.
#[derive(Debug, Clone, PartialEq)]
pub struct SignalsOnBars {
    n_bars: usize,
    /// Numbers of the bars in which both maps have an object.
    active: Vec<usize>,
    columns_per_bar: usize,
    /// `[9, n_bars * columns_per_bar * frames_per_latent]` each.
    signals: [Vec<f32>; 2],
}

impl SignalsOnBars {
    /// Samples both maps on the bars of A that lie where both have begun and none has ended.
    ///
    /// - `lag_ms`: added to the times of `b`
    /// - `frames_per_latent`: frames of a column, 1 or more
    /// - returns: `None` with fewer than 12 bars in which both have an object, and beyond 1.7 hours
    ///   of bars
    #[must_use]
    pub fn new(
        a: &EvidenceMap,
        b: &EvidenceMap,
        lag_ms: f64,
        frames_per_latent: usize,
    ) -> Option<Self> {
        let bars = Bars::shared(a, b, lag_ms)?;
        let onsets_b_ms = b.events_ms(SignalChannel::Onset).iter().map(|time_ms| time_ms + lag_ms);
        let onsets_b_ms: Vec<f64> = onsets_b_ms.collect();
        let (_, active) = bars.active([a.events_ms(SignalChannel::Onset), &onsets_b_ms]);
        let columns_per_bar = columns_per_bar(&bars, frames_per_latent);
        let frames_per_bar = columns_per_bar * frames_per_latent;
        if active.len() < MIN_BARS || bars.len().saturating_mul(frames_per_bar) > MAX_FRAMES {
            return None;
        }
        let times_ms = bars.times_ms(frames_per_bar, FIRST_FRAME);
        let times_b_ms: Vec<f64> = times_ms.iter().map(|time_ms| time_ms - lag_ms).collect();
        let sample = |map: &EvidenceMap, times_ms: &[f64]| -> Vec<f32> {
            map.signal().sample(times_ms).into_iter().map(|value| value as f32).collect()
        };
        let signals = [sample(a, &times_ms), sample(b, &times_b_ms)];
        Some(Self { n_bars: bars.len(), active, columns_per_bar, signals })
    }

    /// The nine channels of A and of B, `[9, n_frames]` each, channel by channel.
    #[must_use]
    pub fn signals(&self) -> [&[f32]; 2] {
        self.signals.each_ref().map(Vec::as_slice)
    }

    /// Compares what the encoder made of both signals, on the active bars.
    ///
    /// - `a`, `b`: `[n_latents, n_columns]`, of the same number of latents
    /// - returns: `None` where the columns are not those of the signals
    #[must_use]
    pub fn compare(&self, a: Latents<'_>, b: Latents<'_>) -> Option<LatentBars> {
        let width = self.columns_per_bar;
        let n_columns = self.n_bars * width;
        if a.n_latents() != n_columns || b.n_latents() != n_columns {
            return None;
        }
        let on_active_bars = |latent: &[f32]| -> Vec<f64> {
            let bars = self.active.iter().flat_map(|bar_idx| &latent[bar_idx * width..][..width]);
            bars.map(|&value| f64::from(value)).collect()
        };
        let mut found = LatentBars {
            active_bars: self.active.len() as u32,
            columns_per_bar: width as u32,
            ..LatentBars::default()
        };
        for (a, b) in a.dims().zip(b.dims()) {
            let (x, y) = (on_active_bars(a), on_active_bars(b));
            let pearson = bar_pearson(&x, &y, width);
            found.effective_share.push(pearson.and_then(|_| effective_share(&x, &y)));
            found.pearson_bars.push(pearson);
        }
        Some(found)
    }
}

/// Columns that fit a bar of the main beat best.
fn columns_per_bar(bars: &Bars, frames_per_latent: usize) -> usize {
    let columns = bars.bar_ms() / CLOCK.time_ms(frames_per_latent.max(1));
    ((columns + 0.5).floor() as usize).max(1)
}

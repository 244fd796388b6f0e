use carto_beatmap::signal::BeatmapSignal;
use carto_types::{PairAgreement, SignalChannel};

use crate::{Moments, agreement};

/// Every how many frames a column enters the full cosine (`run_analysis.py:498`).
const COLUMN_STEP: usize = 10;

/// A signal with what its comparisons share, measured once.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasuredSignal {
    signal: BeatmapSignal,
    moments: [Moments; SignalChannel::COUNT],
    /// Norm of every tenth column, `[ceil(n_frames / 10)]`.
    column_norms: Vec<f64>,
}

impl MeasuredSignal {
    /// Measures a signal.
    #[must_use]
    pub fn new(signal: BeatmapSignal) -> Self {
        let moments = SignalChannel::ALL.map(|channel| Moments::of(signal.channel(channel)));
        let column_norms = column_products(&signal, &signal).map(f64::sqrt).collect();
        Self { signal, moments, column_norms }
    }

    /// The signal itself.
    #[must_use]
    pub fn signal(&self) -> &BeatmapSignal {
        &self.signal
    }
}

/// Compares two signals of one length; all maps of a song share theirs.
///
/// # Source
///
/// `step4_track_a` in osu-dreamer-cartography `experiment/run_analysis.py` @
/// `7ec522b`, in float64.
#[must_use]
pub fn compare(a: &MeasuredSignal, b: &MeasuredSignal) -> PairAgreement {
    let channels = SignalChannel::ALL.map(|channel| {
        let series = |measured: &'_ MeasuredSignal| measured.moments[channel as usize];
        agreement((a.signal.channel(channel), series(a)), (b.signal.channel(channel), series(b)))
    });
    PairAgreement { channels, full_cosine: full_cosine(a, b) }
}

fn full_cosine(a: &MeasuredSignal, b: &MeasuredSignal) -> f64 {
    let norms = a.column_norms.iter().zip(&b.column_norms);
    let (mut sum, mut n_columns) = (0.0, 0.0);
    for (product, (&norm_a, &norm_b)) in column_products(&a.signal, &b.signal).zip(norms) {
        if norm_a != 0.0 && norm_b != 0.0 {
            sum += product / (norm_a * norm_b);
        }
        n_columns += 1.0;
    }
    if n_columns > 0.0 { sum / n_columns } else { 0.0 }
}

/// The dot product of every tenth column of `a` with that of `b`.
fn column_products(a: &BeatmapSignal, b: &BeatmapSignal) -> impl Iterator<Item = f64> {
    let channels = SignalChannel::ALL.map(|channel| (a.channel(channel), b.channel(channel)));
    let n_frames = a.n_frames().min(b.n_frames());
    (0..n_frames)
        .step_by(COLUMN_STEP)
        .map(move |frame_idx| channels.iter().map(|(a, b)| a[frame_idx] * b[frame_idx]).sum())
}

use super::statistics::{cosine, mean_abs_diff, pearson};
use crate::signal::{BeatmapSignal, SignalChannel};

/// Every how many frames a column enters the full cosine (`run_analysis.py:498`).
const COLUMN_STEP: usize = 10;

/// How much two maps of one song agree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairAgreement {
    /// In the order of [`SignalChannel::ALL`].
    pub channels: [ChannelAgreement; SignalChannel::COUNT],
    /// Mean over every tenth frame of the cosine between the two columns of
    /// nine values.
    pub full_cosine: f64,
}

/// How much two maps agree in one channel.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ChannelAgreement {
    /// Pearson's r over frames; 0 where a side is constant.
    pub pearson: f64,
    /// Cosine over frames; 0 where a side is zero.
    pub cosine: f64,
    /// Mean absolute difference over frames, in `[0, 2]` for bounded channels.
    pub mean_abs_diff: f64,
}

/// Compares two signals, both cut to the shorter one.
///
/// # Source
///
/// `step4_track_a` in osu-dreamer-cartography `experiment/run_analysis.py` @
/// `7ec522b`, in float64.
#[must_use]
pub fn compare(a: &BeatmapSignal, b: &BeatmapSignal) -> PairAgreement {
    let n_frames = a.n_frames().min(b.n_frames());
    let channels = SignalChannel::ALL.map(|channel| {
        let (a, b) = (&a.channel(channel)[..n_frames], &b.channel(channel)[..n_frames]);
        ChannelAgreement {
            pearson: pearson(a, b),
            cosine: cosine(a, b),
            mean_abs_diff: mean_abs_diff(a, b),
        }
    });
    PairAgreement { channels, full_cosine: full_cosine(a, b, n_frames) }
}

fn full_cosine(a: &BeatmapSignal, b: &BeatmapSignal, n_frames: usize) -> f64 {
    let column = |signal: &BeatmapSignal, frame_idx: usize| {
        SignalChannel::ALL.map(|channel| signal.channel(channel)[frame_idx])
    };
    let (mut sum, mut n_columns) = (0.0, 0.0);
    for frame_idx in (0..n_frames).step_by(COLUMN_STEP) {
        sum += cosine(&column(a, frame_idx), &column(b, frame_idx));
        n_columns += 1.0;
    }
    if n_columns > 0.0 { sum / n_columns } else { 0.0 }
}

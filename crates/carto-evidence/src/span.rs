//! How much two maps agree at one lag, frame by frame and onset by onset.

use std::ops::Range;

use carto_agreement::{onset_counts, share_near};
use carto_types::{ByChannel, SignalChannel, SpanAgreement};

use crate::EvidenceMap;
use crate::counts::log_ratio;
use crate::lag::{MIN_FRAMES, shared_span};
use crate::map::CLOCK;
use crate::spacing::Movement;
use crate::statistics::pearson;

/// Onsets of two maps count as one up to this distance where copies are looked for, ms.
const EQUAL_ONSET_MS: f64 = 1.0;

/// Compares two maps where both have begun and none has ended; `None` where that is less
/// than 1,000 frames.
///
/// - `lag_ms`: added to the times of `b`
#[must_use]
pub fn compare_span(a: &EvidenceMap, b: &EvidenceMap, lag_ms: f64) -> Option<SpanAgreement> {
    let ([start_ms, end_ms], frames) = shared_frames(a, b, lag_ms)?;
    let span_ms = start_ms..=end_ms;
    let inside = |onsets_ms: &[f64], lag_ms: f64| -> Vec<f64> {
        let moved = onsets_ms.iter().map(|onset_ms| onset_ms + lag_ms);
        moved.filter(|onset_ms| span_ms.contains(onset_ms)).collect()
    };
    let all = [
        inside(a.events_ms(SignalChannel::Onset), 0.0),
        inside(b.events_ms(SignalChannel::Onset), lag_ms),
    ];
    let objects = all.each_ref().map(|onsets| onsets.len() as u32);

    let onsets_a = inside(a.distinct_onsets_ms(), 0.0);
    let mut onsets_b = inside(b.distinct_onsets_ms(), lag_ms);
    // Two that differ in their last bits may be one after the lag is added.
    onsets_b.dedup();
    let f = |within_ms: f64| onset_counts(&onsets_b, &onsets_a, within_ms).f_measure();
    let (few, many) = if onsets_a.len() <= onsets_b.len() {
        (&onsets_a, &onsets_b)
    } else {
        (&onsets_b, &onsets_a)
    };
    let movement = Movement::of(a, b, lag_ms);
    Some(SpanAgreement {
        lag_ms,
        span_ms: [start_ms, end_ms],
        frames: [frames.start as u64, frames.end as u64 - 1],
        objects,
        log_ratio: log_ratio(objects),
        r: r_of_frames(a, b, lag_ms, frames),
        f25: f(25.0),
        f50: f(50.0),
        f70: f(70.0),
        equal_onsets: share_near(few, many, EQUAL_ONSET_MS),
        matched: movement.matched,
        spacing: movement.spacing,
        spacing_given_gap: movement.spacing_given_gap,
        turn: movement.turn,
        turns: movement.turns,
    })
}

/// Where both maps have begun and none has ended, ms on the time line of A, with the frames of A
/// in it; `None` where those are less than 1,000.
pub(crate) fn shared_frames(
    a: &EvidenceMap,
    b: &EvidenceMap,
    lag_ms: f64,
) -> Option<([f64; 2], Range<usize>)> {
    let span_ms = shared_span(a, b, lag_ms);
    let frames = CLOCK.frames_between(span_ms[0], span_ms[1], a.n_frames());
    (frames.len() >= MIN_FRAMES).then_some((span_ms, frames))
}

/// Pearson's r of the nine channels over some frames of A.
#[must_use]
pub(crate) fn r_of_frames(
    a: &EvidenceMap,
    b: &EvidenceMap,
    lag_ms: f64,
    frames: Range<usize>,
) -> ByChannel<Option<f64>> {
    let n_frames = frames.len();
    let moved = moved_frames(b, lag_ms, frames.clone());
    ByChannel::from_fn(|channel| {
        if !both_have(a, b, channel) {
            return None;
        }
        let values_a = a.frames(channel, frames.clone());
        let values_b = match &moved {
            Some(values) => &values[channel as usize * n_frames..][..n_frames],
            None => b.frames(channel, frames.clone()),
        };
        pearson(values_a, values_b)
    })
}

/// The nine channels of B on some frames of A, `[9, n]`; `None` at no lag, where B has them on its
/// own frames already.
pub(crate) fn moved_frames(b: &EvidenceMap, lag_ms: f64, frames: Range<usize>) -> Option<Vec<f64>> {
    (lag_ms != 0.0).then(|| {
        let times_ms: Vec<_> = frames.map(|idx| CLOCK.time_ms(idx) - lag_ms).collect();
        b.signal().sample(&times_ms)
    })
}

/// Whether both maps have an event of a channel; those that are no events always are.
#[must_use]
pub(crate) fn both_have(a: &EvidenceMap, b: &EvidenceMap, channel: SignalChannel) -> bool {
    let has = |map: &EvidenceMap| !map.events_ms(channel).is_empty();
    !SignalChannel::EVENTS.contains(&channel) || (has(a) && has(b))
}

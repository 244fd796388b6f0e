//! Channels 0 to 6: what is hit and what is held.

use super::log2::log2_in_place;
use super::times::Times;
use crate::beatmap::{HitObject, HitObjectKind};

/// How long an event is remembered, ms (`hit.py:24`).
const EVENT_MEMORY_MS: f64 = 2048.0;
/// Added before the logarithm, ms: an event has the value of 16 ms (`hit.py:26`).
pub const LOG_OFFSET_MS: f64 = 16.0;
/// From here on the value is the one of no event: log2(2032 + 16) = 11. The
/// lower clamp of the logarithm is never reached: log2(0 + 16) = 4.
const SATURATED_MS: f64 = 2032.0;

/// Writes one channel of events:
/// `2 (clamp(log2(d + 16), 4, 11) - 4) / 7 - 1`, with `d` the time since the
/// latest event, or the whole memory where none lies within it.
///
/// `events_ms` in the order of the file: where several reach a frame, the last
/// of the *list* counts, as in the published code (quirk 47). O(events +
/// frames) for ascending events: each writes only up to the next.
pub(super) fn write_events(
    events_ms: impl Iterator<Item = f64>,
    times: impl Times,
    channel: &mut [f64],
) {
    // First the logarithm's argument, from 16 ms up; saturated without events.
    channel.fill(SATURATED_MS + LOG_OFFSET_MS);
    let mut events_ms = events_ms.peekable();
    while let Some(event_ms) = events_ms.next() {
        let forgotten_ms = event_ms + EVENT_MEMORY_MS;
        let end_ms = match events_ms.peek() {
            // The next event overwrites all that follows it.
            Some(&next_ms) if next_ms >= event_ms => next_ms.min(forgotten_ms),
            _ => forgotten_ms,
        };
        let start = times.at_or_after(event_ms);
        let end = times.at_or_after(end_ms).max(start);
        for (value, time_ms) in channel[start..end].iter_mut().zip(times.times_ms(start..end)) {
            let since_ms = time_ms - event_ms;
            *value = since_ms.min(SATURATED_MS) + LOG_OFFSET_MS;
        }
    }
    log2_in_place(channel);
    for value in channel {
        *value = (*value - 4.0) / 7.0 * 2.0 - 1.0;
    }
}

/// How far along a slider: 0 at the head, 1 at the tail, back to 0 on a
/// repeat, and 0 elsewhere, scaled to `[-1, 1]`. Later sliders overwrite.
pub(super) fn write_slide(objects: &[HitObject], times: impl Times, channel: &mut [f64]) {
    channel.fill(-1.0);
    for object in objects {
        let HitObjectKind::Slider(slider) = &object.kind else { continue };
        let (duration_ms, slides) = (slider.slide_duration_ms, slider.slides as f64);
        if !duration_ms.is_finite() || duration_ms == 0.0 {
            continue;
        }
        let (first_ms, last_ms) = if duration_ms > 0.0 {
            (object.start_ms, object.start_ms + duration_ms * slides)
        } else {
            // A negative length runs backwards in time from its start.
            (object.start_ms + duration_ms * slides, object.start_ms)
        };
        // One time more on each side; the exact borders are tested below.
        let from = times.at_or_after(first_ms).saturating_sub(1);
        let to = (times.at_or_after(last_ms) + 2).min(times.n_times());
        let to = to.max(from);
        for (value, time_ms) in channel[from..to].iter_mut().zip(times.times_ms(from..to)) {
            let progress = (time_ms - object.start_ms) / duration_ms;
            if 0.0 <= progress && progress <= slides {
                *value = triangle(progress) * 2.0 - 1.0;
            }
        }
    }
}

/// `abs((p + 1) mod 2 - 1)` for `p >= 0`.
fn triangle(progress: f64) -> f64 {
    let shifted = progress + 1.0;
    // Exact, as the multiple of 2 and the rest are.
    (shifted - 2.0 * (shifted * 0.5).floor() - 1.0).abs()
}

/// 1 while a slider or spinner is held, -1 elsewhere.
pub(super) fn write_sustain(objects: &[HitObject], times: impl Times, channel: &mut [f64]) {
    channel.fill(-1.0);
    for object in objects {
        if matches!(object.kind, HitObjectKind::Circle(_)) {
            continue;
        }
        let start = times.at_or_after(object.start_ms);
        let end = times.at_or_after(object.end_ms);
        if start < end {
            channel[start..end].fill(1.0);
        }
    }
}

//! Channels 7 and 8: where the cursor is.

use super::clock::FrameClock;
use super::error::SignalError;
use crate::beatmap::{HitObject, HitObjectKind, Position};

/// What the cursor passes: where it arrives, leaves and what it does between.
struct Stop<'a> {
    start_ms: f64,
    end_ms: f64,
    start: Position,
    end: Position,
    object: Option<&'a HitObject>,
}

/// Writes the cursor's position into `x` and `y`, osu!pixels.
///
/// The list is preceded by a circle in the centre at time 0. An object's
/// frames come first, then waiting at its end, then a straight approach that
/// begins when the next object appears (`preempt_ms` before it). The order
/// of writing is the list's, as in the published code.
///
/// # Errors
///
/// [`SignalError::BezierWithoutFrame`], [`SignalError::ArcWithoutLength`].
pub(super) fn write(
    objects: &[HitObject],
    preempt_ms: f64,
    clock: FrameClock,
    x: &mut [f64],
    y: &mut [f64],
) -> Result<(), SignalError> {
    let n_frames = x.len();
    let mut put = |from_ms: f64, to_ms: f64, position: &dyn Fn(f64) -> Position| {
        let from = clock.frame_at_or_after(from_ms, n_frames);
        let to = clock.frame_at_or_after(to_ms, n_frames);
        for frame_idx in from..to.max(from) {
            let Position { x: px, y: py } = position(clock.time_ms(frame_idx));
            (x[frame_idx], y[frame_idx]) = (px, py);
        }
    };
    let mut current = Stop {
        start_ms: 0.0,
        end_ms: 0.0,
        start: Position::CENTRE,
        end: Position::CENTRE,
        object: None,
    };
    for object in objects {
        let next = stop(object)?;
        let appears_ms = next.start_ms - preempt_ms;
        put(current.end_ms, appears_ms, &|_| current.end);
        let leaves_ms = current.end_ms.max(appears_ms);
        let travel_ms = next.start_ms - leaves_ms;
        put(leaves_ms, next.start_ms, &|time_ms| {
            current.end.lerp(next.start, (time_ms - leaves_ms) / travel_ms)
        });
        current = next;
        hold(&current, &mut put);
    }
    put(current.end_ms, f64::INFINITY, &|_| current.end);
    Ok(())
}

/// Writes the frames that lie on the object itself.
fn hold(stop: &Stop<'_>, put: &mut impl FnMut(f64, f64, &dyn Fn(f64) -> Position)) {
    match stop.object.map(|object| &object.kind) {
        Some(HitObjectKind::Spinner) => {
            put(stop.start_ms, stop.end_ms, &|_| Position::CENTRE);
        }
        Some(HitObjectKind::Slider(slider)) => {
            put(stop.start_ms, stop.end_ms, &|time_ms| {
                let progress = python_mod((time_ms - stop.start_ms) / slider.slide_duration_ms);
                let folded = if progress < 1.0 { progress } else { 2.0 - progress };
                // The head was asked for before, so the path has positions.
                slider.path.position_at(folded).unwrap_or(stop.start)
            });
        }
        Some(HitObjectKind::Circle(_)) | None => {}
    }
}

/// `value mod 2` with the sign of the divisor.
fn python_mod(value: f64) -> f64 {
    value - 2.0 * (value * 0.5).floor()
}

fn stop(object: &HitObject) -> Result<Stop<'_>, SignalError> {
    let (start, end) = match &object.kind {
        HitObjectKind::Circle(position) => (*position, *position),
        HitObjectKind::Spinner => (Position::CENTRE, Position::CENTRE),
        HitObjectKind::Slider(slider) => {
            let without_length = SignalError::ArcWithoutLength { start_ms: object.start_ms };
            let at = |progress: f64| slider.path.position_at(progress).ok_or(without_length);
            (at(0.0)?, at(slider.slides.rem_euclid(2) as f64)?)
        }
    };
    Ok(Stop { start_ms: object.start_ms, end_ms: object.end_ms, start, end, object: Some(object) })
}

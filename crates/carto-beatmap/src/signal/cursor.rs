//! Channels 7 and 8: where the cursor is.

use super::error::SignalError;
use super::times::Times;
use crate::beatmap::{HitObject, HitObjectKind, Position};

/// Where the cursor meets and leaves an object, osu!pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ends {
    start: Position,
    end: Position,
}

/// The ends of every object.
///
/// # Errors
///
/// [`SignalError::ArcWithoutLength`].
pub(super) fn ends(objects: &[HitObject]) -> Result<Vec<Ends>, SignalError> {
    objects.iter().map(ends_of).collect()
}

fn ends_of(object: &HitObject) -> Result<Ends, SignalError> {
    let (start, end) = match &object.kind {
        HitObjectKind::Circle(position) => (*position, *position),
        HitObjectKind::Spinner => (Position::CENTRE, Position::CENTRE),
        HitObjectKind::Slider(slider) => {
            let without_length = SignalError::ArcWithoutLength { start_ms: object.start_ms };
            let at = |progress: f64| slider.path.position_at(progress).ok_or(without_length);
            (at(0.0)?, at(slider.slides.rem_euclid(2) as f64)?)
        }
    };
    Ok(Ends { start, end })
}

/// Writes the cursor's position into `x` and `y`, osu!pixels; before time 0 it is the
/// origin.
///
/// The list is preceded by a circle in the centre at time 0. An object's
/// frames come first, then waiting at its end, then a straight approach that
/// begins when the next object appears (`preempt_ms` before it). The order
/// of writing is the list's, as in the published code.
pub(super) fn write(
    objects: &[HitObject],
    ends: &[Ends],
    preempt_ms: f64,
    times: impl Times,
    x: &mut [f64],
    y: &mut [f64],
) {
    let mut put = |from_ms: f64, to_ms: f64, position: &dyn Fn(f64) -> Position| {
        // No frame of the published grid lies before 0.
        let from_ms = if from_ms < 0.0 { 0.0 } else { from_ms };
        let from = times.at_or_after(from_ms);
        let to = times.at_or_after(to_ms);
        let to = to.max(from);
        let places = x[from..to].iter_mut().zip(&mut y[from..to]);
        for ((x, y), time_ms) in places.zip(times.times_ms(from..to)) {
            Position { x: *x, y: *y } = position(time_ms);
        }
    };
    let (mut left_ms, mut left_at) = (0.0, Position::CENTRE);
    for (object, ends) in objects.iter().zip(ends) {
        let appears_ms = object.start_ms - preempt_ms;
        put(left_ms, appears_ms, &|_| left_at);
        let leaves_ms = f64::max(left_ms, appears_ms);
        let travel_ms = object.start_ms - leaves_ms;
        put(leaves_ms, object.start_ms, &|time_ms| {
            left_at.lerp(ends.start, (time_ms - leaves_ms) / travel_ms)
        });
        hold(object, ends.start, &mut put);
        (left_ms, left_at) = (object.end_ms, ends.end);
    }
    put(left_ms, f64::INFINITY, &|_| left_at);
}

/// Writes the frames that lie on the object itself.
fn hold(
    object: &HitObject,
    start: Position,
    put: &mut impl FnMut(f64, f64, &dyn Fn(f64) -> Position),
) {
    match &object.kind {
        HitObjectKind::Spinner => put(object.start_ms, object.end_ms, &|_| Position::CENTRE),
        HitObjectKind::Slider(slider) => {
            put(object.start_ms, object.end_ms, &|time_ms| {
                let progress = python_mod((time_ms - object.start_ms) / slider.slide_duration_ms);
                let folded = if progress < 1.0 { progress } else { 2.0 - progress };
                // The head was asked for before, so the path has positions.
                slider.path.position_at(folded).unwrap_or(start)
            });
        }
        HitObjectKind::Circle(_) => {}
    }
}

/// `value mod 2` with the sign of the divisor.
fn python_mod(value: f64) -> f64 {
    value - 2.0 * (value * 0.5).floor()
}

//! The path of a slider as `sliders.py:20-83` chooses it.

use super::refusal::Refusal;
use crate::beatmap::{
    ArcPath, BezierPath, Circumcircle, LinePath, Position, Quadratures, SliderPath, cross,
};

/// Above this radius a sharp turn is drawn as a Bezier curve, osu!pixels (`sliders.py:55`).
const MAX_SHARP_RADIUS: f64 = 320.0;

/// The shape follows from the number of points alone (quirks 37 and 41).
pub(super) fn path(
    line: usize,
    points: &[Position],
    length: f64,
    quadratures: &mut Quadratures,
) -> Result<SliderPath, Refusal> {
    let bezier = |points: &[Position], quadratures: &mut Quadratures| {
        BezierPath::new(points, length, quadratures)
            .map(SliderPath::Bezier)
            .ok_or(Refusal::NoPath { line, source_at: "sliders.py:186" })
    };
    match *points {
        [] | [_] => Err(Refusal::NoPath { line, source_at: "sliders.py:23" }),
        [a, b] => Ok(SliderPath::Line(LinePath::with_length(a, b, length))),
        [a, b, c] => {
            if b == c {
                return Ok(SliderPath::Line(LinePath::with_length(a, c, length)));
            }
            let (dot, turn) = (dot(a, b, c), cross(a, b, c));
            if turn == 0.0 {
                return if dot > 0.0 {
                    Ok(SliderPath::Line(LinePath::with_length(a, c, length)))
                } else {
                    bezier(&[a, b, b, c], quadratures)
                };
            }
            let circle = Circumcircle::through(a, b, c);
            if circle.radius > MAX_SHARP_RADIUS && dot < 0.0 {
                return bezier(points, quadratures);
            }
            Ok(SliderPath::Arc(arc_of_length(circle, length)))
        }
        _ => bezier(points, quadratures),
    }
}

/// How far the two legs point the same way.
fn dot(a: Position, b: Position, c: Position) -> f64 {
    (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y)
}

/// The arc from the head, `length` osu!pixels long in the circle's direction.
fn arc_of_length(circle: Circumcircle, length: f64) -> ArcPath {
    let Circumcircle { centre, radius, start_angle, end_angle } = circle;
    let sweep = end_angle - start_angle;
    let direction = if sweep > 0.0 {
        1.0
    } else if sweep < 0.0 {
        -1.0
    } else {
        sweep
    };
    let end_angle = (length > 0.0).then_some(start_angle + length / radius * direction);
    ArcPath { centre, radius, start_angle, end_angle }
}

use std::f64::consts::PI;

use crate::beatmap::position::Position;

/// Part of a circle, from the slider's head to its tail.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ArcPath {
    /// Centre of the circle.
    pub centre: Position,
    /// Radius, osu!pixels.
    pub radius: f64,
    /// Angle of the head, radians.
    pub start_angle: f64,
    /// Angle of the tail, radians; `None` where the length is not positive.
    pub end_angle: Option<f64>,
}

impl ArcPath {
    /// The position at a fraction of one slide; `None` without an end angle.
    #[must_use]
    pub fn position_at(&self, progress: f64) -> Option<Position> {
        let angle = (1.0 - progress) * self.start_angle + progress * self.end_angle?;
        Some(Position {
            x: self.centre.x + self.radius * libm::cos(angle),
            y: self.centre.y + self.radius * libm::sin(angle),
        })
    }
}

/// The circle through three points and the turn from the first to the last.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Circumcircle {
    /// Centre of the circle.
    pub centre: Position,
    /// Radius, osu!pixels.
    pub radius: f64,
    /// Angle of the first point, radians.
    pub start_angle: f64,
    /// Angle of the last point, radians, beyond the start in the turn's direction.
    pub end_angle: f64,
}

impl Circumcircle {
    /// The circle through `a`, `b`, `c`, which must not lie on a line.
    ///
    /// Barycentric form with side lengths, as in osu-dreamer
    /// `osu_dreamer/osu/sliders.py` (bundled by osu-dreamer-cartography @
    /// `7ec522b`), so that nearly collinear points give the same huge circle.
    #[must_use]
    pub fn through(a: Position, b: Position, c: Position) -> Self {
        let (side_a, side_b, side_c) = (b.distance(c), a.distance(c), a.distance(b));
        let half = (side_a + side_b + side_c) / 2.0;
        let area = (half * (half - side_a) * (half - side_b) * (half - side_c)).sqrt();
        let radius = side_a * side_b * side_c / 4.0 / area;

        let (aa, bb, cc) = (side_a * side_a, side_b * side_b, side_c * side_c);
        let weight_a = aa * (bb + cc - aa);
        let weight_b = bb * (aa + cc - bb);
        let weight_c = cc * (aa + bb - cc);
        let sum = weight_a + weight_b + weight_c;
        // The published matrix product fuses multiply and add. On points that are
        // nearly on a line the weights cancel, and the last bit moves the centre.
        let weighted = |a: f64, b: f64, c: f64| {
            libm::fma(c, weight_c, libm::fma(b, weight_b, a * weight_a)) / sum
        };
        let centre = Position { x: weighted(a.x, b.x, c.x), y: weighted(a.y, b.y, c.y) };

        let mut start_angle = libm::atan2(a.y - centre.y, a.x - centre.x);
        let mut end_angle = libm::atan2(c.y - centre.y, c.x - centre.x);
        if cross(a, b, c) < 0.0 {
            while end_angle > start_angle {
                end_angle -= 2.0 * PI;
            }
        } else {
            while start_angle > end_angle {
                start_angle -= 2.0 * PI;
            }
        }
        Self { centre, radius, start_angle, end_angle }
    }
}

/// Twice the signed area of the triangle: the sign is the direction of the turn.
pub(crate) fn cross(a: Position, b: Position, c: Position) -> f64 {
    (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x)
}

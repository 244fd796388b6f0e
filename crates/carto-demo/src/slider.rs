//! Slider shapes of a given length that stay within the playfield.

use super::playfield::{MARGIN, PLAYFIELD_HEIGHT, PLAYFIELD_WIDTH};

/// The kinds of slider that the demo draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Curve {
    /// Two points.
    Line,
    /// Three points on a circle.
    Arc,
    /// Four points, one bend each way.
    Serpentine,
    /// Two straight legs, joined by a doubled control point.
    Corner,
    /// Five points, one wide bow.
    Bow,
}

impl Curve {
    pub(super) const ALL: [Self; 5] =
        [Self::Line, Self::Arc, Self::Serpentine, Self::Corner, Self::Bow];

    /// The letter of the file format.
    pub(super) fn letter(self) -> char {
        match self {
            Self::Line => 'L',
            Self::Arc => 'P',
            Self::Serpentine | Self::Corner | Self::Bow => 'B',
        }
    }

    /// Control points of the curve with length 1, from the origin to the right.
    ///
    /// `bend` in `[-1, 1]` says how much it bends, and to which side.
    fn unit_points(self, bend: f64) -> Vec<(f64, f64)> {
        match self {
            Self::Line => vec![(0.0, 0.0), (1.0, 0.0)],
            Self::Arc => unit_arc(bend),
            Self::Serpentine => {
                unit_bezier(&[(0.0, 0.0), (0.33, 0.6 * bend), (0.67, -0.6 * bend), (1.0, 0.0)])
            }
            Self::Bow => unit_bezier(&[
                (0.0, 0.0),
                (0.1, 0.4 * bend),
                (0.5, 0.7 * bend),
                (0.9, 0.4 * bend),
                (1.0, 0.0),
            ]),
            Self::Corner => {
                let leg = libm::sqrt(0.25 + 0.16 * bend * bend);
                let corner = (0.25 / leg, 0.2 * bend / leg);
                vec![(0.0, 0.0), corner, corner, (0.5 / leg, 0.0)]
            }
        }
    }
}

/// A slider on the playfield, in whole osu!pixels as the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SliderPath {
    pub(super) curve: Curve,
    /// Control points, head included.
    pub(super) points: Vec<(i32, i32)>,
}

impl SliderPath {
    /// Lays a slider from `head` in direction `angle_rad`, as near to that as
    /// the playfield allows: it is moved as a whole until it fits, and turned
    /// level first when it is taller than the playfield.
    ///
    /// `length_px` up to 460 fits whatever the rest is.
    pub(super) fn lay(
        curve: Curve,
        bend: f64,
        angle_rad: f64,
        length_px: f64,
        head: (f64, f64),
    ) -> Self {
        let unit = curve.unit_points(bend);
        let mut points = turned(&unit, angle_rad, length_px);
        if extent(&points, |point| point.1) > PLAYFIELD_HEIGHT - 2.0 * MARGIN {
            let level_rad = if libm::cos(angle_rad) < 0.0 { core::f64::consts::PI } else { 0.0 };
            points = turned(&unit, level_rad, length_px);
        }
        let x = fitting_start(head.0, PLAYFIELD_WIDTH, points.iter().map(|point| point.0));
        let y = fitting_start(head.1, PLAYFIELD_HEIGHT, points.iter().map(|point| point.1));
        let whole =
            |&(dx, dy): &(f64, f64)| (libm::round(x + dx) as i32, libm::round(y + dy) as i32);
        Self { curve, points: points.iter().map(whole).collect() }
    }

    pub(super) fn head(&self) -> (i32, i32) {
        self.points.first().copied().unwrap_or_default()
    }

    /// Where the ball is after `n_spans` spans.
    pub(super) fn end(&self, n_spans: usize) -> (i32, i32) {
        let last = if n_spans.is_multiple_of(2) { self.points.first() } else { self.points.last() };
        last.copied().unwrap_or_default()
    }
}

/// Start, middle and end of an arc of length 1 that turns by 0.6 to 2.2 radians.
fn unit_arc(bend: f64) -> Vec<(f64, f64)> {
    let sweep_rad = 0.6 + 1.6 * bend.abs();
    let at = |turn_rad: f64| {
        let x = libm::sin(turn_rad) / sweep_rad;
        let y = (1.0 - libm::cos(turn_rad)) / sweep_rad;
        (x, if bend < 0.0 { -y } else { y })
    };
    vec![(0.0, 0.0), at(sweep_rad / 2.0), at(sweep_rad)]
}

/// Scales a Bezier curve to length 1, as measured over 64 chords.
fn unit_bezier(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let chords = 64;
    let mut length = 0.0;
    let mut last = point_on_bezier(points, 0.0);
    for step in 1..=chords {
        let next = point_on_bezier(points, f64::from(step) / f64::from(chords));
        let (dx, dy) = (next.0 - last.0, next.1 - last.1);
        length += libm::sqrt(dx * dx + dy * dy);
        last = next;
    }
    points.iter().map(|&(x, y)| (x / length, y / length)).collect()
}

/// De Casteljau's construction.
fn point_on_bezier(points: &[(f64, f64)], t: f64) -> (f64, f64) {
    let mut points = points.to_vec();
    while points.len() > 1 {
        points = points
            .windows(2)
            .map(|leg| (leg[0].0 + t * (leg[1].0 - leg[0].0), leg[0].1 + t * (leg[1].1 - leg[0].1)))
            .collect();
    }
    points.first().copied().unwrap_or_default()
}

fn turned(unit: &[(f64, f64)], angle_rad: f64, length_px: f64) -> Vec<(f64, f64)> {
    let (sin, cos) = (libm::sin(angle_rad), libm::cos(angle_rad));
    let turn =
        |&(x, y): &(f64, f64)| ((x * cos - y * sin) * length_px, (x * sin + y * cos) * length_px);
    unit.iter().map(turn).collect()
}

fn extent(points: &[(f64, f64)], along: impl Fn(&(f64, f64)) -> f64) -> f64 {
    let (low, high) = bounds(points.iter().map(along));
    high - low
}

fn bounds(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((0.0, 0.0), |(low, high): (f64, f64), value| (low.min(value), high.max(value)))
}

/// The start nearest to `start` from which no offset leaves `[0, size]`.
fn fitting_start(start: f64, size: f64, offsets: impl Iterator<Item = f64>) -> f64 {
    let (low, high) = bounds(offsets);
    start.min(size - MARGIN - high).max(MARGIN - low)
}

//! Circular arcs as osu! draws them, with `libm` for angles.

use std::f64::consts::TAU;

use rosu_map::util::Pos;

/// How far the drawn chords may lie inside the circle, osu!pixels.
const TOLERANCE: f32 = 0.1;

/// A triangle of at most half this area is a line (`Precision.FLOAT_EPSILON`).
const FLATNESS: f32 = 1e-3;

/// An arc of as many vertices is drawn as a Bezier curve instead: it would be
/// more than 100,000 osu!pixels long.
const MAX_VERTICES: usize = 1000;

/// The vertices of the arc from `a` over `b` to `c`, both ends included;
/// `None` where osu! draws a Bezier curve through the three instead.
///
/// Positions are single precision, as in osu!, and angles double.
///
/// # Source
///
/// `CircularArcProperties` and `CircularArcToPiecewiseLinear` in osu!framework
/// (ppy/osu-framework). Deviation: `libm` instead of the platform's sine,
/// cosine and arcs, which differ between machines in the last digit.
pub(super) fn vertices(a: Pos, b: Pos, c: Pos) -> Option<Vec<Pos>> {
    let turn = (b.y - a.y) * (c.x - a.x) - (b.x - a.x) * (c.y - a.y);
    if turn.abs() <= FLATNESS {
        return None;
    }
    let centre = circumcentre(a, b, c);
    let (to_a, to_c) = (a - centre, c - centre);
    let radius = to_a.length();
    let start = angle(to_a);
    let mut sweep = angle(to_c) - start;
    if sweep < 0.0 {
        sweep += TAU;
    }
    // On which side of the chord the middle point lies gives the direction.
    if turn > 0.0 {
        sweep -= TAU;
    }
    let n_vertices = count_vertices(radius, sweep.abs())?;
    let arc = (0..n_vertices).map(|idx| {
        let theta = start + idx as f64 / (n_vertices - 1) as f64 * sweep;
        let (sin, cos) = libm::sincos(theta);
        centre + Pos::new(cos as f32, sin as f32) * radius
    });
    Some(arc.collect())
}

/// <https://en.wikipedia.org/wiki/Circumcircle#Cartesian_coordinates_2>
fn circumcentre(a: Pos, b: Pos, c: Pos) -> Pos {
    let twice_area = 2.0 * (a.x * (b - c).y + b.x * (c - a).y + c.x * (a - b).y);
    let (aa, bb, cc) = (a.length_squared(), b.length_squared(), c.length_squared());
    Pos::new(
        (aa * (b - c).y + bb * (c - a).y + cc * (a - b).y) / twice_area,
        (aa * (c - b).x + bb * (a - c).x + cc * (b - a).x) / twice_area,
    )
}

fn angle(from_centre: Pos) -> f64 {
    libm::atan2(f64::from(from_centre.y), f64::from(from_centre.x))
}

/// The number of vertices that keeps every chord within the tolerance; `None` if too many.
fn count_vertices(radius: f32, sweep: f64) -> Option<usize> {
    if 2.0 * radius <= TOLERANCE {
        return Some(2);
    }
    let step = 2.0 * libm::acos(f64::from(1.0 - TOLERANCE / radius));
    if step <= f64::from(f32::EPSILON) {
        return Some(2);
    }
    let n_vertices = (libm::ceil(sweep / step) as usize).max(2);
    (n_vertices < MAX_VERTICES).then_some(n_vertices)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_turn_lies_on_its_circle() {
        let (a, b, c) = (Pos::new(0.0, 0.0), Pos::new(100.0, -100.0), Pos::new(200.0, 0.0));
        let arc = vertices(a, b, c).unwrap();
        assert_eq!(arc.len(), 36, "a step is 2 acos(1 - 0.1 / 100) = 0.0894, a half turn 35.1");
        let centre = Pos::new(100.0, 0.0);
        for vertex in &arc {
            assert!((vertex.distance(centre) - 100.0).abs() < 1e-4 && vertex.y < 1e-4, "{vertex}");
        }
        assert!(arc[0].distance(a) < 1e-4 && arc[35].distance(c) < 1e-4);
    }

    #[test]
    fn three_points_on_a_line_are_no_arc() {
        let on_line = [Pos::new(0.0, 0.0), Pos::new(50.0, 20.0), Pos::new(100.0, 40.0)];
        assert_eq!(vertices(on_line[0], on_line[1], on_line[2]), None);
    }
}

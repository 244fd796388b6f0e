//! What drawing a path costs, before it is drawn.

use rosu_map::section::hit_objects::{PathControlPoint, SplineType};

/// Steps of one control point of a Catmull curve: a hundred places, each
/// computed, measured and thinned out.
const STEPS_OF_CATMULL_POINT: u64 = 4000;

/// Bends of a control polygon below this are drawn as they are, osu!pixels.
const BEZIER_TOLERANCE: f64 = 0.25;

/// A bound on the steps that drawing the curves takes. A Bezier curve is
/// halved until it bends little, and a halving costs the square of its points.
pub(super) fn curve_steps(points: &[PathControlPoint]) -> u64 {
    let mut n_steps = 0_u64;
    let mut start = 0;
    for idx in 1..points.len() {
        if points[idx].path_type.is_none() && idx + 1 < points.len() {
            continue;
        }
        let piece = &points[start..=idx];
        let n_points = piece.len() as u64;
        n_steps += match points[start].path_type.map(|kind| kind.kind) {
            Some(SplineType::BSpline) => n_parts(piece) * n_points * n_points,
            Some(SplineType::Catmull) => n_points * STEPS_OF_CATMULL_POINT,
            _ => n_points,
        };
        start = idx;
    }
    n_steps
}

/// In how many parts a curve is drawn at most: a halving quarters its bends.
fn n_parts(piece: &[PathControlPoint]) -> u64 {
    let bend = |window: &[PathControlPoint]| -> f64 {
        let &[a, b, c] = window else { return 0.0 };
        f64::from((a.pos - b.pos * 2.0 + c.pos).length())
    };
    let mut largest = piece.windows(3).map(bend).fold(0.0, f64::max);
    let mut n_parts = 1;
    while largest > 2.0 * BEZIER_TOLERANCE {
        largest /= 4.0;
        n_parts *= 2;
    }
    n_parts
}

#[cfg(test)]
mod tests {
    use rosu_map::section::hit_objects::PathType;
    use rosu_map::util::Pos;

    use super::*;

    #[test]
    fn a_curve_costs_by_its_bends_and_the_square_of_its_points() {
        let bezier = |points: &[(f32, f32)]| {
            let mut points: Vec<_> =
                points.iter().map(|&(x, y)| PathControlPoint::new(Pos::new(x, y))).collect();
            points[0].path_type = Some(PathType::BEZIER);
            curve_steps(&points)
        };
        assert_eq!(bezier(&[(0.0, 0.0), (50.0, 0.0), (100.0, 0.0)]), 9);
        // A bend of 8 is 2 after one halving and 0.5, flat enough, after two.
        assert_eq!(bezier(&[(0.0, 0.0), (50.0, 4.0), (100.0, 0.0)]), 4 * 9);
        assert_eq!(bezier(&[(0.0, 0.0), (50.0, 4.0), (100.0, 0.0), (150.0, -4.0)]), 4 * 16);
    }
}

//! Slider paths as osu! draws them: chains of short straight pieces.
//!
//! rosu-map draws lines, Bezier and Catmull curves with additions,
//! multiplications, divisions and square roots only, which give the same bits
//! on every machine. For arcs it asks the platform for sines and cosines, so
//! an arc is handed to it as the line through the vertices of [`super::arc`];
//! joining pieces, cutting and extending to the wanted length stay its own.

use rosu_map::section::general::GameMode;
use rosu_map::section::hit_objects::{
    BorrowedCurve, CurveBuffers, PathControlPoint, PathType, SplineType,
};
use rosu_map::util::Pos;

use super::arc;
use super::error::OsuError;
use super::path_cost::curve_steps;
use crate::beatmap::{CurvePath, Position};

/// Elementary steps that drawing the paths of one map may take, at most. One
/// takes about a nanosecond. The costliest of 1,950 real maps takes a fifteenth.
const MAX_STEPS: u64 = 1 << 28;

/// Steps of one vertex of an arc: a sine and a cosine.
const STEPS_OF_ARC_VERTEX: u64 = 64;

/// Vertices of all paths of one map: 96 MiB. Of 1,950 real maps none has more
/// than 132 thousand.
const MAX_VERTICES: usize = 1 << 22;

/// Draws the paths of one map, and stops where they would take too much.
#[derive(Debug, Default)]
pub(super) struct PathDrawer {
    buffers: CurveBuffers,
    points: Vec<PathControlPoint>,
    n_steps: u64,
    n_vertices: usize,
}

impl PathDrawer {
    /// The path with its wanted length, and the length that it has, osu!pixels.
    ///
    /// `points`: relative to `head`, typed where a piece begins; `length`:
    /// `None` leaves the path as drawn. `None` where a number is not finite.
    ///
    /// # Errors
    ///
    /// [`OsuError::PathTooCostly`], [`OsuError::TooManyVertices`].
    pub(super) fn draw(
        &mut self,
        start_ms: f64,
        head: Pos,
        points: &[PathControlPoint],
        length: Option<f64>,
    ) -> Result<Option<(CurvePath, f64)>, OsuError> {
        let start_ms = start_ms as i64;
        self.points.clear();
        let n_arc_vertices = replace_arcs(points, &mut self.points);
        let n_steps = n_arc_vertices * STEPS_OF_ARC_VERTEX + curve_steps(&self.points);
        self.n_steps = self.n_steps.saturating_add(n_steps);
        if self.n_steps > MAX_STEPS {
            return Err(OsuError::PathTooCostly { start_ms });
        }
        let curve = BorrowedCurve::new(GameMode::Osu, &self.points, length, &mut self.buffers);
        self.n_vertices += curve.path().len();
        if self.n_vertices > MAX_VERTICES {
            let (n_vertices, limit) = (self.n_vertices, MAX_VERTICES);
            return Err(OsuError::TooManyVertices { start_ms, n_vertices, limit });
        }
        let absolute = |vertex: &Pos| Position {
            x: f64::from(head.x) + f64::from(vertex.x),
            y: f64::from(head.y) + f64::from(vertex.y),
        };
        let vertices: Vec<Position> = curve.path().iter().map(absolute).collect();
        // rosu-map repeats the last length where the last two points are one.
        let distances: Vec<f64> = curve.lengths().iter().take(vertices.len()).copied().collect();
        let total = curve.dist();
        let is_finite = vertices.iter().all(|vertex| vertex.is_finite())
            && distances.iter().all(|distance| distance.is_finite())
            && total.is_finite();
        let path = if is_finite { CurvePath::new(vertices, distances) } else { None };
        Ok(path.map(|path| (path, total)))
    }
}

/// Copies the control points, every arc replaced by the line through its
/// vertices, or marked as a Bezier curve where osu! draws one. Returns how
/// many vertices the arcs have.
fn replace_arcs(points: &[PathControlPoint], replaced: &mut Vec<PathControlPoint>) -> u64 {
    let typed = |pos, path_type| PathControlPoint { pos, path_type: Some(path_type) };
    let mut n_vertices = 0;
    let mut start = 0;
    while let Some(&first) = points.get(start) {
        let end = (start + 1..points.len())
            .find(|&idx| points[idx].path_type.is_some())
            .unwrap_or(points.len());
        // A piece ends at the point that begins the next one.
        let piece = &points[start..(end + 1).min(points.len())];
        let is_arc = first.path_type.is_some_and(|kind| kind.kind == SplineType::PerfectCurve);
        let arc = match piece {
            [a, b, c] if is_arc => arc::vertices(a.pos, b.pos, c.pos),
            _ => None,
        };
        match arc {
            Some(vertices) => {
                n_vertices += vertices.len() as u64;
                // osu! puts the control point before the arc's own first
                // vertex, unless they are one.
                replaced.push(typed(first.pos, PathType::LINEAR));
                let own = vertices.into_iter().enumerate();
                let own = own.filter(|&(idx, vertex)| idx > 0 || vertex != first.pos);
                replaced.extend(own.map(|(_, vertex)| PathControlPoint::new(vertex)));
            }
            None => {
                let own = &points[start..end];
                replaced.extend_from_slice(own);
                if is_arc && let Some(first) = replaced.iter_mut().rev().nth(own.len() - 1) {
                    first.path_type = Some(PathType::BEZIER);
                }
            }
        }
        start = end;
    }
    n_vertices
}

#[cfg(test)]
mod tests {
    use rosu_map::section::hit_objects::Curve;

    use super::*;

    /// Draws with rosu-map alone, whose arcs are the platform's.
    fn check_against_rosu_map(points: &[PathControlPoint], length: Option<f64>) -> f64 {
        let drawn = PathDrawer::default().draw(0.0, Pos::default(), points, length);
        let (ours, total) = drawn.unwrap().unwrap();
        let theirs = Curve::new(GameMode::Osu, points, length, &mut CurveBuffers::default());
        assert!((total - theirs.dist()).abs() < 0.1, "{total} {}", theirs.dist());
        // The count of vertices may round the other way, which moves them all.
        let has_same_count = ours.vertices().len() == theirs.path().len();
        assert!(ours.vertices().len().abs_diff(theirs.path().len()) <= 1);
        let deviation = (0..=50).map(|step| {
            let progress = f64::from(step) / 50.0;
            let theirs = theirs.position_at(progress);
            let theirs = Position { x: f64::from(theirs.x), y: f64::from(theirs.y) };
            ours.position_at(progress).distance(theirs)
        });
        let largest = deviation.fold(0.0, f64::max);
        if has_same_count { largest } else { 0.0 }
    }

    #[test]
    fn paths_with_arcs_are_those_of_rosu_map() {
        let mut random = fastrand::Rng::with_seed(7);
        let mut largest = 0.0_f64;
        for _ in 0..500 {
            let mut points: Vec<PathControlPoint> = (0..7)
                .map(|_| Pos::new(random.i32(-600..600) as f32, random.i32(-600..600) as f32))
                .map(PathControlPoint::new)
                .collect();
            points[0].pos = Pos::default();
            let length = [None, Some(100.0), Some(1500.0), Some(9000.0)][random.usize(0..4)];
            points[0].path_type = Some(PathType::PERFECT_CURVE);
            largest = largest.max(check_against_rosu_map(&points[..3], length));
            points[2].path_type = Some(PathType::BEZIER);
            points[4].path_type = Some(PathType::PERFECT_CURVE);
            largest = largest.max(check_against_rosu_map(&points, length));
        }
        assert!(largest < 0.01, "{largest}");
    }

    #[test]
    fn a_flat_arc_is_a_bezier_curve() {
        let point = |x, y| PathControlPoint::new(Pos::new(x, y));
        let mut points = [point(0.0, 0.0), point(50.0, 0.0), point(100.0, 0.0)];
        points[0].path_type = Some(PathType::PERFECT_CURVE);
        let mut replaced = Vec::new();
        assert_eq!(replace_arcs(&points, &mut replaced), 0);
        points[0].path_type = Some(PathType::BEZIER);
        assert_eq!(replaced, points);
    }
}

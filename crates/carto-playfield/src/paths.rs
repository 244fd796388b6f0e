//! The paths of sliders as they are drawn.

use carto_beatmap::beatmap::{CurvePath, Position};

/// Points of one path. Those of 1,553 real maps have up to 4,480.
const MAX_POINTS_OF_PATH: usize = 1 << 13;

/// Points of all paths of one map: 2 MiB. 1,553 real maps have up to 85 thousand.
const MAX_POINTS: usize = 1 << 18;

/// How many points the paths of a map may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PathLimit {
    max_points: usize,
}

impl PathLimit {
    /// The limit for a map whose paths have as many vertices each.
    pub(crate) fn of(n_vertices: impl Iterator<Item = usize>) -> Self {
        let (mut n_paths, mut n_points) = (0_usize, 0_usize);
        for n_vertices in n_vertices {
            n_paths += 1;
            n_points = n_points.saturating_add(n_vertices.min(MAX_POINTS_OF_PATH));
        }
        let share = MAX_POINTS / n_paths.max(1);
        let is_above = n_points > MAX_POINTS;
        Self { max_points: if is_above { share.max(2) } else { MAX_POINTS_OF_PATH } }
    }

    /// Whether a path loses vertices.
    pub(crate) fn is_below(self, path: &CurvePath) -> bool {
        path.vertices().len() > self.max_points
    }

    /// The vertices of a path without those that repeat the one before; of a path with too many,
    /// points that lie evenly on it.
    pub(crate) fn points(self, path: &CurvePath) -> Vec<[f32; 2]> {
        if self.is_below(path) {
            let last = self.max_points - 1;
            let at = |idx: usize| single(path.position_at(idx as f64 / last as f64));
            return (0..=last).map(at).collect();
        }
        let mut points: Vec<[f32; 2]> = path.vertices().iter().copied().map(single).collect();
        points.dedup();
        points
    }
}

/// A position in single precision, as osu! has them.
pub(crate) fn single(position: Position) -> [f32; 2] {
    [position.x as f32, position.y as f32]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(n_vertices: usize) -> CurvePath {
        let vertices = (0..n_vertices).map(|idx| Position { x: idx as f64, y: 0.0 }).collect();
        let distances = (0..n_vertices).map(|idx| idx as f64).collect();
        CurvePath::new(vertices, distances).unwrap()
    }

    #[test]
    fn a_path_keeps_its_vertices_and_loses_repeated_ones() {
        let at = |x| Position { x, y: 1.0 };
        let path = CurvePath::new(vec![at(0.0), at(0.0), at(5.0)], vec![0.0, 0.0, 5.0]).unwrap();
        let limit = PathLimit::of([3].into_iter());
        assert_eq!(limit.points(&path), [[0.0, 1.0], [5.0, 1.0]]);
    }

    #[test]
    fn paths_of_hostile_maps_have_fewer_points_and_keep_their_ends() {
        let path = line(10_000);
        let points = PathLimit::of([10_000].into_iter()).points(&path);
        assert_eq!(points.len(), MAX_POINTS_OF_PATH);
        assert_eq!((points[0], points[MAX_POINTS_OF_PATH - 1]), ([0.0, 0.0], [9999.0, 0.0]));
        let limit = PathLimit::of(std::iter::repeat_n(4000, 1000));
        assert_eq!(limit.points(&path).len(), MAX_POINTS / 1000);
        assert_eq!(PathLimit::of(std::iter::repeat_n(4, 200_000)).points(&path).len(), 2);
    }
}

use crate::beatmap::position::Position;

/// A path as osu! itself approximates it: a chain of short straight pieces.
#[derive(Debug, Clone, PartialEq)]
pub struct CurvePath {
    vertices: Vec<Position>,
    /// Distance from the head at each vertex, osu!pixels.
    distances: Vec<f64>,
}

impl CurvePath {
    /// `distances`: as many as `vertices`, ascending from 0. `None` where
    /// there is no vertex or the counts differ.
    #[must_use]
    pub fn new(vertices: Vec<Position>, distances: Vec<f64>) -> Option<Self> {
        (!vertices.is_empty() && vertices.len() == distances.len())
            .then_some(Self { vertices, distances })
    }

    /// The vertices, from head to tail.
    #[must_use]
    pub fn vertices(&self) -> &[Position] {
        &self.vertices
    }

    /// Distance from the head at each vertex, osu!pixels, ascending.
    #[must_use]
    pub fn distances(&self) -> &[f64] {
        &self.distances
    }

    /// The length of the path, osu!pixels.
    #[must_use]
    pub fn length(&self) -> f64 {
        self.distances.last().copied().unwrap_or(0.0)
    }

    /// The position at a fraction of one slide, linear in distance.
    #[must_use]
    pub fn position_at(&self, progress: f64) -> Position {
        let last_idx = self.vertices.len() - 1;
        let wanted = progress.clamp(0.0, 1.0) * self.distances[last_idx];
        let idx = self.distances.partition_point(|&distance| distance < wanted).min(last_idx);
        let Some(before_idx) = idx.checked_sub(1) else { return self.vertices[0] };
        let (from, to) = (self.distances[before_idx], self.distances[idx]);
        if to <= from {
            return self.vertices[idx];
        }
        self.vertices[before_idx].lerp(self.vertices[idx], (wanted - from) / (to - from))
    }
}

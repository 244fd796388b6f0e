use crate::beatmap::position::Position;

/// A straight slider.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinePath {
    /// The head.
    pub start: Position,
    /// The tail.
    pub end: Position,
}

impl LinePath {
    /// A line from `start` towards `end`, cut or extended to `length`
    /// osu!pixels where that is positive.
    ///
    /// Both points equal give NaN, as in the published code (quirk 42).
    #[must_use]
    pub fn with_length(start: Position, end: Position, length: f64) -> Self {
        if length <= 0.0 || length.is_nan() {
            return Self { start, end };
        }
        let (dx, dy) = (end.x - start.x, end.y - start.y);
        let norm = (dx * dx + dy * dy).sqrt();
        let end = Position { x: start.x + dx / norm * length, y: start.y + dy / norm * length };
        Self { start, end }
    }
}

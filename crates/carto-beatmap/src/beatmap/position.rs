/// A point on the playfield, in osu!pixels (512 x 384, origin top left).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Position {
    /// Left to right.
    pub x: f64,
    /// Top to bottom.
    pub y: f64,
}

impl Position {
    /// Where spinners are and where the cursor starts.
    pub const CENTRE: Self = Self { x: 256.0, y: 192.0 };

    /// Whether both coordinates are finite.
    #[must_use]
    pub fn is_finite(self) -> bool {
        self.x.is_finite() && self.y.is_finite()
    }

    /// `(1 - t) * self + t * other`, in this order of operations.
    #[must_use]
    pub fn lerp(self, other: Self, t: f64) -> Self {
        Self { x: (1.0 - t) * self.x + t * other.x, y: (1.0 - t) * self.y + t * other.y }
    }

    /// The euclidean distance to `other`.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        let (dx, dy) = (other.x - self.x, other.y - self.y);
        (dx * dx + dy * dy).sqrt()
    }
}

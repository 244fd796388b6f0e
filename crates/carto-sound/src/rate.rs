//! How fast a song is played.

/// How fast a song is played; its pitch is the same at each rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rate {
    /// 0.5 x.
    Half,
    /// 0.75 x.
    ThreeQuarters,
    /// 1 x: as recorded.
    #[default]
    Full,
}

impl Rate {
    /// All rates, the slowest first.
    pub const ALL: [Self; 3] = [Self::Half, Self::ThreeQuarters, Self::Full];

    /// Milliseconds of the song in a millisecond of playing: 0.5, 0.75 or 1.
    #[must_use]
    pub const fn factor(self) -> f64 {
        match self {
            Self::Half => 0.5,
            Self::ThreeQuarters => 0.75,
            Self::Full => 1.0,
        }
    }
}

use serde::{Deserialize, Serialize};

/// How a map is played: what changes the game under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Mods {
    /// The map as it is.
    #[default]
    None,
    /// DT: 1.5 times as fast.
    DoubleTime,
    /// HR: smaller circles, less time.
    HardRock,
}

impl Mods {
    /// All of them, in the order of every switch and of [`crate::ReadMap::numbers`].
    pub const ALL: [Self; 3] = [Self::None, Self::DoubleTime, Self::HardRock];

    /// Place in [`Self::ALL`].
    #[must_use]
    pub const fn idx(self) -> usize {
        self as usize
    }

    /// osu!'s abbreviation, as tables have it; empty for none.
    #[must_use]
    pub fn acronym(self) -> &'static str {
        match self {
            Self::None => "",
            Self::DoubleTime => "DT",
            Self::HardRock => "HR",
        }
    }

    /// The mods of an [acronym](Self::acronym); `None` for any other text.
    #[must_use]
    pub fn of_acronym(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mods| mods.acronym() == text)
    }

    /// What a switch calls them.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::None => "No mod",
            mods => mods.acronym(),
        }
    }
}

//! How a map is played.

/// The mods whose features and label probabilities the view shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) enum Played {
    /// Without mods.
    #[default]
    Plain,
    /// Double time: half as fast again.
    DoubleTime,
    /// Hard rock: smaller circles, less time.
    HardRock,
}

impl Played {
    /// In the order of the buttons, and of `ReadMap::numbers`.
    pub(crate) const ALL: [Self; 3] = [Self::Plain, Self::DoubleTime, Self::HardRock];

    /// Label of the button.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Plain => "No mod",
            Self::DoubleTime => "DT",
            Self::HardRock => "HR",
        }
    }

    /// Place in [`Self::ALL`].
    pub(crate) fn idx(self) -> usize {
        self as usize
    }
}

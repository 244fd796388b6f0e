use serde::{Deserialize, Serialize};

/// The nine channels, in the order of the published encoding.
///
/// In files and messages it is its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum SignalChannel {
    /// When anything is hit.
    Onset,
    /// Where a new combo starts.
    Combo,
    /// How far along a slider.
    Slide,
    /// Whether something is held.
    Sustain,
    /// Whistle hit sounds.
    Whistle,
    /// Finish hit sounds.
    Finish,
    /// Clap hit sounds.
    Clap,
    /// Cursor, left to right.
    X,
    /// Cursor, top to bottom.
    Y,
}

impl SignalChannel {
    /// Every channel, in order: `channel as usize` is its place in here.
    pub const ALL: [Self; 9] = [
        Self::Onset,
        Self::Combo,
        Self::Slide,
        Self::Sustain,
        Self::Whistle,
        Self::Finish,
        Self::Clap,
        Self::X,
        Self::Y,
    ];

    /// Nine: rows of a signal, columns of a [`ChannelMatrix`](crate::ChannelMatrix).
    pub const COUNT: usize = Self::ALL.len();

    /// The channels that are series of events, in order: each holds the time since the
    /// latest one.
    pub const EVENTS: [Self; 5] =
        [Self::Onset, Self::Combo, Self::Whistle, Self::Finish, Self::Clap];

    /// The name in result files: `ONSET` to `Y`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Onset => "ONSET",
            Self::Combo => "COMBO",
            Self::Slide => "SLIDE",
            Self::Sustain => "SUSTAIN",
            Self::Whistle => "WHISTLE",
            Self::Finish => "FINISH",
            Self::Clap => "CLAP",
            Self::X => "X",
            Self::Y => "Y",
        }
    }

    /// The channel of a name in result files.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.name() == name)
    }
}

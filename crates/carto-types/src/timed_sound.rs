//! The hitsounds of a map, to be played beside its song.

use serde::{Deserialize, Serialize};

/// A hitsound at a time; a hit with an addition is two of them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TimedSound {
    /// When it is heard, ms: since the start of the audio of its map, or of that of the map that both
    /// of a pair are played along, with the lag added.
    pub time_ms: f64,
    /// Which sound.
    pub kind: SoundKind,
}

/// The hitsounds of osu!, whatever the sample set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SoundKind {
    /// What every circle, slider end and spinner end has.
    Hit,
    /// The addition whistle.
    Whistle,
    /// The addition finish.
    Finish,
    /// The addition clap.
    Clap,
    /// A tick on a slider's body.
    SliderTick,
}

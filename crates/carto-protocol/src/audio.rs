//! Hearing recordings.

use carto_types::{HeardSong, Mode, SongPlan, SourceFiles};
use serde::{Deserialize, Serialize};

use crate::call::{NoProgress, calls};

/// What the worker that hears recordings is asked.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub enum AudioRequest {
    /// Hear the recordings of one song.
    HearSong(HearSong),
}

calls! { AudioRequest:
    HearSong = 0 => HeardSong, NoProgress;
}

/// Hears the recordings of the pairs of one song. The files of each source of the plan, one
/// source after the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HearSong {
    /// The rules by which sets are read.
    pub mode: Mode,
    /// The song, with the pairs to hear in the place of all.
    pub song: SongPlan,
    /// What the files are, in the order of [`SongPlan::archives`].
    pub sources: Vec<SourceFiles>,
}

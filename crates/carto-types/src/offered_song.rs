//! A song of a run whose files are in hand, as the view of one song takes it.

use serde::{Deserialize, Serialize};

use crate::{AudioLag, Mode, SourceFiles};

/// A song whose maps can be opened: its difficulties, and the files that they lie in.
///
/// The files themselves travel beside it, those of each source one after the other, in the order
/// of [`Self::sources`].
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct OfferedSong {
    /// Title, as in the index of the run.
    pub title: String,
    /// Artist, as in the index of the run.
    pub artist: String,
    /// The rules by which its archives were read.
    pub mode: Mode,
    /// All its difficulties of osu!standard that can be read, in the order of the registry.
    pub maps: Vec<OfferedMap>,
    /// The pairs that the run compares, first the one that opens.
    pub pairs: Vec<OfferedPair>,
    /// What the files are.
    pub sources: Vec<SourceFiles>,
}

/// One difficulty of a song.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OfferedMap {
    /// Name of its mapper; of its mappers in one text.
    pub mapper: String,
    /// Name of the difficulty.
    pub version: String,
    /// Stars without mods; `None` where it has no rating.
    pub star_rating: Option<f64>,
    /// How messages name it: `1001.osz [Hard]`.
    pub label: String,
    /// Place of its source in [`OfferedSong::sources`].
    pub slot: u32,
    /// Index of the `.osu` in the directory of its source.
    pub entry_idx: u32,
    /// Index of the audio file there, where there is one.
    pub audio_idx: Option<u32>,
    /// Whether it is a single `.osu` without a set.
    pub is_bare: bool,
}

/// Two maps of a song that the run compares.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct OfferedPair {
    /// Place of the first in [`OfferedSong::maps`].
    pub a: u32,
    /// Place of the second.
    pub b: u32,
    /// What the recordings of the two say of their lag, where they were heard.
    pub heard: Option<AudioLag>,
}

impl OfferedSong {
    /// What the song is called in addresses, commands and messages: `artist - title`.
    #[must_use]
    pub fn name(&self) -> String {
        song_name(&self.title, &self.artist)
    }

    /// What was heard of the recordings of two maps, by their places: of the second against the
    /// first. `None` where nobody listened.
    #[must_use]
    pub fn heard(&self, a: u32, b: u32) -> Option<AudioLag> {
        let is_it = |pair: &&OfferedPair| (pair.a, pair.b) == (a, b) || (pair.a, pair.b) == (b, a);
        let pair = self.pairs.iter().find(is_it)?;
        if pair.a == a { pair.heard } else { pair.heard.map(turned) }
    }
}

/// What a song is called in addresses, commands and messages: `artist - title`.
#[must_use]
pub fn song_name(title: &str, artist: &str) -> String {
    format!("{artist} - {title}")
}

/// The same two recordings with the second one first.
fn turned(lag: AudioLag) -> AudioLag {
    match lag {
        AudioLag::Same { lag_ms } => AudioLag::Same { lag_ms: -lag_ms },
        AudioLag::OtherCut { early_ms, late_ms } => {
            AudioLag::OtherCut { early_ms: -early_ms, late_ms: -late_ms }
        }
        AudioLag::OneStretch { lag_ms } => AudioLag::OneStretch { lag_ms: -lag_ms },
        AudioLag::Unclear => AudioLag::Unclear,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_heard_turns_with_the_pair() {
        let heard = Some(AudioLag::OtherCut { early_ms: 24.0, late_ms: -3.0 });
        let song = OfferedSong {
            pairs: vec![OfferedPair { a: 1, b: 4, heard }],
            ..OfferedSong::default()
        };
        assert_eq!(song.heard(1, 4), heard);
        let turned = Some(AudioLag::OtherCut { early_ms: -24.0, late_ms: 3.0 });
        assert_eq!(song.heard(4, 1), turned);
        assert_eq!(song.heard(0, 1), None);
    }
}

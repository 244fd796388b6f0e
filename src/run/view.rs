//! What the views are told about the run.

use std::collections::BTreeMap;

use carto_types::{Ownership, SongRow};

/// Where the run stands as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Phase {
    /// Nothing was dropped yet.
    #[default]
    Empty,
    /// Work is going on.
    Running,
    /// A person stopped it, or it could not go on; [`super::Run::resume`] goes on.
    Cancelled,
    /// Everything is compared and the files are written.
    Done,
}

/// One stage of a run, from archives to agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Stage {
    /// Directories and `.osu` entries; counted in archives.
    ReadArchives,
    /// Signals; counted in maps.
    NineChannels,
    /// Agreement; counted in pairs of maps.
    ComparePairs,
}

impl Stage {
    /// In the order of the work.
    pub(crate) const ALL: [Self; 3] = [Self::ReadArchives, Self::NineChannels, Self::ComparePairs];
}

/// How far a stage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StageState {
    /// Its turn has not come.
    Waiting,
    /// It is being worked on.
    Running,
    /// Nothing of it is left.
    Done,
    /// The run was stopped before it was done.
    Stopped,
}

/// One line of the stage list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct StageView {
    /// Which stage.
    pub(crate) stage: Stage,
    /// How far.
    pub(crate) state: StageState,
    /// Archives, maps or pairs behind us.
    pub(crate) n_done: usize,
    /// All of them; grows while archives are read and shrinks with refused maps.
    pub(crate) n_total: usize,
    /// Throughput of the last seconds; `None` until it can be told.
    pub(crate) per_s: Option<f64>,
    /// Remaining time at that throughput, in seconds.
    pub(crate) left_s: Option<f64>,
    /// Seconds worked on this stage, pauses left out.
    pub(crate) elapsed_s: f64,
}

/// What differs in the songs table from what was told last.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum SongChanges {
    /// All rows, in the order of the index.
    All(Vec<SongRow>),
    /// These rows, by their places.
    Rows(BTreeMap<usize, SongRow>),
}

impl SongChanges {
    /// Makes the rows what they are now.
    pub(crate) fn apply(self, rows: &mut Vec<SongRow>) {
        match self {
            Self::All(all) => *rows = all,
            Self::Rows(changed) => {
                for (place, row) in changed {
                    if let Some(old) = rows.get_mut(place) {
                        *old = row;
                    }
                }
            }
        }
    }
}

/// A difficulty with who made it, for a person to correct.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OwnedDifficulty {
    /// MD5 of its `.osu`.
    pub(crate) md5: String,
    /// `1001.osz`: the archive or file that it is in.
    pub(crate) source: String,
    /// Artist and title.
    pub(crate) song: String,
    /// Name of the difficulty.
    pub(crate) version: String,
    /// Stars without mods, where it has a rating.
    pub(crate) star_rating: Option<f64>,
    /// Who made it, by what a person says or else by its files.
    pub(crate) owner: Ownership,
}

/// What was found so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Counts {
    /// Extracted sets, and archives and single maps that were read.
    pub(crate) n_sets: usize,
    /// Of these, single maps.
    pub(crate) n_bare: usize,
    /// Whether there are extracted sets among them.
    pub(crate) has_folders: bool,
    /// `.osu` files in them.
    pub(crate) n_beatmaps: usize,
    /// Songs with two mappers or more.
    pub(crate) n_songs: usize,
}

/// How far the latents are.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct LatentProgress {
    /// The encoder.
    pub(crate) state: EncoderState,
    /// Whether latents are to start by themselves.
    pub(crate) is_automatic: bool,
    /// Maps that have latents, or never will.
    pub(crate) n_maps_done: usize,
    /// Maps that take part so far.
    pub(crate) n_maps: usize,
    /// Pairs that were read once more on bars, for the evidence of latents, or never will be.
    pub(crate) n_bar_pairs_done: usize,
    /// Pairs that are to be read so, so far.
    pub(crate) n_bar_pairs: usize,
    /// How much of the encoder's work is done, in `[0, 1]`.
    pub(crate) part_done: f64,
    /// Throughput of the last seconds; `None` until it can be told.
    pub(crate) frames_per_s: Option<f64>,
    /// Remaining time at that throughput, in seconds.
    pub(crate) left_s: Option<f64>,
    /// Seconds of computing, pauses left out.
    pub(crate) elapsed_s: f64,
}

/// What the encoder is at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum EncoderState {
    /// No encoder was chosen, and none was taken.
    #[default]
    None,
    /// Nobody asked for the latents: the nine channels go first.
    Waiting,
    /// A person is to say whether there shall be latents.
    Asking(Question),
    /// Its weights are on their way.
    Loading {
        /// So far.
        n_bytes: u64,
        /// In all, where that is known.
        n_total: Option<u64>,
    },
    /// It computes.
    Computing,
    /// All maps so far have their latents.
    Idle,
    /// A person stopped it.
    Stopped,
    /// It cannot be had, for this reason.
    Refused(String),
}

/// What a person is asked before latents are made that nobody asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    /// Whether the encoder may be fetched where data costs.
    Fetch,
    /// Whether the rest may take so long.
    Time {
        /// Estimated from the maps so far, in seconds.
        left_s: u32,
    },
}

use carto_types::{HeldOut, Synthesis, TrackA, TrackB};

use super::held_out::CvComparison;

/// The figures of one file.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// Agreement per channel; `None` of a run without pairs.
    TrackA(Option<TrackA>),
    /// Agreement per latent; `None` of a run without pairs.
    TrackB(Option<TrackB>),
    /// How latents correlate with channels.
    Synthesis {
        /// The figures.
        synthesis: Synthesis,
        /// Maps behind the 9 x 9 table, where the file says how many.
        n_maps_raw: Option<u32>,
    },
    /// Agreement on held-out songs.
    HeldOut(HeldOut),
    /// A few figures of others; it adds none of its own.
    CvComparison(CvComparison),
}

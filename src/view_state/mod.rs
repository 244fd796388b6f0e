//! The view state: which view is open, and how its charts are shown.
//!
//! All of it stands in the address, so that it can be sent, kept, and gone back to. The views
//! read it; it knows none of them.

mod heatmap;
mod song_order;
mod state;
mod url_state;

pub(crate) use heatmap::{HeatmapPart, Line, MAX_FADE, Values};
pub(crate) use song_order::{SongOrder, SortKey, timing_r};
pub(crate) use state::{Tab, ViewState, set, use_view_state};
pub(crate) use url_state::{follow_address, fragment, go_to_part, parameter, without_fragment};

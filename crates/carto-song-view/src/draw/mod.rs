//! What is drawn on canvases: the strips, agreement through the song, both playfields. Data and
//! sizes in, pixels out; no signal is read here.

mod palette;
mod playfield;
mod profile;
mod profile_marks;
mod profile_plot;
mod strip_data;
mod strips;
mod surface;
mod ticks;

pub(crate) use palette::Palette;
pub(crate) use playfield::{Area, FieldMap, PlayfieldLook, PlayfieldPen, draw_playfield};
pub(crate) use profile::draw_profile;
pub(crate) use profile_plot::ProfilePlot;
pub(crate) use strip_data::StripData;
pub(crate) use strips::{RowsInSight, StripPen, StripRows, draw_strips};
pub(crate) use surface::Surface;

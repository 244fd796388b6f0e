//! What is drawn: the strips, agreement through the song, both playfields. Data and sizes in, a canvas
//! or a picture out; no signal is read here.

mod context;
mod palette;
mod playfield;
mod profile;
mod profile_marks;
mod profile_plot;
mod strip_data;
mod strips;
mod surface;
mod svg;
#[cfg(test)]
mod svg_tests;
mod ticks;

pub(crate) use context::{DrawTarget, DrawingContext};
pub(crate) use palette::Palette;
pub(crate) use playfield::{Area, FieldMap, PlayfieldLook, PlayfieldPen, draw_playfield};
pub(crate) use profile::draw_profile;
pub(crate) use profile_plot::ProfilePlot;
pub(crate) use strip_data::StripData;
pub(crate) use strips::{RowsInSight, StripPen, StripRows, draw_strips};
pub(crate) use surface::Surface;
pub(crate) use svg::{SvgPart, SvgPicture};

//! Part C: latents against channels.

mod colormap;
mod coupling;
mod heat;
mod heat_table;
mod heat_view;
mod inspector;
mod keyboard_nav;
mod notes;
mod sheet;
mod signs;

pub(crate) use sheet::CorrelationSheet;

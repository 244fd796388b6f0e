//! Part B: how much mappers agree in what an encoder makes of their maps.

mod chart;
mod encoder_lines;
mod histogram;
mod item;
mod notes;
mod sheet;
mod table;
mod taxonomy;

pub(crate) use sheet::LatentSheet;

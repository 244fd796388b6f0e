//! The features that the classifier sees of a map, and their tables.
//!
//! Two tiers: what the osu! API says of a map, computed here from the file
//! itself ([`MapFigures`]), and statistics of hit objects and timing points
//! ([`ObjectFigures`]). [`COLUMNS`] lists all numbers in one fixed order.
//!
//! # Source
//!
//! The published classifier (kiAI) and the `dataset.csv` that its program, in
//! Python, wrote. Numbers are read as Python reads them, and cells rounded as
//! Python rounds. `tests/golden_features.rs` holds both against each other.
//!
//! Deviations: a number that is NaN or infinite makes the map unreadable, where
//! the published program would write it; bounds on hostile input
//! ([`carto_beatmap::limits::Limits`]); `ar_od_ratio`, which is 0 in all published rows
//! by a fault; UTF-16 is read; lines that begin with `//` are comments.

mod collected;
mod columns;
mod error;
mod fault;
mod features;
mod features_csv;
mod kiai;
mod map_figures;
#[cfg(feature = "maps")]
mod maps;
mod md5;
mod metadata;
mod mods;
mod object_figures;
mod objects;
mod probabilities_csv;
#[cfg(feature = "ratings")]
mod rated;
#[cfg(feature = "ratings")]
mod ratings;
mod read;
mod rounding;
mod sections;
mod tempo;

#[cfg(feature = "maps")]
pub use carto_archive::MapSource;
pub use carto_types::{MapTexts, MapsRead, Mods, ReadMap};
pub use collected::collected_map;
pub use columns::{COLUMNS, Column, column_index};
pub use error::FeatureError;
pub use fault::Fault;
pub use features::BeatmapFeatures;
pub use features_csv::{UNKNOWN_GENRE, features_csv};
pub use map_figures::MapFigures;
#[cfg(feature = "maps")]
pub use maps::read_maps;
pub use md5::Md5Sum;
pub use metadata::{TagKeyword, TagKeywords};
pub use object_figures::ObjectFigures;
pub use probabilities_csv::{ProbabilityRow, probabilities_csv};
#[cfg(feature = "ratings")]
pub use rated::{RatedFeatures, read_rated};
#[cfg(feature = "ratings")]
pub use ratings::{Rating, RatingError, rate, star_rating};
pub use read::read;
pub use rounding::five_decimals;

//! What a beatmap's text says of its style, as the published classifier sees it.
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

mod columns;
mod error;
mod kiai;
mod map_figures;
mod metadata;
mod mods;
mod object_figures;
mod objects;
#[cfg(feature = "ratings")]
mod rated;
#[cfg(feature = "ratings")]
mod ratings;
mod rounding;
mod sections;
mod tempo;

pub use columns::{COLUMNS, Column};
pub use error::FeatureError;
pub use map_figures::MapFigures;
pub use metadata::{MapMetadata, TagKeyword, TagKeywords};
pub use mods::Mods;
pub use object_figures::ObjectFigures;
#[cfg(feature = "ratings")]
pub use rated::{RatedFeatures, read_rated};
#[cfg(feature = "ratings")]
pub use ratings::{Rating, RatingError, rate};

use carto_beatmap::limits::Limits;
use sections::Sections;
use tempo::Tempo;

/// All features of one osu!standard map.
#[derive(Debug, Clone, PartialEq)]
pub struct BeatmapFeatures {
    /// Whose map of which song.
    pub metadata: MapMetadata,
    /// Tier 1: what the API says of a map.
    pub map: MapFigures,
    /// Tier 2: hit objects and timing points, as published.
    pub objects: ObjectFigures,
    /// As `stream_density`, with the tempo at each gap's begin instead of the
    /// map's first one, and for timing points of any format. 0 where there is
    /// no gap or no tempo.
    pub stream_density_local: f64,
}

impl BeatmapFeatures {
    /// The numbers of [`COLUMNS`], in that order; `None` is an empty cell.
    #[must_use]
    pub fn values(&self) -> [Option<f64>; COLUMNS.len()] {
        COLUMNS.map(|column| column.value(self))
    }
}

/// Reads the features of one `.osu`; star rating and max combo stay empty.
///
/// # Errors
///
/// [`FeatureError`] for a file that is no osu!standard beatmap, has a number
/// that cannot be read where the published program needs one, or goes beyond
/// `limits`.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<BeatmapFeatures, FeatureError> {
    if bytes.len() > limits.max_bytes {
        return Err(FeatureError::TooManyBytes { n_bytes: bytes.len(), limit: limits.max_bytes });
    }
    if bytes.is_empty() {
        return Err(FeatureError::Empty);
    }
    let text = carto_beatmap::tolerant::text::decode(bytes);
    let sections = Sections::split(&text, limits)?;
    if let Some(mode) = sections.other_mode() {
        return Err(FeatureError::OtherMode { mode });
    }
    let objects = objects::read_objects(&sections.hit_objects)?;
    let timing_points = objects::read_timing_points(&sections.timing_points)?;
    let tempo = Tempo::read(&sections.timing_points);
    let metadata = MapMetadata::read(&sections);
    let map = MapFigures::compute(&sections, &tempo, &objects, &metadata);
    let features = BeatmapFeatures {
        objects: ObjectFigures::compute(&objects, &timing_points, map.ar, map.od),
        stream_density_local: tempo.stream_density(&objects),
        metadata,
        map,
    };
    match COLUMNS.iter().find(|c| c.value(&features).is_some_and(|value| !value.is_finite())) {
        Some(column) => Err(FeatureError::NotFinite { column: column.name }),
        None => Ok(features),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_beatmap_is_refused_by_cause() {
        let read = |text: &str| read(text.as_bytes(), &Limits::default()).map(|_| ());
        assert_eq!(read(""), Err(FeatureError::Empty));
        assert_eq!(
            read("<html>\n"),
            Err(FeatureError::NotABeatmap { first_line: "<html>".to_owned() })
        );
        assert_eq!(read("[General]\nMode: 3\n"), Err(FeatureError::OtherMode { mode: 3 }));
        let bad = "osu file format v14\n[HitObjects]\n1,2,x,1,0\n";
        assert_eq!(read(bad), Err(FeatureError::NotANumber { line: 3, text: "x".to_owned() }));
        let wide = "osu file format v14\n[HitObjects]\n1e200,2,3,1,0\n-1e200,2,9,1,0\n";
        assert_eq!(read(wide), Err(FeatureError::NotFinite { column: "mean_distance" }));
    }

    #[test]
    fn limits_hold_before_anything_is_built() {
        let limits = Limits { max_lines: 2, ..Limits::default() };
        let text = "[HitObjects]\n1,2,3,1\n1,2,4,1\n1,2,5,1\n";
        let error = read(text.as_bytes(), &limits).map(|_| ());
        assert_eq!(error, Err(FeatureError::TooManyLines { section: "HitObjects", limit: 2 }));
        let limits = Limits { max_bytes: 3, ..Limits::default() };
        let error = read(b"abcd", &limits).map(|_| ());
        assert_eq!(error, Err(FeatureError::TooManyBytes { n_bytes: 4, limit: 3 }));
    }

    #[test]
    fn a_map_without_objects_has_zeros() {
        let Ok(features) = read(b"osu file format v14\n", &Limits::default()) else {
            unreachable!("a beatmap is read")
        };
        let is_set = |column: &&Column| !["star_rating", "max_combo"].contains(&column.name);
        for column in COLUMNS.iter().filter(is_set) {
            match column.name {
                "bpm" | "base_bpm" => assert_eq!(column.value(&features), None),
                "ar" | "cs" | "od" | "hp" => assert_eq!(column.value(&features), Some(5.0)),
                "ar_od_ratio" => assert_eq!(column.value(&features), Some(1.0)),
                name => assert_eq!(column.value(&features), Some(0.0), "{name}"),
            }
        }
    }
}

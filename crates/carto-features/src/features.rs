use carto_types::MapTexts;

use super::map_figures::MapFigures;
use super::metadata::TagKeywords;
use super::object_figures::ObjectFigures;

/// All features of one osu!standard map.
#[derive(Debug, Clone, PartialEq)]
pub struct BeatmapFeatures {
    /// Whose map of which song; at most 1,024 characters of each text.
    pub texts: MapTexts,
    /// Which keywords its tags contain.
    pub tags: TagKeywords,
    /// Tier 1: what the API says of a map.
    pub map: MapFigures,
    /// Tier 2: hit objects and timing points, as published.
    pub objects: ObjectFigures,
    /// As `stream_density`, with the tempo at each gap's begin instead of the
    /// map's first one, and for timing points of any format. 0 where there is
    /// no gap or no tempo.
    pub stream_density_local: f64,
}

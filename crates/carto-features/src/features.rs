use super::map_figures::MapFigures;
use super::metadata::MapMetadata;
use super::object_figures::ObjectFigures;

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

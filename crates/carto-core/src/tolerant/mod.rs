//! osu!'s own reading of a map.

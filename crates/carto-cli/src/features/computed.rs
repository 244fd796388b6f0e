//! What one map gives.

use carto_beatmap::limits::Limits;
use carto_features::{BeatmapFeatures, FeatureError, Mods, read_rated};

/// What one map gave.
pub(crate) enum Computed {
    /// - `unrated`: why it has no star rating and no longest combo
    Features { features: Box<BeatmapFeatures>, unrated: Option<String> },
    /// It is of osu!taiko, osu!catch or osu!mania.
    OtherGame,
}

/// Features with star rating and max combo, where the map can be rated. A fault in
/// this program is an error like another.
pub(crate) fn compute_safely(bytes: &[u8], mods: Mods) -> Result<Computed, String> {
    match read_rated(bytes, [mods], &Limits::default()) {
        Ok([rated]) => Ok(Computed::Features {
            features: Box::new(rated.features),
            unrated: rated.unrated.map(|error| error.to_string()),
        }),
        Err(FeatureError::OtherMode { .. }) => Ok(Computed::OtherGame),
        Err(error) => Err(error.to_string()),
    }
}

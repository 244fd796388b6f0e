//! The dimensions of a fingerprint, in the order in which their values stand.

use carto_features::COLUMNS;
use carto_types::{DimensionGroup, MapValues, SignalChannel, latent_name};

/// Numbers of a map without latents: nine channels, SPACING, TURN, 44 features.
pub const N_VALUES: usize = SignalChannel::COUNT + MOVEMENT.len() + COLUMNS.len();

/// Names of the two of [`DimensionGroup::Movement`].
const MOVEMENT: [&str; 2] = ["SPACING", "TURN"];

/// The column of the difficulty itself, which is held alike.
const STAR_RATING: &str = "star_rating";

/// The columns of tags begin so. Tags are the set's: they say nothing of who made a difficulty.
const TAGS: &str = "tag_";

/// Group and name of every dimension, in the order of [`MapValues::values`] and behind these of
/// [`MapValues::latents`].
#[must_use]
pub fn dimensions(n_latents: usize) -> Vec<(DimensionGroup, String)> {
    let channels = SignalChannel::ALL.iter().map(|it| (DimensionGroup::Channel, it.name()));
    let movement = MOVEMENT.iter().map(|&name| (DimensionGroup::Movement, name));
    let features = COLUMNS.iter().map(|column| (DimensionGroup::Feature, column.name));
    let named = channels.chain(movement).chain(features);
    let latents = (0..n_latents).map(|dim| (DimensionGroup::Latent, latent_name(dim)));
    named.map(|(group, name)| (group, name.to_owned())).chain(latents).collect()
}

/// The value of a map in a dimension, by its place in [`dimensions`]; `None` without one.
pub(crate) fn value_of(map: &MapValues, dimension_idx: usize) -> Option<f64> {
    let value = match dimension_idx.checked_sub(N_VALUES) {
        Some(dim) => map.latents.get(dim),
        None => map.values.get(dimension_idx),
    };
    value.copied().flatten().filter(|value| value.is_finite())
}

/// Whether it is the difficulty, which at equal stars cannot differ.
pub(crate) fn is_difficulty(name: &str) -> bool {
    name == STAR_RATING
}

/// Whether it can be typical of a mapper: not the difficulty, which is held alike, and no tag.
pub(crate) fn can_be_typical(name: &str) -> bool {
    !is_difficulty(name) && !name.starts_with(TAGS)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_value_has_a_name_of_its_own() {
        let all = dimensions(32);
        assert_eq!((N_VALUES, all.len()), (55, 87));
        let names: BTreeSet<_> = all.iter().map(|(_, name)| name).collect();
        assert_eq!(names.len(), all.len());
        assert!(all.is_sorted_by_key(|(group, _)| *group));
        assert_eq!(all.iter().filter(|(_, name)| is_difficulty(name)).count(), 1);
        assert_eq!(all.iter().filter(|(_, name)| !can_be_typical(name)).count(), 9);
    }
}

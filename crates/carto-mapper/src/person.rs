//! One person over all songs of a run.

use std::borrow::Cow;

use carto_types::{MapValues, Mode, creator_key};

/// Equal for the names of one person; case, and `_` in the place of a blank, make no other name.
pub(crate) fn key(name: &str) -> Cow<'_, str> {
    creator_key(Mode::Osu, name)
}

/// Whether a map is known to be of the person with this key, and of nobody else.
pub(crate) fn is_of(map: &MapValues, person: &str) -> bool {
    map.is_known_person && key(&map.mapper) == person
}

//! Which combo each object belongs to, and which number it has there.

use carto_beatmap::beatmap::{HitObject, HitObjectKind};
use carto_beatmap::osu::ObjectAppearance;

/// The place of an object among the combos of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct ComboPlace {
    /// Whether a combo begins here.
    pub(crate) begins: bool,
    /// Place in the combo, from 0.
    pub(crate) number: u32,
    /// Which combo, from 1.
    pub(crate) index: u32,
    /// Which colour: combos, and the colours that they skip.
    pub(crate) colour_index: u32,
}

/// The places of all objects.
///
/// A combo begins at the first object and after every spinner, whatever the file says. A spinner
/// begins none and counts on in the combo before it; one that opens the map is a combo of its own,
/// which takes no colour.
///
/// # Source
///
/// `OsuHitObject.UpdateComboInformation` in osu!lazer (ppy/osu). Deviation: there the index is 0
/// at a spinner that opens the map; here it is 1, as in lazer's versions before and their ports,
/// and the indices of all that follow are one more.
pub(crate) fn combo_places<'a>(
    objects: impl Iterator<Item = (&'a HitObject, &'a ObjectAppearance)>,
) -> Vec<ComboPlace> {
    let mut last: Option<(ComboPlace, bool)> = None;
    let place = |(object, appearance): (&HitObject, &ObjectAppearance)| {
        let is_spinner = matches!(object.kind, HitObjectKind::Spinner);
        let is_after_spinner = last.is_none_or(|(_, was_spinner)| was_spinner);
        let mut place = match last {
            Some((last, _)) => ComboPlace { begins: false, number: last.number + 1, ..last },
            None => ComboPlace { index: 1, ..ComboPlace::default() },
        };
        if !is_spinner && (object.new_combo || is_after_spinner) {
            place.begins = true;
            place.number = 0;
            place.index += u32::from(last.is_some());
            place.colour_index += u32::from(appearance.n_skipped_colours) + 1;
        }
        last = Some((place, is_spinner));
        place
    };
    objects.map(place).collect()
}

#[cfg(test)]
mod tests {
    use carto_beatmap::beatmap::{HitSound, Position};

    use super::*;

    fn places(objects: &[(bool, u8, bool)]) -> Vec<(u32, u32, u32)> {
        let objects: Vec<(HitObject, ObjectAppearance)> = objects
            .iter()
            .map(|&(new_combo, n_skipped_colours, is_spinner)| {
                let kind = match is_spinner {
                    true => HitObjectKind::Spinner,
                    false => HitObjectKind::Circle(Position::CENTRE),
                };
                let hit_sound = HitSound::default();
                let object = HitObject { start_ms: 0.0, end_ms: 0.0, new_combo, hit_sound, kind };
                (object, ObjectAppearance { n_skipped_colours, tick_distance: None })
            })
            .collect();
        combo_places(objects.iter().map(|(object, appearance)| (object, appearance)))
            .into_iter()
            .map(|place| (place.number, place.index, place.colour_index))
            .collect()
    }

    #[test]
    fn numbers_count_on_and_colours_are_skipped() {
        let found = places(&[(false, 0, false), (false, 0, false), (true, 2, false)]);
        assert_eq!(found, [(0, 1, 1), (1, 1, 1), (0, 2, 4)]);
    }

    #[test]
    fn a_spinner_begins_no_combo_and_ends_one() {
        let spinner = (true, 0, true);
        let found = places(&[spinner, (false, 0, false), (false, 0, false), spinner, spinner]);
        assert_eq!(found, [(0, 1, 0), (0, 2, 1), (1, 2, 1), (2, 2, 1), (3, 2, 1)]);
        assert_eq!(places(&[(false, 0, false), spinner, (false, 0, false)])[2], (0, 2, 2));
    }
}

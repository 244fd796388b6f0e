//! Features with star rating and longest combo, for any mods at once.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::ratings::RatableMap;
use super::{BeatmapFeatures, FeatureError, Mods, Rating, RatingError, read};
use carto_beatmap::limits::Limits;

/// All features of one map, played with one choice of mods.
#[derive(Debug, Clone, PartialEq)]
pub struct RatedFeatures {
    /// With star rating and longest combo, where the map has a rating.
    pub features: BeatmapFeatures,
    /// Why it has none.
    pub unrated: Option<RatingError>,
}

/// Reads the features of one `.osu` and rates it.
///
/// - `mods`: how the map is played; it is read once for all of them
/// - returns: in the order of `mods`
///
/// A map that cannot be rated has its other features. A panic is an error like
/// another where panics unwind.
///
/// # Errors
///
/// As [`read`], and [`FeatureError::Fault`].
pub fn read_rated<const N: usize>(
    bytes: &[u8],
    mods: [Mods; N],
    limits: &Limits,
) -> Result<[RatedFeatures; N], FeatureError> {
    let plain =
        caught(|| read(bytes, limits)).unwrap_or_else(|said| Err(FeatureError::Fault { said }))?;
    let map = rating(|| RatableMap::read(bytes, limits));
    Ok(mods.map(|mods| {
        let mut features = plain.clone().with_mods(mods);
        let rated = match &map {
            Ok(map) => rating(|| map.rate(mods)),
            Err(error) => Err(error.clone()),
        };
        let unrated = rated.map(|rating| features.set_rating(rating)).err();
        RatedFeatures { features, unrated }
    }))
}

impl BeatmapFeatures {
    fn set_rating(&mut self, rating: Rating) {
        // As every table has it, so that a classifier is told the same by map and table.
        let shown = format!("{:.5}", rating.star_rating);
        self.map.star_rating = Some(shown.parse().unwrap_or(rating.star_rating));
        self.map.max_combo = Some(rating.max_combo);
    }
}

fn rating<T>(rate: impl FnOnce() -> Result<T, RatingError>) -> Result<T, RatingError> {
    caught(rate).unwrap_or_else(|said| Err(RatingError::Fault { said }))
}

/// What a closure gives, or the words of its panic. What it has touched is dropped
/// with it or never changed.
fn caught<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| words(&*panic))
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no words").to_owned()
}

#[cfg(test)]
mod tests {
    use crate::rate;

    use super::*;

    const ALL: [Mods; 3] = [Mods::None, Mods::DoubleTime, Mods::HardRock];

    fn map(objects: &str) -> String {
        format!(
            "osu file format v14\n[Difficulty]\nApproachRate:9\nOverallDifficulty:8\n\
             [TimingPoints]\n0,400,4,1,0,60,1,0\n[HitObjects]\n{objects}"
        )
    }

    #[test]
    fn every_choice_of_mods_has_its_own_numbers() {
        let x = |idx: usize| if idx.is_multiple_of(2) { 100 } else { 400 };
        let jumps: String =
            (0..100).map(|idx| format!("{},192,{},1,0\n", x(idx), idx * 200)).collect();
        let (text, limits) = (map(&jumps), Limits::default());
        let Ok(found) = read_rated(text.as_bytes(), ALL, &limits) else {
            unreachable!("a beatmap is read")
        };
        for (found, mods) in found.into_iter().zip(ALL) {
            let rating = rate(text.as_bytes(), mods, &limits);
            let plain = read(text.as_bytes(), &limits);
            let mut expected = plain.map(|plain| plain.with_mods(mods));
            if let (Ok(expected), Ok(rating)) = (&mut expected, rating) {
                expected.set_rating(rating);
            }
            assert_eq!((Ok(found.features), found.unrated), (expected, None), "{mods:?}");
        }
    }

    #[test]
    fn a_map_without_a_rating_keeps_its_other_features() {
        let dense: String = (0..300).map(|idx| format!("0,0,{idx},1,0\n")).collect();
        let Ok([found]) = read_rated(map(&dense).as_bytes(), [Mods::None], &Limits::default())
        else {
            unreachable!("a beatmap is read")
        };
        let reason = "Density".to_owned();
        assert_eq!(found.unrated, Some(RatingError::Suspicious { reason }));
        assert_eq!(found.features.map.star_rating, None);
        assert_eq!(found.features.objects.total_notes, 300);
    }

    #[test]
    fn a_panic_is_told_in_its_words() {
        assert_eq!(caught(|| 1), Ok(1));
        let said = |said: &'static str| caught(|| -> u8 { std::panic::panic_any(said) });
        assert_eq!(said("odd"), Err("odd".to_owned()));
        let error = rating(|| -> Result<(), _> { std::panic::panic_any(7) });
        assert_eq!(error, Err(RatingError::Fault { said: "no words".to_owned() }));
    }
}

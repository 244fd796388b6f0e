//! Features with star rating and longest combo, for any mods at once.

use carto_beatmap::limits::Limits;
use carto_types::Mods;

use super::error::FeatureError;
use super::fault::Fault;
use super::features::BeatmapFeatures;
use super::ratings::{RatableMap, Rating, RatingError};
use super::read::read;
use super::rounding::five_decimals;

/// All features of one map, played with one choice of mods.
#[derive(Debug, Clone, PartialEq)]
pub struct RatedFeatures {
    /// With star rating and longest combo, where the map has a rating.
    pub features: BeatmapFeatures,
    /// Why it has none.
    pub unrated: Option<RatingError>,
    /// Share of its objects that begin while another lasts or begins, `[0, 1]`; 0 for a map that
    /// osu!'s rules do not read.
    pub overlap_share: f64,
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
/// Those of [`read`], and [`FeatureError::Fault`].
pub fn read_rated<const N: usize>(
    bytes: &[u8],
    mods: [Mods; N],
    limits: &Limits,
) -> Result<[RatedFeatures; N], FeatureError> {
    let plain = Fault::catch(|| read(bytes, limits))??;
    let (overlap_share, map) = match caught(|| RatableMap::read(bytes, limits)) {
        Ok(read) => read,
        Err(error) => (0.0, Err(error)),
    };
    Ok(mods.map(|mods| {
        let mut features = plain.clone().with_mods(mods);
        let rated = match &map {
            Ok(map) => caught(|| map.rate(mods)),
            Err(error) => Err(error.clone()),
        };
        let unrated = rated.map(|rating| features.set_rating(rating)).err();
        RatedFeatures { features, unrated, overlap_share }
    }))
}

impl BeatmapFeatures {
    /// The star rating as every table has it, so that a classifier is told the same by
    /// map and by table.
    fn set_rating(&mut self, rating: Rating) {
        self.map.star_rating = Some(five_decimals(rating.star_rating));
        self.map.max_combo = Some(rating.max_combo);
    }
}

fn caught<T>(rate: impl FnOnce() -> Result<T, RatingError>) -> Result<T, RatingError> {
    Fault::catch(rate)?
}

#[cfg(test)]
mod tests {
    use crate::rate;

    use super::*;

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
        let Ok(found) = read_rated(text.as_bytes(), Mods::ALL, &limits) else {
            unreachable!("a beatmap is read")
        };
        for (found, mods) in found.into_iter().zip(Mods::ALL) {
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
        let reason = "its objects follow each other too fast";
        assert_eq!(found.unrated, Some(RatingError::Suspicious { reason }));
        assert_eq!(found.features.map.star_rating, None);
        assert_eq!(found.features.objects.total_notes, 300);
    }

    #[test]
    fn objects_during_a_slider_or_together_overlap() {
        // A slider of 800 ms, a circle in the middle of it, one where it ends, and two at once.
        let objects = "0,0,1000,2,0,L|280:0,1,280\n0,9,1400,1,0\n0,9,1800,1,0\n\
                       0,9,3000,1,0\n9,9,3000,1,0\n";
        let Ok([found]) = read_rated(map(objects).as_bytes(), [Mods::None], &Limits::default())
        else {
            unreachable!("a beatmap is read")
        };
        assert_eq!(found.overlap_share, 0.4);
    }
}

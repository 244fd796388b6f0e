use carto_evidence::{EvidenceMap, MapMovement};

use crate::levels::levels;

/// The numbers of one map in the order of [`dimensions`](crate::dimensions), without latents:
/// `[N_VALUES]`.
///
/// - Channels: the mean level over the frames at which the map is active (an object lasts, or the
///   latest ended at most 2,048 ms before), in `[-1, 1]`. Channels of events are *low* where events
///   are dense.
/// - SPACING: the mean over steps from an object to the next of `ln(1 + distance in osu!pixels)`.
/// - TURN: the mean cosine of the angle at objects: 1 goes straight on, -1 goes back.
/// - Features: as given.
///
/// What a map has too little for is `None`.
///
/// - `features`: those of the classifier, in the order of [`carto_features::COLUMNS`]
#[must_use]
pub fn values_of_map(map: &EvidenceMap, features: &[Option<f64>]) -> Vec<Option<f64>> {
    let levels = levels(map);
    let movement = MapMovement::of(map);
    let channels = levels.iter().map(|(_, level)| *level);
    let features =
        (0..carto_features::COLUMNS.len()).map(|idx| features.get(idx).copied().flatten());
    channels.chain([movement.spacing, movement.turn]).chain(features).collect()
}

#[cfg(test)]
mod tests {
    use carto_beatmap::limits::Limits;
    use carto_beatmap::osu;

    use super::*;
    use crate::{N_VALUES, dimensions};

    #[test]
    fn values_stand_where_their_names_do() {
        let x = |idx: usize| 100 + 50 * (idx % 2);
        let objects: String =
            (0..80).map(|idx| format!("{},192,{},1,0\n", x(idx), idx * 250)).collect();
        let text = format!(
            "osu file format v14\n[Difficulty]\nApproachRate:9\nCircleSize:3\n[TimingPoints]\n\
             0,500,4,1,0,60,1,0\n[HitObjects]\n{objects}"
        );
        let limits = Limits::default();
        let features = carto_features::read(text.as_bytes(), &limits).unwrap().values();
        let beatmap = osu::read(text.as_bytes(), &limits).unwrap().beatmap;
        let values = values_of_map(&EvidenceMap::new(beatmap).unwrap(), &features);
        assert_eq!(values.len(), N_VALUES);
        let value = |wanted: &str| {
            let place = dimensions(0).iter().position(|(_, name)| name == wanted).unwrap();
            values[place]
        };
        assert_eq!((value("ar"), value("cs"), value("bpm")), (Some(9.0), Some(3.0), Some(120.0)));
        assert_eq!((value("circles"), value("star_rating")), (Some(80.0), None));
        assert!((value("SPACING").unwrap() - 51_f64.ln()).abs() < 1e-12);
        assert!((value("TURN").unwrap() + 1.0).abs() < 1e-12);
        assert_eq!(value("Y"), Some(0.0));
    }
}

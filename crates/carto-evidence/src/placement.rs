//! The place of a dimension between what a shared grid gives and what one mapper repeats.

use std::collections::BTreeSet;

use carto_types::{AGREEMENT_MARGIN, FEWEST_SONGS, PairGroups, Placement, PlacementClass};

use crate::SongValues;
use crate::over_songs::estimate;
use crate::song_values::mean;

/// Places a dimension between floor and ceiling, with intervals by a jackknife over songs.
///
/// A song can be in several groups, so it is left out of all three at once. The t of the
/// intervals has the degrees of freedom of the smallest group.
#[must_use]
pub fn placement(groups: &PairGroups<SongValues>) -> Placement {
    let all = [&groups.cross, &groups.floor, &groups.ceiling];
    let counts = all.map(SongValues::n_songs);
    let fewest = counts.into_iter().min().unwrap_or(0);
    let mut found = Placement { n_songs: grouped(counts), ..Placement::default() };
    if fewest < 2 {
        return found;
    }
    let means = all.map(|group| mean(&group.song_means()));
    let without = means_without_each_song(all, means);
    let jackknife = |theta: &dyn Fn([f64; 3]) -> f64| {
        let left: Vec<f64> = without.iter().map(|&means| theta(means)).collect();
        let middle = mean(&left);
        let squares: f64 = left.iter().map(|value| (value - middle).powi(2)).sum();
        let n = left.len() as f64;
        estimate(theta(means), ((n - 1.0) / n * squares).sqrt(), fewest)
    };
    let is_finite = means.iter().all(|mean| mean.is_finite());
    found.means = is_finite.then(|| grouped(means));
    found.room = jackknife(&|[_, floor, ceiling]| ceiling - floor);
    if fewest < FEWEST_SONGS {
        return found;
    }
    let Some(room) = found.room.and_then(|room| room.interval) else { return found };
    if room.low <= AGREEMENT_MARGIN {
        found.class = PlacementClass::NotReproducible;
        return found;
    }
    found.class = PlacementClass::Placed;
    found.song_share = jackknife(&|[cross, floor, ceiling]| (cross - floor) / (ceiling - floor));
    found.mapper_share =
        jackknife(&|[cross, floor, ceiling]| (ceiling - cross) / (ceiling - floor));
    found
}

/// The means of the three groups without one song, for each song of any group.
fn means_without_each_song(groups: [&SongValues; 3], means: [f64; 3]) -> Vec<[f64; 3]> {
    let songs: BTreeSet<u32> =
        groups.iter().flat_map(|group| group.songs().map(|(song_idx, _)| song_idx)).collect();
    let without = |song_idx: u32, group: &SongValues, mean: f64| {
        let n = f64::from(group.n_songs());
        group.song_mean(song_idx).map_or(mean, |value| mean + (mean - value) / (n - 1.0))
    };
    let of_song = |song_idx| std::array::from_fn(|idx| without(song_idx, groups[idx], means[idx]));
    songs.into_iter().map(of_song).collect()
}

fn grouped<T>([cross, floor, ceiling]: [T; 3]) -> PairGroups<T> {
    PairGroups { cross, floor, ceiling }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn songs(values: &[f64]) -> SongValues {
        SongValues::of((0..).zip(values.iter().map(|&value| Some(value))))
    }

    fn spread(base: f64, n: u32) -> SongValues {
        songs(&(0..n).map(|song| base + 0.02 * f64::from(song % 4)).collect::<Vec<_>>())
    }

    #[test]
    fn the_classes_follow_room_and_songs() {
        let of = |cross, floor, ceiling| placement(&PairGroups { cross, floor, ceiling });
        let placed = of(spread(0.4, 12), spread(0.1, 12), spread(0.7, 12));
        assert_eq!(placed.class, PlacementClass::Placed);
        let (song, mapper) = (placed.song_share.unwrap(), placed.mapper_share.unwrap());
        assert!((song.value - 0.5).abs() < 1e-12 && (mapper.value - 0.5).abs() < 1e-12);
        let nobody = of(spread(0.0, 12), spread(0.0, 12), spread(0.05, 12));
        assert_eq!(nobody.class, PlacementClass::NotReproducible);
        assert_eq!((nobody.song_share, nobody.mapper_share), (None, None));
        let few = of(spread(0.4, 9), spread(0.1, 12), spread(0.7, 12));
        assert_eq!((few.class, few.song_share), (PlacementClass::Undetermined, None));
        assert!(few.room.is_some() && few.means.is_some());
        let none = of(spread(0.4, 1), spread(0.1, 12), spread(0.7, 12));
        assert_eq!((none.means, none.room), (None, None));
        assert_eq!(none.n_songs, PairGroups { cross: 1, floor: 12, ceiling: 12 });
    }

    #[test]
    fn shares_are_not_cut() {
        let of = |cross, floor, ceiling| placement(&PairGroups { cross, floor, ceiling });
        let above = of(spread(0.9, 12), spread(0.1, 12), spread(0.7, 12));
        assert!(above.song_share.unwrap().value > 1.0 && above.mapper_share.unwrap().value < 0.0);
    }

    proptest! {
        #[test]
        fn shares_add_up_and_nothing_is_infinite(
            values in prop::collection::vec((0..3_usize, 0..20_u32, -1.0..1.0_f64), 0..200),
        ) {
            let group = |wanted: usize| {
                let of_group = values.iter().filter(|value| value.0 == wanted);
                SongValues::of(of_group.map(|&(_, song, value)| (song, Some(value))))
            };
            let groups = PairGroups { cross: group(0), floor: group(1), ceiling: group(2) };
            let found = placement(&groups);
            let estimates = [found.room, found.song_share, found.mapper_share];
            for estimate in estimates.into_iter().flatten() {
                prop_assert!(estimate.value.is_finite());
                if let Some(interval) = estimate.interval {
                    prop_assert!(interval.se.is_finite() && interval.low <= estimate.value);
                }
            }
            if let (Some(song), Some(mapper)) = (found.song_share, found.mapper_share) {
                prop_assert!((song.value + mapper.value - 1.0).abs() < 1e-12);
                let se = |estimate: carto_types::Estimate| estimate.interval.unwrap().se;
                prop_assert!((se(song) - se(mapper)).abs() < 1e-9);
            }
        }
    }
}

use std::collections::BTreeMap;

use carto_agreement::{Latents, mean_and_std};

/// A map with its mapper.
#[derive(Debug, Clone, Copy)]
pub struct SignedMap<'a> {
    /// Equal for maps by one mapper.
    pub mapper: usize,
    /// `[n_dims, n_times]`.
    pub series: Latents<'a>,
}

/// A map whose mapper was asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedMap {
    /// Its place among the maps that were to be asked about.
    pub map_idx: usize,
    /// Its mapper.
    pub mapper: usize,
    /// Mappers whose averages are nearer than its own mapper's: 0 where that stands first.
    pub n_nearer: usize,
}

/// How well the mapper of a map is identified by its latents.
#[derive(Debug, Clone, PartialEq)]
pub struct Identification {
    /// Share of maps whose mapper stands first.
    pub top_1: f64,
    /// Share of maps whose mapper is among the first five.
    pub top_5: f64,
    /// What guessing among the mappers gives for the first place.
    pub chance: f64,
    /// What always naming the mapper of the most known maps gives for it; of equals
    /// the one with the lowest number.
    pub majority: f64,
    /// That mapper.
    pub majority_mapper: usize,
    /// Mappers to choose from.
    pub n_mappers: usize,
    /// Maps that were asked about.
    pub n_maps: usize,
    /// Each of them, in their order.
    pub maps: Vec<AskedMap>,
}

/// Identifies mappers by mean and standard deviation over time of some dimensions:
/// each number standardised on the known maps, then the nearest of the mappers'
/// averages by Euclidean distance. To compare two choices of dimensions, choose
/// as many in both.
///
/// - `known`, `asked`: of no song in common, or it is the song that is recognised
/// - `dims`: which dimensions are looked at
/// - `min_maps`: mappers with fewer known maps have no average, and maps by them
///   are not asked about
/// - returns: `None` if no map is left to ask about
#[must_use]
pub fn identification(
    known: &[SignedMap<'_>],
    asked: &[SignedMap<'_>],
    dims: &[usize],
    min_maps: usize,
) -> Option<Identification> {
    let mut known_features: Vec<Vec<f64>> = known.iter().map(|map| features(map, dims)).collect();
    let scale = Scale::of(&known_features);
    known_features.iter_mut().for_each(|features| scale.apply(features));
    let mut of_mapper: BTreeMap<usize, Vec<&Vec<f64>>> = BTreeMap::new();
    for (map, features) in known.iter().zip(&known_features) {
        of_mapper.entry(map.mapper).or_default().push(features);
    }
    of_mapper.retain(|_, maps| maps.len() >= min_maps.max(1));
    // Of equals the last is the largest, so the lowest number has to come last.
    let most = of_mapper.iter().rev().max_by_key(|(_, maps)| maps.len()).map(|(&mapper, _)| mapper);
    let centroids: BTreeMap<usize, Vec<f64>> =
        of_mapper.into_iter().map(|(mapper, maps)| (mapper, average(&maps))).collect();

    let mut maps = Vec::new();
    for (map_idx, map) in asked.iter().enumerate() {
        let Some(own) = centroids.get(&map.mapper) else { continue };
        let mut features = features(map, dims);
        scale.apply(&mut features);
        let own_distance = distance(&features, own);
        // Of equals the right one stands last, and what is no number is never told.
        let is_farther = |centroid: &&Vec<f64>| distance(&features, centroid) > own_distance;
        let n_nearer = centroids.len() - 1 - centroids.values().filter(is_farther).count();
        maps.push(AskedMap { map_idx, mapper: map.mapper, n_nearer });
    }
    let share = |is_counted: &dyn Fn(&AskedMap) -> bool| {
        maps.iter().filter(|map| is_counted(map)).count() as f64 / maps.len() as f64
    };
    let [top_1, top_5, majority] = [
        share(&|map| map.n_nearer == 0),
        share(&|map| map.n_nearer < 5),
        share(&|map| Some(map.mapper) == most),
    ];
    (!maps.is_empty()).then(|| Identification {
        top_1,
        top_5,
        chance: 1.0 / centroids.len() as f64,
        majority,
        majority_mapper: most.unwrap_or_default(),
        n_mappers: centroids.len(),
        n_maps: maps.len(),
        maps,
    })
}

/// Balanced accuracy: the share of maps whose mapper stands first, of each mapper, averaged over
/// the mappers that were asked about. Always naming one of them has one over their number.
///
/// - returns: `None` without maps
#[must_use]
pub fn balanced_accuracy(maps: &[AskedMap]) -> Option<f64> {
    let mut of_mapper: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for map in maps {
        let (n_first, n) = of_mapper.entry(map.mapper).or_default();
        *n_first += usize::from(map.n_nearer == 0);
        *n += 1;
    }
    let shares = of_mapper.values().map(|&(n_first, n)| n_first as f64 / n as f64);
    (!of_mapper.is_empty()).then(|| shares.sum::<f64>() / of_mapper.len() as f64)
}

/// Mean and standard deviation of each dimension.
fn features(map: &SignedMap<'_>, dims: &[usize]) -> Vec<f64> {
    let series: Vec<&[f32]> = map.series.dims().collect();
    let chosen = dims.iter().filter_map(|&dim| series.get(dim));
    chosen
        .flat_map(|values| {
            let values: Vec<f64> = values.iter().copied().map(f64::from).collect();
            let (mean, std) = mean_and_std(&values).unwrap_or_default();
            [mean, std]
        })
        .collect()
}

/// Mean and spread of each feature over the known maps.
struct Scale(Vec<(f64, f64)>);

impl Scale {
    fn of(features: &[Vec<f64>]) -> Self {
        let n = features.first().map_or(0, Vec::len);
        let of_feature = |idx: usize| {
            let values: Vec<f64> = features.iter().map(|one| one[idx]).collect();
            let (mean, std) = mean_and_std(&values).unwrap_or_default();
            // A feature that never changes says nothing, whatever its unit.
            (mean, if std > 0.0 { std } else { 1.0 })
        };
        Self((0..n).map(of_feature).collect())
    }

    fn apply(&self, features: &mut [f64]) {
        for (value, (mean, std)) in features.iter_mut().zip(&self.0) {
            *value = (*value - mean) / std;
        }
    }
}

fn average(maps: &[&Vec<f64>]) -> Vec<f64> {
    let n = maps.first().map_or(0, |one| one.len());
    let mean = |idx: usize| maps.iter().map(|one| one[idx]).sum::<f64>() / maps.len() as f64;
    (0..n).map(mean).collect()
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Dimension 0 tells the mapper, dimension 1 does not.
    fn series(mapper: usize, take: usize) -> Vec<f32> {
        let wobble = |time: usize| ((time * 7 + take * 3) % 5) as f32 * 0.1;
        let first = (0..50).map(|time| mapper as f32 + wobble(time));
        first.chain((0..50).map(|time| ((time * 3 + take * 11) % 7) as f32)).collect()
    }

    #[test]
    fn mappers_are_told_by_the_dimension_that_holds_them() {
        let takes: Vec<(usize, Vec<f32>)> =
            (0..24).map(|idx| (idx % 6, series(idx % 6, idx))).collect();
        let map = |(mapper, values): &'static (usize, Vec<f32>)| SignedMap {
            mapper: *mapper,
            series: Latents::new(values, 2).unwrap(),
        };
        let takes: &'static [_] = takes.leak();
        let maps: Vec<SignedMap<'_>> = takes.iter().map(map).collect();
        let found = identification(&maps[..18], &maps[18..], &[0], 2).unwrap();
        assert_eq!((found.top_1, found.top_5, found.n_mappers, found.n_maps), (1.0, 1.0, 6, 6));
        assert!((found.chance - 1.0 / 6.0).abs() < 1e-12);
        let blind = identification(&maps[..18], &maps[18..], &[1], 2).unwrap();
        assert!(blind.top_1 < 0.7, "{blind:?}");
        assert_eq!(identification(&maps[..18], &maps[18..], &[0], 4), None, "too few maps of each");
        let none = identification(&maps[..18], &maps[18..], &[], 2).unwrap();
        assert_eq!(none.top_1, 0.0, "what looks at nothing knows nothing");
    }

    #[test]
    fn every_mapper_counts_the_same_in_balanced_accuracy() {
        let map = |mapper, n_nearer| AskedMap { map_idx: 0, mapper, n_nearer };
        // One mapper is always told, of three maps; one of two maps of the other.
        let maps = [map(4, 0), map(4, 0), map(4, 0), map(9, 0), map(9, 7)];
        assert_eq!(balanced_accuracy(&maps), Some(0.75));
        assert_eq!(balanced_accuracy(&[]), None);
    }

    #[test]
    fn always_naming_one_mapper_is_right_as_often_as_they_are_asked_about() {
        let values: Vec<Vec<f32>> = (0..9).map(|take| series(take % 3, take)).collect();
        let map = |mapper: usize, idx: usize| SignedMap {
            mapper,
            series: Latents::new(&values[idx], 2).unwrap(),
        };
        let known = [map(7, 0), map(2, 1), map(2, 2), map(5, 3), map(5, 4)];
        let asked = [map(2, 5), map(5, 6), map(5, 7), map(7, 8)];
        let found = identification(&known, &asked, &[0, 1], 1).unwrap();
        assert_eq!((found.majority, found.n_mappers, found.n_maps), (0.25, 3, 4));
        let found = identification(&known, &asked, &[0, 1], 2).unwrap();
        assert!((found.majority - 1.0 / 3.0).abs() < 1e-12);
        assert_eq!((found.n_mappers, found.n_maps, found.top_5), (2, 3, 1.0));
    }

    #[test]
    fn a_map_that_is_no_number_is_never_told() {
        let values = [vec![0.0_f32; 20], vec![1.0; 20], vec![f32::NAN; 20]];
        let map = |mapper, idx: usize| SignedMap {
            mapper,
            series: Latents::new(&values[idx], 1).unwrap(),
        };
        let found = identification(&[map(0, 0), map(1, 1)], &[map(1, 2), map(1, 1)], &[0], 1);
        assert_eq!(found.unwrap().top_1, 0.5);
    }
}

use carto_agreement::{Latents, MeasuredLatents, agreement_of_dims};

/// A map in a search: its song, its mapper and its series.
#[derive(Debug, Clone, Copy)]
pub struct SearchedMap<'a> {
    /// Equal for maps of one song.
    pub song: usize,
    /// Equal for maps by one mapper.
    pub mapper: usize,
    /// `[n_dims, n_times]`; of all maps the same dimensions.
    pub series: Latents<'a>,
}

/// What one map found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Query {
    /// Its place among the maps.
    pub map_idx: usize,
    /// One over the rank of the best answer, in `(0, 1]`.
    pub reciprocal_rank: f64,
}

/// How well maps find the other mapper's map of their song.
#[derive(Debug, Clone, PartialEq)]
pub struct Retrieval {
    /// Mean over queries of one over the rank of the best answer, in `(0, 1]`.
    pub mean_reciprocal_rank: f64,
    /// Share of queries whose first answer is right.
    pub hits_at_1: f64,
    /// The mean reciprocal rank that a random order has on average.
    pub of_random_order: f64,
    /// Maps whose song another mapper has mapped too.
    pub n_queries: usize,
    /// Maps that a query is compared with, on average.
    pub mean_n_candidates: f64,
    /// What each of them found, in the order of maps.
    pub queries: Vec<Query>,
}

/// Lets every map search for another mapper's map of the same song.
///
/// Candidates are all other maps but those by the query's own mapper of the same
/// song, which would be neither right nor wrong. They are ranked by the mean over
/// dimensions of Pearson's r, both cut to the shorter of the two and 0 where a side
/// is constant; of equals the right one stands last, so that ties never help.
///
/// - O(maps² · dims · times): 300 maps of 32 x 2,000 take seconds
/// - returns: `None` if no song has two mappers
#[must_use]
pub fn retrieval(maps: &[SearchedMap<'_>]) -> Option<Retrieval> {
    retrieval_by(maps, &similarities(maps))
}

/// The same by other similarities, as those of aligned maps.
///
/// - `similarity`: `[n_maps, n_maps]`, symmetric, as [`similarities`] gives it
/// - returns: `None` if no song has two mappers
///
/// # Panics
///
/// If `similarity` has another length.
#[must_use]
pub fn retrieval_by(maps: &[SearchedMap<'_>], similarity: &[f64]) -> Option<Retrieval> {
    assert_eq!(similarity.len(), maps.len() * maps.len(), "a similarity of every two maps");
    let (mut sum, mut n_hits, mut random, mut n_candidates) = (0.0, 0_usize, 0.0, 0_usize);
    let mut queries = Vec::new();
    for (query_idx, query) in maps.iter().enumerate() {
        let is_right = |map: &SearchedMap<'_>| map.song == query.song && map.mapper != query.mapper;
        let is_candidate = |map: &SearchedMap<'_>| map.song != query.song || is_right(map);
        let found = |idx: usize| similarity[query_idx * maps.len() + idx];
        let candidates: Vec<usize> =
            (0..maps.len()).filter(|&idx| idx != query_idx && is_candidate(&maps[idx])).collect();
        let (right, wrong): (Vec<usize>, Vec<usize>) =
            candidates.iter().partition(|&&idx| is_right(&maps[idx]));
        let Some(best) = right.iter().copied().map(found).reduce(f64::max) else { continue };
        let n_before = wrong.iter().filter(|&&idx| found(idx) >= best).count();
        let reciprocal_rank = 1.0 / (n_before + 1) as f64;
        queries.push(Query { map_idx: query_idx, reciprocal_rank });
        sum += reciprocal_rank;
        n_hits += usize::from(n_before == 0);
        random += random_reciprocal_rank(candidates.len(), right.len());
        n_candidates += candidates.len();
    }
    (!queries.is_empty()).then(|| {
        let n = queries.len() as f64;
        Retrieval {
            mean_reciprocal_rank: sum / n,
            hits_at_1: n_hits as f64 / n,
            of_random_order: random / n,
            n_queries: queries.len(),
            mean_n_candidates: n_candidates as f64 / n,
            queries,
        }
    })
}

/// Mean r of every two maps, `[n_maps, n_maps]`, symmetric.
#[must_use]
pub fn similarities(maps: &[SearchedMap<'_>]) -> Vec<f64> {
    let mut similarity = vec![1.0; maps.len() * maps.len()];
    for a in 0..maps.len() {
        for b in 0..a {
            let mean = mean_r_of_dims(maps[a].series, maps[b].series);
            similarity[a * maps.len() + b] = mean;
            similarity[b * maps.len() + a] = mean;
        }
    }
    similarity
}

/// The mean over dimensions of Pearson's r, both cut to the shorter; 0 for a dimension in which a
/// side is constant or no number.
#[must_use]
pub fn mean_r_of_dims(a: Latents<'_>, b: Latents<'_>) -> f64 {
    let n_times = a.n_latents().min(b.n_latents());
    let measured = |series| MeasuredLatents::new(series, n_times);
    let rs = agreement_of_dims(&measured(a), &measured(b));
    // A dimension that is no number agrees with nothing, so it cannot win.
    let r = rs.iter().map(|one| if one.pearson.is_finite() { one.pearson } else { 0.0 });
    r.sum::<f64>() / rs.len().max(1) as f64
}

/// The mean over all orders of one over the rank of the first of `n_right` among
/// `n`: the first stands at rank `i` with probability
/// `C(n - i, n_right - 1) / C(n, n_right)`.
fn random_reciprocal_rank(n: usize, n_right: usize) -> f64 {
    // That none of the first i is right.
    let mut none_before = 1.0;
    let mut mean = 0.0;
    for rank in 1..=(n + 1).saturating_sub(n_right) {
        let n_left = (n + 1 - rank) as f64;
        mean += none_before * n_right as f64 / n_left / rank as f64;
        none_before *= 1.0 - n_right as f64 / n_left;
    }
    mean
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_random_order_is_counted_exactly() {
        assert!((random_reciprocal_rank(1, 1) - 1.0).abs() < 1e-12);
        assert!((random_reciprocal_rank(3, 1) - (1.0 + 0.5 + 1.0 / 3.0) / 3.0).abs() < 1e-12);
        // Two of four: first at 1 in 3 of 6 orders, at 2 in 2, at 3 in 1.
        let expected = (3.0 + 2.0 * 0.5 + 1.0 / 3.0) / 6.0;
        assert!((random_reciprocal_rank(4, 2) - expected).abs() < 1e-12);
        assert!((random_reciprocal_rank(5, 5) - 1.0).abs() < 1e-12);
    }

    fn wave(period: f32, phase: f32) -> Vec<f32> {
        (0..200).map(|time| (time as f32 / period + phase).sin()).collect()
    }

    #[test]
    fn maps_of_one_song_find_each_other() {
        let series =
            [wave(3.0, 0.0), wave(3.0, 0.2), wave(7.0, 0.0), wave(7.0, 0.2), wave(11.0, 0.0)];
        let map = |idx: usize, song, mapper| SearchedMap {
            song,
            mapper,
            series: Latents::new(&series[idx], 1).unwrap(),
        };
        let maps = [map(0, 0, 0), map(1, 0, 1), map(2, 1, 0), map(3, 1, 2), map(4, 2, 3)];
        let found = retrieval(&maps).unwrap();
        assert_eq!((found.mean_reciprocal_rank, found.hits_at_1, found.n_queries), (1.0, 1.0, 4));
        assert_eq!(found.mean_n_candidates, 4.0);
        let expected = (1.0 + 0.5 + 1.0 / 3.0 + 0.25) / 4.0;
        assert!((found.of_random_order - expected).abs() < 1e-12);
    }

    #[test]
    fn ties_do_not_help_and_own_maps_do_not_count() {
        let flat = vec![0.0; 200];
        let map =
            |song, mapper| SearchedMap { song, mapper, series: Latents::new(&flat, 1).unwrap() };
        let found = retrieval(&[map(0, 0), map(0, 1), map(0, 0), map(1, 2)]).unwrap();
        // The two maps by mapper 0 do not see each other, and the tie with song 1
        // puts the right answer second.
        assert_eq!((found.mean_reciprocal_rank, found.n_queries), (0.5, 3));
        assert_eq!(retrieval(&[map(0, 0), map(1, 1)]), None);
    }

    #[test]
    fn a_map_that_is_no_number_finds_nothing() {
        let (odd, flat) = ([f32::NAN; 20], [0.0; 20]);
        let of = |series| Latents::new(series, 1).unwrap();
        let odd = |mapper| SearchedMap { song: 0, mapper, series: of(&odd) };
        let flat = SearchedMap { song: 1, mapper: 2, series: of(&flat) };
        let found = retrieval(&[odd(0), odd(1), flat]).unwrap();
        assert_eq!((found.mean_reciprocal_rank, found.hits_at_1), (0.5, 0.0));
    }

    /// Pearson's r by its definition, cut to the shorter.
    fn pearson(a: &[f32], b: &[f32]) -> f64 {
        let n = a.len().min(b.len());
        let [a, b] = [a, b].map(|x| x[..n].iter().map(|&x| f64::from(x)).collect::<Vec<_>>());
        let centred = |x: &[f64]| {
            let mean = x.iter().sum::<f64>() / n as f64;
            x.iter().map(|x| x - mean).collect::<Vec<_>>()
        };
        let (a, b) = (centred(&a), centred(&b));
        let dot = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>();
        dot(&a, &b) / (dot(&a, &a) * dot(&b, &b)).sqrt()
    }

    /// One over the rank of the first right map in a sorted list.
    fn reciprocal_rank(maps: &[(usize, usize, Vec<f32>)], query_idx: usize) -> Option<f64> {
        let (song, mapper, values) = &maps[query_idx];
        let back = |values: &[f32]| values.iter().rev().copied().collect::<Vec<_>>();
        let others = maps
            .iter()
            .enumerate()
            .filter(|&(idx, other)| idx != query_idx && (&other.0, &other.1) != (song, mapper));
        let r = |other: &[f32]| pearson(values, other) + pearson(&back(values), &back(other));
        let mut list: Vec<_> = others.map(|(_, other)| (r(&other.2), other.0 == *song)).collect();
        // Correlations of random numbers are never equal.
        list.sort_by(|a, b| b.0.total_cmp(&a.0));
        list.iter().position(|&(_, is_right)| is_right).map(|idx| 1.0 / (idx + 1) as f64)
    }

    proptest! {
        #[test]
        fn ranks_are_those_of_a_sorted_list(
            maps in prop::collection::vec(
                (0..3_usize, 0..4_usize, prop::collection::vec(-1.0..1.0_f32, 6..12)), 2..9,
            ),
        ) {
            // Two dimensions: the series, and the series backwards.
            let series = maps.iter().map(|map| map.2.iter().chain(map.2.iter().rev()).copied());
            let series: Vec<Vec<f32>> = series.map(Iterator::collect).collect();
            let searched = maps.iter().zip(&series).map(|(&(song, mapper, _), values)| {
                SearchedMap { song, mapper, series: Latents::new(values, 2).unwrap() }
            });
            let found = retrieval(&searched.collect::<Vec<_>>());
            let reciprocals = (0..maps.len()).filter_map(|idx| reciprocal_rank(&maps, idx));
            let reciprocals: Vec<f64> = reciprocals.collect();
            prop_assert_eq!(found.as_ref().map_or(0, |found| found.n_queries), reciprocals.len());
            if let Some(found) = found {
                let mean = reciprocals.iter().sum::<f64>() / reciprocals.len() as f64;
                prop_assert!((found.mean_reciprocal_rank - mean).abs() < 1e-12);
            }
        }

        #[test]
        fn a_random_order_has_the_mean_of_all_orders(n in 1..10_u32, bits: u32) {
            let n_right = (bits & ((1 << n) - 1)).count_ones().max(1);
            let placings = (0..1_u32 << n).filter(|placing| placing.count_ones() == n_right);
            let reciprocals: Vec<f64> =
                placings.map(|placing| 1.0 / f64::from(placing.trailing_zeros() + 1)).collect();
            let mean = reciprocals.iter().sum::<f64>() / reciprocals.len() as f64;
            let actual = random_reciprocal_rank(n as usize, n_right as usize);
            prop_assert!((actual - mean).abs() < 1e-12, "{} {}", actual, mean);
        }
    }
}

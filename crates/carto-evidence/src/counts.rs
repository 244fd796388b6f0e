//! Counts of objects: how agreement changes with them, and pairs that may be copies.

use carto_types::{COPY_SHARE, CountsLine, FEWEST_SONGS, LIKE_COUNTS_LOG_RATIO};

use crate::over_songs::estimate;

/// One pair, for [`counts_line`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CountedPair {
    /// The number of its song.
    pub song_idx: u32,
    /// `|ln(objects of A / objects of B)|` inside the span of both; `None` without objects.
    pub log_ratio: Option<f64>,
    /// What is related to it.
    pub value: Option<f64>,
}

/// How a value changes with the ratio of object counts: least squares over pairs, with errors
/// clustered by song and corrected for the numbers of songs and pairs (CR1).
///
/// - returns: `None` with fewer songs than [`FEWEST_SONGS`], or where all ratios are equal
#[must_use]
pub fn counts_line(pairs: &[CountedPair]) -> Option<CountsLine> {
    let finite = |value: Option<f64>| value.filter(|value| value.is_finite());
    let known =
        |pair: &CountedPair| Some((pair.song_idx, finite(pair.log_ratio)?, finite(pair.value)?));
    let mut known: Vec<(u32, f64, f64)> = pairs.iter().filter_map(known).collect();
    known.sort_by_key(|&(song_idx, ..)| song_idx);
    let by_song: Vec<_> = known.chunk_by(|a, b| a.0 == b.0).collect();
    if by_song.len() < FEWEST_SONGS as usize {
        return None;
    }
    let (n, n_clusters) = (known.len() as f64, by_song.len() as f64);
    let mean_ratio = known.iter().map(|&(_, ratio, _)| ratio).sum::<f64>() / n;
    let mean = known.iter().map(|&(.., value)| value).sum::<f64>() / n;
    let centred = || known.iter().map(|&(_, ratio, value)| (ratio - mean_ratio, value));
    let spread: f64 = centred().map(|(ratio, _)| ratio * ratio).sum();
    if spread <= 1e-12 * n {
        return None;
    }
    let slope = centred().map(|(ratio, value)| ratio * value).sum::<f64>() / spread;
    let at = |ratio: f64| mean + slope * (ratio - mean_ratio);
    // Every figure is a weighted sum of the values; its error is that sum of the residuals,
    // added up by song.
    let se = |weight: &dyn Fn(f64) -> f64| {
        let of_song = |pairs: &&[(u32, f64, f64)]| {
            let error = |&(_, ratio, value): &(u32, f64, f64)| {
                weight(ratio - mean_ratio) * (value - at(ratio))
            };
            pairs.iter().map(error).sum::<f64>().powi(2)
        };
        let sum: f64 = by_song.iter().map(of_song).sum();
        (sum * n_clusters / (n_clusters - 1.0) * (n - 1.0) / (n - 2.0)).sqrt()
    };
    let n_songs = by_song.len() as u32;
    let on_line = |place: f64| {
        let weight = |ratio: f64| 1.0 / n + (place - mean_ratio) * ratio / spread;
        estimate(at(place), se(&weight), n_songs)
    };
    Some(CountsLine {
        n_pairs: known.len() as u32,
        n_songs,
        mean,
        slope: estimate(slope, se(&|ratio| ratio / spread), n_songs)?,
        at_equal_counts: on_line(0.0)?,
        at_two_to_one: on_line(std::f64::consts::LN_2)?,
    })
}

/// `|ln(objects of A / objects of B)|`; `None` where a map has none.
#[must_use]
pub fn log_ratio(objects: [u32; 2]) -> Option<f64> {
    let ratio = || f64::from(objects[0]) / f64::from(objects[1]);
    (!objects.contains(&0)).then(|| libm::log(ratio()).abs())
}

/// Whether the maps of a pair have like counts of objects, as placing a dimension needs.
#[must_use]
pub fn has_like_counts(log_ratio: Option<f64>) -> bool {
    log_ratio.is_some_and(|log_ratio| log_ratio < LIKE_COUNTS_LOG_RATIO)
}

/// Whether one map of a pair may be a copy of the other.
///
/// Without like counts, every sparse map on the grid of a dense one would be.
///
/// - `equal_onsets`: share of the sparser map's onsets that the other has too, to 1 ms
#[must_use]
pub fn is_possible_copy(log_ratio: Option<f64>, equal_onsets: Option<f64>) -> bool {
    has_like_counts(log_ratio) && equal_onsets.is_some_and(|share| share > COPY_SHARE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(song_idx: u32, log_ratio: f64, value: f64) -> CountedPair {
        CountedPair { song_idx, log_ratio: Some(log_ratio), value: Some(value) }
    }

    #[test]
    fn a_straight_line_is_found_without_error() {
        let pairs: Vec<_> = (0..20)
            .map(|idx| {
                let ratio = f64::from(idx % 4) / 4.0;
                pair(idx / 2, ratio, 0.75 - 0.5 * ratio)
            })
            .collect();
        let line = counts_line(&pairs).unwrap();
        assert!((line.slope.value + 0.5).abs() < 1e-12);
        assert!((line.at_equal_counts.value - 0.75).abs() < 1e-12);
        let twice = 0.75 - 0.5 * std::f64::consts::LN_2;
        assert!((line.at_two_to_one.value - twice).abs() < 1e-12);
        assert!(line.slope.interval.unwrap().se < 1e-12);
        assert_eq!((line.n_pairs, line.n_songs), (20, 10));
    }

    #[test]
    fn equal_ratios_and_few_songs_have_no_line() {
        let equal: Vec<_> = (0..12).map(|song| pair(song, 0.3, 0.1 * f64::from(song))).collect();
        assert_eq!(counts_line(&equal), None);
        let few: Vec<_> = (0..9).map(|song| pair(song, 0.1 * f64::from(song), 0.5)).collect();
        assert_eq!(counts_line(&few), None);
        let mut known: Vec<_> =
            (0..10).map(|song| pair(song, 0.1 * f64::from(song), 0.5)).collect();
        assert!(counts_line(&known).is_some());
        known[0].value = None;
        assert_eq!(counts_line(&known), None, "a song without a value is none");
        known[0].value = Some(f64::NAN);
        assert_eq!(counts_line(&known), None);
        assert_eq!(counts_line(&[]), None);
    }

    #[test]
    fn only_maps_of_like_counts_may_be_copies() {
        assert!(is_possible_copy(Some(0.1), Some(0.95)));
        assert!(!is_possible_copy(Some(0.1), Some(0.9)), "more than that share");
        assert!(!is_possible_copy(Some(0.25), Some(1.0)), "a sparse map on the dense one's grid");
        assert!(!is_possible_copy(None, Some(1.0)));
        assert!(!is_possible_copy(Some(0.0), None));
    }
}

use carto_random::Normal;
use carto_types::Interval;

use super::sets::Share;
use crate::SongValues;
use crate::over_songs::{half_width, interval_over_songs, pair_interval};

/// The spread of an agreement over pairs, as real pairs have it.
const SD: f64 = 0.22;
/// The part of the variance that the pairs of a song have in common.
const SONG_PART: f64 = 0.5;
/// The part of the rest that the two maps of a pair bring along, both together.
const MAPPERS_PART: f64 = 0.4;
/// Songs with three mappers, and so three pairs; the others have one.
const THREE_MAPPERS: f64 = 0.27;
/// The mean that intervals should hold. Coverage does not depend on it.
const TRUTH: f64 = 0.4;

/// How often intervals of 95 % hold the true mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coverage {
    /// Songs in each run.
    pub n_songs: u32,
    /// Of the interval around the mean over songs.
    pub by_song: Share,
    /// Of the interval around the mean over pairs, with errors clustered by song.
    pub by_pair: Share,
    /// Mean width of the first.
    pub mean_width: f64,
}

/// Draws runs of normal agreements: songs with one pair, 27 % of them with three mappers; half
/// of the variance belongs to the song, 40 % of the rest to the two mappers of a pair.
///
/// - `n_songs`: two or more
#[must_use]
pub fn coverage(seed: u64, n_songs: u32, n_runs: u32) -> Coverage {
    let mut normal = Normal::new(seed);
    let (mut by_song, mut by_pair, mut width) = (0, 0, 0.0);
    // Without one nothing is finite, and no interval holds anything.
    let t = half_width(n_songs).unwrap_or(f64::NAN);
    for _ in 0..n_runs {
        let values = draw(&mut normal, n_songs);
        let holds = |interval: Option<Interval>| {
            interval.is_some_and(|interval| interval.low <= TRUTH && TRUTH <= interval.high)
        };
        let song_means = values.song_means();
        let interval = interval_over_songs(&song_means, t);
        by_song += u32::from(holds(interval));
        by_pair += u32::from(holds(pair_interval(&values, values.pair_mean(), t)));
        width += interval.map_or(0.0, |interval| interval.high - interval.low);
    }
    Coverage {
        n_songs,
        by_song: Share::of(by_song, n_runs),
        by_pair: Share::of(by_pair, n_runs),
        mean_width: width / f64::from(n_runs.max(1)),
    }
}

fn draw(normal: &mut Normal, n_songs: u32) -> SongValues {
    let part = |share: f64| SD * share.sqrt();
    let song_sd = part(SONG_PART);
    let mapper_sd = part((1.0 - SONG_PART) * MAPPERS_PART / 2.0);
    let pair_sd = part((1.0 - SONG_PART) * (1.0 - MAPPERS_PART));
    let mut pairs = Vec::new();
    for song_idx in 0..n_songs {
        let n_mappers = if normal.unit() < THREE_MAPPERS { 3 } else { 2 };
        let song = song_sd * normal.next();
        let mappers: Vec<f64> = (0..n_mappers).map(|_| mapper_sd * normal.next()).collect();
        for b in 1..n_mappers {
            for a in 0..b {
                let pair = pair_sd * normal.next();
                pairs.push((song_idx, Some(TRUTH + song + mappers[a] + mappers[b] + pair)));
            }
        }
    }
    SongValues::of(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::song_values::mean;

    #[test]
    fn agreements_have_the_spread_that_is_said() {
        let values = draw(&mut Normal::new(3), 20_000);
        let first: Vec<f64> = values.songs().map(|(_, values)| values[0]).collect();
        let middle = mean(&first);
        let sd = (first.iter().map(|x| (x - middle).powi(2)).sum::<f64>() / 20_000.0).sqrt();
        // Five standard errors of each.
        assert!((middle - TRUTH).abs() < 5.0 * SD / 20_000_f64.sqrt(), "{middle}");
        assert!((sd - SD).abs() < 5.0 * SD / 40_000_f64.sqrt(), "{sd}");
        let three = values.songs().filter(|(_, values)| values.len() == 3).count();
        assert!((three as f64 / 20_000.0 - THREE_MAPPERS).abs() < 0.016, "{three}");
    }

    #[test]
    fn intervals_over_songs_hold_the_truth_in_95_of_100_runs() {
        for n_songs in [10, 20, 40] {
            let found = coverage(u64::from(n_songs), n_songs, 2000);
            // 95 % with four standard errors.
            assert!((found.by_song.value - 0.95).abs() < 0.02, "{found:?}");
            assert_eq!(found, coverage(u64::from(n_songs), n_songs, 2000), "a seed decides");
        }
    }
}

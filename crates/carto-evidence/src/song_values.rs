use std::collections::BTreeMap;

/// The values of pairs in one dimension, by song: what every figure over songs starts from.
///
/// Songs are in the order of their numbers, whatever the order in which pairs came, so that a
/// figure does not depend on which pair was done first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SongValues {
    songs: BTreeMap<u32, Vec<f64>>,
}

impl SongValues {
    /// Groups values by song; what is missing, or no finite number, is left out.
    ///
    /// - `pairs`: the number of a pair's song, and its value
    #[must_use]
    pub fn of(pairs: impl IntoIterator<Item = (u32, Option<f64>)>) -> Self {
        let mut songs: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
        for (song_idx, value) in pairs {
            if let Some(value) = value.filter(|value| value.is_finite()) {
                songs.entry(song_idx).or_default().push(value);
            }
        }
        Self { songs }
    }

    /// Songs with a value.
    #[must_use]
    pub fn n_songs(&self) -> u32 {
        self.songs.len() as u32
    }

    /// Pairs with a value.
    #[must_use]
    pub fn n_pairs(&self) -> u32 {
        self.songs.values().map(|values| values.len() as u32).sum()
    }

    /// Each song with the values of its pairs, one or more.
    pub fn songs(&self) -> impl Iterator<Item = (u32, &[f64])> {
        self.songs.iter().map(|(&song_idx, values)| (song_idx, values.as_slice()))
    }

    /// Each song's value: the mean over its pairs.
    #[must_use]
    pub fn song_means(&self) -> Vec<f64> {
        self.songs.values().map(|values| mean(values)).collect()
    }

    /// The mean over pairs; NaN without any.
    #[must_use]
    pub fn pair_mean(&self) -> f64 {
        self.songs.values().flatten().sum::<f64>() / f64::from(self.n_pairs())
    }

    /// The value of one song; `None` where it has none.
    #[must_use]
    pub fn song_mean(&self, song_idx: u32) -> Option<f64> {
        self.songs.get(&song_idx).map(|values| mean(values))
    }
}

/// The mean, summed in order; NaN without values.
pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

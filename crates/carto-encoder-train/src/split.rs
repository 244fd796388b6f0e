use std::collections::{BTreeMap, BTreeSet};

use super::{SplitRule, TrainingSet};
use carto_random::seed_of;

/// Which maps of a set are learnt from and which are kept to judge by: never two
/// maps of one song on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// Places in [`TrainingSet::maps`], ascending.
    pub training: Vec<usize>,
    /// Places in [`TrainingSet::maps`], ascending.
    pub held_out: Vec<usize>,
}

impl Split {
    /// Decides song by song; the same seed decides the same, whatever other songs
    /// are in the set.
    #[must_use]
    pub fn new(set: &TrainingSet, rule: &SplitRule, seed: u64) -> Self {
        let mut creators: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for map in &set.maps {
            creators.entry(&map.song).or_default().insert(&map.creator);
        }
        let side = |song: &str| {
            let n_mappers = creators.get(song).map_or(0, BTreeSet::len);
            let place = seed_of(seed, song) as f64 / u64::MAX as f64;
            match *rule {
                SplitRule::Share { held_out_share, holds_shared_songs } => {
                    let is_shared = holds_shared_songs && n_mappers >= 2;
                    Some(is_shared || place < held_out_share)
                }
                SplitRule::Fold { n_folds, fold } => {
                    let part = ((place * n_folds as f64) as usize).min(n_folds - 1);
                    Some(part == fold)
                }
                SplitRule::Mappers => match n_mappers {
                    2 => Some(false),
                    3.. => Some(true),
                    _ => None,
                },
            }
        };
        let mut split = Self { training: Vec::new(), held_out: Vec::new() };
        for (idx, map) in set.maps.iter().enumerate() {
            match side(&map.song) {
                Some(true) => split.held_out.push(idx),
                Some(false) => split.training.push(idx),
                None => {}
            }
        }
        split
    }
}

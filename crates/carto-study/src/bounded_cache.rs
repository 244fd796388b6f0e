//! What is made of the maps of one song, as much of it as a budget of memory allows.

use std::collections::BTreeMap;

/// Things that can be made again, by the place of their map.
#[derive(Debug)]
pub(crate) struct BoundedCache<T> {
    n_max: usize,
    kept: BTreeMap<u32, T>,
}

impl<T> BoundedCache<T> {
    /// - `budget_bytes`: of all that is kept; two things are kept in any case
    /// - `n_bytes`: of one
    pub(crate) fn new(budget_bytes: usize, n_bytes: usize) -> Self {
        Self { n_max: (budget_bytes / n_bytes.max(1)).max(2), kept: BTreeMap::new() }
    }

    /// Keeps a thing while there is room.
    pub(crate) fn keep(&mut self, map_idx: u32, thing: T) {
        if self.kept.len() < self.n_max {
            self.kept.insert(map_idx, thing);
        }
    }

    /// Takes a kept thing out.
    pub(crate) fn take(&mut self, map_idx: u32) -> Option<T> {
        self.kept.remove(&map_idx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_beyond_the_budget_is_not_kept_and_two_always_are() {
        let mut cache = BoundedCache::new(10, 100);
        (0..4).for_each(|idx| cache.keep(idx, idx));
        assert_eq!([0, 1, 2, 3].map(|idx| cache.take(idx)), [Some(0), Some(1), None, None]);
        assert_eq!(cache.take(0), None);
    }
}

//! The songs that were measured, and those that are still to be.

use std::collections::{BTreeMap, BTreeSet};

use carto_types::{Mode, OfferedRun, SongPlan, SourceFiles, creator_key};

/// What the numbers of a song's maps depend on: equal keys have equal numbers.
#[derive(Debug, Clone, PartialEq)]
struct Key {
    plan: SongPlan,
    sources: Vec<SourceFiles>,
    /// Size and time of change of each file.
    files: Vec<[f64; 2]>,
}

/// Songs by their place in the index of the run; `T` is what is measured of a song.
#[derive(Debug)]
pub(crate) struct Measured<T> {
    keys: BTreeMap<u32, Key>,
    values: BTreeMap<u32, T>,
    in_work: BTreeSet<u32>,
}

impl<T> Default for Measured<T> {
    fn default() -> Self {
        Self { keys: BTreeMap::new(), values: BTreeMap::new(), in_work: BTreeSet::new() }
    }
}

impl<T> Measured<T> {
    /// Takes the songs of a run; what was measured of equal songs of an earlier one stays.
    ///
    /// - `file`: size and time of change of a file, by its place among all
    pub(crate) fn take_run(&mut self, run: &OfferedRun, file: impl Fn(usize) -> [f64; 2]) {
        let key = |plan: &SongPlan| {
            let files = run.files_of(plan).into_iter().flatten().map(&file).collect();
            (plan.song_idx, Key { plan: plan.clone(), sources: run.sources_of(plan), files })
        };
        let keys: BTreeMap<u32, Key> = run.songs.iter().map(key).collect();
        self.values.retain(|song_idx, _| self.keys.get(song_idx) == keys.get(song_idx));
        self.keys = keys;
        self.in_work.clear();
    }

    /// The next song that nobody measures, those of a mapper first; somebody is at it from now on.
    pub(crate) fn next(&mut self, mapper: &str) -> Option<u32> {
        let person = creator_key(Mode::Osu, mapper);
        let is_waiting = |idx: &&u32| !self.values.contains_key(idx) && !self.in_work.contains(idx);
        let is_theirs = |idx: &&u32| {
            let is_it = |key: &Key| {
                key.plan.maps.iter().any(|map| creator_key(Mode::Osu, &map.creator) == person)
            };
            self.keys.get(idx).is_some_and(is_it)
        };
        let waiting = || self.keys.keys().filter(is_waiting);
        let next = waiting().find(is_theirs).or_else(|| waiting().next()).copied()?;
        self.in_work.insert(next);
        Some(next)
    }

    /// A song is measured.
    pub(crate) fn put(&mut self, song_idx: u32, values: T) {
        if self.in_work.remove(&song_idx) {
            self.values.insert(song_idx, values);
        }
    }

    /// Nothing is measured any more.
    pub(crate) fn forget(&mut self) {
        self.values.clear();
        self.in_work.clear();
    }

    /// Whoever was at a song has stopped.
    pub(crate) fn release(&mut self) {
        self.in_work.clear();
    }

    /// The plan of a song.
    pub(crate) fn plan(&self, song_idx: u32) -> Option<&SongPlan> {
        self.keys.get(&song_idx).map(|key| &key.plan)
    }

    /// Songs that are measured, and all.
    pub(crate) fn counts(&self) -> (usize, usize) {
        (self.values.len(), self.keys.len())
    }

    /// What is known of a song that is measured.
    pub(crate) fn get(&self, song_idx: u32) -> Option<&T> {
        self.values.get(&song_idx)
    }

    /// What is known of all that are measured, in the order of the index.
    pub(crate) fn values(&self) -> Vec<T>
    where
        T: Clone,
    {
        self.values.values().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use carto_types::OwnerEvidence::Host;
    use carto_types::{SongMapValues, SourceKind};

    use super::*;
    use crate::guests::tests::song;

    fn run() -> OfferedRun {
        let source = |name: &str| SourceFiles::one(name, SourceKind::Archive);
        OfferedRun {
            mode: Mode::Osu,
            songs: vec![
                song(0, &[("Bea", 3.0, Host), ("Cid", 3.0, Host)]),
                song(1, &[("Ann", 3.0, Host), ("Bea", 3.0, Host)]),
                song(2, &[("ann", 3.0, Host), ("Cid", 3.0, Host)]),
            ],
            sources: ["0.osz", "1.osz", "2.osz"].map(source).to_vec(),
        }
    }

    #[test]
    fn songs_of_the_mapper_are_measured_first() {
        let mut measured = Measured::default();
        measured.take_run(&run(), |_| [1.0, 2.0]);
        let order: Vec<_> = std::iter::from_fn(|| measured.next("ANN")).collect();
        assert_eq!(order, [1, 2, 0]);
        measured.put(1, SongMapValues::default());
        measured.release();
        measured.put(2, SongMapValues::default());
        assert_eq!(measured.counts(), (1, 3), "nobody was at it any more");
        assert_eq!(measured.next(""), Some(0));
    }

    #[test]
    fn what_is_equal_is_not_measured_again() {
        let mut measured = Measured::default();
        measured.take_run(&run(), |_| [1.0, 2.0]);
        while let Some(idx) = measured.next("") {
            measured.put(idx, SongMapValues { song_idx: idx, ..SongMapValues::default() });
        }
        assert_eq!(measured.counts(), (3, 3));
        measured.take_run(&run(), |_| [1.0, 2.0]);
        assert_eq!(measured.counts(), (3, 3));
        measured.take_run(&run(), |file| if file == 1 { [9.0, 2.0] } else { [1.0, 2.0] });
        assert_eq!((measured.counts(), measured.next("")), ((2, 3), Some(1)));
    }
}

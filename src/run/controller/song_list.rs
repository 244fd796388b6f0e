use std::collections::{BTreeMap, VecDeque};
use std::iter::Sum;
use std::mem;
use std::ops::{Add, Deref, Sub};

use super::songs::{Hearing, Progress, Song, SongKey};

/// The songs of a run, with sums over them that cost the same however many songs there are.
///
/// Songs change through [`Self::update`] alone, which is what keeps the sums right.
#[derive(Debug, Default)]
pub(super) struct Songs {
    by_key: BTreeMap<SongKey, Song>,
    /// In the order of the plan.
    order: Vec<SongKey>,
    /// Before this place of `order` no song waits.
    first_waiting: usize,
    /// Songs whose recordings are to be heard, and some that are not any more.
    to_hear: VecDeque<SongKey>,
    /// Songs to be compared again by what was heard, and some that are not any more.
    heard: VecDeque<SongKey>,
    counts: SongCounts,
    /// Songs that changed since they were taken.
    changed: Vec<SongKey>,
}

/// Sums over songs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct SongCounts {
    /// Compared.
    pub(super) n_finished: usize,
    /// Compared, with pairs.
    pub(super) n_with_pairs: usize,
    /// Compared, with recordings that may change it.
    pub(super) n_open: usize,
    /// Maps behind us.
    pub(super) n_maps_done: usize,
    /// Maps of all plans.
    pub(super) n_maps: usize,
    /// Pairs behind us.
    pub(super) n_pairs_done: usize,
    /// Pairs there are, or will be as far as can be told.
    pub(super) n_pairs: usize,
}

impl SongCounts {
    fn of(song: &Song) -> Self {
        let n_pairs_done = song.outcome().map_or(0, |outcome| outcome.pairs.len());
        Self {
            n_finished: usize::from(song.outcome().is_some()),
            n_with_pairs: usize::from(n_pairs_done > 0),
            n_open: usize::from(song.hearing != Hearing::Over),
            n_maps_done: song.n_maps_done(),
            n_maps: song.plan.maps.len(),
            n_pairs_done,
            n_pairs: song.n_pairs(),
        }
    }

    fn with(self, other: Self, join: fn(usize, usize) -> usize) -> Self {
        Self {
            n_finished: join(self.n_finished, other.n_finished),
            n_with_pairs: join(self.n_with_pairs, other.n_with_pairs),
            n_open: join(self.n_open, other.n_open),
            n_maps_done: join(self.n_maps_done, other.n_maps_done),
            n_maps: join(self.n_maps, other.n_maps),
            n_pairs_done: join(self.n_pairs_done, other.n_pairs_done),
            n_pairs: join(self.n_pairs, other.n_pairs),
        }
    }
}

impl Add for SongCounts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        self.with(other, usize::add)
    }
}

impl Sub for SongCounts {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self.with(other, usize::sub)
    }
}

impl Sum for SongCounts {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), Self::add)
    }
}

/// For reading.
impl Deref for Songs {
    type Target = BTreeMap<SongKey, Song>;

    fn deref(&self) -> &Self::Target {
        &self.by_key
    }
}

impl Songs {
    /// Songs in the order of their plan.
    pub(super) fn new(songs: Vec<(SongKey, Song)>) -> Self {
        let order = songs.iter().map(|(key, _)| key.clone()).collect();
        let by_key: BTreeMap<_, _> = songs.into_iter().collect();
        let counts = by_key.values().map(SongCounts::of).sum();
        let mut songs = Self { by_key, order, counts, ..Self::default() };
        songs.queue_all();
        songs
    }

    /// The songs, which are not in it any more.
    pub(super) fn take(&mut self) -> BTreeMap<SongKey, Song> {
        mem::take(self).by_key
    }

    /// Sums over all songs.
    pub(super) fn counts(&self) -> SongCounts {
        self.counts
    }

    /// Whether songs have these places in the index, as far as they are here.
    pub(super) fn are_at<'a>(&self, mut places: impl Iterator<Item = (&'a SongKey, u32)>) -> bool {
        places.all(|(key, place)| self.get(key).is_none_or(|song| song.plan.song_idx == place))
    }

    /// Whether no song is left.
    pub(super) fn are_all_finished(&self) -> bool {
        self.counts.n_finished == self.by_key.len()
    }

    /// Changes a song; `None` where there is none of this key.
    pub(super) fn update<T>(
        &mut self,
        key: &SongKey,
        change: impl FnOnce(&mut Song) -> T,
    ) -> Option<T> {
        let song = self.by_key.get_mut(key)?;
        let before = (SongCounts::of(song), mem::discriminant(&song.hearing));
        let given = change(song);
        self.counts = self.counts - before.0 + SongCounts::of(song);
        if song.progress == Progress::Waiting {
            self.first_waiting = 0;
        }
        if mem::discriminant(&song.hearing) != before.1 {
            self.queue(key);
        }
        self.changed.push(key.clone());
        Some(given)
    }

    /// Changes every song, where `change` says that it did.
    pub(super) fn update_all(&mut self, mut change: impl FnMut(&SongKey, &mut Song) -> bool) {
        for (key, song) in &mut self.by_key {
            if change(key, song) {
                self.changed.push(key.clone());
            }
        }
        self.first_waiting = 0;
        self.counts = self.by_key.values().map(SongCounts::of).sum();
        self.queue_all();
    }

    fn queue_all(&mut self) {
        self.to_hear.clear();
        self.heard.clear();
        if self.counts.n_open > 0 {
            self.order.clone().iter().for_each(|key| self.queue(key));
        }
    }

    /// Puts a song that waits for its recordings, or for what they said, behind the others.
    fn queue(&mut self, key: &SongKey) {
        match self.by_key.get(key).map(|song| &song.hearing) {
            Some(Hearing::Waiting) => self.to_hear.push_back(key.clone()),
            Some(Hearing::Heard(_)) => self.heard.push_back(key.clone()),
            _ => {}
        }
    }

    /// The first song that waits, in the order of the plan.
    pub(super) fn next_waiting(&mut self) -> Option<SongKey> {
        loop {
            let key = self.order.get(self.first_waiting)?;
            if self.by_key.get(key).is_some_and(|song| song.progress == Progress::Waiting) {
                return Some(key.clone());
            }
            self.first_waiting += 1;
        }
    }

    /// The first song whose recordings are to be heard; it is given once.
    pub(super) fn next_to_hear(&mut self) -> Option<SongKey> {
        let is_it =
            |key: &SongKey| self.by_key.get(key).is_some_and(|it| it.hearing == Hearing::Waiting);
        std::iter::from_fn(|| self.to_hear.pop_front()).find(is_it)
    }

    /// The first song that is to be compared again by what was heard; it is given once.
    pub(super) fn next_heard(&mut self) -> Option<SongKey> {
        let is_it = |key: &SongKey| {
            self.by_key.get(key).is_some_and(|it| matches!(it.hearing, Hearing::Heard(_)))
        };
        std::iter::from_fn(|| self.heard.pop_front()).find(is_it)
    }

    /// The songs that changed since the last call, each as often as it did.
    pub(super) fn take_changed(&mut self) -> Vec<SongKey> {
        mem::take(&mut self.changed)
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use carto_types::{Cause, PlannedMap, PlannedPair, SongPlan, StudyPlan};

    use super::*;
    use crate::run::controller::songs::songs_of_plan;

    fn map(creator: &str) -> PlannedMap {
        let text = String::new;
        PlannedMap {
            archive_idx: 0,
            map_idx: 0,
            label: text(),
            entry_idx: 0,
            audio_idx: None,
            is_bare: false,
            refusal: None,
            creator: creator.to_owned(),
            mapper: 0,
            owner: None,
            star_rating: None,
            version: text(),
            file_name: text(),
        }
    }

    fn songs(titles: &[&str]) -> Songs {
        let song = |(song_idx, title): (u32, &&str)| SongPlan {
            song_idx,
            title: (*title).to_owned(),
            artist: String::new(),
            archives: vec![0],
            maps: vec![map("ann"), map("bob")],
            pairs: vec![PlannedPair { a: 0, b: 1, is_by_one_mapper: false }],
            evidence: None,
        };
        let songs = (0..).zip(titles).map(song).collect();
        let plan = StudyPlan { songs, ..StudyPlan::default() };
        Songs::new(songs_of_plan(&plan, &[0], &mut BTreeMap::new()))
    }

    #[test]
    fn sums_follow_every_change() {
        let mut songs = songs(&["tide", "moon", "sun"]);
        let summed = |songs: &Songs| songs.values().map(SongCounts::of).sum::<SongCounts>();
        assert_eq!((songs.counts().n_maps, songs.counts().n_pairs), (6, 3));
        let keys: Vec<SongKey> = songs.order.clone();
        songs.update(&keys[1], |song| song.fail(Cause::Fault, "it fell".to_owned()));
        songs.update(&keys[0], |song| song.progress = Progress::InWork);
        let status = carto_types::MapStatus::Encoded;
        songs.update(&keys[0], |song| song.note_map(0, &status));
        assert_eq!(songs.counts(), summed(&songs));
        assert_eq!((songs.counts().n_finished, songs.counts().n_maps_done), (1, 3));
        songs.update_all(|_, song| {
            song.start_anew();
            true
        });
        assert_eq!(songs.counts(), summed(&songs));
        assert_eq!(songs.counts().n_finished, 0);
        assert_eq!(songs.update(&Rc::from(*b"none"), |_| ()), None);
    }

    #[test]
    fn songs_are_taken_in_the_order_of_the_plan_and_again_when_they_wait_again() {
        let mut songs = songs(&["tide", "moon", "sun"]);
        let mut taken = Vec::new();
        while let Some(key) = songs.next_waiting() {
            songs.update(&key, |song| song.progress = Progress::InWork);
            taken.push(songs[&key].plan.title.clone());
        }
        assert_eq!(taken, ["tide", "moon", "sun"]);
        let first = songs.order[0].clone();
        songs.update(&first, Song::release);
        assert_eq!(songs.next_waiting(), Some(first));
        assert_eq!(songs.take_changed().len(), 4);
        assert_eq!(songs.take_changed(), []);
    }
}

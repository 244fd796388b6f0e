use std::collections::{BTreeMap, BTreeSet};
use std::iter::Sum;
use std::mem;
use std::rc::Rc;

use carto_types::{Issue, LatentSong, MapLatents, Mode, SongPlan, SourceFiles};

/// A song whose nine channels are compared, and whose maps are to get latents.
#[derive(Debug)]
pub(in crate::run::controller) struct Song<F> {
    pub(super) plan: SongPlan,
    pub(super) mode: Mode,
    pub(super) target_frames: u32,
    /// What the files of the plan's archives are, in its order, and their handles.
    pub(super) files: (Vec<SourceFiles>, Vec<F>),
    /// Places of the maps that were encoded.
    maps: Vec<u32>,
    /// Maps in work, with the part of each that is done.
    in_work: BTreeMap<u32, f64>,
    done: BTreeSet<u32>,
    latents: Vec<MapLatents>,
    issues: Vec<Issue>,
    comparison: Comparison,
}

#[derive(Debug)]
enum Comparison {
    NotYet,
    InWork,
    Done(Rc<LatentSong>),
}

/// Maps and frames behind us, and in all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) n_maps_done: usize,
    pub(super) n_maps: usize,
    pub(super) n_frames_done: usize,
    pub(super) n_frames: usize,
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), |sum, part| Self {
            n_maps_done: sum.n_maps_done + part.n_maps_done,
            n_maps: sum.n_maps + part.n_maps,
            n_frames_done: sum.n_frames_done + part.n_frames_done,
            n_frames: sum.n_frames + part.n_frames,
        })
    }
}

impl<F> Song<F> {
    /// A song of which nothing is done.
    ///
    /// - `maps`: places of the maps that were encoded
    /// - `files`: what those of the plan's archives are, in its order, and their handles
    pub(in crate::run::controller) fn new(
        plan: SongPlan,
        mode: Mode,
        target_frames: u32,
        maps: Vec<u32>,
        files: (Vec<SourceFiles>, Vec<F>),
    ) -> Self {
        Self {
            plan,
            mode,
            target_frames,
            files,
            maps,
            in_work: BTreeMap::new(),
            done: BTreeSet::new(),
            latents: Vec::new(),
            issues: Vec::new(),
            comparison: Comparison::NotYet,
        }
    }

    /// What is done of this song, at the place in the index and with the handles of files
    /// that it has now.
    pub(super) fn moved_to(mut self, now: Self) -> Self {
        self.plan.song_idx = now.plan.song_idx;
        self.files = now.files;
        if let Comparison::Done(song) = &mut self.comparison
            && song.song_idx != self.plan.song_idx
        {
            Rc::make_mut(song).song_idx = self.plan.song_idx;
        }
        self
    }

    /// A map that nobody is at.
    pub(super) fn next_map(&self) -> Option<u32> {
        let is_free = |map: &&u32| !self.done.contains(map) && !self.in_work.contains_key(map);
        self.maps.iter().find(is_free).copied()
    }

    pub(super) fn start(&mut self, map_idx: u32) {
        self.in_work.insert(map_idx, 0.0);
    }

    pub(super) fn note(&mut self, map_idx: u32, part: f64) {
        if let Some(known) = self.in_work.get_mut(&map_idx) {
            *known = part;
        }
    }

    /// A map has its latents, or will never have any.
    pub(super) fn finish(&mut self, map_idx: u32, latents: Result<MapLatents, Issue>) {
        if self.in_work.remove(&map_idx).is_none() {
            return;
        }
        self.done.insert(map_idx);
        match latents {
            Ok(latents) => self.latents.push(latents),
            Err(issue) => self.issues.push(issue),
        }
    }

    /// The latents to compare, once all maps are done: given away.
    pub(super) fn take_latents(&mut self) -> Option<Vec<MapLatents>> {
        let is_due =
            matches!(self.comparison, Comparison::NotYet) && self.done.len() == self.maps.len();
        is_due.then(|| {
            self.comparison = Comparison::InWork;
            mem::take(&mut self.latents)
        })
    }

    /// The song is compared.
    pub(super) fn compare(&mut self, mut song: LatentSong) {
        song.song_idx = self.plan.song_idx;
        song.issues.append(&mut self.issues);
        self.comparison = Comparison::Done(Rc::new(song));
    }

    /// Comparing it went wrong: it has no pairs.
    pub(super) fn fail(&mut self, issue: Issue) {
        self.issues.push(issue);
        self.compare(LatentSong {
            song_idx: self.plan.song_idx,
            maps: Vec::new(),
            pairs: Vec::new(),
            between_var: None,
            issues: Vec::new(),
        });
    }

    /// Back to the queue with what is in work. Latents that were given away for
    /// a comparison are gone with it.
    pub(super) fn release(&mut self) {
        self.in_work.clear();
        if matches!(self.comparison, Comparison::InWork) {
            self.forget();
        }
    }

    /// As if nothing had been done.
    pub(super) fn forget(&mut self) {
        self.in_work.clear();
        self.done.clear();
        self.latents.clear();
        self.issues.clear();
        self.comparison = Comparison::NotYet;
    }

    pub(super) fn compared(&self) -> Option<&Rc<LatentSong>> {
        match &self.comparison {
            Comparison::Done(song) => Some(song),
            Comparison::NotYet | Comparison::InWork => None,
        }
    }

    pub(super) fn has_issues(&self) -> bool {
        let compared = self.compared().is_some_and(|song| !song.issues.is_empty());
        compared || !self.issues.is_empty()
    }

    pub(super) fn is_compared(&self) -> bool {
        self.compared().is_some()
    }

    pub(super) fn is_in_work(&self) -> bool {
        !self.in_work.is_empty()
    }

    pub(super) fn tally(&self) -> Tally {
        let n_frames = self.target_frames as usize;
        let begun: f64 = self.in_work.values().sum();
        Tally {
            n_maps_done: self.done.len(),
            n_maps: self.maps.len(),
            n_frames_done: self.done.len() * n_frames + (begun * n_frames as f64) as usize,
            n_frames: self.maps.len() * n_frames,
        }
    }
}

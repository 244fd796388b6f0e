use std::collections::{BTreeMap, BTreeSet};
use std::iter::Sum;
use std::mem;
use std::rc::Rc;

use carto_types::{
    BarPair, BarPairOutcome, Issue, LatentSong, MapLatents, Mode, PairOutcome, SongOutcome,
    SongPlan, SourceFiles,
};

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
    /// What came of its nine channels.
    outcome: Rc<SongOutcome>,
    /// Pairs whose latents are compared on bars, once those of the maps are.
    bar_pairs: Vec<BarPair>,
    /// Places of bar pairs in work, with the part of each that is done.
    bar_pairs_in_work: BTreeMap<usize, f64>,
    bar_pairs_done: BTreeSet<usize>,
}

#[derive(Debug)]
enum Comparison {
    NotYet,
    InWork,
    Done(Rc<LatentSong>),
}

/// Maps, pairs read once more on bars, and frames: behind us, and in all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) n_maps_done: usize,
    pub(super) n_maps: usize,
    pub(super) n_bar_pairs_done: usize,
    pub(super) n_bar_pairs: usize,
    pub(super) n_frames_done: usize,
    pub(super) n_frames: usize,
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), |sum, part| Self {
            n_maps_done: sum.n_maps_done + part.n_maps_done,
            n_maps: sum.n_maps + part.n_maps,
            n_bar_pairs_done: sum.n_bar_pairs_done + part.n_bar_pairs_done,
            n_bar_pairs: sum.n_bar_pairs + part.n_bar_pairs,
            n_frames_done: sum.n_frames_done + part.n_frames_done,
            n_frames: sum.n_frames + part.n_frames,
        })
    }
}

impl<F> Song<F> {
    /// A song of which nothing is done.
    ///
    /// - `outcome`: of its nine channels
    /// - `maps`: places of the maps that were encoded
    /// - `files`: what those of the plan's archives are, in its order, and their handles
    pub(in crate::run::controller) fn new(
        plan: SongPlan,
        mode: Mode,
        outcome: Rc<SongOutcome>,
        target_frames: u32,
        maps: Vec<u32>,
        files: (Vec<SourceFiles>, Vec<F>),
    ) -> Self {
        Self {
            bar_pairs: outcome.bar_pairs(&plan),
            bar_pairs_in_work: BTreeMap::new(),
            bar_pairs_done: BTreeSet::new(),
            outcome,
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

    /// A pair that nobody is at, by its place; none before the song is compared.
    pub(super) fn next_bar_pair(&self) -> Option<(usize, BarPair)> {
        let is_free = |(place, _): &(usize, BarPair)| {
            !self.bar_pairs_done.contains(place) && !self.bar_pairs_in_work.contains_key(place)
        };
        self.compared()?;
        self.bar_pairs.iter().copied().enumerate().find(is_free)
    }

    pub(super) fn start_bar_pair(&mut self, place: usize) {
        self.bar_pairs_in_work.insert(place, 0.0);
    }

    pub(super) fn note_bar_pair(&mut self, place: usize, part: f64) {
        if let Some(known) = self.bar_pairs_in_work.get_mut(&place) {
            *known = part;
        }
    }

    /// A pair is compared on bars, has too few of them, or cannot be compared. Whether it was
    /// waited for.
    ///
    /// - `found`: or why not, in words
    pub(super) fn finish_bar_pair(
        &mut self,
        place: usize,
        found: Result<Option<BarPairOutcome>, String>,
    ) -> bool {
        let is_awaited = self.bar_pairs_in_work.remove(&place).is_some();
        let (Comparison::Done(song), Some(pair), true) =
            (&mut self.comparison, self.bar_pairs.get(place), is_awaited)
        else {
            return false;
        };
        self.bar_pairs_done.insert(place);
        match found {
            Ok(found) => Rc::make_mut(song).bar_pairs.extend(found),
            Err(why) => Rc::make_mut(song).issues.push(pair.issue(&self.plan, &why)),
        }
        true
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

    /// What a comparison needs of its pairs: where both maps have begun. Nothing without evidence.
    pub(super) fn pairs(&self) -> Vec<PairOutcome> {
        match self.plan.evidence {
            Some(_) => self.outcome.pairs.clone(),
            None => Vec::new(),
        }
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
            bar_pairs: Vec::new(),
            between_var: None,
            issues: Vec::new(),
        });
    }

    /// Back to the queue with what is in work. Latents that were given away for
    /// a comparison are gone with it.
    pub(super) fn release(&mut self) {
        self.in_work.clear();
        self.bar_pairs_in_work.clear();
        if matches!(self.comparison, Comparison::InWork) {
            self.forget();
        }
    }

    /// As if nothing had been done.
    pub(super) fn forget(&mut self) {
        self.in_work.clear();
        self.done.clear();
        self.bar_pairs_in_work.clear();
        self.bar_pairs_done.clear();
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

    /// Whether nothing of it is left to be done.
    pub(super) fn is_complete(&self) -> bool {
        self.is_compared() && self.bar_pairs_done.len() == self.bar_pairs.len()
    }

    pub(super) fn is_in_work(&self) -> bool {
        !self.in_work.is_empty() || !self.bar_pairs_in_work.is_empty()
    }

    pub(super) fn tally(&self) -> Tally {
        let n_frames = self.target_frames as usize;
        let begun: f64 = self.in_work.values().sum();
        // On bars both maps of a pair are read, about as long as they are.
        let begun_pairs: f64 = self.bar_pairs_in_work.values().sum();
        let begun = begun + 2.0 * begun_pairs;
        let n_signals_done = self.done.len() + 2 * self.bar_pairs_done.len();
        let n_signals = self.maps.len() + 2 * self.bar_pairs.len();
        Tally {
            n_maps_done: self.done.len(),
            n_maps: self.maps.len(),
            n_bar_pairs_done: self.bar_pairs_done.len(),
            n_bar_pairs: self.bar_pairs.len(),
            n_frames_done: n_signals_done * n_frames + (begun * n_frames as f64) as usize,
            n_frames: n_signals * n_frames,
        }
    }
}

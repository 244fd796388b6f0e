use std::collections::BTreeMap;
use std::mem;
use std::rc::Rc;
use std::sync::Arc;

use carto_protocol::encode;
use carto_types::{
    Cause, HeardSong, Issue, MapOutcome, MapRefusal, MapStatus, OtherAudio, PlannedPair,
    SignalChannel, SongMap, SongOutcome, SongPair, SongPlan, StudyPlan, song_name,
};

use super::sources::SourceId;

/// What a comparison depends on, whatever the places in lists: equal keys have
/// equal outcomes.
pub(super) type SongKey = Rc<[u8]>;

/// One song of the plan, and how far it is.
#[derive(Debug)]
pub(super) struct Song {
    /// As in the present plan, with what was heard.
    pub(super) plan: SongPlan,
    /// The archives of the plan.
    pub(super) source_ids: Vec<SourceId>,
    /// Waiting, in work or compared.
    pub(super) progress: Progress,
    /// Whether its recordings are to be heard.
    pub(super) hearing: Hearing,
    /// Pairs, and mean r of each channel, as last summarised.
    pub(super) means: Option<[f64; SignalChannel::COUNT]>,
    /// The maps of the plan, as they are shown.
    pub(super) maps: Arc<[SongMap]>,
    /// The pairs that were compared, as they are shown.
    pub(super) pairs: Arc<[SongPair]>,
    is_refused: Vec<bool>,
    n_maps_done: usize,
    n_pairs_expected: usize,
}

/// How far a song is.
#[derive(Debug, PartialEq)]
pub(super) enum Progress {
    /// In the queue.
    Waiting,
    /// A worker has it.
    InWork,
    /// Compared.
    Finished(Rc<SongOutcome>),
}

/// How far the recordings of a song are heard.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Hearing {
    /// There is nothing to hear, or it is heard, and the song compared by it.
    #[default]
    Over,
    /// The song is compared by its timing points, which leave a lag open.
    Waiting,
    /// A worker listens.
    InWork,
    /// To be compared again by what was heard; with what is to be said of recordings.
    Heard(Vec<Issue>),
    /// A worker compares it again.
    Comparing(Vec<Issue>),
}

impl Song {
    fn new(plan: SongPlan, source_ids: Vec<SourceId>) -> Self {
        let is_refused = vec![false; plan.maps.len()];
        let n_pairs_expected = n_pairs(&plan, &is_refused);
        Self {
            plan,
            source_ids,
            progress: Progress::Waiting,
            hearing: Hearing::Over,
            means: None,
            maps: Arc::default(),
            pairs: Arc::default(),
            is_refused,
            n_maps_done: 0,
            n_pairs_expected,
        }
    }

    /// Back to the queue: its worker is gone, and what it had done with it. Whether it was
    /// with one.
    pub(super) fn release(&mut self) -> bool {
        let is_in_work = self.progress == Progress::InWork;
        if is_in_work {
            self.start_anew();
        }
        match mem::take(&mut self.hearing) {
            Hearing::InWork => self.hearing = Hearing::Waiting,
            Hearing::Comparing(issues) => self.hearing = Hearing::Heard(issues),
            hearing @ (Hearing::Over | Hearing::Waiting | Hearing::Heard(_)) => {
                self.hearing = hearing;
                return is_in_work;
            }
        }
        true
    }

    /// Back to the queue, as if nothing had been done.
    pub(super) fn start_anew(&mut self) {
        self.progress = Progress::Waiting;
        self.hearing = Hearing::Over;
        self.forget_heard();
        self.means = None;
        self.pairs = Arc::default();
        self.is_refused.fill(false);
        self.n_maps_done = 0;
        self.n_pairs_expected = n_pairs(&self.plan, &self.is_refused);
    }

    /// Whether a map was left out, or a recording not heard, for what a file dropped once more may
    /// mend.
    pub(super) fn lacks_a_file(&self) -> bool {
        let is_mendable = |map: &MapOutcome| match &map.status {
            MapStatus::Refused(refusal) => refusal.cause.is_retryable(),
            MapStatus::Encoded => false,
        };
        let is_unheard = self.outcome().is_some_and(|outcome| {
            !self.plan.pairs_to_hear(outcome).is_empty()
                && outcome.issues.iter().any(|issue| issue.cause.is_retryable())
        });
        is_unheard || self.outcome().is_some_and(|outcome| outcome.maps.iter().any(is_mendable))
    }

    /// A map of it is encoded or refused. Nothing is new of one that is compared again.
    pub(super) fn note_map(&mut self, map_idx: u32, status: &MapStatus) {
        if self.outcome().is_some() {
            return;
        }
        self.n_maps_done = (self.n_maps_done + 1).min(self.plan.maps.len());
        if let (MapStatus::Refused(_), Some(is_refused)) =
            (status, self.is_refused.get_mut(map_idx as usize))
        {
            *is_refused = true;
            self.n_pairs_expected = n_pairs(&self.plan, &self.is_refused);
        }
    }

    /// The song is compared: by its timing points, or again by what was heard.
    pub(super) fn finish(&mut self, mut outcome: SongOutcome) {
        self.hearing = match mem::take(&mut self.hearing) {
            Hearing::Comparing(issues) => {
                outcome.issues.extend(issues);
                Hearing::Over
            }
            _ if self.plan.pairs_to_hear(&outcome).is_empty() => Hearing::Over,
            _ => Hearing::Waiting,
        };
        self.show(outcome);
    }

    /// Makes this what came of the song.
    fn show(&mut self, mut outcome: SongOutcome) {
        outcome.song_idx = self.plan.song_idx;
        let pairs = outcome.pairs.iter().map(|pair| SongPair::compared(&self.plan, pair));
        self.pairs = pairs.collect();
        self.maps =
            self.maps.iter().zip(&outcome.maps).map(|(map, tried)| map.tried(tried)).collect();
        self.progress = Progress::Finished(Rc::new(outcome));
    }

    /// The song came to nothing: no map of it takes part, for the reason given. One that was to be
    /// compared again stays as it was.
    pub(super) fn fail(&mut self, cause: Cause, message: String) {
        if let Hearing::Comparing(mut issues) = mem::take(&mut self.hearing) {
            issues.push(HeardSong::issue(&self.name(), cause, &message));
            self.forget_heard();
            return self.add_issues(issues);
        }
        let refusal = MapRefusal::new(cause, message);
        let issue = refusal.issue(&self.name());
        let status = MapStatus::Refused(refusal);
        let maps = vec![MapOutcome { audio_frames: None, status }; self.plan.maps.len()];
        self.show(SongOutcome {
            song_idx: self.plan.song_idx,
            target_frames: None,
            maps,
            pairs: Vec::new(),
            ceiling: Vec::new(),
            issues: vec![issue],
        });
    }

    /// What a worker needs to hear its recordings: the plan with the pairs that are to be heard.
    pub(super) fn plan_to_hear(&self) -> SongPlan {
        let pairs = self.outcome().map(|outcome| self.plan.pairs_to_hear(outcome));
        SongPlan { pairs: pairs.unwrap_or_default(), ..self.plan.clone() }
    }

    /// Its recordings are heard, as far as they can be: where they say anything, it is to be compared
    /// again.
    pub(super) fn take_heard(&mut self, heard: HeardSong) {
        if !matches!(self.hearing, Hearing::Waiting | Hearing::InWork) {
            return;
        }
        match &mut self.plan.evidence {
            Some(evidence) if !heard.pairs.is_empty() => {
                evidence.audio = heard.pairs;
                self.hearing = Hearing::Heard(heard.issues);
            }
            _ => {
                self.hearing = Hearing::Over;
                self.add_issues(heard.issues);
            }
        }
    }

    /// A worker is to compare it again.
    pub(super) fn start_again(&mut self) {
        self.hearing = match mem::take(&mut self.hearing) {
            Hearing::Heard(issues) => Hearing::Comparing(issues),
            hearing => hearing,
        };
    }

    /// How messages name it: artist and title.
    pub(super) fn name(&self) -> String {
        song_name(&self.plan.title, &self.plan.artist)
    }

    /// The plan is as it was before anything was heard.
    fn forget_heard(&mut self) {
        self.plan.evidence.iter_mut().for_each(|evidence| evidence.audio.clear());
    }

    fn add_issues(&mut self, issues: Vec<Issue>) {
        if let Progress::Finished(outcome) = &mut self.progress {
            Rc::make_mut(outcome).issues.extend(issues);
        }
    }

    /// The same song in another plan, with what was heard.
    fn planned_anew(self, mut plan: SongPlan) -> Self {
        if let (Some(known), Some(evidence)) = (&self.plan.evidence, &mut plan.evidence) {
            evidence.audio.clone_from(&known.audio);
        }
        Self { plan, ..self }
    }

    /// The outcome, once there is one.
    pub(super) fn outcome(&self) -> Option<&Rc<SongOutcome>> {
        match &self.progress {
            Progress::Finished(outcome) => Some(outcome),
            Progress::Waiting | Progress::InWork => None,
        }
    }

    /// Maps behind us.
    pub(super) fn n_maps_done(&self) -> usize {
        if self.outcome().is_some() { self.plan.maps.len() } else { self.n_maps_done }
    }

    /// Pairs there are, or will be as far as can be told.
    pub(super) fn n_pairs(&self) -> usize {
        self.outcome().map_or(self.n_pairs_expected, |outcome| outcome.pairs.len())
    }
}

/// Pairs of a song whose maps do not have one audio file.
pub(super) fn other_audio(song: &Song) -> OtherAudio {
    if song.outcome().is_some() {
        return OtherAudio::of_pairs(&song.maps, &song.pairs);
    }
    let maps = &song.plan.maps;
    let is_other = |pair: &&PlannedPair| {
        let pair = [pair.a, pair.b].map(|idx| maps.get(idx as usize));
        matches!(pair, [Some(a), Some(b)] if !a.shares_audio(b))
    };
    let n_pairs = song.plan.pairs.iter().filter(is_other).count();
    OtherAudio { n_pairs, n_other_length: None, n_unknown_length: 0 }
}

/// Pairs of the plan, those of refused maps left out.
fn n_pairs(plan: &SongPlan, is_refused: &[bool]) -> usize {
    let is_left = |idx: u32| is_refused.get(idx as usize) == Some(&false);
    plan.pairs.iter().filter(|pair| is_left(pair.a) && is_left(pair.b)).count()
}

/// The songs of a plan, in its order, with what is known from an earlier plan.
///
/// - `archive_ids`: the source of each archive of the plan's list
/// - `known`: the songs so far; what is left of them afterwards is out of date
pub(super) fn songs_of_plan(
    plan: &StudyPlan,
    archive_ids: &[SourceId],
    known: &mut BTreeMap<SongKey, Song>,
) -> Vec<(SongKey, Song)> {
    let song_of = |plan: &SongPlan| {
        let source_ids = source_ids(plan, archive_ids)?;
        let key = key_of(plan, archive_ids)?;
        let mut song = match known.remove(&key) {
            Some(song) => song.planned_anew(plan.clone()),
            None => Song::new(plan.clone(), source_ids),
        };
        if let Progress::Finished(outcome) = &mut song.progress
            && outcome.song_idx != plan.song_idx
        {
            Rc::make_mut(outcome).song_idx = plan.song_idx;
        }
        Some((key, song))
    };
    plan.songs.iter().filter_map(song_of).collect()
}

fn source_ids(plan: &SongPlan, archive_ids: &[SourceId]) -> Option<Vec<SourceId>> {
    plan.archives.iter().map(|idx| archive_ids.get(*idx as usize).copied()).collect()
}

/// The plan with lasting names of archives in place of its places in lists.
fn key_of(plan: &SongPlan, archive_ids: &[SourceId]) -> Option<SongKey> {
    let mut lasting = SongPlan { song_idx: 0, ..plan.clone() };
    lasting.archives = source_ids(plan, archive_ids)?;
    for map in lasting.all_maps_mut() {
        map.archive_idx = *archive_ids.get(map.archive_idx as usize)?;
    }
    encode(&lasting).ok().map(Rc::from)
}

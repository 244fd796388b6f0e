use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use carto_protocol::encode;
use carto_types::{
    Cause, MapOutcome, MapRefusal, MapStatus, OtherAudio, PlannedPair, SignalChannel, SongMap,
    SongOutcome, SongPair, SongPlan, StudyPlan,
};

use super::sources::SourceId;

/// What a comparison depends on, whatever the places in lists: equal keys have
/// equal outcomes.
pub(super) type SongKey = Rc<[u8]>;

/// One song of the plan, and how far it is.
#[derive(Debug)]
pub(super) struct Song {
    /// As in the present plan.
    pub(super) plan: SongPlan,
    /// The archives of the plan.
    pub(super) source_ids: Vec<SourceId>,
    /// Waiting, in work or compared.
    pub(super) progress: Progress,
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

impl Song {
    fn new(plan: SongPlan, source_ids: Vec<SourceId>) -> Self {
        let is_refused = vec![false; plan.maps.len()];
        let n_pairs_expected = n_pairs(&plan, &is_refused);
        Self {
            plan,
            source_ids,
            progress: Progress::Waiting,
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
        is_in_work
    }

    /// Back to the queue, as if nothing had been done.
    pub(super) fn start_anew(&mut self) {
        self.progress = Progress::Waiting;
        self.means = None;
        self.pairs = Arc::default();
        self.is_refused.fill(false);
        self.n_maps_done = 0;
        self.n_pairs_expected = n_pairs(&self.plan, &self.is_refused);
    }

    /// Whether a map was left out for what a file dropped once more may mend.
    pub(super) fn lacks_a_file(&self) -> bool {
        let is_mendable = |map: &MapOutcome| match &map.status {
            MapStatus::Refused(refusal) => refusal.cause.is_retryable(),
            MapStatus::Encoded => false,
        };
        self.outcome().is_some_and(|outcome| outcome.maps.iter().any(is_mendable))
    }

    /// A map of it is encoded or refused.
    pub(super) fn note_map(&mut self, map_idx: u32, status: &MapStatus) {
        self.n_maps_done = (self.n_maps_done + 1).min(self.plan.maps.len());
        if let (MapStatus::Refused(_), Some(is_refused)) =
            (status, self.is_refused.get_mut(map_idx as usize))
        {
            *is_refused = true;
            self.n_pairs_expected = n_pairs(&self.plan, &self.is_refused);
        }
    }

    /// The song is compared.
    pub(super) fn finish(&mut self, mut outcome: SongOutcome) {
        outcome.song_idx = self.plan.song_idx;
        let pairs = outcome.pairs.iter().map(|pair| SongPair::compared(&self.plan, pair));
        self.pairs = pairs.collect();
        self.maps =
            self.maps.iter().zip(&outcome.maps).map(|(map, tried)| map.tried(tried)).collect();
        self.progress = Progress::Finished(Rc::new(outcome));
    }

    /// The song came to nothing: no map of it takes part, for the reason given.
    pub(super) fn fail(&mut self, cause: Cause, message: String) {
        let refusal = MapRefusal::new(cause, message);
        let issue = refusal.issue(&format!("{} - {}", self.plan.artist, self.plan.title));
        let status = MapStatus::Refused(refusal);
        let maps = vec![MapOutcome { audio_frames: None, status }; self.plan.maps.len()];
        self.finish(SongOutcome {
            song_idx: self.plan.song_idx,
            target_frames: None,
            maps,
            pairs: Vec::new(),
            issues: vec![issue],
        });
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
            Some(song) => Song { plan: plan.clone(), ..song },
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
    for map in &mut lasting.maps {
        map.archive_idx = *archive_ids.get(map.archive_idx as usize)?;
    }
    encode(&lasting).ok().map(Rc::from)
}

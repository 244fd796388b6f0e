//! The encoder's half of a run: which encoder, which songs are left, what came
//! of the others.
//!
//! It follows the nine channels: a song is taken up once it is compared there.

mod automatic;
mod commands;
mod replies;
mod song;
mod starting;

use std::collections::BTreeMap;
use std::mem;

use carto_port::pool::WorkClock;
use carto_protocol::EncoderSource;
use carto_types::{Backend, DeviceChoice, EncoderFacts, LatentRun, OfferedEncoder};

use self::automatic::Automatic;
use self::song::Tally;
use super::command::{JobId, SharedLatents};
use super::songs::SongKey;
use crate::run::view::{EncoderState, LatentProgress};

pub(super) use self::song::Song;

/// The encoder and its songs; `F` is the handle of a file.
#[derive(Debug)]
pub(crate) struct Latents<F> {
    device: DeviceChoice,
    encoder: Loading<F>,
    is_paused: bool,
    automatic: Automatic,
    songs: BTreeMap<SongKey, Song<F>>,
    jobs: BTreeMap<JobId, Work>,
    next_job_id: JobId,
    clock: WorkClock,
    has_dropped_jobs: bool,
}

/// How far the encoder itself is.
#[derive(Debug)]
enum Loading<F> {
    /// No encoder was chosen, and none was taken.
    Unwanted,
    /// To be loaded.
    Wanted(Source<F>),
    /// A worker loads it.
    InWork { source: Source<F>, n_bytes: u64, n_total: Option<u64> },
    /// Every worker can have it.
    Done(Loaded<F>),
    /// It cannot be had.
    Refused { message: String },
}

#[derive(Debug, Clone)]
struct Source<F> {
    source: EncoderSource,
    file: Option<F>,
}

/// An encoder that was loaded.
#[derive(Debug)]
pub(crate) struct Loaded<F> {
    /// Which encoder it is.
    pub(crate) facts: EncoderFacts,
    /// What computes.
    pub(crate) backend: Backend,
    /// The file that the encoder travels as.
    pub(crate) weights: F,
}

/// The songs of a run that was cleared.
#[derive(Debug)]
pub(super) struct SetAside<F> {
    songs: BTreeMap<SongKey, Song<F>>,
    /// Of the encoder that they were done with.
    weights: Option<String>,
}

/// What a job is about.
#[derive(Debug)]
enum Work {
    Load,
    Map {
        key: SongKey,
        map_idx: u32,
    },
    Compare(SongKey),
    /// A pair on bars, by its place among those of its song.
    BarPair {
        key: SongKey,
        place: usize,
    },
}

impl<F> Latents<F> {
    pub(super) fn new(device: DeviceChoice) -> Self {
        Self {
            device,
            encoder: Loading::Unwanted,
            is_paused: false,
            automatic: Automatic::default(),
            songs: BTreeMap::new(),
            jobs: BTreeMap::new(),
            next_job_id: 0,
            clock: WorkClock::default(),
            has_dropped_jobs: false,
        }
    }

    /// Takes another encoder, and does all songs with it. Whether it is another: the one
    /// that was taken by itself only goes on, at full speed and without a question.
    pub(super) fn choose(&mut self, source: EncoderSource, file: Option<F>) -> bool {
        let is_refused = matches!(self.encoder, Loading::Refused { .. });
        let is_same = self.automatic.has_taken(&source) && !is_refused;
        self.automatic.yield_to_choice();
        self.is_paused = false;
        if is_same {
            return false;
        }
        self.release();
        self.songs.values_mut().for_each(Song::forget);
        self.clock = WorkClock::default();
        self.encoder = Loading::Wanted(Source { source, file });
        true
    }

    /// Says what is to compute, from the next encoder on.
    pub(super) fn set_device(&mut self, device: DeviceChoice) {
        self.device = device;
    }

    /// Stops at once; what is done stays. Whether there was anything to stop.
    pub(super) fn pause(&mut self) -> bool {
        let was_working = self.is_working();
        self.is_paused |= was_working;
        self.release();
        was_working
    }

    /// Goes on where it was stopped.
    pub(super) fn resume(&mut self) {
        self.is_paused = false;
    }

    /// Goes on since a person wants that, however long it takes.
    pub(super) fn resume_as_asked(&mut self) {
        self.resume();
        self.automatic.agree();
    }

    /// Forgets all songs; the encoder stays.
    pub(super) fn clear_songs(&mut self) {
        self.release();
        self.songs.clear();
        self.clock = WorkClock::default();
        if self.automatic.forget_songs() {
            self.is_paused = false;
        }
        // What could not be had by itself is tried again with the next songs.
        if self.automatic.is_background() && matches!(self.encoder, Loading::Refused { .. }) {
            self.encoder = Loading::Unwanted;
        }
    }

    /// Forgets all songs, and gives them away; the encoder stays.
    pub(super) fn set_aside(&mut self) -> SetAside<F> {
        self.release();
        let songs = mem::take(&mut self.songs);
        let weights = self.weights_sha256();
        self.clear_songs();
        SetAside { songs, weights }
    }

    /// Takes songs back in the place of those that are there. Where they were done with
    /// another encoder, they are done again.
    pub(super) fn bring_back(&mut self, aside: SetAside<F>) {
        self.clear_songs();
        self.songs = aside.songs;
        if aside.weights != self.weights_sha256() {
            self.songs.values_mut().for_each(Song::forget);
        }
    }

    fn weights_sha256(&self) -> Option<String> {
        self.loaded().map(|loaded| loaded.facts.weights_sha256.clone())
    }

    /// Nothing is in work any more; an encoder that was on its way is wanted again.
    fn release(&mut self) {
        self.has_dropped_jobs |= !self.jobs.is_empty();
        self.jobs.clear();
        self.songs.values_mut().for_each(Song::release);
        let encoder = mem::replace(&mut self.encoder, Loading::Unwanted);
        self.encoder = match encoder {
            Loading::InWork { source, .. } => Loading::Wanted(source),
            encoder => encoder,
        };
    }

    /// Whether all jobs handed out so far were given up, told once.
    pub(crate) fn take_dropped_jobs(&mut self) -> bool {
        mem::take(&mut self.has_dropped_jobs)
    }

    /// Takes up songs that are new, and drops those that are gone.
    pub(super) fn update_songs(&mut self, songs: Vec<(SongKey, Song<F>)>) {
        let mut known = mem::take(&mut self.songs);
        for (key, song) in songs {
            let song = match known.remove(&key) {
                Some(known) => known.moved_to(song),
                None => song,
            };
            self.songs.insert(key, song);
        }
        if known.values().any(Song::is_in_work) {
            // What is still computed of them finds no song and is ignored.
            self.jobs.retain(|_, work| match work {
                Work::Map { key, .. } | Work::BarPair { key, .. } => !known.contains_key(key),
                Work::Load | Work::Compare(_) => true,
            });
        }
    }

    /// Whether an encoder was chosen or taken.
    pub(super) fn is_wanted(&self) -> bool {
        !matches!(self.encoder, Loading::Unwanted)
    }

    /// Whether anything is going on, or about to.
    pub(super) fn is_working(&self) -> bool {
        if self.is_paused || self.automatic.question().is_some() {
            return false;
        }
        match &self.encoder {
            Loading::Unwanted | Loading::Refused { .. } => false,
            Loading::Wanted(_) | Loading::InWork { .. } => true,
            Loading::Done(_) => !self.is_complete(),
        }
    }

    /// Whether a stop kept anything from being computed, or will.
    fn has_rest(&self) -> bool {
        self.songs.is_empty() || !self.is_complete()
    }

    /// Whether every song there is has its latents, on bars too.
    fn is_complete(&self) -> bool {
        self.songs.values().all(Song::is_complete)
    }

    /// What a summary is made from; `None` before the first song.
    pub(super) fn record(&self) -> Option<SharedLatents> {
        let loaded = self.loaded()?;
        let songs: Vec<_> = self.songs.values().filter_map(Song::compared).cloned().collect();
        (!songs.is_empty()).then(|| LatentRun {
            encoder: loaded.facts.clone(),
            backend: loaded.backend.clone(),
            sample_seed: None,
            songs,
        })
    }

    /// Whether a map of the song came to nothing.
    pub(super) fn lacks_a_map(&self, key: &SongKey) -> bool {
        self.songs.get(key).is_some_and(Song::has_issues)
    }

    /// The encoder, once it is there.
    pub(super) fn loaded(&self) -> Option<&Loaded<F>> {
        match &self.encoder {
            Loading::Done(loaded) => Some(loaded),
            _ => None,
        }
    }

    /// What [`RunController::offered_encoder`](super::RunController::offered_encoder) gives.
    pub(super) fn offered(&self) -> Option<(OfferedEncoder, F)>
    where
        F: Clone,
    {
        let Loaded { facts, backend, weights } = self.loaded()?;
        let (facts, backend) = (facts.clone(), backend.clone());
        Some((OfferedEncoder { facts, device: self.device, backend }, weights.clone()))
    }

    pub(super) fn view(&self, now_s: f64) -> LatentProgress {
        let Tally { n_maps_done, n_maps, n_bar_pairs_done, n_bar_pairs, n_frames_done, n_frames } =
            self.tally();
        let per_s = self.clock.per_s(now_s);
        LatentProgress {
            state: self.state(),
            is_automatic: self.automatic.is_on,
            n_maps_done,
            n_maps,
            n_bar_pairs_done,
            n_bar_pairs,
            part_done: if n_frames > 0 { n_frames_done as f64 / n_frames as f64 } else { 0.0 },
            frames_per_s: per_s,
            left_s: per_s.map(|per_s| n_frames.saturating_sub(n_frames_done) as f64 / per_s),
            elapsed_s: self.clock.elapsed_s(now_s),
        }
    }

    fn state(&self) -> EncoderState {
        let is_waiting = self.automatic.is_waiting();
        if let Some(question) = self.automatic.question() {
            return EncoderState::Asking(question);
        }
        match &self.encoder {
            Loading::Unwanted => EncoderState::None,
            Loading::Refused { message } => EncoderState::Refused(message.clone()),
            Loading::Wanted(_) if self.is_paused => EncoderState::Stopped,
            Loading::Wanted(_) if is_waiting => EncoderState::Waiting,
            Loading::Wanted(_) => EncoderState::Loading { n_bytes: 0, n_total: None },
            Loading::InWork { n_bytes, n_total, .. } => {
                EncoderState::Loading { n_bytes: *n_bytes, n_total: *n_total }
            }
            Loading::Done(_) if self.is_paused && self.has_rest() => EncoderState::Stopped,
            Loading::Done(_) if is_waiting && self.is_working() => EncoderState::Waiting,
            Loading::Done(_) if self.is_working() => EncoderState::Computing,
            Loading::Done(_) => EncoderState::Idle,
        }
    }

    fn tally(&self) -> Tally {
        self.songs.values().map(Song::tally).sum()
    }

    /// Lets the clock run or stand.
    pub(super) fn tick(&mut self, now_s: f64) {
        let is_held = self.automatic.is_waiting() && self.jobs.is_empty();
        let is_computing = self.is_working() && !is_held && self.loaded().is_some();
        self.clock.set_running(is_computing, now_s);
        self.clock.note(self.tally().n_frames_done, now_s);
    }
}

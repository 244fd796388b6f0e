//! The encoder's half of a run: which encoder, which songs are left, what came
//! of the others.
//!
//! It follows the nine channels: a song is taken up once it is compared there.

mod answers;
mod orders;
mod song;

use std::collections::BTreeMap;
use std::mem;

use carto_protocol::{DeviceChoice, EncoderSource, JobId};
use carto_types::{Backend, EncoderFacts, LatentRun};

use self::song::{LatentProgress, Song};
use super::clock::StageClock;
use super::songs::SongKey;
use crate::state::view::{EncoderState, LatentView};

pub(super) use self::song::Wanted;

/// The encoder and its songs; `F` is the handle of a file.
#[derive(Debug)]
pub(crate) struct Latents<F> {
    device: DeviceChoice,
    encoder: Encoder<F>,
    is_paused: bool,
    songs: BTreeMap<SongKey, Song<F>>,
    jobs: BTreeMap<JobId, Work>,
    next_job_id: JobId,
    clock: StageClock,
    has_dropped_jobs: bool,
}

/// How far the encoder itself is.
#[derive(Debug)]
enum Encoder<F> {
    /// Nobody asked for latents.
    None,
    /// To be loaded.
    Wanted(Source<F>),
    /// A worker loads it.
    Loading { source: Source<F>, n_bytes: u64, n_total: Option<u64> },
    /// Every worker can have it.
    Loaded(Loaded<F>),
    /// It cannot be had.
    Refused { message: String },
}

#[derive(Debug, Clone)]
struct Source<F> {
    source: EncoderSource,
    file: Option<F>,
}

#[derive(Debug)]
struct Loaded<F> {
    facts: EncoderFacts,
    backend: Backend,
    weights: F,
}

/// What a job is about.
#[derive(Debug, Clone, PartialEq)]
enum Work {
    Load,
    Map { key: SongKey, map_idx: u32 },
    Compare(SongKey),
}

impl<F> Latents<F> {
    pub(super) fn new(device: DeviceChoice) -> Self {
        Self {
            device,
            encoder: Encoder::None,
            is_paused: false,
            songs: BTreeMap::new(),
            jobs: BTreeMap::new(),
            next_job_id: 0,
            clock: StageClock::default(),
            has_dropped_jobs: false,
        }
    }

    /// Takes another encoder, and does all songs with it.
    pub(super) fn choose(&mut self, source: EncoderSource, file: Option<F>) {
        self.release();
        self.songs.values_mut().for_each(Song::forget);
        self.clock = StageClock::default();
        self.encoder = Encoder::Wanted(Source { source, file });
        self.is_paused = false;
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

    /// Forgets all songs; the encoder stays.
    pub(super) fn clear_songs(&mut self) {
        self.release();
        self.songs.clear();
        self.clock = StageClock::default();
    }

    /// Nothing is in work any more; an encoder that was on its way is wanted again.
    fn release(&mut self) {
        self.has_dropped_jobs |= !self.jobs.is_empty();
        self.jobs.clear();
        self.songs.values_mut().for_each(Song::release);
        let encoder = mem::replace(&mut self.encoder, Encoder::None);
        self.encoder = match encoder {
            Encoder::Loading { source, .. } => Encoder::Wanted(source),
            encoder => encoder,
        };
    }

    /// Whether all jobs handed out so far were given up, told once.
    pub(super) fn take_dropped_jobs(&mut self) -> bool {
        mem::take(&mut self.has_dropped_jobs)
    }

    /// Takes up songs that are new, and drops those that are gone.
    pub(super) fn follow(&mut self, wanted: impl Iterator<Item = Wanted<F>>) {
        let mut known = mem::take(&mut self.songs);
        for wanted in wanted {
            let song = match known.remove(&wanted.key) {
                Some(song) => song.at(wanted.plan.song_idx, wanted.files),
                None => Song::new(
                    wanted.plan,
                    wanted.mode,
                    wanted.target_frames,
                    wanted.maps,
                    wanted.files,
                ),
            };
            self.songs.insert(wanted.key, song);
        }
        if known.values().any(Song::is_in_work) {
            // What is still computed of them finds no song and is ignored.
            self.jobs.retain(
                |_, work| !matches!(work, Work::Map { key, .. } if known.contains_key(key)),
            );
        }
    }

    /// Whether anything is going on, or about to.
    pub(super) fn is_working(&self) -> bool {
        if self.is_paused {
            return false;
        }
        match &self.encoder {
            Encoder::None | Encoder::Refused { .. } => false,
            Encoder::Wanted(_) | Encoder::Loading { .. } => true,
            Encoder::Loaded(_) => self.songs.values().any(|song| !song.is_compared()),
        }
    }

    /// What a summary is made from; `None` before the first song.
    pub(super) fn record(&self) -> Option<LatentRun> {
        let Encoder::Loaded(loaded) = &self.encoder else { return None };
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

    pub(super) fn facts(&self) -> Option<&EncoderFacts> {
        match &self.encoder {
            Encoder::Loaded(loaded) => Some(&loaded.facts),
            _ => None,
        }
    }

    pub(super) fn backend(&self) -> Option<&Backend> {
        match &self.encoder {
            Encoder::Loaded(loaded) => Some(&loaded.backend),
            _ => None,
        }
    }

    pub(super) fn view(&self, now_s: f64) -> LatentView {
        let state = match &self.encoder {
            Encoder::None => EncoderState::None,
            Encoder::Refused { message } => EncoderState::Refused(message.clone()),
            Encoder::Wanted(_) if self.is_paused => EncoderState::Stopped,
            Encoder::Wanted(_) => EncoderState::Loading { n_bytes: 0, n_total: None },
            Encoder::Loading { n_bytes, n_total, .. } => {
                EncoderState::Loading { n_bytes: *n_bytes, n_total: *n_total }
            }
            Encoder::Loaded(_) if self.is_paused => EncoderState::Stopped,
            Encoder::Loaded(_) if self.is_working() => EncoderState::Computing,
            Encoder::Loaded(_) => EncoderState::Idle,
        };
        let LatentProgress { n_maps_done, n_maps, n_frames_done, n_frames } =
            self.songs.values().map(Song::progress).sum();
        let per_s = self.clock.per_s(now_s);
        LatentView {
            state,
            n_maps_done,
            n_maps,
            frames_per_s: per_s,
            left_s: per_s.map(|per_s| n_frames.saturating_sub(n_frames_done) as f64 / per_s),
            elapsed_s: self.clock.elapsed_s(now_s),
        }
    }

    /// Lets the clock run or stand.
    pub(super) fn tick(&mut self, now_s: f64) {
        let is_computing = self.is_working() && matches!(self.encoder, Encoder::Loaded(_));
        let progress: LatentProgress = self.songs.values().map(Song::progress).sum();
        self.clock.set_running(is_computing, now_s);
        self.clock.note(progress.n_frames_done, now_s);
    }
}

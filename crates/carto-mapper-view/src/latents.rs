//! The means of the latents of the run's maps, song by song, on the workers of the encoder.

use std::rc::Rc;

use carto_port::pool::{Job, Script, WorkerPool, broken_text, encoder_program, n_workers};
use carto_protocol::{EncoderRequest, JobError, MeasureLatents, MeasuredLatents};
use carto_types::{
    Cause, EncoderFacts, Issue, OfferedEncoder, OfferedRun, SongLatentMeans, SongMapValues,
    SongPlan,
};
use leptos::prelude::*;
use web_sys::File;

use crate::measured::Measured;
use crate::state::{MapperState, Progress};

/// Measures latents, once a person wants them. A handle that can be copied anywhere.
#[derive(Clone, Copy)]
pub(crate) struct LatentMeasuring {
    state: MapperState,
    pool: StoredValue<Rc<WorkerPool<EncoderRequest>>, LocalStorage>,
    weights: StoredValue<Option<File>, LocalStorage>,
    measured: StoredValue<Measured<SongLatentMeans>>,
}

impl LatentMeasuring {
    /// Nothing is wanted yet, and no worker started.
    pub(crate) fn new(state: MapperState) -> Self {
        let script = || Script::named(encoder_program());
        let pool = WorkerPool::new(script, move |error: &JobError| {
            state.failure.set(broken_text(error));
            state.latents.update(|progress| progress.is_stopped = true);
        });
        Self {
            state,
            pool: StoredValue::new_local(Rc::new(pool)),
            weights: StoredValue::new_local(None),
            measured: StoredValue::new(Measured::default()),
        }
    }

    /// Takes the encoder of the run, with the file of its weights. Whether what another one measured
    /// is dropped.
    pub(crate) fn offer(self, offered: Option<(OfferedEncoder, File)>) -> bool {
        let state = self.state;
        let (encoder, weights) = offered.unzip();
        self.weights.set_value(weights);
        let before = state.encoder.get_untracked();
        let is_same = match (&before, &encoder) {
            (Some(before), Some(now)) => before.is_same(now),
            (before, now) => before.is_none() && now.is_none(),
        };
        if before != encoder {
            state.encoder.set(encoder);
        }
        let has_dropped = !is_same && self.n_done() > 0;
        if !is_same {
            self.pause();
            self.measured.update_value(Measured::forget);
            state.wants_latents.set(false);
            self.tell_progress();
        }
        has_dropped
    }

    /// What is measured of songs that this run has too stays.
    ///
    /// - `file`: size and time of change of a file, by its place among all
    pub(crate) fn take_run(self, run: &OfferedRun, file: impl Fn(usize) -> [f64; 2]) {
        self.measured.update_value(|measured| measured.take_run(run, file));
        self.tell_progress();
    }

    /// Ends what workers are at; the songs wait again.
    pub(crate) fn pause(self) {
        self.pool.get_value().cancel_all();
        self.measured.update_value(Measured::release);
    }

    /// Gives all workers a song; whether nothing is left.
    ///
    /// - `run`, `files`: the songs, and all files
    /// - `on_song`: runs once another song is measured
    pub(crate) fn go_on(
        self,
        run: &OfferedRun,
        files: &[File],
        on_song: impl Fn() + Copy + 'static,
    ) -> bool {
        let state = self.state;
        let Progress { n_done, n_all, is_stopped } = self.tell_progress();
        let Some(encoder) = state.encoder.get_untracked() else { return false };
        if is_stopped || !state.wants_latents.get_untracked() {
            return false;
        }
        let pool = self.pool.get_value();
        pool.set_limit(Some(encoder.backend.worker_limit(n_workers())));
        let mapper = state.mapper.get_untracked();
        for _ in 0..pool.room() {
            let next = self.measured.try_update_value(|measured| {
                let song_idx = measured.next(&mapper)?;
                measured.plan(song_idx).cloned()
            });
            let Some(song) = next.flatten() else { break };
            self.measure(song, run, files, &encoder, on_song);
        }
        n_done == n_all
    }

    fn measure(
        self,
        song: SongPlan,
        run: &OfferedRun,
        files: &[File],
        encoder: &OfferedEncoder,
        on_song: impl Fn() + 'static,
    ) {
        let Some(weights) = self.weights.get_value() else { return };
        let ranges = run.files_of(&song).into_iter();
        let files = ranges.flat_map(|range| files.get(range).unwrap_or_default().to_vec());
        let files = files.chain([weights]).collect();
        let (song_idx, title) = (song.song_idx, song.title.clone());
        let call = MeasureLatents {
            sources: run.sources_of(&song),
            song,
            weights_sha256: encoder.facts.weights_sha256.clone(),
            device: encoder.device,
        };
        let on_end = move |reply: Result<MeasuredLatents, JobError>| {
            let found = reply.map(|reply| reply.found).unwrap_or_else(|error| SongLatentMeans {
                song_idx,
                issues: vec![Issue::skipped(title, Cause::NoLatents, error.to_string())],
                ..SongLatentMeans::default()
            });
            self.measured.update_value(|measured| measured.put(song_idx, found));
            on_song();
        };
        self.pool.get_value().submit(Job::new(call, files), |_| {}, on_end);
    }

    /// Gives songs the means that are there; which encoder made them, where there are any.
    pub(crate) fn add_to(self, songs: &mut [SongMapValues]) -> Option<EncoderFacts> {
        self.measured.with_value(|measured| {
            for song in songs.iter_mut() {
                if let Some(found) = measured.get(song.song_idx) {
                    song.add_latents(found);
                }
            }
        });
        let has_any = songs.iter().flat_map(|song| &song.maps).any(|map| !map.latents.is_empty());
        self.state.encoder.get_untracked().filter(|_| has_any).map(|encoder| encoder.facts)
    }

    /// Songs that are measured.
    pub(crate) fn n_done(self) -> usize {
        self.measured.with_value(Measured::counts).0
    }

    /// Says how far measuring is.
    fn tell_progress(self) -> Progress {
        let (n_done, n_all) = self.measured.with_value(Measured::counts);
        let before = self.state.latents.get_untracked();
        let now = Progress { n_done, n_all, ..before };
        if now != before {
            self.state.latents.set(now);
        }
        now
    }
}

//! Recordings of songs whose timing points leave a lag open.
//!
//! Such a song is compared by its timing points first, and its figures stand from then on. Once no
//! song waits for its first comparison, its recordings are heard, and by what they say it is
//! compared again.

use carto_protocol::{AudioRequest, HearSong, JobError};
use carto_types::HeardSong;

use super::command::{AudioCommand, JobId};
use super::issues::{cause_of, message_of};
use super::run::{RunController, Work};
use super::songs::{Hearing, Song, SongKey};
use crate::run::view::Phase;

impl<F: Clone> RunController<F> {
    /// What the workers that hear recordings are to do next: at most `room` commands.
    pub(crate) fn next_audio_commands(&mut self, room: usize) -> Vec<AudioCommand<F>> {
        let mut commands = Vec::new();
        let is_due = self.phase == Phase::Running
            && self.is_plan_fresh()
            && self.songs.next_waiting().is_none();
        while is_due && commands.len() < room {
            let Some(command) = self.command_hearing() else { break };
            commands.push(command);
        }
        commands
    }

    fn command_hearing(&mut self) -> Option<AudioCommand<F>> {
        let key = self.songs.next_to_hear()?;
        self.songs.update(&key, |song| song.hearing = Hearing::InWork);
        let song = self.songs.get(&key)?;
        let (sources, files) = self.sources.files_of(&song.source_ids);
        let call = HearSong { mode: self.mode, song: song.plan_to_hear(), sources };
        Some(self.command(Work::Hear(key), AudioRequest::HearSong(call), files))
    }
}

impl<F> RunController<F> {
    /// The recordings of a song are heard.
    pub(crate) fn on_song_heard(&mut self, job_id: JobId, reply: Result<HeardSong, JobError>) {
        let Some(Work::Hear(key)) = self.jobs.remove(&job_id) else { return };
        self.take_heard(&key, reply);
    }

    /// No worker can be started that hears recordings: the figures by timing points stay.
    pub(crate) fn on_audio_broken(&mut self, error: &JobError) {
        self.jobs.retain(|_, work| !matches!(work, Work::Hear(_)));
        let is_unheard = |song: &Song| matches!(song.hearing, Hearing::Waiting | Hearing::InWork);
        let unheard = self.songs.iter().filter(|(_, song)| is_unheard(song));
        for key in unheard.map(|(key, _)| key.clone()).collect::<Vec<_>>() {
            self.take_heard(&key, Err(error.clone()));
        }
    }

    fn take_heard(&mut self, key: &SongKey, reply: Result<HeardSong, JobError>) {
        let take = |song: &mut Song| {
            let heard = reply.unwrap_or_else(|error| {
                let issue = HeardSong::issue(&song.name(), cause_of(&error), &message_of(&error));
                HeardSong { pairs: Vec::new(), issues: vec![issue] }
            });
            song.take_heard(heard);
        };
        if self.songs.update(key, take).is_some() {
            self.are_latents_behind = true;
            self.changed.issues = true;
        }
    }

    /// Whether every song is compared, and no recording may change that any more.
    pub(super) fn are_all_settled(&self) -> bool {
        self.is_all_compared() && self.songs.counts().n_open == 0
    }

    /// Whether recordings are heard, or will be.
    pub(crate) fn is_hearing(&self) -> bool {
        self.phase == Phase::Running && self.songs.counts().n_open > 0
    }

    /// Songs whose recordings are still to be heard or compared by, once all songs are compared by
    /// their timing points.
    pub(crate) fn n_songs_to_hear(&self) -> usize {
        if self.is_all_compared() { self.songs.counts().n_open } else { 0 }
    }
}

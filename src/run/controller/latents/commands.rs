use carto_protocol::{CompareLatents, EncodeMap, EncodePair, EncoderRequest, LoadEncoder};

use super::{Latents, Loading, Work};
use crate::run::controller::command::{Command, EncoderCommand};

impl<F: Clone> Latents<F> {
    /// What an encoder's workers are to do next: at most `room` commands.
    ///
    /// Songs are taken in one order, so that few are half done at a time: the
    /// latents of a song are held until all of its maps have theirs. Pairs on bars
    /// come last: they say how far the figures that are there hold.
    pub(in crate::run::controller) fn next_commands(
        &mut self,
        room: usize,
    ) -> Vec<EncoderCommand<F>> {
        let mut commands = Vec::new();
        if !self.is_working() || self.automatic.is_waiting() {
            return commands;
        }
        commands.extend(self.command_load());
        while commands.len() < room {
            let next = self.command_comparison().or_else(|| self.command_map());
            let next = next.or_else(|| self.command_bar_pair());
            let Some(command) = next else { break };
            commands.push(command);
        }
        commands
    }

    fn command_load(&mut self) -> Option<EncoderCommand<F>> {
        let Loading::Wanted(source) = &self.encoder else { return None };
        let source = source.clone();
        let call = LoadEncoder { source: source.source.clone(), device: self.device };
        let files = source.file.clone().into_iter().collect();
        self.encoder = Loading::InWork { source, n_bytes: 0, n_total: None };
        Some(self.command(Work::Load, EncoderRequest::LoadEncoder(call), files, true))
    }

    fn command_comparison(&mut self) -> Option<EncoderCommand<F>> {
        let frames_per_latent = self.loaded()?.facts.frames_per_latent;
        let due = self.songs.iter_mut().find_map(|(key, song)| {
            let latents = song.take_latents()?;
            let (mode, plan, pairs) = (song.mode, song.plan.clone(), song.pairs());
            let call = CompareLatents { mode, song: plan, latents, pairs, frames_per_latent };
            Some((key.clone(), call))
        });
        let (key, call) = due?;
        let request = EncoderRequest::CompareLatents(call);
        Some(self.command(Work::Compare(key), request, Vec::new(), true))
    }

    /// The name of the encoder that is loaded, and the file that it travels as.
    fn weights(&self) -> Option<(String, F)> {
        let loaded = self.loaded()?;
        Some((loaded.facts.weights_sha256.clone(), loaded.weights.clone()))
    }

    fn command_map(&mut self) -> Option<EncoderCommand<F>> {
        let (weights_sha256, weights) = self.weights()?;
        let next =
            self.songs.iter_mut().find_map(|(key, song)| Some((song.next_map()?, key, song)));
        let (map_idx, key, song) = next?;
        song.start(map_idx);
        let (sources, files) = song.files.clone();
        let files = files.into_iter().chain([weights]).collect();
        let call = EncodeMap {
            mode: song.mode,
            song: song.plan.clone(),
            sources,
            map_idx,
            target_frames: song.target_frames,
            weights_sha256,
            device: self.device,
        };
        let work = Work::Map { key: key.clone(), map_idx };
        Some(self.command(work, EncoderRequest::EncodeMap(call), files, false))
    }

    fn command_bar_pair(&mut self) -> Option<EncoderCommand<F>> {
        let (weights_sha256, weights) = self.weights()?;
        let next =
            self.songs.iter_mut().find_map(|(key, song)| Some((song.next_bar_pair()?, key, song)));
        let ((place, pair), key, song) = next?;
        song.start_bar_pair(place);
        let (sources, files) = song.files.clone();
        let files = files.into_iter().chain([weights]).collect();
        let call = EncodePair {
            mode: song.mode,
            song: song.plan.clone(),
            sources,
            pair,
            weights_sha256,
            device: self.device,
        };
        let work = Work::BarPair { key: key.clone(), place };
        Some(self.command(work, EncoderRequest::EncodePair(call), files, false))
    }

    /// Notes a job, and gives it away.
    fn command(
        &mut self,
        work: Work,
        request: EncoderRequest,
        files: Vec<F>,
        is_urgent: bool,
    ) -> EncoderCommand<F> {
        let job_id = self.next_job_id;
        self.next_job_id += 1;
        self.jobs.insert(job_id, work);
        Command { job_id, request, files, is_urgent }
    }
}

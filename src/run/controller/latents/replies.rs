use carto_protocol::{BytesLoaded, EncodedMap, EncodedPair, JobError, TileDone};
use carto_types::{Backend, Cause, Issue, LatentSong, MapLatents};

use super::{Latents, Loaded, Loading, Work};
use crate::run::controller::command::JobId;

impl<F> Latents<F> {
    /// More of the encoder's file is there.
    pub(crate) fn on_bytes_loaded(&mut self, job_id: JobId, loaded: BytesLoaded) {
        if let (Some(Work::Load), Loading::InWork { n_bytes, n_total, .. }) =
            (self.jobs.get(&job_id), &mut self.encoder)
        {
            (*n_bytes, *n_total) = (loaded.n_bytes, loaded.n_total);
        }
    }

    /// The encoder is there, or cannot be had for the reason given.
    pub(crate) fn on_encoder_loaded(
        &mut self,
        job_id: JobId,
        reply: Result<Result<Loaded<F>, String>, JobError>,
    ) {
        let Some(Work::Load) = self.jobs.remove(&job_id) else { return };
        self.encoder = match reply {
            Ok(Ok(loaded)) => Loading::Done(loaded),
            Ok(Err(message)) => Loading::Refused { message },
            Err(error) => Loading::Refused { message: error.to_string() },
        };
    }

    /// Another tile of a map or of a pair is computed.
    pub(crate) fn on_tile_done(&mut self, job_id: JobId, tile: TileDone) {
        let TileDone { n_latents_done, n_latents } = tile;
        let part = f64::from(n_latents_done) / f64::from(n_latents.max(1));
        match self.jobs.get(&job_id) {
            Some(Work::Map { key, map_idx }) => {
                if let Some(song) = self.songs.get_mut(key) {
                    song.note(*map_idx, part);
                }
            }
            Some(Work::BarPair { key, place }) => {
                if let Some(song) = self.songs.get_mut(key) {
                    song.note_bar_pair(*place, part);
                }
            }
            Some(Work::Load | Work::Compare(_)) | None => {}
        }
    }

    /// A graphics processor that failed is not asked again: the page says what computes now.
    fn note_backend(&mut self, backend: Backend) {
        if let Loading::Done(loaded) = &mut self.encoder {
            loaded.backend = backend;
        }
    }

    /// A map has its latents, or will never have any.
    pub(crate) fn on_map_encoded(&mut self, job_id: JobId, reply: Result<EncodedMap, JobError>) {
        let Some(Work::Map { key, map_idx }) = self.jobs.remove(&job_id) else { return };
        let latents = reply.map(|EncodedMap { latents, backend }| {
            self.note_backend(backend);
            latents
        });
        let Some(song) = self.songs.get_mut(&key) else { return };
        let label = song.plan.maps.get(map_idx as usize).map(|map| map.label.clone());
        let label = label.unwrap_or_default();
        let latents: Result<MapLatents, Issue> = match latents {
            Ok(Ok(latents)) => Ok(latents),
            Ok(Err(refusal)) => Err(refusal.issue(&label)),
            Err(error) => Err(without_latents(label, &error)),
        };
        song.finish(map_idx, latents);
    }

    /// The latents of a song are compared. True if the song is done.
    pub(in crate::run::controller) fn on_latents_compared(
        &mut self,
        job_id: JobId,
        reply: Result<LatentSong, JobError>,
    ) -> bool {
        let Some(Work::Compare(key)) = self.jobs.remove(&job_id) else { return false };
        let Some(song) = self.songs.get_mut(&key) else { return false };
        match reply {
            Ok(compared) => song.compare(compared),
            Err(error) => {
                let subject = carto_types::song_name(&song.plan.title, &song.plan.artist);
                song.fail(without_latents(subject, &error));
            }
        }
        true
    }

    /// A pair is compared on bars, or never will be. True if it was waited for.
    pub(in crate::run::controller) fn on_pair_encoded(
        &mut self,
        job_id: JobId,
        reply: Result<EncodedPair, JobError>,
    ) -> bool {
        let Some(Work::BarPair { key, place }) = self.jobs.remove(&job_id) else { return false };
        let found = match reply {
            Ok(EncodedPair { found, backend }) => {
                self.note_backend(backend);
                found.map_err(|refusal| refusal.message)
            }
            Err(error) => Err(error.to_string()),
        };
        self.songs.get_mut(&key).is_some_and(|song| song.finish_bar_pair(place, found))
    }

    /// No worker can be started.
    pub(crate) fn on_broken(&mut self, error: &JobError) {
        self.release();
        self.encoder = Loading::Refused { message: error.to_string() };
    }
}

fn without_latents(subject: String, error: &JobError) -> Issue {
    let message =
        format!("{error}. The others go on without it; choose the encoder again to retry");
    Issue::skipped(subject, Cause::NoLatents, message)
}

use carto_protocol::{JobError, JobId, Response};
use carto_types::{Backend, Cause, EncoderFacts, Issue, MapLatents, MapRefusal};

use super::{Encoder, Latents, Loaded, Work};
use crate::state::course::songs::SongKey;

impl<F> Latents<F> {
    /// Takes in what an encoder's worker says, but for the encoder itself, which
    /// [`Latents::on_loaded`] takes. True if a song is done.
    pub(in crate::state::course) fn on_answer(&mut self, response: Response) -> bool {
        match response {
            Response::LoadProgress { job_id, n_bytes, n_total } => {
                if let (Some(Work::Load), Encoder::Loading { n_bytes: known, n_total: total, .. }) =
                    (self.jobs.get(&job_id), &mut self.encoder)
                {
                    (*known, *total) = (n_bytes, n_total);
                }
            }
            Response::EncoderRefused { job_id, message } => {
                if let Some(Work::Load) = self.jobs.remove(&job_id) {
                    self.encoder = Encoder::Refused { message };
                }
            }
            Response::TileDone { job_id, n_latents_done, n_latents } => {
                if let Some(Work::Map { key, map_idx }) = self.jobs.get(&job_id)
                    && let Some(song) = self.songs.get_mut(key)
                {
                    song.note(*map_idx, f64::from(n_latents_done) / f64::from(n_latents.max(1)));
                }
            }
            Response::MapEncoded { job_id, latents, backend } => {
                if let Some(Work::Map { key, map_idx }) = self.jobs.remove(&job_id) {
                    self.on_map(&key, map_idx, latents, backend);
                }
            }
            Response::LatentsCompared { job_id, song } => {
                if let Some(Work::Compare(key)) = self.jobs.remove(&job_id)
                    && let Some(known) = self.songs.get_mut(&key)
                {
                    known.compare(song);
                    return true;
                }
            }
            Response::Failed { job_id: Some(job_id), error } => {
                return self.on_failed(job_id, &error);
            }
            _ => {}
        }
        false
    }

    /// The encoder is there; `weights` is what it travels as from now on.
    pub(in crate::state::course) fn on_loaded(
        &mut self,
        job_id: JobId,
        facts: EncoderFacts,
        backend: Backend,
        weights: F,
    ) {
        if let Some(Work::Load) = self.jobs.remove(&job_id) {
            self.encoder = Encoder::Loaded(Loaded { facts, backend, weights });
        }
    }

    /// No worker can be started.
    pub(in crate::state::course) fn on_broken(&mut self, error: &JobError) {
        self.release();
        self.encoder = Encoder::Refused { message: error.to_string() };
    }

    fn on_map(
        &mut self,
        key: &SongKey,
        map_idx: u32,
        latents: Result<MapLatents, MapRefusal>,
        backend: Backend,
    ) {
        // A graphics processor that failed is not asked again: the page says
        // what computes now.
        if let Encoder::Loaded(loaded) = &mut self.encoder {
            loaded.backend = backend;
        }
        if let Some(song) = self.songs.get_mut(key) {
            let label = song.plan.maps.get(map_idx as usize).map(|map| map.label.clone());
            let latents = latents.map_err(|refusal| refusal.issue(&label.unwrap_or_default()));
            song.finish(map_idx, latents);
        }
    }

    fn on_failed(&mut self, job_id: JobId, error: &JobError) -> bool {
        let message =
            format!("{error}. The others go on without it; choose the encoder again to retry");
        match self.jobs.remove(&job_id) {
            Some(Work::Load) => {
                self.encoder = Encoder::Refused { message: error.to_string() };
            }
            Some(Work::Map { key, map_idx }) => {
                if let Some(song) = self.songs.get_mut(&key) {
                    let label = song.plan.maps.get(map_idx as usize).map(|map| map.label.clone());
                    let issue =
                        Issue::skipped(label.unwrap_or_default(), Cause::NoLatents, message);
                    song.finish(map_idx, Err(issue));
                }
            }
            Some(Work::Compare(key)) => {
                if let Some(song) = self.songs.get_mut(&key) {
                    let subject = format!("{} - {}", song.plan.artist, song.plan.title);
                    song.fail(Issue::skipped(subject, Cause::NoLatents, message));
                    return true;
                }
            }
            None => {}
        }
        false
    }
}

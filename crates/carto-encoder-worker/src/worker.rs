use std::cell::RefCell;

use carto_protocol::{DeviceChoice, JobError, JobId, Request, Response};
use pulp::Simd;
use web_sys::File;

use crate::engine::Loaded;
use crate::{encode, load};

/// One worker, and the encoder that it holds.
pub(crate) struct Worker<S> {
    pub(crate) simd: S,
    pub(crate) instructions: &'static str,
    loaded: RefCell<Option<Loaded<S>>>,
}

impl<S: Simd> Worker<S> {
    pub(crate) fn new(simd: S, instructions: &'static str) -> Self {
        Self { simd, instructions, loaded: RefCell::new(None) }
    }

    /// Does one job and gives the answer that ends it.
    pub(crate) async fn run(&self, request: Request, files: Vec<File>) -> Response {
        match request {
            Request::LoadEncoder { job_id, source, device } => {
                match load::load(self, job_id, &source, device, &files).await {
                    Ok(response) => response,
                    Err(message) => Response::EncoderRefused { job_id, message },
                }
            }
            Request::Encode {
                job_id,
                mode,
                song,
                map_idx,
                target_frames,
                weights_sha256,
                device,
            } => {
                let wanted = encode::Wanted { job_id, mode, song, map_idx, target_frames };
                let result = self.encode(&wanted, &weights_sha256, device, &files).await;
                result.unwrap_or_else(|message| failed(job_id, message))
            }
            Request::CompareLatents { job_id, mode, song, latents } => {
                let song = carto_study::compare_latents(&song, mode, &latents);
                Response::LatentsCompared { job_id, song }
            }
            other => Response::Failed { job_id: Some(other.job_id()), error: JobError::BadMessage },
        }
    }

    async fn encode(
        &self,
        wanted: &encode::Wanted,
        weights_sha256: &str,
        device: DeviceChoice,
        files: &[File],
    ) -> Result<Response, String> {
        let (weights, archives) = files.split_last().ok_or("no weights came with the message")?;
        // Taken out, not borrowed: the work waits for the graphics processor.
        let held = self.loaded.borrow_mut().take();
        let mut loaded = match held.filter(|held| held.is(weights_sha256, device)) {
            Some(loaded) => loaded,
            None => load::from_page(self, weights, weights_sha256, device).await?,
        };
        let response = encode::encode(self, &mut loaded, weights, wanted, archives).await;
        self.loaded.replace(Some(loaded));
        response
    }

    /// Keeps an encoder for the jobs to come.
    pub(crate) fn keep(&self, loaded: Loaded<S>) {
        self.loaded.replace(Some(loaded));
    }
}

fn failed(job_id: JobId, message: String) -> Response {
    Response::Failed { job_id: Some(job_id), error: JobError::WorkerLost { message } }
}

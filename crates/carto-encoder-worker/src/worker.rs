use std::cell::RefCell;

use carto_encoder::cpu::TileEncoder;
use carto_encoder::folded::FoldedEncoder;
use carto_protocol::{DeviceChoice, JobError, JobId, Request, Response};
use web_sys::File;

use crate::encode::{self, EncodeJob};
use crate::load::{self, Loaded};

/// One worker, and the encoder that it holds.
pub(crate) struct Worker {
    pack: Box<dyn Fn(FoldedEncoder) -> Box<dyn TileEncoder>>,
    loaded: RefCell<Option<Loaded>>,
}

impl Worker {
    /// - `pack`: packs an encoder for the program's instructions
    pub(crate) fn new(pack: Box<dyn Fn(FoldedEncoder) -> Box<dyn TileEncoder>>) -> Self {
        Self { pack, loaded: RefCell::new(None) }
    }

    /// Does one job and gives the answer that ends it.
    pub(crate) async fn run(&self, request: Request, files: Vec<File>) -> Response {
        match request {
            Request::LoadEncoder { job_id, source, device } => {
                match load::load(&*self.pack, job_id, &source, device, &files).await {
                    Ok((response, loaded)) => {
                        self.loaded.replace(Some(loaded));
                        response
                    }
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
                let job = EncodeJob { job_id, mode, song, map_idx, target_frames };
                let result = self.encode(&job, &weights_sha256, device, &files).await;
                result.unwrap_or_else(|message| failed(job_id, message))
            }
            Request::CompareLatents { job_id, mode, song, latents } => {
                let song = carto_study::compare_latents(&song, mode, &latents);
                Response::LatentsCompared { job_id, song }
            }
            other => Response::Failed { job_id: Some(other.job_id()), error: JobError::BadMessage },
        }
    }

    /// Computes one map with the encoder that is held, or with the one that came along.
    async fn encode(
        &self,
        job: &EncodeJob,
        weights_sha256: &str,
        device: DeviceChoice,
        files: &[File],
    ) -> Result<Response, String> {
        let (weights, archives) = files.split_last().ok_or("no weights came with the message")?;
        // Taken out, not borrowed: the work waits for the graphics processor.
        let held = self.loaded.borrow_mut().take();
        let mut loaded = match held.filter(|held| held.is(weights_sha256, device)) {
            Some(loaded) => loaded,
            None => load::from_page(&*self.pack, weights, weights_sha256, device).await?,
        };
        let response = encode::encode(&*self.pack, &mut loaded, weights, job, archives).await;
        self.loaded.replace(Some(loaded));
        response
    }
}

fn failed(job_id: JobId, message: String) -> Response {
    Response::Failed { job_id: Some(job_id), error: JobError::WorkerLost { message } }
}

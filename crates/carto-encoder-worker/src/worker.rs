use std::cell::RefCell;

use carto_protocol::{Call, EncodeMap, EncodedMap, EncoderRequest, JobError, Message};
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

    /// Does one job and gives the message that ends it.
    pub(crate) async fn run(&self, request: EncoderRequest, files: Vec<File>) -> Message {
        match request {
            EncoderRequest::LoadEncoder(call) => call.reply(&load::load(self, &call, &files).await),
            EncoderRequest::EncodeMap(call) => match self.encode(&call, &files).await {
                Ok(encoded) => call.reply(&encoded),
                Err(message) => Message::failed(JobError::WorkerLost { message }),
            },
            EncoderRequest::CompareLatents(call) => {
                call.reply(&carto_study::compare_latents(&call.song, call.mode, &call.latents))
            }
        }
    }

    async fn encode(&self, call: &EncodeMap, files: &[File]) -> Result<EncodedMap, String> {
        let (weights, archives) = files.split_last().ok_or("no weights came with the message")?;
        // Taken out, not borrowed: the work waits for the graphics processor.
        let held = self.loaded.borrow_mut().take();
        let mut loaded = match held.filter(|held| held.is(&call.weights_sha256, call.device)) {
            Some(loaded) => loaded,
            None => load::from_page(self, weights, &call.weights_sha256, call.device).await?,
        };
        let encoded = encode::encode(self, &mut loaded, weights, call, archives).await;
        self.loaded.replace(Some(loaded));
        encoded
    }

    /// Keeps an encoder for the jobs to come.
    pub(crate) fn keep(&self, loaded: Loaded<S>) {
        self.loaded.replace(Some(loaded));
    }
}

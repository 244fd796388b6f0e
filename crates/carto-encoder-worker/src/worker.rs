use std::cell::RefCell;

use carto_encoder::cpu::TileEncoder;
use carto_encoder::folded::FoldedEncoder;
use carto_protocol::{
    Call, EncodeMap, EncodePair, EncodedMap, EncodedPair, EncoderRequest, JobError, Message,
};
use carto_types::DeviceChoice;
use web_sys::File;

use crate::encode::{self, Encoder};
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

    /// Does one job and gives the message that ends it.
    pub(crate) async fn run(&self, request: EncoderRequest, files: Vec<File>) -> Message {
        match request {
            EncoderRequest::LoadEncoder(call) => {
                let loaded = load::load(&*self.pack, &call, &files).await;
                call.reply(&loaded.map(|(reply, loaded)| {
                    self.loaded.replace(Some(loaded));
                    reply
                }))
            }
            EncoderRequest::EncodeMap(call) => match self.encode(&call, &files).await {
                Ok(encoded) => call.reply(&encoded),
                Err(message) => Message::failed(JobError::WorkerLost { message }),
            },
            EncoderRequest::EncodePair(call) => match self.encode_pair(&call, &files).await {
                Ok(encoded) => call.reply(&encoded),
                Err(message) => Message::failed(JobError::WorkerLost { message }),
            },
            EncoderRequest::CompareLatents(call) => {
                let mut song = carto_study::compare_latents(&call.song, call.mode, &call.latents);
                let (pairs, frames) = (&call.pairs, call.frames_per_latent);
                carto_study::compare_latents_as_is(&mut song, pairs, &call.latents, frames);
                call.reply(&song)
            }
        }
    }

    /// Computes one map.
    async fn encode(&self, call: &EncodeMap, files: &[File]) -> Result<EncodedMap, String> {
        let (weights, archives) = files.split_last().ok_or(NO_WEIGHTS)?;
        let mut loaded = self.take(&call.weights_sha256, call.device, weights).await?;
        let mut encoder = Encoder { pack: &*self.pack, loaded: &mut loaded, weights };
        let encoded = encode::encode(&mut encoder, call, archives).await;
        self.loaded.replace(Some(loaded));
        encoded
    }

    /// Computes and compares the two maps of a pair on bars.
    async fn encode_pair(&self, call: &EncodePair, files: &[File]) -> Result<EncodedPair, String> {
        let (weights, archives) = files.split_last().ok_or(NO_WEIGHTS)?;
        let mut loaded = self.take(&call.weights_sha256, call.device, weights).await?;
        let mut encoder = Encoder { pack: &*self.pack, loaded: &mut loaded, weights };
        let encoded = encode::encode_pair(&mut encoder, call, archives).await;
        self.loaded.replace(Some(loaded));
        encoded
    }

    /// The encoder that is held, or the one that came along. It is taken out, not borrowed: the work
    /// waits for the graphics processor.
    async fn take(
        &self,
        weights_sha256: &str,
        device: DeviceChoice,
        weights: &File,
    ) -> Result<Loaded, String> {
        let held = self.loaded.borrow_mut().take();
        match held.filter(|held| held.is(weights_sha256, device)) {
            Some(loaded) => Ok(loaded),
            None => load::from_page(&*self.pack, weights, weights_sha256, device).await,
        }
    }
}

/// What is said of a job whose encoder did not come along.
const NO_WEIGHTS: &str = "no weights came with the message";

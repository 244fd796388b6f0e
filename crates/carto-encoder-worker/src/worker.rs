use std::cell::RefCell;

use carto_encoder::cpu::TileEncoder;
use carto_encoder::folded::FoldedEncoder;
use carto_protocol::{Call, EncodeMap, EncodedMap, EncoderRequest, JobError, Message};
use web_sys::File;

use crate::encode;
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
            EncoderRequest::CompareLatents(call) => {
                call.reply(&carto_study::compare_latents(&call.song, call.mode, &call.latents))
            }
        }
    }

    /// Computes one map with the encoder that is held, or with the one that came along.
    async fn encode(&self, call: &EncodeMap, files: &[File]) -> Result<EncodedMap, String> {
        let (weights, archives) = files.split_last().ok_or("no weights came with the message")?;
        // Taken out, not borrowed: the work waits for the graphics processor.
        let held = self.loaded.borrow_mut().take();
        let mut loaded = match held.filter(|held| held.is(&call.weights_sha256, call.device)) {
            Some(loaded) => loaded,
            None => {
                let (sha256, device) = (&call.weights_sha256, call.device);
                load::from_page(&*self.pack, weights, sha256, device).await?
            }
        };
        let encoded = encode::encode(&*self.pack, &mut loaded, weights, call, archives).await;
        self.loaded.replace(Some(loaded));
        encoded
    }
}

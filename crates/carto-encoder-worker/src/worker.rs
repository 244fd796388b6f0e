use std::cell::RefCell;

use carto_encoder::cpu::TileEncoder;
use carto_encoder::folded::FoldedEncoder;
use carto_protocol::{Call, EncodeStrips, EncodedStrips, EncoderRequest, JobError, Message};
use carto_types::DeviceChoice;
use web_sys::File;

use crate::encode::{self, Encoder};
use crate::load::{self, Loaded};
use crate::means;
use crate::over_time::{self, Held};

/// One worker, and the encoder that it holds.
pub(crate) struct Worker {
    pack: Box<dyn Fn(FoldedEncoder) -> Box<dyn TileEncoder>>,
    loaded: RefCell<Option<Loaded>>,
    /// The latents over time that were computed last.
    over_time: RefCell<Option<Held>>,
}

impl Worker {
    /// - `pack`: packs an encoder for the program's instructions
    pub(crate) fn new(pack: Box<dyn Fn(FoldedEncoder) -> Box<dyn TileEncoder>>) -> Self {
        Self { pack, loaded: RefCell::new(None), over_time: RefCell::new(None) }
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
            EncoderRequest::EncodeMap(call) => {
                let work = async |encoder: &mut Encoder<'_>, files: &[File]| {
                    encode::encode(encoder, &call, files).await
                };
                let asked = (&*call.weights_sha256, call.device);
                ended(&call, self.with_encoder(asked, &files, work).await)
            }
            EncoderRequest::EncodePair(call) => {
                let work = async |encoder: &mut Encoder<'_>, files: &[File]| {
                    encode::encode_pair(encoder, &call, files).await
                };
                let asked = (&*call.weights_sha256, call.device);
                ended(&call, self.with_encoder(asked, &files, work).await)
            }
            EncoderRequest::MeasureLatents(call) => {
                let work = async |encoder: &mut Encoder<'_>, files: &[File]| {
                    means::measure(encoder, &call, files).await
                };
                let asked = (&*call.weights_sha256, call.device);
                ended(&call, self.with_encoder(asked, &files, work).await)
            }
            EncoderRequest::EncodeStrips(call) => {
                call.reply(&self.encode_strips(&call, &files).await)
            }
            EncoderRequest::LatentsOfStretch(call) => {
                call.reply(&Held::of_stretch(self.over_time.borrow().as_ref(), &call))
            }
            EncoderRequest::CompareLatents(call) => {
                let mut song = carto_study::compare_latents(&call.song, call.mode, &call.latents);
                let (pairs, frames) = (&call.pairs, call.frames_per_latent);
                carto_study::compare_latents_as_is(&mut song, pairs, &call.latents, frames);
                call.reply(&song)
            }
        }
    }

    /// Computes the latents of two maps over time, and keeps them.
    async fn encode_strips(
        &self,
        call: &EncodeStrips,
        files: &[File],
    ) -> Result<EncodedStrips, String> {
        self.over_time.take();
        let work = async |encoder: &mut Encoder<'_>, _: &[File]| {
            over_time::encode_strips(encoder, call).await
        };
        let asked = (&*call.weights_sha256, call.device);
        let (encoded, held) = self.with_encoder(asked, files, work).await?;
        self.over_time.replace(Some(held));
        Ok(encoded)
    }

    /// Does some work with the encoder that a job asks for.
    ///
    /// - `files`: those of the work, and the weights behind them
    async fn with_encoder<T>(
        &self,
        (weights_sha256, device): (&str, DeviceChoice),
        files: &[File],
        work: impl AsyncFnOnce(&mut Encoder<'_>, &[File]) -> Result<T, String>,
    ) -> Result<T, String> {
        let (weights, files) = files.split_last().ok_or(NO_WEIGHTS)?;
        let mut loaded = self.take(weights_sha256, device, weights).await?;
        let mut encoder = Encoder { pack: &*self.pack, loaded: &mut loaded, weights };
        let done = work(&mut encoder, files).await;
        self.loaded.replace(Some(loaded));
        done
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

/// The message that ends a job; a worker whose encoder cannot be made ready is lost.
fn ended<C: Call>(call: &C, done: Result<C::Reply, String>) -> Message {
    match done {
        Ok(reply) => call.reply(&reply),
        Err(message) => Message::failed(JobError::WorkerLost { message }),
    }
}

/// What is said of a job whose encoder did not come along.
const NO_WEIGHTS: &str = "no weights came with the message";

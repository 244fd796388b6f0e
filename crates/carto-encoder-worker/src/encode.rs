//! Latents of a map, and of a pair of maps on bars.

use carto_encoder::{LatentMoments, SignalFrames};
use carto_port::serve::{open_one, post};
use carto_protocol::{Call, EncodeMap, EncodePair, EncodedMap, EncodedPair, TileDone};
use carto_study::{BeatmapSignal, MapSource, SignalsOnBars};
use carto_types::{Backend, BarPairOutcome, MapLatents, MapRefusal};
use web_sys::File;

use crate::device::{self, Pack};
use crate::load::{self, Loaded};

/// Computes one map's latents, tile by tile; the page hears of each.
///
/// Where the graphics processor fails the processor does the map, and all
/// others after it.
///
/// # Errors
///
/// Words for a person, if the encoder itself cannot be made ready.
pub(crate) async fn encode(
    encoder: &mut Encoder<'_>,
    call: &EncodeMap,
    files: &[File],
) -> Result<EncodedMap, String> {
    let latents = match signal(call, files) {
        Ok(signal) => Ok(latents(encoder, call, &signal).await?),
        Err(refusal) => Err(refusal),
    };
    Ok(EncodedMap { latents, backend: encoder.backend() })
}

/// Computes and compares the latents of two maps on bars; the page hears of each tile.
///
/// # Errors
///
/// As of [`encode`].
pub(crate) async fn encode_pair(
    encoder: &mut Encoder<'_>,
    call: &EncodePair,
    files: &[File],
) -> Result<EncodedPair, String> {
    let EncodePair { mode, song, sources, pair, .. } = call;
    let frames_per_latent = encoder.loaded.session.config().frames_per_latent() as u32;
    let mut open_slot = |slot: usize| MapSource::of_slot(sources, slot, |idx| open_one(files, idx));
    let signals =
        carto_study::signals_on_bars(song, *pair, *mode, frames_per_latent, &mut open_slot);
    let found = match signals {
        Ok(Some(signals)) => Ok(on_bars(encoder, call, &signals).await?),
        Ok(None) => Ok(None),
        Err(refusal) => Err(refusal),
    };
    Ok(EncodedPair { found, backend: encoder.backend() })
}

/// An encoder that a worker holds, and what it is made again from where a graphics processor fails.
pub(crate) struct Encoder<'a> {
    pub(crate) pack: Pack<'a>,
    pub(crate) loaded: &'a mut Loaded,
    pub(crate) weights: &'a File,
}

impl Encoder<'_> {
    /// Computes one signal.
    ///
    /// - `values`: `[9, n_frames]`
    /// - `on_tile`: hears how many columns are done, and how many there are
    pub(crate) async fn moments(
        &mut self,
        values: &[f32],
        on_tile: &mut dyn FnMut(usize, usize),
    ) -> Result<LatentMoments, String> {
        let frames = SignalFrames::new(values).ok_or("the signal does not have nine channels")?;
        let (pack, weights) = (self.pack, self.weights);
        let on_failure = || device::for_cpu(pack, load::folded(weights)?);
        self.loaded.session.encode(frames, on_tile, on_failure).await
    }

    /// Computes the signals of two maps, of one length; the page hears of each tile.
    ///
    /// - `signals`: `[9, n_frames]` each
    pub(crate) async fn both(
        &mut self,
        call: &impl Call<Progress = TileDone>,
        [a, b]: [&[f32]; 2],
    ) -> Result<[LatentMoments; 2], String> {
        let mut of_first = |n_done: usize, n_latents: usize| tell(call, n_done, 2 * n_latents);
        let of_a = self.moments(a, &mut of_first).await?;
        let mut of_second =
            |n_done: usize, n_latents: usize| tell(call, n_latents + n_done, 2 * n_latents);
        let of_b = self.moments(b, &mut of_second).await?;
        Ok([of_a, of_b])
    }

    /// What computes now.
    pub(crate) fn backend(&self) -> Backend {
        self.loaded.session.backend().clone()
    }
}

fn signal(call: &EncodeMap, files: &[File]) -> Result<BeatmapSignal, MapRefusal> {
    let EncodeMap { song, sources, map_idx, mode, target_frames, .. } = call;
    let mut open_slot = |slot: usize| MapSource::of_slot(sources, slot, |idx| open_one(files, idx));
    carto_study::signal_of_map(song, *map_idx, *mode, *target_frames, &mut open_slot)
}

async fn latents(
    encoder: &mut Encoder<'_>,
    call: &EncodeMap,
    signal: &BeatmapSignal,
) -> Result<MapLatents, String> {
    let values: Vec<f32> = signal.values().iter().map(|&value| value as f32).collect();
    let mut on_tile = |n_done: usize, n_latents: usize| tell(call, n_done, n_latents);
    let moments = encoder.moments(&values, &mut on_tile).await?;
    let config = encoder.loaded.session.config();
    let (rate, n_dims) = (config.frames_per_latent() as u32, config.n_latent_dims as u32);
    Ok(carto_study::map_latents(call.map_idx, signal, moments.mu().to_vec(), rate, n_dims))
}

async fn on_bars(
    encoder: &mut Encoder<'_>,
    call: &EncodePair,
    signals: &SignalsOnBars,
) -> Result<Option<BarPairOutcome>, String> {
    let [of_a, of_b] = encoder.both(call, signals.signals()).await?;
    let n_dims = encoder.loaded.session.config().n_latent_dims as u32;
    Ok(carto_study::compare_bar_pair(call.pair, signals, [of_a.mu(), of_b.mu()], n_dims))
}

/// Tells the page of a tile.
pub(crate) fn tell(call: &impl Call<Progress = TileDone>, n_done: usize, n_latents: usize) {
    let (n_latents_done, n_latents) = (n_done as u32, n_latents as u32);
    post(&call.progress(&TileDone { n_latents_done, n_latents }));
}

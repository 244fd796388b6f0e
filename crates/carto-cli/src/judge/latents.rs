use std::collections::BTreeMap;

use carto_agreement::Latents;
use carto_encoder::SignalFrames;
use carto_encoder::cpu::NativeEncoder;
use carto_encoder::folded::FoldedEncoder;
use carto_encoder_train::TrainingSet;
use rayon::prelude::*;

use crate::terminal;

/// Columns of a tile, as in the other commands.
const TILE_LEN: usize = 300;
const N_CHANNELS: usize = 9;

/// Series of some maps of a set, by their place in it: latents, or the channels
/// themselves to compare with.
#[derive(Debug)]
pub(crate) struct MapLatents {
    n_dims: usize,
    values: BTreeMap<usize, Vec<f32>>,
}

impl MapLatents {
    /// Dimensions of every map.
    pub(crate) fn n_dims(&self) -> usize {
        self.n_dims
    }

    /// `None` for maps that were not computed.
    pub(crate) fn of(&self, map_idx: usize) -> Option<Latents<'_>> {
        Latents::new(self.values.get(&map_idx)?, self.n_dims)
    }
}

/// The means of the latents of some maps.
pub(crate) fn latents_of(set: &TrainingSet, maps: &[usize], folded: &FoldedEncoder) -> MapLatents {
    let bar = terminal::progress_bar("latents", maps.len());
    let encode = |encoder: &mut NativeEncoder, &map_idx: &usize| {
        let frames = set.maps[map_idx].frames();
        let moments = encoder.encode(SignalFrames::new(&frames).unwrap_or_default(), TILE_LEN);
        bar.inc(1);
        (map_idx, moments.mu().to_vec())
    };
    let values = maps.par_iter().map_init(|| NativeEncoder::new(folded.clone()), encode).collect();
    bar.finish_and_clear();
    MapLatents { n_dims: folded.config.n_latent_dims, values }
}

/// The nine channels of some maps in place of latents.
pub(crate) fn channels_of(set: &TrainingSet, maps: &[usize]) -> MapLatents {
    let values = maps.iter().map(|&map_idx| (map_idx, set.maps[map_idx].frames())).collect();
    MapLatents { n_dims: N_CHANNELS, values }
}

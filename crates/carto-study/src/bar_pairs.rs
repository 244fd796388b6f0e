//! Pairs of a song whose latents are compared on bars, before and after the encoder, which runs
//! elsewhere.

use std::io::{Read, Seek};

use carto_agreement::Latents;
use carto_archive::MapSource;
use carto_evidence::{EvidenceMap, SignalsOnBars};
use carto_types::{BarPair, BarPairOutcome, MapRefusal, Mode, Packed, SongPlan};

use crate::loaded_map::read_one;

/// The signals of both maps of a pair on the bars of the first, for the encoder to read.
///
/// - `pair`: one of [`SongOutcome::bar_pairs`](carto_types::SongOutcome::bar_pairs)
/// - `frames_per_latent`: of the encoder
/// - `open`: gives the source at a place of [`SongPlan::archives`]; called once for each map
/// - returns: `None` where less than 12 bars have objects of both
///
/// # Errors
///
/// The refusal of a map that cannot be read any more.
pub fn signals_on_bars<'a, S: Read + Seek>(
    song: &SongPlan,
    pair: BarPair,
    mode: Mode,
    frames_per_latent: u32,
    open: &mut dyn FnMut(usize) -> MapSource<'a, S>,
) -> Result<Option<SignalsOnBars>, MapRefusal> {
    let mut map = |map_idx: u32| {
        EvidenceMap::new(read_one(song, map_idx, mode, open)?)
            .map_err(|error| MapRefusal::new(error.cause(), error.to_string()))
    };
    let (a, b) = (map(pair.a)?, map(pair.b)?);
    Ok(SignalsOnBars::new(&a, &b, pair.lag_ms, frames_per_latent as usize))
}

/// Compares the latents of a pair on bars.
///
/// - `signals`: as [`signals_on_bars`] gives them
/// - `mu`: what the encoder made of them, `[n_dims, n_columns]` each, dimension by dimension
/// - returns: `None` where those are no such tables
#[must_use]
pub fn compare_bar_pair(
    pair: BarPair,
    signals: &SignalsOnBars,
    mu: [&[f32]; 2],
    n_dims: u32,
) -> Option<BarPairOutcome> {
    let [a, b] = mu.map(|mu| Latents::new(mu, n_dims as usize));
    let found = signals.compare(a?, b?)?;
    Some(BarPairOutcome { a: pair.a, b: pair.b, found: Packed::of(&found) })
}

//! Latents of two maps over time.

use anyhow::{Context, Result};
use carto_charts::latents_finding;
use carto_encoder::SignalFrames;
use carto_song::song_latents;
use carto_types::{SongLatents, Strips};

use crate::encoder::{SharedEncoder, made_by};
use crate::terminal;

/// Computes the latents of both maps on the frames that they share.
///
/// # Errors
///
/// Latents that are no numbers.
pub(super) fn of_strips(encoder: &SharedEncoder, strips: &Strips) -> Result<SongLatents> {
    let facts = &encoder.facts;
    let span = (strips.first_frame, strips.n_frames);
    let n_columns = strips.n_frames.div_ceil(facts.frames_per_latent.max(1)) as usize;
    let bar = terminal::progress_bar("latents, columns", 2 * n_columns);
    let maps = strips.maps.each_ref().map(|map| {
        let frames = SignalFrames::new(&map.values).unwrap_or_default();
        encoder.encode(frames, &|n_columns| bar.inc(n_columns as u64)).mu().to_vec()
    });
    bar.finish_and_clear();
    song_latents(span, facts.frames_per_latent, facts.n_latent_dims, maps)
        .context("there are no latents to write")
}

/// What made them, and how much they agree, in two lines.
pub(super) fn tell(encoder: &SharedEncoder, latents: &SongLatents) {
    print_line!("{}", made_by(&encoder.facts, &encoder.backend()));
    print_line!("  {}", latents_finding(latents));
}

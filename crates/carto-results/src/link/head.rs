//! What a result was made from, by whom and with what.

use carto_types::{
    Backend, EncoderFacts, EncoderOrigin, Mode, ResultOrigin, RunParameters, RunResult,
};

use super::bits::Coder;
use super::codes::count;
use super::empty;
use super::layout::{flag, number, optional};
use super::texts::{hex, text, text_after};
use crate::ResultError;

/// How the name of this program begins.
const PROGRAM: &str = "osu! Latent Space Cartography ";
/// Bytes of a name, a version, a date.
const SHORT: usize = 60;
/// Bytes of an address, a description, a note.
const LONG: usize = 120;

pub(super) fn head(coder: &mut dyn Coder, result: &mut RunResult) -> Result<(), ResultError> {
    text(coder, &mut result.name, SHORT)?;
    origin(coder, &mut result.origin)?;
    let counts = &mut result.counts;
    let counts = [
        &mut counts.n_archives,
        &mut counts.n_beatmaps,
        &mut counts.n_songs,
        &mut counts.n_encoded,
    ];
    for value in counts {
        optional(coder, value, u32::default, number)?;
    }
    parameters(coder, &mut result.parameters)
}

fn origin(coder: &mut dyn Coder, origin: &mut ResultOrigin) -> Result<(), ResultError> {
    text_after(coder, &mut origin.program, PROGRAM, SHORT)?;
    optional(coder, &mut origin.repository, String::new, |coder, value| text(coder, value, LONG))?;
    optional(coder, &mut origin.commit, String::new, |coder, value| hex(coder, value, SHORT + 4))?;
    optional(coder, &mut origin.date, String::new, |coder, value| text(coder, value, SHORT))?;
    optional(coder, &mut origin.note, String::new, |coder, value| text(coder, value, LONG))
}

fn parameters(coder: &mut dyn Coder, parameters: &mut RunParameters) -> Result<(), ResultError> {
    optional(coder, &mut parameters.mode, Mode::default, |coder, mode| {
        let mut is_tolerant = *mode == Mode::Tolerant;
        flag(coder, &mut is_tolerant)?;
        *mode = if is_tolerant { Mode::Tolerant } else { Mode::Published };
        Ok(())
    })?;
    optional(coder, &mut parameters.encoder, empty::encoder, encoder)?;
    optional(coder, &mut parameters.backend, empty::backend, backend)?;
    optional(coder, &mut parameters.sample_seed, u64::default, |coder, seed| {
        count(coder, seed, 7)
    })?;
    flag(coder, &mut parameters.is_cancelled)
}

fn encoder(coder: &mut dyn Coder, facts: &mut EncoderFacts) -> Result<(), ResultError> {
    text(coder, &mut facts.name, SHORT)?;
    let origins = [EncoderOrigin::Bundled, EncoderOrigin::File, EncoderOrigin::Published];
    let place = origins.iter().position(|origin| *origin == facts.origin);
    let mut place = place.unwrap_or_default() as u64;
    coder.bits(&mut place, 2)?;
    let origin = origins.get(place as usize).copied();
    facts.origin = origin.ok_or_else(|| coder.refusal("its encoder comes from nowhere"))?;
    // Sixty-four digits: a cut hash would say nothing.
    hex(coder, &mut facts.weights_sha256, 64)?;
    number(coder, &mut facts.hidden_dim)?;
    number(coder, &mut facts.n_latent_dims)?;
    number(coder, &mut facts.frames_per_latent)?;
    number(coder, &mut facts.n_parameters)?;
    optional(coder, &mut facts.note, String::new, |coder, value| text(coder, value, SHORT))?;
    flag(coder, &mut facts.is_untrained)
}

/// Which kind, and no device: a link may be shared with anyone.
fn backend(coder: &mut dyn Coder, backend: &mut Backend) -> Result<(), ResultError> {
    let mut is_gpu = matches!(backend, Backend::Gpu { .. });
    flag(coder, &mut is_gpu)?;
    if is_gpu {
        let mut is_software = matches!(backend, Backend::Gpu { is_software: true, .. });
        flag(coder, &mut is_software)?;
        *backend = Backend::Gpu { adapter: "a graphics processor".to_owned(), is_software };
        return Ok(());
    }
    let mut instructions = match backend {
        Backend::Cpu { instructions, .. } => std::mem::take(instructions),
        Backend::Gpu { .. } => String::new(),
    };
    text(coder, &mut instructions, SHORT)?;
    *backend = Backend::Cpu { instructions, reason: None };
    Ok(())
}

//! The order of what a link holds: one description, for writing and for reading.

use carto_types::{
    Backend, EncoderFacts, EncoderOrigin, Mode, ResultOrigin, RunParameters, RunResult, Synthesis,
};

use super::bits::{Coder, Reader, Writer};
use super::codes::count;
use super::fields::{flag, hex, number, optional, text, text_after};
use super::quantise::Steps;
use super::tables;
use crate::ResultError;

/// The figures of a result in bits.
pub(super) fn write(
    result: &RunResult,
    steps: Steps,
    has_names: bool,
) -> Result<Vec<u8>, ResultError> {
    if result.synthesis.as_ref().is_some_and(has_own_threshold) {
        let what = "it counts signs by a threshold of its own".to_owned();
        return Err(ResultError::NotForLinks { what });
    }
    let mut writer = Writer::default();
    let mut rounded = result.clone();
    rounded.parameters.step = Some(steps.step());
    // A link has no place for it: a reader must know.
    if let Some(left_out) = rounded.parameters.left_out.filter(|left_out| left_out.n_pairs() > 0) {
        let note = format!("{} pairs left out: {}", left_out.n_pairs(), left_out.text());
        rounded.origin.note.get_or_insert(note);
    }
    describe(&mut writer, &mut rounded, &mut u64::from(has_names))?;
    Ok(writer.into_bytes())
}

fn has_own_threshold(table: &Synthesis) -> bool {
    table.sign_threshold.to_bits() != Synthesis::SIGN_THRESHOLD.to_bits()
}

/// A result without names, and whether these follow.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<(RunResult, bool), ResultError> {
    let mut result = RunResult::default();
    let mut has_names = 0;
    describe(reader, &mut result, &mut has_names)?;
    Ok((result, has_names == 1))
}

fn describe(
    coder: &mut dyn Coder,
    result: &mut RunResult,
    has_names: &mut u64,
) -> Result<(), ResultError> {
    coder.bits(has_names, 1)?;
    let is_fine = result.parameters.step == Some(Steps::FINE.step());
    let mut is_fine = u64::from(is_fine);
    coder.bits(&mut is_fine, 1)?;
    let steps = if is_fine == 1 { Steps::FINE } else { Steps::COARSE };
    result.parameters.step = Some(steps.step());
    head(coder, result)?;
    optional(coder, &mut result.track_a, |coder, track| tables::track_a(coder, track, steps))?;
    optional(coder, &mut result.track_b, |coder, track| tables::track_b(coder, track, steps))?;
    optional(coder, &mut result.synthesis, |coder, table| tables::synthesis(coder, table, steps))?;
    optional(coder, &mut result.held_out, |coder, track| tables::held_out(coder, track, steps))
}

/// How the name of this program begins.
const PROGRAM: &str = "osu! Latent Space Cartography ";
/// Bytes of a name, a version, a date.
const SHORT: usize = 60;
/// Bytes of an address, a description, a note.
const LONG: usize = 120;

/// What a result was made from, by whom and with what.
fn head(coder: &mut dyn Coder, result: &mut RunResult) -> Result<(), ResultError> {
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
        optional(coder, value, number)?;
    }
    parameters(coder, &mut result.parameters)
}

fn origin(coder: &mut dyn Coder, origin: &mut ResultOrigin) -> Result<(), ResultError> {
    text_after(coder, &mut origin.program, PROGRAM, SHORT)?;
    optional(coder, &mut origin.repository, |coder, value| text(coder, value, LONG))?;
    optional(coder, &mut origin.commit, |coder, value| hex(coder, value, SHORT + 4))?;
    optional(coder, &mut origin.date, |coder, value| text(coder, value, SHORT))?;
    optional(coder, &mut origin.note, |coder, value| text(coder, value, LONG))
}

fn parameters(coder: &mut dyn Coder, parameters: &mut RunParameters) -> Result<(), ResultError> {
    optional(coder, &mut parameters.mode, |coder, mode| {
        let mut is_osu = *mode == Mode::Osu;
        flag(coder, &mut is_osu)?;
        *mode = if is_osu { Mode::Osu } else { Mode::Published };
        Ok(())
    })?;
    optional(coder, &mut parameters.encoder, encoder)?;
    optional(coder, &mut parameters.backend, backend)?;
    optional(coder, &mut parameters.sample_seed, |coder, seed| count(coder, seed, 7))?;
    flag(coder, &mut parameters.is_cancelled)
}

fn encoder(coder: &mut dyn Coder, facts: &mut EncoderFacts) -> Result<(), ResultError> {
    text(coder, &mut facts.name, SHORT)?;
    let mut place = facts.origin as u64;
    coder.bits(&mut place, 2)?;
    let origin = EncoderOrigin::ALL.get(place as usize).copied();
    facts.origin = origin.ok_or_else(|| coder.refusal("its encoder comes from nowhere"))?;
    // Sixty-four digits: a cut hash would say nothing.
    hex(coder, &mut facts.weights_sha256, 64)?;
    number(coder, &mut facts.hidden_dim)?;
    number(coder, &mut facts.n_latent_dims)?;
    number(coder, &mut facts.frames_per_latent)?;
    number(coder, &mut facts.n_parameters)?;
    optional(coder, &mut facts.note, |coder, value| text(coder, value, SHORT))?;
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

//! What must hold for a result before anything is done with it.

mod evidence;
mod rules;
mod songs;
mod tables;
#[cfg(test)]
mod tests;

use carto_types::{FIRST_RESULT_FORMAT, RESULT_FORMAT, ResultMap, RunResult};

pub(crate) use rules::MAX_DIMS;
use rules::{MAX_ISSUES, MAX_TEXT, limited, unexpected, within};

use crate::ResultError;

/// Checks all that a reader relies on: lengths, numbers, names, ranges.
///
/// # Errors
///
/// The first thing that is wrong, with its place.
pub(crate) fn check(result: &RunResult) -> Result<(), ResultError> {
    check_format(result)?;
    check_texts(result)?;
    if let Some(step) = result.parameters.step {
        within(step, f64::MIN_POSITIVE..=0.1, || "parameters.step".to_owned())?;
    }
    let n_dims = tables::check(result)?;
    limited(result.issues.len(), MAX_ISSUES, || "issues".to_owned())?;
    limited(result.owners.len(), MAX_ISSUES, || "owners".to_owned())?;
    let said =
        result.owners.iter().flat_map(|row| row.mappers.iter().chain([&row.md5, &row.beatmap_id]));
    for text in said {
        limited(text.len(), MAX_TEXT, || "a text in owners".to_owned())?;
    }
    if let Some(evidence) = &result.evidence {
        evidence::check(evidence, result.songs.len())?;
    }
    songs::check(&result.songs, n_dims)
}

/// What the first layout does not have would make earlier versions refuse the file.
fn check_format(result: &RunResult) -> Result<(), ResultError> {
    let format = &*result.format;
    let maps = result.songs.iter().flat_map(|song| &song.maps);
    let mut pairs = result.songs.iter().flat_map(|song| &song.pairs);
    let has_more = |map: &ResultMap| {
        map.owner.is_some()
            || map.star_rating.is_some()
            || map.beatmap_id.is_some()
            || map.audio_file.is_some()
            || map.audio_frames.is_some()
    };
    let has_owners = !result.owners.is_empty()
        || result.parameters.left_out.is_some()
        || maps.into_iter().any(has_more)
        || result.evidence.is_some()
        || result.songs.iter().any(|song| !song.ceiling.is_empty())
        || pairs.any(|pair| pair.audio.is_some() || pair.kind.is_some() || pair.evidence.is_some());
    match format {
        RESULT_FORMAT => Ok(()),
        FIRST_RESULT_FORMAT if !has_owners => Ok(()),
        _ => Err(unexpected("format", format, RESULT_FORMAT)),
    }
}

fn check_texts(result: &RunResult) -> Result<(), ResultError> {
    let origin = &result.origin;
    let optional = [&origin.repository, &origin.commit, &origin.date, &origin.note];
    let texts = [&result.name, &origin.program].into_iter().chain(optional.into_iter().flatten());
    let encoder = result.parameters.encoder.iter();
    let texts = texts.chain(encoder.clone().map(|encoder| &encoder.name));
    let texts = texts.chain(encoder.flat_map(|encoder| &encoder.note));
    let held_out = result.held_out.iter();
    let texts =
        texts.chain(held_out.flat_map(|held_out| [&held_out.description, &held_out.checkpoint]));
    for text in texts {
        limited(text.len(), MAX_TEXT, || "one of its texts".to_owned())?;
    }
    Ok(())
}

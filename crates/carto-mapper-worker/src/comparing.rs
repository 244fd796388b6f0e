//! What the numbers of maps say of a mapper.

use carto_mapper::{fingerprint, head_to_head, mappers, nearest_names, others};
use carto_protocol::{CompareMapper, ComparedMapper};
use carto_results::{mapper_figures, mapper_files};
use carto_types::{MapperReport, OutputFile};

/// Names that are offered in the place of one that is not there.
const N_NEAREST: usize = 5;

/// Compares a mapper with the others, and with one of them.
pub(crate) fn compare(call: &CompareMapper) -> ComparedMapper {
    let CompareMapper { songs, mapper, against, encoder } = call;
    let Some(found) = fingerprint(songs, mapper) else {
        let all = mappers(songs);
        let nearest = nearest_names(&all, mapper, N_NEAREST).into_iter().cloned().collect();
        return ComparedMapper { nearest, ..ComparedMapper::default() };
    };
    let with_other = against.as_ref().and_then(|against| head_to_head(songs, mapper, against));
    let of_against = with_other.as_ref().and_then(|_| fingerprint(songs, against.as_deref()?));
    let report = MapperReport { encoder: encoder.clone(), ..MapperReport::new(found, with_other) };
    ComparedMapper {
        report: Some(report),
        of_against,
        others: others(songs, mapper),
        nearest: Vec::new(),
    }
}

/// The files of the command.
///
/// # Errors
///
/// Words that say which figure cannot be drawn, and why.
pub(crate) fn files(report: &MapperReport) -> Result<Vec<OutputFile>, String> {
    let mut files = mapper_files(report);
    for (name, figure) in mapper_figures(report) {
        let text = figure.map_err(|error| format!("{name} cannot be drawn: {error}"))?;
        files.push(OutputFile::new(name, text));
    }
    Ok(files)
}

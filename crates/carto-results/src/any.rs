use carto_types::{ResultOrigin, RunResult};

use crate::published::{Layout, combine, detect, parse};
use crate::{ResultError, read_result};

/// Reads a result file, or any files of the published layouts that belong to one
/// run.
///
/// - `texts`: names, which errors and the result's name come from, and contents
///
/// # Errors
///
/// What is wrong, behind the name of the file where there are several.
pub fn read_any(texts: &[(&str, &str)]) -> Result<RunResult, ResultError> {
    let in_file = |name: &str, error: ResultError| match texts.len() {
        1 => error,
        _ => ResultError::InFile { name: name.to_owned(), error: Box::new(error) },
    };
    if let [(_, text)] = texts
        && detect(text)? == Layout::Result
    {
        return read_result(text);
    }
    let parts = texts.iter().map(|(name, text)| parse(text).map_err(|error| in_file(name, error)));
    let parts = parts.collect::<Result<Vec<_>, _>>()?;
    let names: Vec<_> = texts.iter().map(|(name, _)| *name).collect();
    combine(parts, &names.join(", "), ResultOrigin::default())
}

//! Results from files, links and addresses.

use std::io::Read;

use carto_port::serve::{fetch, open};
use carto_protocol::{OpenedResult, ResultSource, ResultText};
use carto_results::RunResult;
use web_sys::File;

/// The largest result file that is read: ten thousand songs need a fifth of it.
const MAX_BYTES: u64 = 64 << 20;

/// Files of one result: the published layouts are five.
const MAX_FILES: usize = 16;

/// Reads what a person opens.
///
/// # Errors
///
/// Words for the page that name the file or address.
pub(crate) async fn open_result(
    source: &ResultSource,
    files: &[File],
) -> Result<RunResult, String> {
    match source {
        ResultSource::File { name } => {
            if files.len() > MAX_FILES {
                return Err(format!("{name}: a result has at most {MAX_FILES} files"));
            }
            let texts = files.iter().map(text_of).collect::<Result<Vec<_>, _>>()?;
            let texts: Vec<_> = texts.iter().map(|(name, text)| (&**name, &**text)).collect();
            read_any_layout(&texts)
        }
        ResultSource::Link { fragment } => {
            carto_results::read_link(fragment).map_err(|error| error.to_string())
        }
        ResultSource::Kept { text, label } => {
            let mut result = read_any_layout(&[("the last run", text)])?;
            label.put_on(&mut result);
            Ok(result)
        }
        ResultSource::Address { url } => read_any_layout(&[(url, &fetch_text(url).await?)]),
    }
}

/// Reads a result that the page has or knows the address of.
///
/// # Errors
///
/// Words for the page that name the address.
pub(crate) async fn read_result(text: &ResultText) -> Result<RunResult, String> {
    match text {
        ResultText::Json(text) => read_any_layout(&[("the result", text)]),
        ResultText::Url(url) => read_any_layout(&[(url, &fetch_text(url).await?)]),
    }
}

/// A result from texts, each with the name that a person knows it by.
///
/// # Errors
///
/// Words for the page that name the text at fault.
pub(crate) fn read_any_layout(texts: &[(&str, &str)]) -> Result<RunResult, String> {
    carto_results::read_any(texts).map_err(|error| match texts {
        // Of several files the words name the one that is meant.
        [(name, _)] => format!("{name}: {error}"),
        _ => error.to_string(),
    })
}

/// What the page shows of a result, and the text of its file.
pub(crate) fn opened(result: RunResult) -> OpenedResult {
    let json = carto_results::write_result(&result);
    let owners = result.owners.clone();
    OpenedResult { shown: carto_results::shown(result), json, owners }
}

/// Tables of a cross-validation that the command wrote, as HTML.
///
/// # Errors
///
/// Words for the page that name the file.
pub(crate) fn read_cross_validation(name: &str, files: &[File]) -> Result<String, String> {
    let file = files.first().ok_or_else(|| "it did not come along".to_owned());
    let text = file.and_then(text_of);
    let html = text.and_then(|(_, text)| carto_results::cross_validation_part(&text));
    html.map_err(|why| format!("{name}: {why}"))
}

/// The text at an address, as long as it is no longer than a result can be.
///
/// # Errors
///
/// Words for the page that name the address.
pub(crate) async fn fetch_text(url: &str) -> Result<String, String> {
    let bytes = fetch(url, "result", MAX_BYTES).await.map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|_| format!("{url} is no text: check the address"))
}

fn text_of(file: &File) -> Result<(String, String), String> {
    let name = file.name();
    let source = open(file.clone()).map_err(|error| format!("{name}: {error}"))?;
    let mut text = String::new();
    let n_bytes = source
        .take(MAX_BYTES + 1)
        .read_to_string(&mut text)
        .map_err(|error| format!("{name} cannot be read as text: {error}"))?;
    match n_bytes as u64 > MAX_BYTES {
        true => Err(format!("{name} is larger than any result is")),
        false => Ok((name, text)),
    }
}

use std::io::Read;

use carto_protocol::{JobError, Request, Response, ResultSource, ResultText};
use carto_results::RunResult;
use carto_types::ShownResult;
use carto_worker_port::open;
use web_sys::File;

use crate::{fetch, live};

/// The largest result file that is read: ten thousand songs need a fifth of it.
pub(crate) const MAX_BYTES: u64 = 64 << 20;

/// Files of one result: the published layouts are five.
const MAX_FILES: usize = 16;

/// Does one job and gives the answer that ends it.
pub(crate) async fn run(request: Request, files: &[File]) -> Response {
    match request {
        Request::OpenResult { job_id, source } => {
            let opened = opened(source, files).await.map(|result| both(&result));
            Response::ResultOpened { job_id, opened }
        }
        Request::RefreshPublished { job_id, url, bundled_url } => {
            let found = live::refresh(&url, &bundled_url).await;
            Response::PublishedRefreshed { job_id, found }
        }
        Request::MakeLink { job_id, result, has_names } => {
            let fragment = read(result).await.and_then(|result| {
                carto_results::link_fragment(&result, has_names).map_err(|error| error.to_string())
            });
            Response::LinkMade { job_id, fragment }
        }
        Request::ExportResult { job_id, result } => {
            let files = read(result).await.and_then(|result| {
                carto_results::export_files(&result).map_err(|error| error.to_string())
            });
            Response::ResultExported { job_id, files }
        }
        Request::CompareResults { job_id, result, against } => {
            let part = async { Ok((read(result).await?, read(against).await?)) }.await;
            let part = part.map(|(a, b)| carto_results::compare_html(&a, &b));
            Response::ResultsCompared { job_id, part }
        }
        Request::CrossValidation { job_id, name } => {
            let text = files.first().ok_or_else(|| "it did not come along".to_owned());
            let part = text.and_then(text_of);
            let part = part.and_then(|(_, text)| carto_results::cross_validation_part(&text));
            Response::CrossValidationRead {
                job_id,
                part: part.map_err(|why| format!("{name}: {why}")),
            }
        }
        // Other programs do the rest.
        other => Response::Failed { job_id: Some(other.job_id()), error: JobError::BadMessage },
    }
}

/// What the page shows of a result, and the text of its file.
pub(crate) fn both(result: &RunResult) -> (ShownResult, String) {
    (carto_results::shown(result), carto_results::write_result(result))
}

async fn opened(source: ResultSource, files: &[File]) -> Result<RunResult, String> {
    match source {
        ResultSource::File { name } => {
            if files.len() > MAX_FILES {
                return Err(format!("{name}: a result has at most {MAX_FILES} files"));
            }
            let texts = files.iter().map(text_of).collect::<Result<Vec<_>, _>>()?;
            any(&texts)
        }
        ResultSource::Link { fragment } => {
            carto_results::read_link(&fragment).map_err(|error| error.to_string())
        }
        ResultSource::Address { url } => {
            let text = fetch::text(&url).await?;
            any(&[(url, text)])
        }
    }
}

async fn read(text: ResultText) -> Result<RunResult, String> {
    let (name, text) = match text {
        ResultText::Json(text) => ("the result".to_owned(), text),
        ResultText::Url(url) => {
            let text = fetch::text(&url).await?;
            (url, text)
        }
    };
    any(&[(name, text)])
}

/// A result from texts, each with the name that a person knows it by.
pub(crate) fn any(texts: &[(String, String)]) -> Result<RunResult, String> {
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (&**name, &**text)).collect();
    carto_results::read_any(&texts).map_err(|error| match texts.as_slice() {
        // Of several files the words name the one that is meant.
        [(name, _)] => format!("{name}: {error}"),
        _ => error.to_string(),
    })
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

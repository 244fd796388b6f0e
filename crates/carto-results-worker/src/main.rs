//! The web worker that opens results, writes links and files, and compares.

mod live;
mod read;

use carto_port::serve::serve;
use carto_protocol::{Call, CompareResults, Message, ResultsRequest};
use web_sys::File;

use self::read::{open_result, opened, read_cross_validation, read_result};

/// Runs when the browser has loaded the worker's script.
fn main() {
    serve(|request, files| async move { run(request, &files).await });
}

/// Does one job and gives the message that ends it.
async fn run(request: ResultsRequest, files: &[File]) -> Message {
    match request {
        ResultsRequest::OpenResult(call) => {
            let result = open_result(&call.source, files).await;
            call.reply(&result.map(opened))
        }
        ResultsRequest::RefreshPublished(call) => {
            call.reply(&live::refresh(&call.url, &call.bundled_url).await)
        }
        ResultsRequest::MakeLink(call) => {
            let link = read_result(&call.result).await.and_then(|mut result| {
                call.label.put_on(&mut result);
                let link = carto_results::make_link(&result, call.has_names);
                link.map_err(|error| error.to_string())
            });
            call.reply(&link)
        }
        ResultsRequest::ExportResult(call) => {
            let files = read_result(&call.result).await.and_then(|result| {
                carto_results::export_files(&result).map_err(|error| error.to_string())
            });
            call.reply(&files)
        }
        ResultsRequest::LabelResult(call) => {
            let text = read_result(&call.result).await.map(|mut result| {
                call.label.put_on(&mut result);
                carto_results::write_result(&result)
            });
            call.reply(&text)
        }
        ResultsRequest::PackFiles(call) => {
            let bytes = carto_results::pack_files(&call.files, &call.label);
            call.reply(&bytes.map_err(|error| error.to_string()))
        }
        ResultsRequest::CompareResults(call) => call.reply(&compare(&call).await),
        ResultsRequest::ReadCrossValidation(call) => {
            call.reply(&read_cross_validation(&call.name, files))
        }
    }
}

async fn compare(call: &CompareResults) -> Result<String, String> {
    let (ours, theirs) = (read_result(&call.result).await?, read_result(&call.against).await?);
    Ok(carto_results::compare_html(&ours, &theirs))
}

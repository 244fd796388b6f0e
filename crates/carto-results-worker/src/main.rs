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
            let fragment = read_result(&call.result).await.and_then(|result| {
                let fragment = carto_results::link_fragment(&result, call.has_names);
                fragment.map_err(|error| error.to_string())
            });
            call.reply(&fragment)
        }
        ResultsRequest::ExportResult(call) => {
            let files = read_result(&call.result).await.and_then(|result| {
                carto_results::export_files(&result).map_err(|error| error.to_string())
            });
            call.reply(&files)
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

use std::io::{self, Read};

use carto_beatmaps::{BeatmapsRequest, BeatmapsResponse, MapsRead, ModelSource, PLAYED_AS};
use carto_worker_port::{fetch, open, post};
use web_sys::File;

use crate::{answers, labels, models, training};

/// Does one job and gives the answer that ends it.
pub(crate) async fn run(request: BeatmapsRequest, files: &[File]) -> BeatmapsResponse {
    match request {
        BeatmapsRequest::Read { job_id, name, kind } => {
            let source = first(files).and_then(|file| open(file.clone()));
            let MapsRead { maps, issues, n_other_games } =
                carto_beatmaps::read_maps(source, &name, kind, PLAYED_AS);
            BeatmapsResponse::MapsRead { job_id, maps, issues, n_other_games }
        }
        BeatmapsRequest::LoadModel { job_id, source } => {
            let model = load(&source, files).await;
            BeatmapsResponse::ModelLoaded { job_id, model }
        }
        BeatmapsRequest::Classify { job_id, model, rows } => {
            let memberships =
                models::get(&model).and_then(|model| answers::memberships(&model, &rows));
            BeatmapsResponse::Classified { job_id, memberships }
        }
        BeatmapsRequest::Explain { job_id, model, row } => {
            let influences = models::get(&model).and_then(|model| answers::influences(&model, row));
            BeatmapsResponse::Explained { job_id, influences }
        }
        BeatmapsRequest::ReadLabels { job_id, name } => {
            let bytes = bytes(&name, "file of collections", files, labels::MAX_BYTES);
            let sources = bytes.and_then(|bytes| labels::read(&name, &bytes));
            BeatmapsResponse::LabelsRead { job_id, sources }
        }
        BeatmapsRequest::Train { job_id, maps, seed } => {
            let model = training::train(&maps, seed, &mut |n_done, n_total, stage| {
                post(&BeatmapsResponse::TrainProgress { job_id, n_done, n_total, stage });
            });
            BeatmapsResponse::ModelTrained { job_id, model }
        }
    }
}

async fn load(source: &ModelSource, files: &[File]) -> Result<models::Loaded, String> {
    match source {
        ModelSource::Bundled { url } => {
            let bytes = fetch(url, models::WHAT, models::MAX_BYTES).await;
            models::bundled(url, bytes.map_err(|error| error.to_string())?)
        }
        ModelSource::File { name } => {
            models::dropped(name, bytes(name, models::WHAT, files, models::MAX_BYTES)?)
        }
    }
}

fn first(files: &[File]) -> io::Result<&File> {
    files.first().ok_or_else(|| io::Error::other("it did not come along: drop it again"))
}

/// The bytes of the one file of a job.
///
/// - `what`: what it should be
fn bytes(name: &str, what: &str, files: &[File], max_bytes: u64) -> Result<Vec<u8>, String> {
    let read = || {
        let mut bytes = Vec::new();
        open(first(files)?.clone())?.take(max_bytes + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes: Vec<u8> =
        read().map_err(|error: io::Error| format!("{name} cannot be read: {error}"))?;
    match bytes.len() as u64 > max_bytes {
        true => Err(format!("{name} is larger than any {what} is")),
        false => Ok(bytes),
    }
}

//! The web worker that reads features of maps, classifies, trains and writes collections.

mod classify;
mod collections;
mod labels;
mod models;
mod reading;
mod rows;
mod training;

use std::io::{self, Read};

use carto_port::serve::{fetch, open_one, post, serve};
use carto_protocol::{
    BeatmapsRequest, Call, Message, ModelSource, TrainClassifier, TrainingProgress,
};
use web_sys::File;

/// Runs when the browser has loaded the worker's script.
fn main() {
    serve(|request, files| async move { run(request, &files).await });
}

/// Does one job and gives the message that ends it.
async fn run(request: BeatmapsRequest, files: &[File]) -> Message {
    match request {
        BeatmapsRequest::ReadMaps(call) => {
            let read = reading::read(&call.sources, files).await;
            call.reply(&read)
        }
        BeatmapsRequest::LoadClassifier(call) => call.reply(&load(&call.source, files).await),
        BeatmapsRequest::ClassifyMaps(call) => {
            let model = models::get(call.model_id, || model_bytes("the classifier", files));
            call.reply(&model.and_then(|model| classify::probabilities(&model, &call.rows)))
        }
        BeatmapsRequest::ExplainMap(call) => {
            let model = models::get(call.model_id, || model_bytes("the classifier", files));
            call.reply(&model.and_then(|model| classify::influences(&model, &call.row)))
        }
        BeatmapsRequest::ReadLabels(call) => {
            let bytes = bytes(&call.name, "file of collections", files, labels::MAX_BYTES);
            call.reply(&bytes.and_then(|bytes| labels::read(&call.name, &bytes)))
        }
        BeatmapsRequest::TrainClassifier(call) => train(&call),
        BeatmapsRequest::OpenCollectionDb(call) => {
            let bytes = collection_db(&call.name, files);
            call.reply(&bytes.and_then(|bytes| collections::count(&call.name, &bytes)))
        }
        BeatmapsRequest::WriteCollections(call) => {
            let existing = call.add_to.as_ref().map(|name| collection_db(name, files)).transpose();
            let written = existing.and_then(|bytes| collections::write(&call, bytes.as_deref()));
            call.reply(&written)
        }
    }
}

/// The `collection.db` of a job.
fn collection_db(name: &str, files: &[File]) -> Result<Vec<u8>, String> {
    bytes(name, "file of collections", files, labels::MAX_BYTES)
        // The game may have written it anew since.
        .map_err(|why| format!("{why}. Choose it again"))
}

fn train(call: &TrainClassifier) -> Message {
    let mut on_step = |n_done, n_total, stage| {
        post(&call.progress(&TrainingProgress { n_done, n_total, stage }));
    };
    call.reply(&training::train(&call.maps, call.seed, &mut on_step))
}

async fn load(source: &ModelSource, files: &[File]) -> Result<models::Loaded, String> {
    match source {
        ModelSource::Bundled { url } => {
            let bytes = fetch(url, models::WHAT, models::MAX_BYTES).await;
            models::bundled(url, bytes.map_err(|error| error.to_string())?)
        }
        ModelSource::File { name } => models::dropped(name, model_bytes(name, files)?),
    }
}

fn model_bytes(name: &str, files: &[File]) -> Result<Vec<u8>, String> {
    bytes(name, models::WHAT, files, models::MAX_BYTES)
}

/// The bytes of the one file of a job.
///
/// - `what`: what it should be
fn bytes(name: &str, what: &str, files: &[File], max_bytes: u64) -> Result<Vec<u8>, String> {
    let read = || {
        let mut bytes = Vec::new();
        open_one(files, 0)?.take(max_bytes + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes: Vec<u8> =
        read().map_err(|error: io::Error| format!("{name} cannot be read: {error}"))?;
    match bytes.len() as u64 > max_bytes {
        true => Err(format!("{name} is larger than any {what} is")),
        false => Ok(bytes),
    }
}

//! The web worker that reads archives and compares maps.

use std::io;

use carto_port::serve::{FileSource, open, post, serve};
use carto_protocol::{
    AnalysisRequest, Call, CompareSong, JobError, MakeDemo, MapDone, Message, ScanArchive,
};
use web_sys::File;

/// Runs when the browser has loaded the worker's script.
fn main() {
    serve(|request, files| async move { run(request, &files) });
}

/// Does one job and gives the message that ends it.
fn run(request: AnalysisRequest, files: &[File]) -> Message {
    match request {
        AnalysisRequest::ScanArchive(call) => scan(&call, files),
        AnalysisRequest::PlanStudy(call) => {
            call.reply(&carto_study::plan(&call.archives, call.mode))
        }
        AnalysisRequest::CompareSong(call) => compare(&call, files),
        AnalysisRequest::Summarise(mut call) => {
            let summary = carto_study::summarise(&mut call.run, call.has_files);
            call.reply(&summary)
        }
        AnalysisRequest::MakeDemo(call) => make_demo(&call),
    }
}

fn scan(call: &ScanArchive, files: &[File]) -> Message {
    match files.first().map(|file| open(file.clone())) {
        Some(Ok(source)) => {
            call.reply(&carto_study::scan(source, &call.name, call.kind, call.mode))
        }
        Some(Err(error)) => Message::failed(JobError::WorkerLost { message: error.to_string() }),
        None => Message::failed(JobError::BadMessage),
    }
}

/// Compares a song's maps; the page hears of each.
fn compare(call: &CompareSong, files: &[File]) -> Message {
    let mut open_slot = |slot: usize| -> io::Result<FileSource> {
        let file = files.get(slot).ok_or_else(|| missing(call, slot))?;
        open(file.clone())
    };
    let mut on_map = |map_idx: u32, status: &_| {
        post(&call.progress(&MapDone { map_idx, status: Clone::clone(status) }));
    };
    call.reply(&carto_study::compare_song(&call.song, call.mode, &mut open_slot, &mut on_map))
}

fn missing(call: &CompareSong, slot: usize) -> io::Error {
    let name = call.sources.get(slot).map_or("an archive", |(name, _)| name.as_str());
    io::Error::new(io::ErrorKind::NotFound, format!("{name} did not come with the message"))
}

fn make_demo(call: &MakeDemo) -> Message {
    match carto_study::demo_archives(call.seed) {
        Ok(archives) => call.reply(&archives),
        Err(error) => Message::failed(JobError::Panic { message: error.to_string() }),
    }
}

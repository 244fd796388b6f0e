use std::io;

use carto_protocol::{JobError, JobId, Request, Response};
use carto_types::{Mode, SongPlan, SourceKind};
use carto_worker_port::{FileSource, open, post};
use web_sys::File;

/// Does one job and gives the answer that ends it; the page hears of maps in
/// between.
pub(crate) fn run(request: Request, files: &[File]) -> Response {
    match request {
        Request::Scan { job_id, name, kind, mode } => scan(job_id, &name, kind, mode, files),
        Request::Plan { job_id, mode, archives } => {
            Response::Planned { job_id, plan: carto_study::plan(&archives, mode) }
        }
        Request::Song { job_id, mode, song, sources } => {
            compare(job_id, mode, &song, &sources, files)
        }
        Request::Summarise { job_id, mut run, has_files } => {
            let summary = carto_study::summarise(&mut run, has_files);
            Response::Summarised { job_id, summary }
        }
        Request::Demo { job_id, seed } => demo(job_id, seed),
        // The encoder has workers of its own, and so have results.
        other => failed(other.job_id(), JobError::BadMessage),
    }
}

fn scan(job_id: JobId, name: &str, kind: SourceKind, mode: Mode, files: &[File]) -> Response {
    let source = files.first().map(|file| open(file.clone()));
    match source {
        Some(Ok(source)) => {
            Response::Scanned { job_id, facts: carto_study::scan(source, name, kind, mode) }
        }
        Some(Err(error)) => failed(job_id, JobError::WorkerLost { message: error.to_string() }),
        None => failed(job_id, JobError::BadMessage),
    }
}

fn compare(
    job_id: JobId,
    mode: Mode,
    song: &SongPlan,
    sources: &[(String, SourceKind)],
    files: &[File],
) -> Response {
    let mut open_slot = |slot: usize| -> io::Result<FileSource> {
        let file = files.get(slot).ok_or_else(|| missing(sources, slot))?;
        open(file.clone())
    };
    let mut on_map = |map_idx: u32, status: &_| {
        post(&Response::MapDone { job_id, map_idx, status: Clone::clone(status) });
    };
    let outcome = carto_study::compare_song(song, mode, &mut open_slot, &mut on_map);
    Response::SongDone { job_id, outcome }
}

fn missing(sources: &[(String, SourceKind)], slot: usize) -> io::Error {
    let name = sources.get(slot).map_or("an archive", |(name, _)| name.as_str());
    io::Error::new(io::ErrorKind::NotFound, format!("{name} did not come with the message"))
}

fn demo(job_id: JobId, seed: u64) -> Response {
    match carto_study::demo_archives(seed) {
        Ok(archives) => Response::DemoMade { job_id, archives },
        Err(error) => failed(job_id, JobError::Panic { message: error.to_string() }),
    }
}

fn failed(job_id: JobId, error: JobError) -> Response {
    Response::Failed { job_id: Some(job_id), error }
}

use std::io;

use carto_protocol::{JobError, JobId, Mode, Request, Response, SongPlan, SourceKind};
use web_sys::File;

use crate::file_source::{self, FileSource};

/// Does one job. `post` hears of maps in between; the answer that ends the job
/// is returned.
pub(crate) fn run(request: Request, files: &[File], post: &mut dyn FnMut(&Response)) -> Response {
    match request {
        Request::Scan { job_id, name, kind, mode } => scan(job_id, &name, kind, mode, files),
        Request::Plan { job_id, mode, archives } => {
            Response::Planned { job_id, plan: carto_study::plan(&archives, mode) }
        }
        Request::Song { job_id, mode, song, sources } => {
            compare(job_id, mode, &song, &sources, files, post)
        }
        Request::Summarise { job_id, run, has_files } => {
            let mut summary = carto_study::summarise(&run);
            if !has_files {
                summary.files.clear();
            }
            Response::Summarised { job_id, summary }
        }
        Request::Demo { job_id, seed } => demo(job_id, seed),
    }
}

/// The job that a request is about.
pub(crate) fn job_id_of(request: &Request) -> JobId {
    match request {
        Request::Scan { job_id, .. }
        | Request::Plan { job_id, .. }
        | Request::Song { job_id, .. }
        | Request::Summarise { job_id, .. }
        | Request::Demo { job_id, .. } => *job_id,
    }
}

fn scan(job_id: JobId, name: &str, kind: SourceKind, mode: Mode, files: &[File]) -> Response {
    let source = files.first().map(|file| file_source::open(file.clone()));
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
    post: &mut dyn FnMut(&Response),
) -> Response {
    let mut open = |slot: usize| -> io::Result<FileSource> {
        let file = files.get(slot).ok_or_else(|| missing(sources, slot))?;
        file_source::open(file.clone())
    };
    let mut on_map = |map_idx: u32, status: &_| {
        post(&Response::MapDone { job_id, map_idx, status: Clone::clone(status) });
    };
    let outcome = carto_study::compare_song(song, mode, &mut open, &mut on_map);
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

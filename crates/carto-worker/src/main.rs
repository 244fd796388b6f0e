//! The web worker that reads archives and compares maps.

use std::io::{self, BufWriter};

use carto_port::serve::{Answer, NewFile, open, open_one, part_of, post, serve};
use carto_protocol::{
    AnalysisRequest, Call, CompareSong, JobError, MakeDemo, MapDone, Message, OpenPack, ScanArchive,
};
use carto_study::MapSource;
use carto_types::{Cause, Issue, PackedArchive};
use web_sys::File;

/// Runs when the browser has loaded the worker's script.
fn main() {
    serve(|request, files| async move { run(request, &files) });
}

/// Bytes of an archive that are unpacked at once.
const PIECE_BYTES: usize = 1 << 20;

/// Does one job and gives what ends it.
fn run(request: AnalysisRequest, files: &[File]) -> Answer {
    let message = match request {
        AnalysisRequest::OpenPack(call) => return open_pack(&call, files),
        AnalysisRequest::ScanArchive(call) => scan(&call, files),
        AnalysisRequest::PlanStudy(call) => {
            call.reply(&carto_study::plan(&call.archives, call.mode, &call.owners))
        }
        AnalysisRequest::CompareSong(call) => compare(&call, files),
        AnalysisRequest::Summarise(mut call) => {
            let summary = carto_study::summarise(&mut call.run, call.has_files);
            call.reply(&summary)
        }
        AnalysisRequest::MakeDemo(call) => make_demo(&call),
    };
    message.into()
}

fn scan(call: &ScanArchive, files: &[File]) -> Message {
    let source = MapSource::new(&call.source, |idx| open_one(files, idx));
    call.reply(&carto_study::scan(source, &call.source.path, call.mode))
}

/// Compares a song's maps; the page hears of each.
fn compare(call: &CompareSong, files: &[File]) -> Message {
    let mut open_slot =
        |slot: usize| MapSource::of_slot(&call.sources, slot, |idx| open_one(files, idx));
    let mut on_map = |map_idx: u32, status: &_| {
        post(&call.progress(&MapDone { map_idx, status: Clone::clone(status) }));
    };
    call.reply(&carto_study::compare_song(&call.song, call.mode, &mut open_slot, &mut on_map))
}

fn make_demo(call: &MakeDemo) -> Message {
    match carto_study::demo_archives(call.seed) {
        Ok(archives) => call.reply(&archives),
        Err(error) => Message::failed(JobError::Panic { message: error.to_string() }),
    }
}

/// Hands out the archives of a pack: those that are stored as parts of the pack, the others
/// unpacked.
fn open_pack(call: &OpenPack, files: &[File]) -> Answer {
    let Some(pack) = files.first() else { return Message::failed(JobError::BadMessage).into() };
    let mut contents = match open(pack.clone()) {
        Ok(source) => carto_study::open_pack(source, &call.name),
        Err(error) => {
            return Message::failed(JobError::WorkerLost { message: error.to_string() }).into();
        }
    };
    let (mut archives, mut files) = (Vec::new(), Vec::new());
    for archive in contents.archives {
        match packed_file(pack, &archive) {
            Ok(file) => {
                archives.push(archive);
                files.push(file);
            }
            Err(issue) => contents.issues.push(issue),
        }
    }
    contents.archives = archives;
    Answer::with_files(call.reply(&contents), files)
}

fn packed_file(pack: &File, archive: &PackedArchive) -> Result<File, Issue> {
    let name = archive.path.rsplit('/').next().unwrap_or_default();
    let refuse =
        |error: io::Error| Issue::skipped(&*archive.path, Cause::UnreadableFile, error.to_string());
    if let Some(start) = archive.stored_at {
        return part_of(pack, start, archive.size_bytes, name).map_err(refuse);
    }
    let mut file = BufWriter::with_capacity(PIECE_BYTES, NewFile::default());
    carto_study::unpack(open(pack.clone()).map_err(refuse)?, archive, &mut file)?;
    let file = file.into_inner().map_err(|error| refuse(error.into_error()))?;
    file.finish(name, pack.last_modified()).map_err(refuse)
}

//! The web worker that reads archives and compares maps.

mod kept;
mod open_files;

use std::io::{self, BufWriter};

use carto_port::serve::{Answer, FileSource, NewFile, open, part_of, post, serve};
use carto_protocol::{
    AnalysisRequest, AskKept, Call, CompareSong, JobError, MakeDemo, MapDone, Message, OpenPack,
    ScanArchive,
};
use carto_study::{
    CacheKey, FileStamp, are_facts_lasting, facts_key, is_outcome_lasting, outcome_key,
    scan_ranges, song_ranges,
};
use carto_types::{ArchiveFacts, Cause, Issue, Mode, PackedArchive, SongOutcome, SourceKind};
use web_sys::File;

use self::open_files::OpenFiles;

/// Archives of a song that are read ahead at the same time: most songs have as few.
const MAX_READ_AHEAD: usize = 4;

/// Runs when the browser has loaded the worker's script.
fn main() {
    serve(|request, files| async move { run(request, &files).await });
}

/// Bytes of an archive that are unpacked at once.
const PIECE_BYTES: usize = 1 << 20;

/// Does one job and gives what ends it.
async fn run(request: AnalysisRequest, files: &[File]) -> Answer {
    let message = match request {
        AnalysisRequest::OpenPack(call) => return open_pack(&call, files),
        AnalysisRequest::ScanArchive(call) => scan(&call, files).await,
        AnalysisRequest::PlanStudy(call) => {
            call.reply(&carto_study::plan(&call.archives, call.mode, &call.owners))
        }
        AnalysisRequest::CompareSong(call) => compare(&call, files).await,
        AnalysisRequest::Summarise(mut call) => {
            let summary = carto_study::summarise(&mut call.run, call.has_files);
            call.reply(&summary)
        }
        AnalysisRequest::MakeDemo(call) => make_demo(&call),
        AnalysisRequest::AskKept(call) => ask_kept(&call).await,
    };
    message.into()
}

/// Gives the facts of an archive, from an earlier visit where they are kept.
async fn scan(call: &ScanArchive, files: &[File]) -> Message {
    let Some(file) = files.first() else { return Message::failed(JobError::BadMessage) };
    let key = call.is_kept.then(|| key_of(call.mode, &call.name, call.kind, file));
    if let Some(key) = key
        && let Some(facts) = kept::get(key).await
    {
        return call.reply(&facts);
    }
    match read_facts(call, files).await {
        Ok(facts) => {
            if let Some(key) = key.filter(|_| are_facts_lasting(&facts)) {
                kept::put(key, &facts);
            }
            call.reply(&facts)
        }
        Err(error) => Message::failed(JobError::WorkerLost { message: error.to_string() }),
    }
}

async fn read_facts(call: &ScanArchive, files: &[File]) -> io::Result<ArchiveFacts> {
    let files = OpenFiles::new(files);
    match call.kind {
        SourceKind::Archive => {
            files.read_archives([0], |_, source| scan_ranges(source, &call.name, call.mode)).await;
        }
        SourceKind::BareMap => files.read_whole([0]).await,
    }
    Ok(carto_study::scan(files.open(0)?, &call.name, call.kind, call.mode))
}

/// Gives the outcome of a song, from an earlier visit where it is kept.
async fn compare(call: &CompareSong, files: &[File]) -> Message {
    let key = call.is_kept.then(|| song_key(call, files)).flatten();
    if let Some(key) = key
        && let Some(kept) = kept::get::<SongOutcome>(key).await
    {
        return call.reply(&SongOutcome { song_idx: call.song.song_idx, ..kept });
    }
    let outcome = compare_maps(call, files).await;
    if let Some(key) = key.filter(|_| is_outcome_lasting(&outcome)) {
        kept::put(key, &outcome);
    }
    call.reply(&outcome)
}

/// Compares a song's maps; the page hears of each.
async fn compare_maps(call: &CompareSong, files: &[File]) -> SongOutcome {
    let files = OpenFiles::new(files);
    // Many archives of one song would fill the memory: the rest is read when its turn comes.
    let slots_of = |wanted: SourceKind| {
        let sources = call.sources.iter().take(MAX_READ_AHEAD).enumerate();
        let slots = sources.filter_map(move |(slot, (_, kind))| (*kind == wanted).then_some(slot));
        slots.collect::<Vec<_>>()
    };
    files.read_whole(slots_of(SourceKind::BareMap)).await;
    let wanted = |slot, source: &mut FileSource| song_ranges(source, &call.song, slot, call.mode);
    files.read_archives(slots_of(SourceKind::Archive), wanted).await;
    let mut on_map = |map_idx: u32, status: &_| {
        post(&call.progress(&MapDone { map_idx, status: Clone::clone(status) }));
    };
    carto_study::compare_song(&call.song, call.mode, &mut |slot| files.open(slot), &mut on_map)
}

/// The name of a song's outcome; `None` where a file of it did not come with the message.
fn song_key(call: &CompareSong, files: &[File]) -> Option<CacheKey> {
    let sources = call.sources.iter().zip(files);
    let keys: Vec<CacheKey> =
        sources.map(|((name, kind), file)| key_of(call.mode, name, *kind, file)).collect();
    outcome_key(call.mode, &call.song, &keys)
}

/// The name of the facts of a source.
fn key_of(mode: Mode, name: &str, kind: SourceKind, file: &File) -> CacheKey {
    // Sizes and times are whole numbers far below 2^53, where f64 is exact.
    let (size_bytes, modified_ms) = (file.size() as u64, file.last_modified() as i64);
    facts_key(mode, name, kind, [("", FileStamp { size_bytes, modified_ms })])
}

async fn ask_kept(call: &AskKept) -> Message {
    call.reply(&match call.is_deleted {
        true => kept::delete().await,
        false => kept::size().await,
    })
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

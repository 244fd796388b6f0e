//! The web worker that reads archives and compares maps.

mod kept;
mod open_files;

use std::io::{self, BufWriter};

use carto_port::serve::{Answer, FileSource, NewFile, open, part_of, post, serve};
use carto_protocol::{
    AnalysisRequest, AskKept, Call, CompareSong, JobError, MakeDemo, MapDone, Message, OpenPack,
    PlanStudy, ScanArchive,
};
use carto_study::{
    CacheKey, FileStamp, MapSource, are_facts_lasting, facts_key, is_outcome_lasting, outcome_key,
    scan_ranges, song_ranges,
};
use carto_types::{
    ArchiveFacts, Cause, FileKind, Issue, Mode, PackedArchive, SongOutcome, SongPlan, SourceFiles,
    SourceKind, StudyPlan, files_of_slot,
};
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
        AnalysisRequest::PlanStudy(call) => call.reply(&plan(&call)),
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

/// Gives the facts of a source, from an earlier visit where they are kept.
async fn scan(call: &ScanArchive, files: &[File]) -> Message {
    let key = call.is_kept.then(|| key_of(call.mode, &call.source, files));
    if let Some(key) = key
        && let Some(facts) = kept::get(key).await
    {
        return call.reply(&facts);
    }
    let facts = read_facts(call, files).await;
    if let Some(key) = key.filter(|_| are_facts_lasting(&facts)) {
        kept::put(key, &facts);
    }
    call.reply(&facts)
}

async fn read_facts(call: &ScanArchive, files: &[File]) -> ArchiveFacts {
    let (files, ScanArchive { source, mode, .. }) = (OpenFiles::new(files), call);
    match source.kind {
        SourceKind::Archive => {
            let wanted = |_, archive: &mut FileSource| scan_ranges(archive, &source.path, *mode);
            files.read_archives([0], wanted).await;
        }
        SourceKind::BareMap => files.read_whole([0]).await,
        SourceKind::Folder => {
            let inner = source.inner.iter().enumerate();
            let maps = inner.filter(|(_, path)| FileKind::of_name(path) == FileKind::Map);
            let maps: Vec<_> = maps.map(|(idx, _)| idx).collect();
            files.read_whole(maps).await;
        }
    }
    let opened = MapSource::new(source, |idx| files.open(idx));
    carto_study::scan(opened, &source.path, *mode)
}

fn plan(call: &PlanStudy) -> StudyPlan {
    let mut plan = carto_study::plan(&call.archives, call.mode, &call.owners);
    if call.has_evidence {
        carto_study::plan_evidence(&mut plan, &call.archives, call.mode);
    }
    plan
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
    // Many sources of one song would fill the memory: the rest is read when its turn comes.
    let sources = || call.sources.iter().take(MAX_READ_AHEAD).enumerate();
    let place = |slot: usize| files_of_slot(&call.sources, slot).start;
    let whole = sources().flat_map(|(slot, source)| {
        let wanted: Vec<u32> = match source.kind {
            SourceKind::Archive => Vec::new(),
            SourceKind::BareMap => vec![0],
            SourceKind::Folder => entries_of_slot(&call.song, slot),
        };
        wanted.into_iter().map(move |idx| place(slot) + idx as usize)
    });
    let whole: Vec<_> = whole.collect();
    files.read_whole(whole).await;
    let archives = sources().filter(|(_, source)| source.kind == SourceKind::Archive);
    let archives: Vec<_> = archives.map(|(slot, _)| (place(slot), slot)).collect();
    let wanted = |idx, source: &mut FileSource| {
        let slot = archives.iter().find(|(place, _)| *place == idx).map(|(_, slot)| *slot);
        slot.map_or_else(Vec::new, |slot| song_ranges(source, &call.song, slot, call.mode))
    };
    files.read_archives(archives.iter().map(|(place, _)| *place), wanted).await;
    let mut open_slot =
        |slot: usize| MapSource::of_slot(&call.sources, slot, |idx| files.open(idx));
    let mut on_map = |map_idx: u32, status: &_| {
        post(&call.progress(&MapDone { map_idx, status: Clone::clone(status) }));
    };
    carto_study::compare_song(&call.song, call.mode, &mut open_slot, &mut on_map)
}

/// Places of the maps of a song in the set at a slot of its plan.
fn entries_of_slot(song: &SongPlan, slot: usize) -> Vec<u32> {
    let Some(archive_idx) = song.archives.get(slot) else { return Vec::new() };
    let maps = song.all_maps().filter(|map| map.archive_idx == *archive_idx);
    maps.map(|map| map.entry_idx).collect()
}

/// The name of a song's outcome; `None` where a file of it did not come with the message.
fn song_key(call: &CompareSong, files: &[File]) -> Option<CacheKey> {
    let sources = call.sources.iter().enumerate();
    let keys: Option<Vec<CacheKey>> = sources
        .map(|(slot, source)| {
            let files = files.get(files_of_slot(&call.sources, slot))?;
            Some(key_of(call.mode, source, files))
        })
        .collect();
    outcome_key(call.mode, &call.song, &keys?)
}

/// The name of the facts of a source.
///
/// - `files`: its own
fn key_of(mode: Mode, source: &SourceFiles, files: &[File]) -> CacheKey {
    let stamps = files.iter().enumerate().map(|(idx, file)| {
        // Sizes and times are whole numbers far below 2^53, where f64 is exact.
        let (size_bytes, modified_ms) = (file.size() as u64, file.last_modified() as i64);
        let inner = source.inner.get(idx).map_or("", String::as_str);
        (inner, FileStamp { size_bytes, modified_ms })
    });
    facts_key(mode, &source.path, source.kind, stamps)
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

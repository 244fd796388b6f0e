//! A study that needs no archives: `tide-ann.osz` is a set of the song "tide"
//! by "ann" with one map.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use carto_protocol::{
    AnalysisRequest, AudioRequest, EncodeMap, EncodePair, EncodedMap, EncodedPair, EncoderRequest,
    Kept, MapDone, TileDone,
};
use carto_types::{
    AlignmentClass, AlignmentSource, ArchiveFacts, AudioLag, AudioRelation, Backend, BarPair,
    BarPairOutcome, ChannelCorrelations, DoubtCounts, EvidencePlan, HeardSong, IndexedSet,
    IndexedSong, LatentBars, LatentMap, LatentSong, MapFacts, MapLatents, MapOutcome, MapStatus,
    OutputFile, OwnerRow, OwnerTable, Ownership, Packed, PairAgreement, PairAudio, PairLag,
    PairOutcome, PlannedMap, PlannedPair, RegistryFields, RegistryRow, SetHead, SongMeans,
    SongOutcome, SongPlan, SourceFiles, SourceKind, StudyPlan, Summary, TrackB,
};

use super::{AnalysisCommand, AudioCommand, EncoderCommand, Handle, RunController, SharedRun};

/// What a worker does with a command.
pub(super) fn answer(run: &mut RunController<Handle>, command: AnalysisCommand<Handle>) {
    let job_id = command.job_id;
    match command.request {
        AnalysisRequest::ScanArchive(call) => {
            let files = files_of(std::slice::from_ref(&call.source));
            assert_eq!(command.files, files, "the files that are named come along");
            run.on_scanned(job_id, Ok(facts(&call.source)));
        }
        AnalysisRequest::PlanStudy(call) => {
            run.on_planned(job_id, Ok(plan(&call.archives, &call.owners)));
        }
        AnalysisRequest::CompareSong(call) => {
            assert_eq!(command.files, files_of(&call.sources), "files stand in the plan's order");
            for (map_idx, _) in (0..).zip(&call.song.maps) {
                run.on_map_done(job_id, MapDone { map_idx, status: MapStatus::Encoded });
            }
            run.on_song_compared(job_id, Ok(outcome(&call.song)));
        }
        AnalysisRequest::Summarise(call) => {
            run.on_summarised(job_id, Ok(summary(&call.run, call.has_files)));
        }
        AnalysisRequest::MakeDemo(_) => run.on_demo(job_id, Ok(Vec::new())),
        AnalysisRequest::OpenPack(call) => {
            assert_eq!(command.files, [&*call.name], "the pack comes along");
            run.on_pack_opened(job_id, Ok((Vec::new(), Vec::new())));
        }
        AnalysisRequest::AskKept(call) => {
            let n_bytes = if call.is_deleted { 0 } else { 1000 };
            run.on_kept(job_id, Ok(Kept { n_bytes, problem: None }));
        }
    }
}

/// What a worker that hears recordings does with a command.
pub(super) fn answer_audio(run: &mut RunController<Handle>, command: AudioCommand<Handle>) {
    let AudioRequest::HearSong(call) = command.request;
    assert_eq!(command.files, files_of(&call.sources), "files stand in the plan's order");
    let lag = AudioLag::Same { lag_ms: LAG_MS };
    let pairs = call.song.pairs.iter().map(|pair| PairAudio { a: pair.a, b: pair.b, lag });
    let heard = HeardSong { pairs: pairs.collect(), issues: Vec::new() };
    run.on_song_heard(command.job_id, Ok(heard));
}

/// What a worker of the encoder does with a command.
pub(super) fn answer_latents(run: &mut RunController<Handle>, command: EncoderCommand<Handle>) {
    let job_id = command.job_id;
    match command.request {
        EncoderRequest::LoadEncoder(_) => panic!("the encoder comes with its file: see the bench"),
        EncoderRequest::EncodeMap(call) => {
            let EncodeMap { song, sources, map_idx, target_frames, .. } = call;
            assert_eq!(sources.len(), song.archives.len());
            let n_files: usize = sources.iter().map(SourceFiles::n_files).sum();
            assert_eq!(command.files.len(), n_files + 1, "the weights come last");
            assert_eq!(command.files.last(), Some(&"weights"));
            run.latents.on_tile_done(job_id, TileDone { n_latents_done: 3, n_latents: 6 });
            let latents = Ok(latents(map_idx, target_frames));
            run.latents.on_map_encoded(job_id, Ok(EncodedMap { latents, backend: cpu() }));
        }
        EncoderRequest::CompareLatents(call) => {
            assert_eq!(call.pairs.is_empty(), call.song.evidence.is_none());
            assert_eq!(call.frames_per_latent, 18);
            run.on_latents_compared(job_id, Ok(compared(&call.song, &call.latents)));
        }
        EncoderRequest::EncodePair(call) => {
            let EncodePair { pair: BarPair { a, b, lag_ms }, .. } = call;
            assert_eq!(command.files.last(), Some(&"weights"));
            assert_eq!(lag_ms, LAG_MS);
            run.latents.on_tile_done(job_id, TileDone { n_latents_done: 3, n_latents: 6 });
            let found = Some(BarPairOutcome { a, b, found: Packed::of(&LatentBars::default()) });
            run.on_pair_encoded(job_id, Ok(EncodedPair { found: Ok(found), backend: cpu() }));
        }
        EncoderRequest::EncodeStrips(_)
        | EncoderRequest::LatentsOfStretch(_)
        | EncoderRequest::MeasureLatents(_) => panic!("a run sends no calls of the views"),
    }
}

/// The lag of every pair of a song with evidence.
const LAG_MS: f64 = 12.5;

/// A song that has evidence, by its timing points.
const WITH_EVIDENCE: &str = "dune";

/// A song whose timing points leave all lags open.
pub(super) const OPEN: &str = "fork";

pub(super) fn cpu() -> Backend {
    Backend::Cpu { instructions: "simd128".into(), reason: None }
}

fn latents(map_idx: u32, n_frames: u32) -> MapLatents {
    let (n_latents, correlations) = (n_frames.div_ceil(18), ChannelCorrelations::default());
    let mu = vec![0.5; 32 * n_latents as usize];
    MapLatents { map_idx, n_frames, n_latents, mu, correlations }
}

fn compared(song: &SongPlan, latents: &[MapLatents]) -> LatentSong {
    let map = |map: &MapLatents| LatentMap {
        map_idx: map.map_idx,
        n_frames: map.n_frames,
        n_latents: map.n_latents,
        correlations: ChannelCorrelations::default(),
    };
    LatentSong {
        song_idx: song.song_idx,
        maps: latents.iter().map(map).collect(),
        pairs: Vec::new(),
        bar_pairs: Vec::new(),
        between_var: None,
        issues: Vec::new(),
    }
}

/// Handles of the files of sources: a file's own path, that of a set's file below the set.
fn files_of(sources: &[SourceFiles]) -> Vec<&str> {
    let mut files = Vec::new();
    for SourceFiles { path, kind, inner } in sources {
        match kind {
            SourceKind::Folder => files.extend(inner.iter().map(String::as_str)),
            SourceKind::Archive | SourceKind::BareMap => files.push(path.as_str()),
        }
    }
    files
}

fn song_and_creator(name: &str) -> (&str, &str) {
    let stem = name.rsplit_once('.').unwrap().0;
    stem.rsplit('/').next().unwrap().split_once('-').unwrap()
}

fn facts(source: &SourceFiles) -> ArchiveFacts {
    let (name, kind) = (source.set_name(), source.kind);
    let (title, creator) = song_and_creator(&name);
    let fields = RegistryFields {
        title: Some(title.into()),
        artist: Some("artist".into()),
        creator: Some(creator.into()),
        version: Some("Hard".into()),
        beatmap_id: Some("0".into()),
        ..RegistryFields::default()
    };
    let map = MapFacts {
        path: format!("{title}.osu"),
        fields: Some(fields),
        owner: Some(Ownership::of_host(creator)),
        md5: md5(&name),
        ..MapFacts::default()
    };
    let head = SetHead { title: title.into(), artist: "artist".into(), creator: creator.into() };
    let name = name.into_owned();
    ArchiveFacts { name, kind, head: Some(head), maps: vec![map], issues: Vec::new() }
}

/// What stands for the sum of a map.
pub(super) fn md5(name: &str) -> String {
    format!("sum of {name}")
}

/// Songs with two archives or more, those with most first; of archives of which the owner is
/// said that is the mapper.
fn plan<A: Borrow<ArchiveFacts>>(archives: &[A], owners: &[OwnerRow]) -> StudyPlan {
    let said = OwnerTable::new(owners);
    let mut by_title = BTreeMap::<String, Vec<(u32, &ArchiveFacts)>>::new();
    for (archive_idx, archive) in (0..).zip(archives) {
        let archive = archive.borrow();
        let title = archive.head.as_ref().unwrap().title.clone();
        by_title.entry(title).or_default().push((archive_idx, archive));
    }
    let mut songs: Vec<_> = by_title.into_iter().filter(|(_, sets)| sets.len() > 1).collect();
    songs.sort_by_key(|(_, sets)| std::cmp::Reverse(sets.len()));
    let mut plan = StudyPlan::default();
    for (song_idx, (title, sets)) in (0..).zip(songs) {
        let creator = |archive: &ArchiveFacts| {
            let owner = said.owner(&archive.maps[0].md5, None);
            owner.map_or_else(|| archive.head.as_ref().unwrap().creator.clone(), |it| it.text())
        };
        plan.index.push(IndexedSong {
            title: title.clone(),
            artist: "artist".into(),
            match_key: title.clone(),
            mappers: sets.iter().map(|(_, archive)| creator(archive)).collect(),
            sets: sets
                .iter()
                .map(|(archive_idx, archive)| IndexedSet {
                    archive_idx: *archive_idx,
                    set_id: 0,
                    creator: creator(archive),
                })
                .collect(),
        });
        plan.registry.extend(sets.iter().map(|(archive_idx, _)| RegistryRow {
            archive_idx: *archive_idx,
            map_idx: 0,
            song_idx,
            set_id: 0,
            is_representative: true,
            owner: None,
        }));
        let is_open = title == OPEN;
        let evidence = (is_open || title == WITH_EVIDENCE).then(EvidencePlan::default);
        plan.songs.push(SongPlan {
            song_idx,
            title,
            artist: "artist".into(),
            archives: sets.iter().map(|(archive_idx, _)| *archive_idx).collect(),
            maps: (0..)
                .zip(&sets)
                .map(|(mapper, (archive_idx, archive))| PlannedMap {
                    mapper,
                    audio_idx: is_open.then_some(1),
                    ..planned_map(*archive_idx, &creator(archive))
                })
                .collect(),
            pairs: all_pairs(sets.len() as u32)
                .map(|(a, b)| PlannedPair { a, b, is_by_one_mapper: false })
                .collect(),
            evidence,
        });
    }
    plan
}

pub(super) fn planned_map(archive_idx: u32, creator: &str) -> PlannedMap {
    PlannedMap {
        archive_idx,
        map_idx: 0,
        label: creator.into(),
        entry_idx: 0,
        audio_idx: None,
        is_bare: false,
        refusal: None,
        creator: creator.into(),
        mapper: 0,
        owner: None,
        star_rating: None,
        version: "Hard".into(),
        file_name: creator.into(),
    }
}

fn all_pairs(n_maps: u32) -> impl Iterator<Item = (u32, u32)> {
    (0..n_maps).flat_map(move |a| (a + 1..n_maps).map(move |b| (a, b)))
}

fn outcome(song: &SongPlan) -> SongOutcome {
    let n_maps = song.maps.len() as u32;
    let lag = song.evidence.as_ref().map(|evidence| {
        let (class, source) = match (song.title == OPEN, evidence.audio.is_empty()) {
            (true, true) => (AlignmentClass::Unknown, AlignmentSource::None),
            (_, false) => (AlignmentClass::Aligned, AlignmentSource::Audio),
            (false, true) => (AlignmentClass::Aligned, AlignmentSource::TimingPoints),
        };
        PairLag { class, source, lag_ms: LAG_MS, warning: None }
    });
    SongOutcome {
        song_idx: song.song_idx,
        target_frames: Some(100),
        maps: vec![
            MapOutcome { audio_frames: Some(100), status: MapStatus::Encoded };
            n_maps as usize
        ],
        pairs: all_pairs(n_maps)
            .map(|(a, b)| PairOutcome {
                a,
                b,
                audio: AudioRelation::Other,
                agreement: PairAgreement { full_cosine: 0.5, ..PairAgreement::default() },
                lag: lag.clone(),
                evidence: None,
            })
            .collect(),
        ceiling: Vec::new(),
        issues: Vec::new(),
    }
}

/// Means are a hundred times the number of mappers, to tell songs apart.
fn summary(run: &SharedRun, has_files: bool) -> Summary {
    let means = |outcome: &std::rc::Rc<SongOutcome>| {
        // Every mapper has one map; the index is not part of what figures need.
        let song = run.plan.songs.iter().find(|song| song.song_idx == outcome.song_idx);
        let n_mappers = song.map_or(0, |song| song.maps.len());
        SongMeans {
            song_idx: outcome.song_idx,
            n_pairs: outcome.pairs.len() as u32,
            mean_r: [n_mappers as f64 * 100.0; 9],
        }
    };
    let file = OutputFile { name: "report.json".into(), text: "{}".into() };
    Summary {
        track_a: None,
        track_b: run.latent.as_ref().map(|_| TrackB {
            dims: Vec::new(),
            ranking: Vec::new(),
            cosine_mean: 0.5,
            cosine_std: 0.0,
            cosines: Vec::new(),
            songs_analyzed: 1,
            pairs_compared: 1,
        }),
        synthesis: None,
        evidence: super::evidence::of_run(run),
        songs: run.outcomes.iter().map(means).collect(),
        doubtful: DoubtCounts::default(),
        issues: run.issues.clone(),
        files: if has_files { vec![file] } else { Vec::new() },
    }
}

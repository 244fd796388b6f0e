//! A study that needs no archives: `tide-ann.osz` is a set of the song "tide"
//! by "ann" with one map.

use std::collections::BTreeMap;

use carto_protocol::{Request, Response};
use carto_types::{
    ArchiveFacts, Backend, ChannelAgreement, IndexedSet, IndexedSong, LatentMap, LatentSong,
    MapCoupling, MapFacts, MapLatents, MapOutcome, MapStatus, Mode, OutputFile, PairOutcome,
    PlannedMap, RunRecord, SetHead, SongOutcome, SongPlan, SourceKind, StudyPlan, Summary, TrackB,
};

use super::Order;

pub(super) fn answers(order: Order<&'static str>) -> Vec<Response> {
    match order.request {
        Request::Scan { job_id, name, kind, .. } => {
            assert_eq!(order.files, [&*name], "the file that is named comes along");
            vec![Response::Scanned { job_id, facts: facts(&name, kind) }]
        }
        Request::Plan { job_id, archives, mode } => {
            vec![Response::Planned { job_id, plan: plan(&archives, mode) }]
        }
        Request::Song { job_id, song, sources, .. } => {
            let names: Vec<&str> = sources.iter().map(|(name, _)| &**name).collect();
            assert_eq!(order.files, names, "files stand in the order of the plan");
            let done = (0..).zip(&song.maps).map(|(map_idx, _)| Response::MapDone {
                job_id,
                map_idx,
                status: MapStatus::Encoded,
            });
            let mut answers: Vec<Response> = done.collect();
            answers.push(Response::SongDone { job_id, outcome: outcome(&song) });
            answers
        }
        Request::Summarise { job_id, run, has_files } => {
            vec![Response::Summarised { job_id, summary: summary(&run, has_files) }]
        }
        Request::Demo { job_id, .. } => {
            vec![Response::DemoMade { job_id, archives: Vec::new() }]
        }
        Request::LoadEncoder { .. } => panic!("the encoder comes with its file: see the bench"),
        Request::Encode { job_id, song, map_idx, target_frames, .. } => {
            assert_eq!(order.files.len(), song.archives.len() + 1, "the weights come last");
            assert_eq!(order.files.last(), Some(&"weights"));
            let tile = Response::TileDone { job_id, n_latents_done: 3, n_latents: 6 };
            let latents = Ok(latents(map_idx, target_frames));
            vec![tile, Response::MapEncoded { job_id, latents, backend: cpu() }]
        }
        Request::CompareLatents { job_id, song, latents, .. } => {
            vec![Response::LatentsCompared { job_id, song: compared(&song, &latents) }]
        }
        other => panic!("the course asks for no such thing: {other:?}"),
    }
}

pub(super) fn cpu() -> Backend {
    Backend::Cpu { instructions: "simd128".into(), reason: None }
}

fn latents(map_idx: u32, n_frames: u32) -> MapLatents {
    let (n_latents, coupling) = (n_frames.div_ceil(18), MapCoupling::default());
    MapLatents { map_idx, n_frames, n_latents, mu: vec![0.5; 32 * n_latents as usize], coupling }
}

fn compared(song: &SongPlan, latents: &[MapLatents]) -> LatentSong {
    let map = |map: &MapLatents| LatentMap {
        map_idx: map.map_idx,
        n_frames: map.n_frames,
        n_latents: map.n_latents,
        coupling: MapCoupling::default(),
    };
    LatentSong {
        song_idx: song.song_idx,
        maps: latents.iter().map(map).collect(),
        pairs: Vec::new(),
        between_var: None,
        issues: Vec::new(),
    }
}

fn song_and_creator(name: &str) -> (&str, &str) {
    let stem = name.rsplit_once('.').unwrap().0;
    stem.rsplit('/').next().unwrap().split_once('-').unwrap()
}

fn facts(name: &str, kind: SourceKind) -> ArchiveFacts {
    let (title, creator) = song_and_creator(name);
    let map = MapFacts {
        path: format!("{title}.osu"),
        entry_idx: 0,
        fields: None,
        audio_idx: None,
        refusal: None,
        differences: Vec::new(),
    };
    let head = SetHead { title: title.into(), artist: "artist".into(), creator: creator.into() };
    ArchiveFacts { name: name.into(), kind, head: Some(head), maps: vec![map], issues: Vec::new() }
}

/// Songs with two mappers or more, those with most mappers first.
fn plan(archives: &[ArchiveFacts], _: Mode) -> StudyPlan {
    let mut by_title = BTreeMap::<String, Vec<(u32, &ArchiveFacts)>>::new();
    for (archive_idx, archive) in (0..).zip(archives) {
        let title = archive.head.as_ref().unwrap().title.clone();
        by_title.entry(title).or_default().push((archive_idx, archive));
    }
    let mut songs: Vec<_> = by_title.into_iter().filter(|(_, sets)| sets.len() > 1).collect();
    songs.sort_by_key(|(_, sets)| std::cmp::Reverse(sets.len()));
    let mut plan = StudyPlan::default();
    for (song_idx, (title, sets)) in (0..).zip(songs) {
        let creator = |archive: &ArchiveFacts| archive.head.as_ref().unwrap().creator.clone();
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
        plan.songs.push(SongPlan {
            song_idx,
            title,
            artist: "artist".into(),
            archives: sets.iter().map(|(archive_idx, _)| *archive_idx).collect(),
            maps: sets
                .iter()
                .map(|(archive_idx, archive)| planned_map(*archive_idx, &creator(archive)))
                .collect(),
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
        version: "Hard".into(),
        file_name: creator.into(),
    }
}

fn outcome(song: &SongPlan) -> SongOutcome {
    let n_maps = song.maps.len() as u32;
    let pairs = (0..n_maps).flat_map(|a| (a + 1..n_maps).map(move |b| (a, b)));
    SongOutcome {
        song_idx: song.song_idx,
        target_frames: Some(100),
        maps: vec![
            MapOutcome { audio_frames: Some(100), status: MapStatus::Encoded };
            n_maps as usize
        ],
        pairs: pairs
            .map(|(a, b)| PairOutcome {
                a,
                b,
                channels: vec![ChannelAgreement::default(); 9],
                full_cosine: 0.5,
            })
            .collect(),
        issues: Vec::new(),
    }
}

/// Means are a hundred times the number of mappers, to tell songs apart.
fn summary(run: &RunRecord, has_files: bool) -> Summary {
    let means = |outcome: &SongOutcome| {
        let n_mappers = run.plan.index[outcome.song_idx as usize].mappers.len();
        (outcome.song_idx, outcome.pairs.len() as u32, vec![n_mappers as f64 * 100.0; 9])
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
        songs: run.outcomes.iter().map(means).collect(),
        issues: run.issues.clone(),
        files: if has_files { vec![file] } else { Vec::new() },
    }
}

//! `result.json`: all that is shown of a run.

use carto_types::{
    CeilingOutcome, FIRST_RESULT_FORMAT, LatentPair, LatentSong, MapFacts, MapStatus, Mode, Packed,
    PairOutcome, PlannedMap, RESULT_FORMAT, ResultCeilingPair, ResultMap, ResultOrigin, ResultPair,
    ResultSong, RunCounts, RunParameters, RunRecord, RunResult, SongOutcome, SongPlan, Summary,
};

use crate::report::{PROGRAM, VERSION};

/// The result of a run whose outcomes are in the order of the index. It has no
/// name and no date: nothing here asks for one.
pub(crate) fn run_result(run: &RunRecord, summary: &Summary) -> RunResult {
    let songs = run.outcomes.iter().filter_map(|outcome| Some((outcome, plan_of(run, outcome)?)));
    let songs: Vec<_> = songs.collect();
    let mut evidence = summary.evidence.as_ref().and_then(Packed::value);
    if let Some(evidence) = &mut evidence {
        let place = |song_idx| songs.iter().position(|(song, _)| song.song_idx == song_idx);
        evidence.renumber_songs(|song_idx| place(song_idx).map(|place| place as u32));
    }
    RunResult {
        format: format(run).to_owned(),
        origin: ResultOrigin { program: format!("{PROGRAM} {VERSION}"), ..ResultOrigin::default() },
        parameters: parameters(run, summary),
        counts: counts(run),
        track_a: summary.track_a.clone(),
        track_b: summary.track_b.clone(),
        synthesis: summary.synthesis.clone(),
        songs: songs.into_iter().map(|(outcome, plan)| song(run, plan, outcome)).collect(),
        evidence,
        issues: summary.issues.clone(),
        owners: if run.mode == Mode::Osu { run.owners.clone() } else { Vec::new() },
        ..RunResult::default()
    }
}

/// The published rules know no owners: their results have the first layout, unless pairs were left
/// out.
fn format(run: &RunRecord) -> &'static str {
    match run.mode {
        Mode::Published if !run.leaves_out_doubtful => FIRST_RESULT_FORMAT,
        Mode::Published | Mode::Osu => RESULT_FORMAT,
    }
}

fn parameters(run: &RunRecord, summary: &Summary) -> RunParameters {
    let latent = run.latent.as_ref();
    RunParameters {
        mode: Some(run.mode),
        encoder: latent.map(|latent| latent.encoder.clone()),
        backend: latent.map(|latent| latent.backend.clone()),
        sample_seed: latent.and_then(|latent| latent.sample_seed),
        is_seed_unrecorded: false,
        is_cancelled: run.is_cancelled,
        step: None,
        left_out: run.leaves_out_doubtful.then_some(summary.doubtful),
    }
}

fn counts(run: &RunRecord) -> RunCounts {
    let statuses = run.outcomes.iter().flat_map(|song| &song.maps).map(|map| &map.status);
    let count = |n: usize| Some(n as u32);
    RunCounts {
        n_archives: count(run.archives.len()),
        n_beatmaps: count(run.archives.iter().map(|archive| archive.maps.len()).sum()),
        n_songs: count(run.plan.index.len()),
        n_encoded: count(statuses.filter(|status| **status == MapStatus::Encoded).count()),
    }
}

fn plan_of<'a>(run: &'a RunRecord, outcome: &SongOutcome) -> Option<&'a SongPlan> {
    run.plan.songs.iter().find(|song| song.song_idx == outcome.song_idx)
}

fn song(run: &RunRecord, plan: &SongPlan, outcome: &SongOutcome) -> ResultSong {
    let latents = run.latent.iter().flat_map(|latent| &latent.songs);
    let latents = latents.into_iter().find(|song| song.song_idx == outcome.song_idx);
    ResultSong {
        title: plan.title.clone(),
        artist: plan.artist.clone(),
        maps: maps(run, plan, outcome),
        pairs: outcome.pairs.iter().map(|found| pair(found, latents, run.mode)).collect(),
        ceiling: outcome.ceiling.iter().filter_map(|found| ceiling_pair(plan, found)).collect(),
    }
}

/// The first layout has neither files nor numbers of maps.
fn maps(run: &RunRecord, plan: &SongPlan, outcome: &SongOutcome) -> Vec<ResultMap> {
    let is_osu = run.mode == Mode::Osu;
    let facts = |map: &PlannedMap| {
        let archive = run.archives.get(map.archive_idx as usize).filter(|_| is_osu)?;
        archive.maps.get(map.map_idx as usize)
    };
    let maps = plan.maps.iter().zip(&outcome.maps).map(|(map, outcome)| ResultMap {
        creator: map.creator.clone(),
        version: map.version.clone(),
        status: outcome.status.clone(),
        owner: map.owner.clone(),
        star_rating: map.star_rating,
        beatmap_id: facts(map).and_then(MapFacts::beatmap_number),
        audio_file: facts(map).and_then(MapFacts::audio_file).map(str::to_owned),
        audio_frames: outcome.audio_frames.filter(|_| is_osu),
    });
    maps.collect()
}

fn pair(found: &PairOutcome, latents: Option<&LatentSong>, mode: Mode) -> ResultPair {
    let is_same = |pair: &&LatentPair| (pair.a, pair.b) == (found.a, found.b);
    let latent = latents.and_then(|song| song.pairs.iter().find(is_same));
    let finding = found.evidence.as_ref().and_then(Packed::value);
    ResultPair {
        a: found.a,
        b: found.b,
        channels: found.agreement.channels.to_vec(),
        full_cosine: found.agreement.full_cosine,
        latents: latent.map(|pair| pair.agreement.dims.clone()),
        latent_cosine: latent.map(|pair| pair.agreement.full_cosine),
        audio: (mode == Mode::Osu).then_some(found.audio),
        kind: finding.as_ref().map(|finding| finding.kind),
        evidence: finding.map(|finding| Box::new(finding.evidence)),
    }
}

fn ceiling_pair(plan: &SongPlan, found: &CeilingOutcome) -> Option<ResultCeilingPair> {
    let (a, b) = (plan.map(found.a)?, plan.map(found.b)?);
    Some(ResultCeilingPair {
        creator: a.creator.clone(),
        versions: [a, b].map(|map| map.version.clone()),
        evidence: found.finding.value()?.evidence,
    })
}

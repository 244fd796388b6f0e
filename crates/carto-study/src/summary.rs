use std::collections::{BTreeMap, BTreeSet};

use carto_agreement::{mean_correlations, mean_r, synthesis, track_a, track_b};
use carto_results::{ResultFiles, write_result};
use carto_types::{
    Cause, DoubtCounts, Issue, LatentRun, MapStatus, OutputFile, Packed, RunRecord, SongMeans,
    SongOutcome, SongPlan, Summary, Synthesis, TrackA, TrackB,
};

use crate::run_evidence::run_evidence;
use crate::{outputs, result};

/// Makes tables of the songs that are finished, and files where they are asked
/// for. Doubtful pairs are counted, and taken out of the run where it is to do without them.
///
/// Outcomes may come in any order: they are put into that of the index first, so the
/// numbers do not depend on who finished first.
#[must_use]
pub fn summarise(run: &mut RunRecord, has_files: bool) -> Summary {
    run.outcomes.sort_by_key(|outcome| outcome.song_idx);
    if let Some(latent) = &mut run.latent {
        latent.songs.sort_by_key(|song| song.song_idx);
    }
    let doubtful = doubtful(run);
    if run.leaves_out_doubtful {
        leave_out_doubtful(run);
    }
    let run = &*run;
    let synthesis = run.latent.as_ref().and_then(synthesis_of);
    let mut summary = Summary {
        track_a: track_a_of(run),
        track_b: run.latent.as_ref().and_then(track_b_of),
        evidence: run_evidence(run, synthesis.as_ref(), has_files).as_ref().map(Packed::of),
        synthesis,
        songs: run.outcomes.iter().filter_map(song_means).collect(),
        doubtful,
        issues: all_issues(run),
        files: Vec::new(),
    };
    if has_files {
        write_files(run, &mut summary);
    }
    summary
}

fn write_files(run: &RunRecord, summary: &mut Summary) {
    match outputs::files(run, summary, n_songs_analyzed(run)) {
        Ok(files) => summary.files = files,
        Err(error) => {
            let message = error.to_string();
            summary.issues.push(Issue::warning("results", Cause::ResultsNotWritten, message));
        }
    }
    let whole = result::run_result(run, summary);
    summary.files.push(OutputFile::new("result.json", write_result(&whole)));
    let ResultFiles { files, not_drawn } = ResultFiles::of(&whole);
    summary.files.extend(files);
    let not_drawn = not_drawn.into_iter();
    summary.issues.extend(
        not_drawn.map(|(name, message)| Issue::warning(name, Cause::FigureNotDrawn, message)),
    );
}

fn plans_by_song(run: &RunRecord) -> BTreeMap<u32, &SongPlan> {
    run.plan.songs.iter().map(|song| (song.song_idx, song)).collect()
}

/// How many of all compared pairs are doubtful.
fn doubtful(run: &RunRecord) -> DoubtCounts {
    let (plans, mut counts) = (plans_by_song(run), DoubtCounts::default());
    for song in &run.outcomes {
        let Some(plan) = plans.get(&song.song_idx) else { continue };
        song.pairs.iter().filter_map(|pair| plan.doubt(pair)).for_each(|doubt| counts.add(doubt));
    }
    counts
}

/// Forgets doubtful pairs, of signals and of latents.
fn leave_out_doubtful(run: &mut RunRecord) {
    let RunRecord { plan, outcomes, latent, .. } = run;
    let plans: BTreeMap<_, _> = plan.songs.iter().map(|song| (song.song_idx, song)).collect();
    let mut left_out = BTreeSet::new();
    for song in outcomes {
        let Some(plan) = plans.get(&song.song_idx) else { continue };
        song.pairs.retain(|pair| {
            let is_kept = plan.doubt(pair).is_none();
            if !is_kept {
                left_out.insert((song.song_idx, pair.a, pair.b));
            }
            is_kept
        });
    }
    for song in latent.iter_mut().flat_map(|latent| &mut latent.songs) {
        song.pairs.retain(|pair| !left_out.contains(&(song.song_idx, pair.a, pair.b)));
    }
}

fn track_a_of(run: &RunRecord) -> Option<TrackA> {
    let pairs = run.outcomes.iter().flat_map(|song| &song.pairs).map(|pair| &pair.agreement);
    track_a(&pairs.collect::<Vec<_>>(), n_songs_analyzed(run))
}

fn track_b_of(run: &LatentRun) -> Option<TrackB> {
    let pairs = run.songs.iter().flat_map(|song| &song.pairs).map(|pair| &pair.agreement);
    let variances = run.songs.iter().filter_map(|song| song.between_var.as_deref());
    track_b(&pairs.collect::<Vec<_>>(), &variances.collect::<Vec<_>>())
}

/// Over all maps that have latents, also of songs without pairs (quirk 65).
fn synthesis_of(run: &LatentRun) -> Option<Synthesis> {
    let n_dims = run.encoder.n_latent_dims as usize;
    let maps = run.songs.iter().flat_map(|song| &song.maps).map(|map| &map.correlations);
    let maps: Vec<_> = maps.filter(|map| map.has_shape_of(n_dims)).collect();
    Some(synthesis(mean_correlations(&maps)?, maps.len() as u32))
}

/// Songs with encodings of two mappers or more, as the published code counts; where pairs are left
/// out, of these the songs that have a pair.
fn n_songs_analyzed(run: &RunRecord) -> u32 {
    let plans = plans_by_song(run);
    let is_analyzed = |outcome: &&SongOutcome| {
        let Some(song) = plans.get(&outcome.song_idx) else { return false };
        let mut mappers: Vec<_> = song
            .maps
            .iter()
            .zip(&outcome.maps)
            .filter(|(_, map)| map.status == MapStatus::Encoded)
            .map(|(map, _)| map.mapper)
            .collect();
        mappers.sort_unstable();
        mappers.dedup();
        mappers.len() >= 2 && !(run.leaves_out_doubtful && outcome.pairs.is_empty())
    };
    run.outcomes.iter().filter(is_analyzed).count() as u32
}

/// `None` for a song without pairs.
fn song_means(song: &SongOutcome) -> Option<SongMeans> {
    let mean_r = mean_r(song.pairs.iter().map(|pair| &pair.agreement.channels[..]))?;
    Some(SongMeans { song_idx: song.song_idx, n_pairs: song.pairs.len() as u32, mean_r })
}

/// What was left out first, then what is odd, each in the order of the run.
fn all_issues(run: &RunRecord) -> Vec<Issue> {
    let mut issues: Vec<_> = run
        .issues
        .iter()
        .chain(run.archives.iter().flat_map(|archive| &archive.issues))
        .chain(&run.plan.issues)
        .chain(run.outcomes.iter().flat_map(|song| &song.issues))
        .chain(run.latent.iter().flat_map(|latent| &latent.songs).flat_map(|song| &song.issues))
        .cloned()
        .collect();
    issues.sort_by_key(|issue| issue.severity);
    issues
}

use carto_agreement::PairAgreement;
use carto_results::{figures, write_result};
use carto_types::SignalChannel;
use carto_types::{
    ChannelSummary, Issue, MapStatus, PairOutcome, RunRecord, SongOutcome, Summary, TrackA,
};

use crate::creator::creator_key;
use crate::{issues, latent_tables, outputs, result};

/// Makes tables of the songs that are finished, and files where they are asked
/// for.
///
/// Outcomes may come in any order; sums run in the order of the index, so the
/// numbers do not depend on who finished first.
#[must_use]
pub fn summarise(run: &RunRecord, has_files: bool) -> Summary {
    let mut run = run.clone();
    run.outcomes.sort_by_key(|outcome| outcome.song_idx);
    if let Some(latent) = &mut run.latent {
        latent.songs.sort_by_key(|song| song.song_idx);
    }
    let songs = run.outcomes.iter().filter(|song| !song.pairs.is_empty()).map(song_means);
    let mut summary = Summary {
        track_a: track_a(&run),
        track_b: run.latent.as_ref().and_then(latent_tables::track_b),
        synthesis: run.latent.as_ref().and_then(latent_tables::synthesis),
        songs: songs.collect(),
        issues: all_issues(&run),
        files: Vec::new(),
    };
    if has_files {
        write_files(&run, &mut summary);
    }
    summary
}

fn write_files(run: &RunRecord, summary: &mut Summary) {
    match outputs::files(run, summary, n_songs_analyzed(run)) {
        Ok(files) => summary.files = files,
        Err(error) => {
            let message = error.to_string();
            summary.issues.push(issues::warning("results", "results-not-written", message));
        }
    }
    let whole = result::run_result(run, summary);
    summary.files.push(outputs::file("result.json", write_result(&whole)));
    for (name, svg) in figures(&whole) {
        match svg {
            Ok(svg) => summary.files.push(outputs::file(name, svg)),
            Err(error) => {
                let message = error.to_string();
                summary.issues.push(issues::warning(name, "figure-not-drawn", message));
            }
        }
    }
}

fn track_a(run: &RunRecord) -> Option<TrackA> {
    let pairs: Vec<_> = run.outcomes.iter().flat_map(|song| &song.pairs).map(domain).collect();
    let track_a = carto_agreement::track_a(&pairs)?;
    let n_pairs = track_a.n_pairs as u32;
    let channels = track_a.channels.iter().map(|channel| ChannelSummary {
        name: channel.channel.name().to_owned(),
        pearson_mean: channel.pearson.mean,
        pearson_std: channel.pearson.std,
        mad_mean: channel.mean_abs_diff.mean,
        mad_std: channel.mean_abs_diff.std,
        cosine_mean: channel.cosine.mean,
        cosine_std: channel.cosine.std,
        n_pairs,
    });
    Some(TrackA {
        channels: channels.collect(),
        cosine_mean: track_a.full_cosine.mean,
        cosine_std: track_a.full_cosine.std,
        songs_analyzed: n_songs_analyzed(run),
        pairs_compared: n_pairs,
    })
}

/// Songs with encodings of two creators or more, as the published code counts.
fn n_songs_analyzed(run: &RunRecord) -> u32 {
    let is_analyzed = |outcome: &&SongOutcome| {
        let Some(song) = run.plan.songs.iter().find(|song| song.song_idx == outcome.song_idx)
        else {
            return false;
        };
        let mut creators: Vec<_> = song
            .maps
            .iter()
            .zip(&outcome.maps)
            .filter(|(_, map)| map.status == MapStatus::Encoded)
            .map(|(map, _)| creator_key(run.mode, &map.creator))
            .collect();
        creators.sort();
        creators.dedup();
        creators.len() >= 2
    };
    run.outcomes.iter().filter(is_analyzed).count() as u32
}

fn song_means(song: &SongOutcome) -> (u32, u32, Vec<f64>) {
    let means = SignalChannel::ALL.map(|channel| {
        let values: Vec<_> = song
            .pairs
            .iter()
            .filter_map(|pair| pair.channels.get(channel as usize))
            .map(|agreement| agreement.pearson)
            .collect();
        carto_agreement::mean_and_std(&values).map_or(0.0, |(mean, _)| mean)
    });
    (song.song_idx, song.pairs.len() as u32, means.to_vec())
}

fn domain(pair: &PairOutcome) -> PairAgreement {
    let mut agreement = PairAgreement { full_cosine: pair.full_cosine, ..PairAgreement::default() };
    for (to, from) in agreement.channels.iter_mut().zip(&pair.channels) {
        *to = carto_agreement::SeriesAgreement {
            pearson: from.pearson,
            cosine: from.cosine,
            mean_abs_diff: from.mean_abs_diff,
        };
    }
    agreement
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

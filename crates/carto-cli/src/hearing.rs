//! Recordings that are heard for `carto analyze`.

use carto_features::Fault;
use carto_types::{Cause, HeardSong, Issue, Mode, SongOutcome, SongPlan};
use rayon::prelude::*;

use crate::inputs::Input;
use crate::terminal;

/// Whose recordings are heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Heard {
    /// Those of every pair of maps that do not share an audio file
    All,
    /// Those of pairs whose lag the timing points leave open, as the page does
    Open,
}

/// Hears the recordings of all songs before they are compared.
///
/// Gives what is to be said of recordings that cannot be heard.
pub(crate) fn hear_all(inputs: &[Input], songs: &mut [SongPlan], mode: Mode) -> Vec<Issue> {
    let bar = terminal::progress_bar("audio", songs.len());
    let hear = |song: &mut SongPlan| {
        let heard = hear_song(inputs, song, mode);
        bar.inc(1);
        if let Some(evidence) = &mut song.evidence {
            evidence.audio = heard.pairs;
        }
        heard.issues
    };
    let issues: Vec<Vec<Issue>> = songs.par_iter_mut().with_max_len(1).map(hear).collect();
    bar.finish_and_clear();
    issues.concat()
}

/// Hears the recordings of pairs whose lag the timing points leave open, and compares their songs
/// again by what they say.
///
/// - `outcomes`: of all songs, in their order, by timing points alone
/// - `compare`: compares a song
pub(crate) fn hear_open(
    inputs: &[Input],
    songs: &mut [SongPlan],
    outcomes: &mut [SongOutcome],
    mode: Mode,
    compare: impl Fn(&SongPlan) -> SongOutcome + Sync,
) {
    let bar = terminal::progress_bar("audio", songs.len());
    let hear = |(song, outcome): (&mut SongPlan, &mut SongOutcome)| {
        let pairs = song.pairs_to_hear(outcome);
        if !pairs.is_empty() {
            let heard = hear_song(inputs, &SongPlan { pairs, ..song.clone() }, mode);
            if let (Some(evidence), false) = (&mut song.evidence, heard.pairs.is_empty()) {
                evidence.audio = heard.pairs;
                *outcome = compare(song);
            }
            outcome.issues.extend(heard.issues);
        }
        bar.inc(1);
    };
    songs.par_iter_mut().zip(outcomes).with_max_len(1).for_each(hear);
    bar.finish_and_clear();
}

/// Hears the recordings of the pairs of a song; a fault in a decoder is an issue.
pub(crate) fn hear_song(inputs: &[Input], song: &SongPlan, mode: Mode) -> HeardSong {
    let mut open = |slot: usize| inputs[song.archives[slot] as usize].source();
    let heard = Fault::catch(|| carto_study::hear_song(song, mode, &mut open));
    heard.unwrap_or_else(|fault| {
        let issue = HeardSong::issue(&song.title, Cause::Fault, &fault.to_string());
        HeardSong { pairs: Vec::new(), issues: vec![issue] }
    })
}

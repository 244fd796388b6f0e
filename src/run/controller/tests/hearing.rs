//! Recordings that are heard where timing points leave a lag open.

use carto_protocol::HearSong;
use carto_types::{AlignmentClass, AlignmentSource, Cause, HeardSong, PairLag};

use super::*;
use crate::run::view::{Phase, Stage, StageState};

const FILES: [&str; 4] = ["fork-ann.osz", "fork-bob.osz", "tide-ann.osz", "tide-bob.osz"];

/// Both songs compared by their timing points.
fn compared() -> Bench {
    let mut bench = Bench::new();
    bench.controller.set_mode(Mode::Osu);
    bench.add(&FILES);
    let songs = bench.drive_until(is_song);
    assert_eq!(songs.len(), 2);
    assert!(bench.audio_commands(2).is_empty(), "nothing is compared yet");
    songs.into_iter().for_each(|command| bench.answer(command));
    bench.take_sent();
    bench
}

/// The lag of the first pair of the song whose recordings are heard.
fn lag(bench: &Bench) -> PairLag {
    let rows = bench.controller.song_rows();
    let row = rows.iter().find(|row| row.title == study::OPEN).unwrap();
    assert_eq!(row.status, SongStatus::Done, "what is found stands meanwhile");
    row.pairs[0].lag.clone().unwrap()
}

fn lost() -> JobError {
    JobError::WorkerLost { message: "out of memory".into() }
}

fn n_hearings(sent: &[String]) -> usize {
    sent.iter().filter(|words| words.starts_with("hear")).count()
}

#[test]
fn a_song_is_heard_after_it_is_compared_and_then_compared_again() {
    let mut bench = compared();
    assert_eq!(
        (lag(&bench).class, lag(&bench).source),
        (AlignmentClass::Unknown, AlignmentSource::None)
    );
    assert!(bench.controller.is_hearing());
    assert_eq!(bench.controller.n_songs_to_hear(), 1);
    let pairs = &bench.controller.stages()[Stage::ComparePairs as usize];
    assert_eq!((pairs.state, bench.controller.phase), (StageState::Done, Phase::Running));

    let mut commands = bench.audio_commands(2);
    let AudioRequest::HearSong(HearSong { mode, song, .. }) = &commands[0].request;
    assert_eq!((*mode, song.pairs.len()), (Mode::Osu, 1));
    assert_eq!(bench.take_sent(), ["hear fork 0-1"]);
    assert!(bench.audio_commands(2).is_empty(), "it is given away once");
    bench.controller.now_s += 10.0;
    let summary = bench.commands(3);
    assert_eq!(bench.take_sent(), ["summary"], "a last one comes when all is heard");
    summary.into_iter().for_each(|command| bench.answer(command));

    bench.answer_audio(commands.remove(0));
    let mut again = bench.commands(3);
    assert_eq!(bench.take_sent(), ["song fork"]);
    let AnalysisRequest::CompareSong(call) = &again[0].request else { panic!("{again:?}") };
    assert_eq!(call.song.evidence.as_ref().unwrap().audio.len(), 1, "what is kept is found by it");
    assert_eq!(lag(&bench).class, AlignmentClass::Unknown);
    assert_eq!(bench.controller.stage_counts(Stage::NineChannels), (4, 4), "no map is undone");
    bench.answer(again.remove(0));
    assert_eq!(
        (lag(&bench).class, lag(&bench).source),
        (AlignmentClass::Aligned, AlignmentSource::Audio)
    );
    assert_eq!(bench.controller.n_songs_to_hear(), 0);
    bench.controller.now_s += 10.0;
    bench.drive();
    assert_eq!(bench.take_sent(), ["last summary of 2"]);
    assert!(!bench.controller.is_hearing());
    assert_eq!(bench.controller.phase, Phase::Done);
    let recorded = &bench.recorded.as_ref().unwrap().outcomes;
    let heard = recorded.iter().find(|outcome| outcome.pairs[0].lag.is_some()).unwrap();
    assert_eq!(heard.pairs[0].lag.as_ref().unwrap().source, AlignmentSource::Audio);
}

#[test]
fn nothing_is_heard_where_timing_points_settle_all_lags() {
    let mut bench = Bench::new();
    bench.controller.set_mode(Mode::Osu);
    bench.add(&["dune-ann.osz", "dune-bob.osz", "tide-ann.osz", "tide-bob.osz"]);
    bench.drive();
    assert_eq!(bench.controller.phase, Phase::Done);
    assert_eq!(n_hearings(&bench.take_sent()), 0);
}

#[test]
fn a_worker_that_dies_costs_what_it_would_have_heard() {
    let mut bench = compared();
    let command = bench.audio_commands(1).remove(0);
    bench.controller.on_song_heard(command.job_id, Err(lost()));
    bench.drive();
    assert_eq!(bench.controller.phase, Phase::Done);
    assert!(!bench.take_sent().contains(&"song fork".to_owned()));
    assert_eq!(lag(&bench).class, AlignmentClass::Unknown);
    let issues = bench.controller.issues();
    let [issue] = &issues[..] else { panic!("{issues:?}") };
    assert_eq!((&*issue.subject, &issue.cause), ("artist - fork", &Cause::WorkerLost));
    assert!(issue.message.starts_with("its audio is not heard, so lags come from timing points: "));
    assert!(issue.message.ends_with("drop it again to try once more"), "{}", issue.message);

    // As it says.
    bench.add(&FILES[..1]);
    bench.drive();
    assert_eq!(n_hearings(&bench.take_sent()), 1);
    assert_eq!(lag(&bench).source, AlignmentSource::Audio);
    assert!(!bench.causes().contains(&"worker-lost".to_owned()));
}

#[test]
fn a_second_comparison_that_fails_leaves_the_first() {
    let mut bench = compared();
    let command = bench.audio_commands(1).remove(0);
    bench.answer_audio(command);
    for command in bench.commands(3) {
        match is_song(&command.request) {
            true => bench.fail(&command),
            false => bench.answer(command),
        }
    }
    bench.drive();
    assert_eq!(bench.controller.phase, Phase::Done);
    assert_eq!(lag(&bench).class, AlignmentClass::Unknown);
    assert_eq!(bench.causes(), ["fault"]);
}

#[test]
fn a_recording_that_cannot_be_heard_is_named_and_the_first_outcome_stays() {
    let mut bench = compared();
    let command = bench.audio_commands(1).remove(0);
    let issue = HeardSong::issue("fork-bob.osz [Hard]", Cause::AudioNotHeard, "it is silent");
    let heard = HeardSong { pairs: Vec::new(), issues: vec![issue.clone()] };
    bench.controller.on_song_heard(command.job_id, Ok(heard));
    bench.drive();
    assert_eq!(bench.controller.issues(), std::slice::from_ref(&issue));
    assert!(!bench.take_sent().contains(&"song fork".to_owned()));
    let recorded = &bench.recorded.as_ref().unwrap().outcomes;
    assert!(recorded.iter().any(|outcome| outcome.issues.contains(&issue)));
}

#[test]
fn without_a_worker_that_hears_the_run_ends_by_timing_points() {
    let mut bench = compared();
    bench.audio_commands(1);
    bench.controller.on_audio_broken(&lost());
    bench.drive();
    assert_eq!((bench.controller.phase, bench.failure()), (Phase::Done, None));
    assert_eq!(lag(&bench).class, AlignmentClass::Unknown);
    assert_eq!(bench.causes(), ["worker-lost"]);
}

#[test]
fn a_stop_ends_the_hearing_and_going_on_begins_it_again() {
    let mut bench = compared();
    let late = bench.audio_commands(1).remove(0);
    bench.controller.cancel();
    assert!(bench.controller.take_dropped_jobs(), "workers must be ended");
    bench.answer_audio(late);
    bench.drive();
    assert_eq!(lag(&bench).class, AlignmentClass::Unknown, "late answers find nobody");
    assert_eq!(bench.take_sent(), ["hear fork 0-1", "last summary of 2"]);

    bench.controller.resume();
    let command = bench.audio_commands(1).remove(0);
    bench.answer_audio(command);
    // What was heard is not heard again.
    bench.commands(3);
    bench.controller.cancel();
    bench.drive();
    bench.take_sent();
    bench.controller.resume();
    bench.drive();
    assert_eq!(bench.take_sent(), ["song fork", "last summary of 2"]);
    assert_eq!(lag(&bench).source, AlignmentSource::Audio);
}

#[test]
fn what_was_heard_lasts_as_long_as_the_song_has_the_same_files() {
    let mut bench = compared();
    bench.drive();
    bench.take_sent();
    // "aria" takes the first place.
    bench.add(&["aria-ann.osz", "aria-bob.osz", "aria-cid.osz"]);
    bench.drive();
    let sent = bench.take_sent();
    assert_eq!(n_hearings(&sent), 0);
    assert!(!sent.contains(&"song fork".to_owned()));
    assert_eq!(lag(&bench).source, AlignmentSource::Audio);
    bench.add(&["fork-cid.osz"]);
    bench.drive();
    assert!(bench.take_sent().contains(&"hear fork 0-1 0-2 1-2".to_owned()));
    assert_eq!(lag(&bench).source, AlignmentSource::Audio);
}

#[test]
fn a_cleared_run_comes_back_with_what_is_left_to_hear() {
    let mut bench = compared();
    bench.audio_commands(1);
    bench.controller.clear();
    assert!(bench.audio_commands(1).is_empty());
    bench.take_sent();
    bench.controller.undo_clear();
    bench.drive();
    assert_eq!(n_hearings(&bench.take_sent()), 1);
    assert_eq!(lag(&bench).source, AlignmentSource::Audio);
    assert_eq!(bench.controller.phase, Phase::Done);
}

#[test]
fn songs_that_wait_for_their_first_comparison_go_first() {
    let mut bench = Bench::new();
    bench.controller.set_mode(Mode::Osu);
    bench.add(&FILES);
    bench.drive_until(is_plan).into_iter().for_each(|command| bench.answer(command));
    let first = bench.commands(1).remove(0);
    assert!(is_song(&first.request));
    bench.answer(first);
    assert!(bench.audio_commands(1).is_empty(), "tide waits");
    assert_eq!(bench.controller.n_songs_to_hear(), 0, "nor is it told yet");
    let second = bench.commands(1);
    assert_eq!(bench.audio_commands(1).len(), 1);
    second.into_iter().for_each(|command| bench.answer(command));
}

#[test]
fn latents_take_up_a_song_once_no_recording_changes_it_any_more() {
    let mut bench = compared();
    bench.choose();
    bench.load();
    bench.drive_latents();
    let is_of = |sent: &[String], words: &str| sent.iter().any(|it| it.starts_with(words));
    let sent = bench.take_sent();
    assert!(is_of(&sent, "latents tide") && !is_of(&sent, "latents fork"), "{sent:?}");
    bench.drive();
    bench.drive_latents();
    let sent = bench.take_sent();
    assert!(is_of(&sent, "latents fork") && is_of(&sent, "bars fork 0-1"), "{sent:?}");
}

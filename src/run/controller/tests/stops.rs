use carto_types::SourceKind;

use super::*;
use crate::run::view::{Phase, Stage, StageState};

const FILES: [&str; 6] =
    ["moon-ann.osz", "moon-bob.osz", "sun-ann.osz", "sun-bob.osz", "tide-ann.osz", "tide-bob.osz"];

/// One song compared, two under way.
fn at_work() -> (Bench, Vec<AnalysisCommand<Handle>>) {
    let mut bench = Bench::new();
    bench.add(&FILES);
    let mut commands = bench.drive_until(is_song);
    bench.answer(commands.remove(0));
    (bench, commands)
}

#[test]
fn what_is_done_stays_when_a_person_stops() {
    let (mut bench, _) = at_work();
    bench.take_sent();
    bench.controller.cancel();
    assert!(bench.controller.take_dropped_jobs(), "workers must be ended");
    assert_eq!(bench.controller.phase, Phase::Cancelled);
    bench.drive();
    assert_eq!(bench.take_sent(), ["last summary of 1"]);
    assert!(bench.recorded.as_ref().unwrap().is_cancelled);
    assert_eq!(bench.titles(SongStatus::Done), ["moon"]);
    assert_eq!(bench.titles(SongStatus::Waiting), ["sun", "tide"]);
    assert_eq!(bench.controller.summary.files.len(), 1);
    let channels = bench.controller.stages()[Stage::NineChannels as usize];
    assert_eq!((channels.state, channels.n_done), (StageState::Stopped, 2));
}

#[test]
fn going_on_does_only_what_is_left() {
    let (mut bench, _) = at_work();
    bench.controller.cancel();
    bench.drive();
    bench.take_sent();
    bench.controller.resume();
    bench.drive();
    let songs: Vec<_> =
        bench.take_sent().into_iter().filter(|command| command.starts_with("song")).collect();
    assert_eq!(songs, ["song sun", "song tide"]);
    assert_eq!(bench.controller.phase, Phase::Done);
    assert!(!bench.recorded.as_ref().unwrap().is_cancelled);
    assert_eq!(bench.recorded.as_ref().unwrap().outcomes.len(), 3);
}

#[test]
fn late_answers_of_ended_workers_find_nobody() {
    let (mut bench, commands) = at_work();
    bench.controller.cancel();
    for command in commands {
        bench.answer(command);
    }
    assert_eq!(bench.titles(SongStatus::Done), ["moon"]);
    bench.controller.clear();
    let (_, commands) = at_work();
    for command in commands {
        bench.answer(command);
    }
    assert_eq!(bench.controller.phase, Phase::Empty);
}

#[test]
fn archives_that_were_read_before_the_stop_are_not_read_again() {
    let mut bench = Bench::new();
    bench.add(&FILES);
    bench.drive_until(|request| is_scan_of(request, "sun-bob.osz"));
    bench.controller.cancel();
    bench.take_sent();
    bench.controller.resume();
    bench.drive();
    let n_scans = bench.take_sent().iter().filter(|command| command.starts_with("scan")).count();
    assert_eq!(n_scans, 3);
    assert_eq!(bench.controller.phase, Phase::Done);
}

#[test]
fn a_fault_in_one_archive_costs_that_archive() {
    let mut bench = Bench::new();
    bench.add(&FILES);
    let mut commands = bench.drive_until(|request| is_scan_of(request, "sun-ann.osz"));
    bench.fail(&commands[0]);
    commands.drain(1..).collect::<Vec<_>>().into_iter().for_each(|command| bench.answer(command));
    bench.drive();
    assert_eq!(bench.controller.phase, Phase::Done);
    assert_eq!(bench.titles(SongStatus::Done), ["moon", "tide"]);
    let issues = bench.controller.issues();
    assert_eq!(issues.len(), 1, "{issues:?}");
    assert_eq!((&*issues[0].subject, issues[0].cause.as_str()), ("sun-ann.osz", "fault"));
    assert!(issues[0].message.contains("index out of bounds, in a.rs:1"));
    assert_eq!(bench.recorded.as_ref().unwrap().archives.len(), 5);
}

#[test]
fn a_fault_in_one_song_costs_that_song() {
    let (mut bench, mut commands) = at_work();
    let failed = commands.remove(0);
    bench.fail(&failed);
    bench.answer(commands.remove(0));
    bench.drive();
    assert_eq!(bench.controller.phase, Phase::Done);
    assert_eq!(bench.titles(SongStatus::NoPairs), ["sun"]);
    assert_eq!(bench.causes(), ["fault"]);
    assert_eq!(bench.controller.issues()[0].subject, "artist - sun");
    assert_eq!(bench.controller.stage_counts(Stage::NineChannels), (6, 6));
}

#[test]
fn without_workers_the_run_stops_and_says_why() {
    let mut bench = Bench::new();
    bench.add(&FILES);
    bench.commands(2);
    let error = JobError::WorkerLost { message: "its script could not be loaded".into() };
    bench.controller.on_broken(&error);
    assert_eq!(bench.controller.phase, Phase::Cancelled);
    assert_eq!(bench.failure(), Some("the worker stopped: its script could not be loaded"));
    assert!(bench.commands(9).is_empty(), "not even a summary could be made");
    bench.controller.resume();
    assert_eq!(bench.failure(), None);
    bench.drive();
    assert_eq!(bench.controller.phase, Phase::Done);
}

#[test]
fn a_plan_that_fails_stops_the_run_and_can_be_tried_again() {
    let mut bench = Bench::new();
    bench.add(&FILES);
    let plan = bench.drive_until(is_plan);
    bench.fail(&plan[0]);
    assert_eq!(bench.controller.phase, Phase::Cancelled);
    assert!(bench.failure().is_some());
    bench.controller.resume();
    bench.drive();
    assert_eq!(bench.controller.phase, Phase::Done);
}

#[test]
fn other_rules_do_everything_again() {
    let mut bench = Bench::of(&FILES);
    bench.take_sent();
    bench.controller.set_mode(Mode::Osu);
    assert!(bench.controller.song_rows().is_empty());
    bench.drive();
    let sent = bench.take_sent();
    assert_eq!(sent.iter().filter(|command| command.starts_with("scan")).count(), 6);
    assert_eq!(sent.iter().filter(|command| command.starts_with("song")).count(), 3);
    assert_eq!(bench.recorded.as_ref().unwrap().mode, Mode::Osu);
    bench.controller.set_mode(Mode::Osu);
    bench.drive();
    assert!(bench.take_sent().is_empty(), "the same rules change nothing");
}

#[test]
fn the_demo_takes_the_road_of_dropped_files_and_makes_room_for_them() {
    let mut bench = Bench::of(&["tide-ann.osz", "tide-bob.osz"]);
    bench.controller.run_demo();
    assert!(bench.controller.is_demo());
    let demo = bench.commands(3);
    assert!(matches!(demo[0].request, AnalysisRequest::MakeDemo(_)));
    assert!(bench.commands(3).is_empty(), "nothing to read yet");
    let archives = FILES.iter().map(|path| arrival(path)).collect();
    bench.controller.on_demo(demo[0].job_id, Ok(archives));
    bench.drive();
    assert_eq!(bench.controller.phase, Phase::Done);
    assert_eq!(bench.titles(SongStatus::Done), ["moon", "sun", "tide"]);

    bench.add(&["own-ann.osz", "own-bob.osz"]);
    assert!(!bench.controller.is_demo());
    bench.drive();
    assert_eq!(bench.titles(SongStatus::Done), ["own"]);
}

#[test]
fn a_stopped_demo_is_made_when_it_goes_on() {
    let mut bench = Bench::new();
    bench.controller.run_demo();
    let demo = bench.commands(3);
    bench.controller.cancel();
    assert!(bench.commands(3).is_empty());
    bench.controller.on_demo(demo[0].job_id, Ok(vec![arrival("late-ann.osz")]));
    assert_eq!(bench.controller.counts().n_sets, 0);
    bench.controller.resume();
    assert!(matches!(bench.commands(3)[0].request, AnalysisRequest::MakeDemo(_)));
}

#[test]
fn bare_maps_are_told_apart_from_archives() {
    let mut bench = Bench::new();
    bench.add(&["tide-ann.osu", "tide-bob.osz"]);
    let kinds: Vec<_> = bench
        .commands(9)
        .into_iter()
        .filter_map(|command| match command.request {
            AnalysisRequest::ScanArchive(call) => Some(call.source.kind),
            _ => None,
        })
        .collect();
    assert_eq!(kinds, [SourceKind::BareMap, SourceKind::Archive]);
}

#[test]
fn a_stopped_run_does_not_say_that_songs_lack_a_second_mapper() {
    let mut bench = Bench::new();
    bench.add(&["tide-ann.osz", "moon-ann.osz"]);
    let mut commands = bench.commands(2);
    bench.answer(commands.remove(0));
    bench.controller.cancel();
    bench.drive();
    assert_eq!(bench.controller.lone_songs(), []);
    bench.controller.resume();
    bench.drive();
    assert_eq!(bench.controller.lone_songs().len(), 2);
}

#[test]
fn leaving_out_doubtful_pairs_sums_up_anew_and_compares_nothing() {
    let mut bench = Bench::of(&FILES);
    bench.take_sent();
    bench.controller.leave_out_doubtful(true);
    bench.drive();
    assert_eq!(bench.take_sent(), ["last summary of 3"]);
    assert!(bench.recorded.as_ref().unwrap().leaves_out_doubtful);
    assert_eq!(bench.controller.phase, Phase::Done);
    // The same choice again changes nothing; one on the way out is of the other choice.
    bench.controller.leave_out_doubtful(true);
    bench.drive();
    assert_eq!(bench.take_sent(), Vec::<String>::new());
    bench.controller.leave_out_doubtful(false);
    let commands = bench.commands(3);
    bench.controller.leave_out_doubtful(true);
    commands.into_iter().for_each(|command| bench.answer(command));
    bench.drive();
    assert!(bench.recorded.as_ref().unwrap().leaves_out_doubtful);
    assert_eq!(bench.controller.phase, Phase::Done);
}

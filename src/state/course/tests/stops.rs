use carto_types::SourceKind;

use super::*;
use crate::state::view::{Phase, Stage, StageState};

const FILES: [&str; 6] =
    ["moon-ann.osz", "moon-bob.osz", "sun-ann.osz", "sun-bob.osz", "tide-ann.osz", "tide-bob.osz"];

/// One song compared, two under way.
fn at_work() -> (Bench, Vec<Order<&'static str>>) {
    let mut bench = Bench::new();
    bench.add(&FILES);
    let mut orders = bench.drive_until(is_song);
    bench.answer(orders.remove(0));
    (bench, orders)
}

#[test]
fn what_is_done_stays_when_a_person_stops() {
    let (mut bench, _) = at_work();
    bench.take_ordered();
    bench.course.cancel(bench.now_s);
    assert!(bench.course.take_dropped_jobs(), "workers must be ended");
    assert_eq!(bench.course.phase(), Phase::Cancelled);
    bench.drive();
    assert_eq!(bench.take_ordered(), ["last summary of 1"]);
    assert!(bench.recorded.as_ref().unwrap().is_cancelled);
    assert_eq!(bench.titles(SongStatus::Done), ["moon"]);
    assert_eq!(bench.titles(SongStatus::Waiting), ["sun", "tide"]);
    assert_eq!(bench.course.outputs().len(), 1);
    let channels = bench.course.stages(bench.now_s)[Stage::NineChannels as usize];
    assert_eq!((channels.state, channels.n_done), (StageState::Stopped, 2));
}

#[test]
fn going_on_does_only_what_is_left() {
    let (mut bench, _) = at_work();
    bench.course.cancel(bench.now_s);
    bench.drive();
    bench.take_ordered();
    bench.course.resume(bench.now_s);
    bench.drive();
    let songs: Vec<_> =
        bench.take_ordered().into_iter().filter(|order| order.starts_with("song")).collect();
    assert_eq!(songs, ["song sun", "song tide"]);
    assert_eq!(bench.course.phase(), Phase::Done);
    assert!(!bench.recorded.as_ref().unwrap().is_cancelled);
    assert_eq!(bench.recorded.as_ref().unwrap().outcomes.len(), 3);
}

#[test]
fn late_answers_of_ended_workers_find_nobody() {
    let (mut bench, orders) = at_work();
    bench.course.cancel(bench.now_s);
    for order in orders {
        bench.answer(order);
    }
    assert_eq!(bench.titles(SongStatus::Done), ["moon"]);
    bench.course.clear();
    let (_, orders) = at_work();
    for order in orders {
        bench.answer(order);
    }
    assert_eq!(bench.course.phase(), Phase::Empty);
}

#[test]
fn archives_that_were_read_before_the_stop_are_not_read_again() {
    let mut bench = Bench::new();
    bench.add(&FILES);
    bench.drive_until(|request| is_scan_of(request, "sun-bob.osz"));
    bench.course.cancel(bench.now_s);
    bench.take_ordered();
    bench.course.resume(bench.now_s);
    bench.drive();
    let n_scans = bench.take_ordered().iter().filter(|order| order.starts_with("scan")).count();
    assert_eq!(n_scans, 3);
    assert_eq!(bench.course.phase(), Phase::Done);
}

#[test]
fn a_fault_in_one_archive_costs_that_archive() {
    let mut bench = Bench::new();
    bench.add(&FILES);
    let mut orders = bench.drive_until(|request| is_scan_of(request, "sun-ann.osz"));
    bench.fail(orders[0].job_id);
    orders.drain(1..).collect::<Vec<_>>().into_iter().for_each(|order| bench.answer(order));
    bench.drive();
    assert_eq!(bench.course.phase(), Phase::Done);
    assert_eq!(bench.titles(SongStatus::Done), ["moon", "tide"]);
    let issues = bench.course.issues();
    assert_eq!(issues.len(), 1, "{issues:?}");
    assert_eq!((&*issues[0].subject, issues[0].cause.as_str()), ("sun-ann.osz", "fault"));
    assert!(issues[0].message.contains("index out of bounds, in a.rs:1"));
    assert_eq!(bench.recorded.as_ref().unwrap().archives.len(), 5);
}

#[test]
fn a_fault_in_one_song_costs_that_song() {
    let (mut bench, mut orders) = at_work();
    let failed = orders.remove(0);
    bench.fail(failed.job_id);
    bench.answer(orders.remove(0));
    bench.drive();
    assert_eq!(bench.course.phase(), Phase::Done);
    assert_eq!(bench.titles(SongStatus::NoPairs), ["sun"]);
    assert_eq!(bench.causes(), ["fault"]);
    assert_eq!(bench.course.issues()[0].subject, "artist - sun");
    assert_eq!(bench.course.stage_counts(Stage::NineChannels), (6, 6));
}

#[test]
fn without_workers_the_run_stops_and_says_why() {
    let mut bench = Bench::new();
    bench.add(&FILES);
    bench.orders(2);
    let error = JobError::WorkerLost { message: "its script could not be loaded".into() };
    bench.course.on_broken(&error, bench.now_s);
    assert_eq!(bench.course.phase(), Phase::Cancelled);
    assert_eq!(bench.course.failure(), Some("the worker stopped: its script could not be loaded"));
    assert!(bench.orders(9).is_empty(), "not even a summary could be made");
    bench.course.resume(bench.now_s);
    assert_eq!(bench.course.failure(), None);
    bench.drive();
    assert_eq!(bench.course.phase(), Phase::Done);
}

#[test]
fn a_plan_that_fails_stops_the_run_and_can_be_tried_again() {
    let mut bench = Bench::new();
    bench.add(&FILES);
    let plan = bench.drive_until(|request| matches!(request, Request::Plan { .. }));
    bench.fail(plan[0].job_id);
    assert_eq!(bench.course.phase(), Phase::Cancelled);
    assert!(bench.course.failure().is_some());
    bench.course.resume(bench.now_s);
    bench.drive();
    assert_eq!(bench.course.phase(), Phase::Done);
}

#[test]
fn other_rules_do_everything_again() {
    let mut bench = Bench::of(&FILES);
    bench.take_ordered();
    bench.course.set_mode(Mode::Tolerant, bench.now_s);
    assert!(bench.course.song_rows().is_empty());
    bench.drive();
    let ordered = bench.take_ordered();
    assert_eq!(ordered.iter().filter(|order| order.starts_with("scan")).count(), 6);
    assert_eq!(ordered.iter().filter(|order| order.starts_with("song")).count(), 3);
    assert_eq!(bench.recorded.as_ref().unwrap().mode, Mode::Tolerant);
    bench.course.set_mode(Mode::Tolerant, bench.now_s);
    bench.drive();
    assert!(bench.take_ordered().is_empty(), "the same rules change nothing");
}

#[test]
fn the_demo_takes_the_road_of_dropped_files_and_makes_room_for_them() {
    let mut bench = Bench::of(&["tide-ann.osz", "tide-bob.osz"]);
    bench.course.run_demo(bench.now_s);
    assert!(bench.course.is_demo());
    let demo = bench.orders(3);
    assert!(matches!(demo[0].request, Request::Demo { .. }));
    assert!(bench.orders(3).is_empty(), "nothing to read yet");
    let archives = FILES.iter().map(|path| arrival(path)).collect();
    bench.course.add_demo(demo[0].job_id, archives, bench.now_s);
    bench.drive();
    assert_eq!(bench.course.phase(), Phase::Done);
    assert_eq!(bench.titles(SongStatus::Done), ["moon", "sun", "tide"]);

    bench.add(&["own-ann.osz", "own-bob.osz"]);
    assert!(!bench.course.is_demo());
    bench.drive();
    assert_eq!(bench.titles(SongStatus::Done), ["own"]);
}

#[test]
fn a_stopped_demo_is_made_when_it_goes_on() {
    let mut bench = Bench::new();
    bench.course.run_demo(bench.now_s);
    let demo = bench.orders(3);
    bench.course.cancel(bench.now_s);
    assert!(bench.orders(3).is_empty());
    bench.course.add_demo(demo[0].job_id, vec![arrival("late-ann.osz")], bench.now_s);
    assert_eq!(bench.course.counts().n_archives, 0);
    bench.course.resume(bench.now_s);
    assert!(matches!(bench.orders(3)[0].request, Request::Demo { .. }));
}

#[test]
fn bare_maps_are_told_apart_from_archives() {
    let mut bench = Bench::new();
    bench.add(&["tide-ann.osu", "tide-bob.osz"]);
    let kinds: Vec<_> = bench
        .orders(9)
        .into_iter()
        .filter_map(|order| match order.request {
            Request::Scan { kind, .. } => Some(kind),
            _ => None,
        })
        .collect();
    assert_eq!(kinds, [SourceKind::BareMap, SourceKind::Archive]);
}

use super::*;
use crate::run::view::Phase;

const FILES: [&str; 4] = ["moon-ann.osz", "moon-bob.osz", "tide-ann.osz", "tide-bob.osz"];

#[test]
fn a_cleared_run_comes_back_as_it_was_without_any_work() {
    let mut bench = Bench::of(&FILES);
    let (rows, files) = (bench.controller.song_rows(), bench.controller.summary.files.clone());
    bench.controller.clear();
    assert!(bench.controller.song_rows().is_empty());
    assert_eq!(bench.controller.phase, Phase::Empty);
    assert_eq!(bench.controller.cleared().map(|counts| counts.n_songs), Some(2));
    bench.take_sent();
    bench.controller.undo_clear();
    bench.drive();
    assert_eq!(bench.take_sent(), [""; 0]);
    assert_eq!(bench.controller.phase, Phase::Done);
    assert_eq!(bench.controller.song_rows(), rows);
    assert_eq!(bench.controller.summary.files, files);
    assert_eq!(bench.controller.cleared(), None);
    bench.controller.undo_clear();
    assert_eq!(bench.controller.phase, Phase::Done, "there is nothing else to bring back");
}

#[test]
fn a_run_that_was_cleared_in_the_middle_goes_on_there() {
    let mut bench = Bench::new();
    bench.add(&FILES);
    let mut commands = bench.drive_until(is_song);
    bench.answer(commands.remove(0));
    bench.controller.clear();
    assert!(bench.controller.take_dropped_jobs(), "workers must be ended");
    for command in commands {
        bench.answer(command);
    }
    bench.take_sent();
    bench.controller.undo_clear();
    bench.drive();
    assert_eq!(bench.take_sent(), ["song tide", "summary", "last summary of 2"]);
    assert_eq!(bench.controller.phase, Phase::Done);
    assert_eq!(bench.titles(SongStatus::Done), ["moon", "tide"]);
}

#[test]
fn a_last_summary_that_was_on_its_way_is_made_again() {
    let mut bench = Bench::new();
    bench.add(&FILES);
    bench.drive_until(is_last_summary);
    bench.controller.clear();
    bench.take_sent();
    bench.controller.undo_clear();
    bench.drive();
    assert_eq!(bench.take_sent(), ["last summary of 2"]);
    assert_eq!(bench.controller.phase, Phase::Done);
}

#[test]
fn the_demo_set_puts_a_run_aside_and_other_maps_end_that() {
    let mut bench = Bench::of(&FILES);
    bench.controller.run_demo();
    bench.drive();
    assert!(bench.controller.is_demo());
    assert_eq!(bench.controller.cleared().map(|counts| counts.n_songs), Some(2));
    bench.controller.run_demo();
    bench.drive();
    assert!(bench.controller.cleared().is_some(), "a second demo set is no run to put aside");
    bench.controller.undo_clear();
    bench.drive();
    assert!(!bench.controller.is_demo());
    assert_eq!(bench.titles(SongStatus::Done), ["moon", "tide"]);

    bench.controller.clear();
    bench.add(&["aria-ann.osz", "aria-bob.osz"]);
    bench.drive();
    assert_eq!(bench.controller.cleared(), None);
    assert_eq!(bench.titles(SongStatus::Done), ["aria"]);
}

#[test]
fn what_is_said_of_owners_meanwhile_counts() {
    let mut bench = Bench::of(&FILES);
    bench.controller.set_mode(Mode::Osu);
    bench.drive();
    bench.controller.clear();
    let md5 = study::md5("tide-bob.osz");
    bench.controller.set_owner(&md5, Some(vec!["cid".to_owned()]));
    bench.take_sent();
    bench.controller.undo_clear();
    bench.drive();
    assert_eq!(bench.take_sent(), ["plan of 4", "song tide", "last summary of 2"]);
}

use carto_types::{MapStatus, Severity, SongPlan};

use super::*;
use crate::state::course::songs::{Song, SongKey, songs_of_plan};
use crate::state::view::Phase;

#[test]
fn the_same_file_is_taken_once_and_told() {
    let mut bench = Bench::of(&["tide-ann.osz", "tide-bob.osz"]);
    bench.take_ordered();
    bench.add(&["more/tide-ann.osz"]);
    bench.drive();
    assert_eq!(bench.course.counts().n_archives, 2);
    assert_eq!(bench.causes(), ["duplicate-file"]);
    assert_eq!(bench.course.issues()[0].subject, "more/tide-ann.osz");
    assert_eq!(bench.course.phase(), Phase::Done);
    assert_eq!(bench.take_ordered(), ["last summary of 1"], "the report tells it too");
}

#[test]
fn a_file_that_could_not_be_read_is_read_when_it_is_dropped_again() {
    let mut bench = Bench::new();
    bench.add(&["tide-ann.osz", "tide-bob.osz", "moon-ann.osz", "moon-bob.osz"]);
    let orders = bench.drive_until(|request| is_scan_of(request, "tide-bob.osz"));
    bench.fail(orders[0].job_id);
    bench.drive();
    assert_eq!(bench.titles(SongStatus::Done), ["moon"]);
    assert_eq!(bench.causes(), ["fault"]);
    bench.take_ordered();
    bench.add(&["tide-bob.osz"]);
    bench.drive();
    assert_eq!(
        bench.take_ordered(),
        ["scan tide-bob.osz", "plan of 4", "song tide", "last summary of 2"]
    );
    assert!(bench.causes().is_empty(), "{:?}", bench.causes());
}

#[test]
fn an_archive_that_was_no_archive_is_planned_anew_with_the_same_files() {
    let mut bench = Bench::new();
    bench.add(&["tide-ann.osz", "tide-bob.osz"]);
    let mut orders = bench.drive_until(|request| is_scan_of(request, "tide-bob.osz"));
    let Request::Scan { job_id, name, kind, .. } = orders.remove(0).request else {
        unreachable!("it is a scan")
    };
    let issue = carto_types::Issue {
        severity: Severity::Skipped,
        subject: name.clone(),
        cause: "unreadable-archive".into(),
        message: "it is locked".into(),
    };
    let (head, maps, issues) = (None, Vec::new(), vec![issue]);
    let facts = carto_types::ArchiveFacts { name, kind, head, maps, issues };
    bench.course.on_answer(Response::Scanned { job_id, facts }, bench.now_s);
    let order = bench.drive_until(|request| matches!(request, Request::Plan { .. })).remove(0);
    let plan = carto_types::StudyPlan::default();
    bench.course.on_answer(Response::Planned { job_id: order.job_id, plan }, bench.now_s);
    bench.drive();
    assert!(bench.titles(SongStatus::Done).is_empty());
    // Stopped before it is read again: the plan's places are those that they were.
    bench.add(&["tide-bob.osz"]);
    bench.course.cancel(bench.now_s);
    bench.drive();
    let run = bench.recorded.as_ref().unwrap();
    let names: Vec<_> = run.archives.iter().map(|archive| archive.name.as_str()).collect();
    assert_eq!(names, ["tide-ann.osz", "tide-bob.osz"]);
    bench.course.resume(bench.now_s);
    bench.drive();
    assert_eq!(bench.titles(SongStatus::Done), ["tide"]);
}

#[test]
fn a_file_dropped_again_during_the_last_summary_is_in_one_more() {
    let mut bench = Bench::new();
    bench.add(&["tide-ann.osz", "tide-bob.osz", "moon-ann.osz", "moon-bob.osz"]);
    let orders = bench.drive_until(|request| is_scan_of(request, "tide-bob.osz"));
    bench.fail(orders[0].job_id);
    let is_last = |request: &Request| matches!(request, Request::Summarise { has_files: true, .. });
    let summary = bench.drive_until(is_last).remove(0);
    bench.add(&["tide-bob.osz"]);
    bench.answer(summary);
    bench.drive();
    assert_eq!(bench.course.phase(), Phase::Done);
    assert_eq!(bench.titles(SongStatus::Done).len(), 2);
    assert_eq!(bench.take_ordered().last().map(String::as_str), Some("last summary of 2"));
}

#[test]
fn a_song_that_lacked_a_file_is_compared_when_that_is_dropped_again() {
    let mut bench = Bench::new();
    bench.add(&["moon-ann.osz", "moon-bob.osz", "tide-ann.osz", "tide-bob.osz"]);
    let mut orders = bench.drive_until(is_song);
    let Request::Song { job_id, song, .. } = orders.remove(0).request else {
        unreachable!("it is a song")
    };
    let (cause, message) = ("unreadable-archive".to_owned(), "it was moved".to_owned());
    let refused = carto_types::MapOutcome {
        audio_frames: None,
        status: MapStatus::Refused { cause, message },
    };
    let outcome = carto_types::SongOutcome {
        song_idx: song.song_idx,
        target_frames: None,
        maps: vec![refused; 2],
        pairs: Vec::new(),
        issues: Vec::new(),
    };
    bench.course.on_answer(Response::SongDone { job_id, outcome }, bench.now_s);
    orders.into_iter().for_each(|order| bench.answer(order));
    bench.drive();
    assert_eq!(bench.titles(SongStatus::NoPairs), std::slice::from_ref(&song.title));
    bench.take_ordered();
    // One of its files, and one of a song that has all.
    bench.add(&["moon-ann.osz", "tide-ann.osz"]);
    bench.drive();
    assert_eq!(bench.take_ordered(), [format!("song {}", song.title), "last summary of 2".into()]);
    assert_eq!(bench.titles(SongStatus::Done).len(), 2);
}

#[test]
fn a_file_that_changed_is_another_file() {
    let mut bench = Bench::of(&["tide-ann.osz", "tide-bob.osz"]);
    let changed = Arrival { modified_ms: 2, ..arrival("tide-ann.osz") };
    bench.course.add(vec![changed], 0, Vec::new(), bench.now_s);
    bench.drive();
    assert_eq!(bench.course.counts().n_archives, 3);
}

#[test]
fn a_drop_without_an_archive_says_what_to_drop() {
    let mut bench = Bench::new();
    bench.add(&["cover.jpg", "notes.txt"]);
    assert_eq!(bench.course.phase(), Phase::Empty);
    assert!(bench.course.failure().unwrap().contains("Drop .osz archives"));
    assert_eq!(bench.causes(), ["other-file", "other-file"]);
    assert!(bench.orders(9).is_empty());
    bench.add(&["tide-ann.osz"]);
    assert_eq!(bench.course.failure(), None);
    assert_eq!(bench.course.phase(), Phase::Running);
}

#[test]
fn the_published_rules_leave_capitals_out_and_the_tolerant_take_them() {
    let mut bench = Bench::new();
    bench.add(&["tide-ann.OSZ"]);
    assert_eq!(bench.course.phase(), Phase::Empty);
    assert!(bench.course.failure().unwrap().contains("Tolerant"));
    bench.add(&["tide-bob.osz"]);
    bench.drive();
    assert_eq!(bench.course.counts().n_archives, 1);
    assert_eq!(bench.causes(), ["upper-case-ending"]);
    bench.course.set_mode(Mode::Tolerant, bench.now_s);
    bench.drive();
    assert_eq!(bench.titles(SongStatus::Done), ["tide"]);
    assert!(bench.causes().is_empty());
}

#[test]
fn files_that_were_only_counted_are_one_issue() {
    let mut bench = Bench::new();
    let arrivals = vec![arrival("tide-ann.osz"), arrival("tide-bob.osz")];
    bench.course.add(arrivals, 12, Vec::new(), 0.0);
    bench.drive();
    let issues = bench.course.issues();
    assert_eq!(issues.len(), 1, "told by the run and by its summary, shown once");
    assert_eq!(issues[0].subject, "12 other files");
    assert_eq!(issues[0].severity, Severity::Warning);
}

/// The one song of a plan with these creators.
fn song(creators: &[&str], mode: Mode) -> (SongKey, Song) {
    let maps = (0..).zip(creators).map(|(idx, creator)| study::planned_map(idx, creator));
    let plan = SongPlan {
        song_idx: 0,
        title: "tide".into(),
        artist: "artist".into(),
        archives: (0..creators.len() as u32).collect(),
        maps: maps.collect(),
    };
    let plan = carto_types::StudyPlan { songs: vec![plan], ..Default::default() };
    let archive_ids: Vec<u32> = (0..creators.len() as u32).collect();
    songs_of_plan(&plan, &archive_ids, mode, &mut Default::default()).remove(0)
}

#[test]
fn pairs_are_expected_between_different_mappers_only() {
    let n_pairs = |creators: &[&str], mode| song(creators, mode).1.n_pairs();
    assert_eq!(n_pairs(&["ann", "bob", "cid", "dan"], Mode::Published), 6);
    assert_eq!(n_pairs(&["ann", "ann", "bob"], Mode::Published), 2);
    assert_eq!(n_pairs(&["ann", "Ann"], Mode::Published), 1);
    assert_eq!(n_pairs(&["ann", "Ann", "bob"], Mode::Tolerant), 2);
    assert_eq!(n_pairs(&["ann"], Mode::Published), 0);
}

#[test]
fn a_refused_map_takes_its_pairs_along() {
    let (_, mut song) = song(&["ann", "bob", "cid"], Mode::Published);
    let refused = MapStatus::Refused { cause: "overlapping-objects".into(), message: "".into() };
    song.note_map(1, &refused);
    assert_eq!((song.n_pairs(), song.n_maps_done()), (1, 1));
    song.note_map(0, &MapStatus::Encoded);
    assert_eq!((song.n_pairs(), song.n_maps_done()), (1, 2));
}

#[test]
fn a_songs_key_changes_with_what_is_compared_and_not_with_its_place() {
    let (key, _) = song(&["ann", "bob"], Mode::Published);
    assert_eq!(key, song(&["ann", "bob"], Mode::Published).0);
    assert_ne!(key, song(&["ann", "cid"], Mode::Published).0);
    assert_ne!(key, song(&["ann", "bob", "cid"], Mode::Published).0);
}

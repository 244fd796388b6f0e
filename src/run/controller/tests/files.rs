use carto_protocol::CompareSong;
use carto_types::{MapRefusal, MapStatus, PlannedPair, Severity, SongPlan};

use super::*;
use crate::run::controller::songs::{Song, SongKey, songs_of_plan};
use crate::run::view::{Counts, Phase};

#[test]
fn the_same_file_is_taken_once_and_told() {
    let mut bench = Bench::of(&["tide-ann.osz", "tide-bob.osz"]);
    bench.take_sent();
    bench.add(&["more/tide-ann.osz"]);
    bench.drive();
    assert_eq!(bench.controller.counts().n_sets, 2);
    assert_eq!(bench.causes(), ["duplicate-file"]);
    assert_eq!(bench.controller.issues()[0].subject, "more/tide-ann.osz");
    assert_eq!(bench.controller.phase, Phase::Done);
    assert_eq!(bench.take_sent(), ["last summary of 1"], "the report tells it too");
}

#[test]
fn a_file_that_could_not_be_read_is_read_when_it_is_dropped_again() {
    let mut bench = Bench::new();
    bench.add(&["tide-ann.osz", "tide-bob.osz", "moon-ann.osz", "moon-bob.osz"]);
    let commands = bench.drive_until(|request| is_scan_of(request, "tide-bob.osz"));
    bench.fail(&commands[0]);
    bench.drive();
    assert_eq!(bench.titles(SongStatus::Done), ["moon"]);
    assert_eq!(bench.causes(), ["fault"]);
    bench.take_sent();
    bench.add(&["tide-bob.osz"]);
    bench.drive();
    assert_eq!(
        bench.take_sent(),
        ["scan tide-bob.osz", "plan of 4", "song tide", "last summary of 2"]
    );
    assert!(bench.causes().is_empty(), "{:?}", bench.causes());
}

#[test]
fn an_archive_that_was_no_archive_is_planned_anew_with_the_same_files() {
    let mut bench = Bench::new();
    bench.add(&["tide-ann.osz", "tide-bob.osz"]);
    let mut commands = bench.drive_until(|request| is_scan_of(request, "tide-bob.osz"));
    let command = commands.remove(0);
    let issue = carto_types::Issue {
        severity: Severity::Skipped,
        subject: "tide-bob.osz".into(),
        cause: "unreadable-archive".into(),
        message: "it is locked".into(),
    };
    let facts = carto_types::ArchiveFacts {
        name: "tide-bob.osz".into(),
        kind: carto_types::SourceKind::Archive,
        head: None,
        maps: Vec::new(),
        issues: vec![issue],
    };
    bench.controller.on_scanned(command.job_id, Ok(facts));
    let command = bench.drive_until(is_plan).remove(0);
    bench.controller.on_planned(command.job_id, Ok(carto_types::StudyPlan::default()));
    bench.drive();
    assert!(bench.titles(SongStatus::Done).is_empty());
    // Stopped before it is read again: the plan's places are those that they were.
    bench.add(&["tide-bob.osz"]);
    bench.controller.cancel();
    bench.drive();
    let run = bench.recorded.as_ref().unwrap();
    let names: Vec<_> = run.archives.iter().map(|archive| archive.name.as_str()).collect();
    assert_eq!(names, ["tide-ann.osz", "tide-bob.osz"]);
    bench.controller.resume();
    bench.drive();
    assert_eq!(bench.titles(SongStatus::Done), ["tide"]);
}

#[test]
fn a_file_dropped_again_during_the_last_summary_is_in_one_more() {
    let mut bench = Bench::new();
    bench.add(&["tide-ann.osz", "tide-bob.osz", "moon-ann.osz", "moon-bob.osz"]);
    let commands = bench.drive_until(|request| is_scan_of(request, "tide-bob.osz"));
    bench.fail(&commands[0]);
    let summary = bench.drive_until(is_last_summary).remove(0);
    bench.add(&["tide-bob.osz"]);
    bench.answer(summary);
    bench.drive();
    assert_eq!(bench.controller.phase, Phase::Done);
    assert_eq!(bench.titles(SongStatus::Done).len(), 2);
    assert_eq!(bench.take_sent().last().map(String::as_str), Some("last summary of 2"));
}

#[test]
fn a_song_that_lacked_a_file_is_compared_when_that_is_dropped_again() {
    let mut bench = Bench::new();
    bench.add(&["moon-ann.osz", "moon-bob.osz", "tide-ann.osz", "tide-bob.osz"]);
    let mut commands = bench.drive_until(is_song);
    let command = commands.remove(0);
    let AnalysisRequest::CompareSong(CompareSong { song, .. }) = command.request else {
        unreachable!("it is a song")
    };
    let refusal = MapRefusal::new("unreadable-archive".into(), "it was moved");
    let status = MapStatus::Refused(refusal);
    let refused = carto_types::MapOutcome { audio_frames: None, status };
    let outcome = carto_types::SongOutcome {
        song_idx: song.song_idx,
        target_frames: None,
        maps: vec![refused; 2],
        pairs: Vec::new(),
        ceiling: Vec::new(),
        issues: Vec::new(),
    };
    bench.controller.on_song_compared(command.job_id, Ok(outcome));
    commands.into_iter().for_each(|command| bench.answer(command));
    bench.drive();
    assert_eq!(bench.titles(SongStatus::NoPairs), std::slice::from_ref(&song.title));
    bench.take_sent();
    // One of its files, and one of a song that has all.
    bench.add(&["moon-ann.osz", "tide-ann.osz"]);
    bench.drive();
    assert_eq!(bench.take_sent(), [format!("song {}", song.title), "last summary of 2".into()]);
    assert_eq!(bench.titles(SongStatus::Done).len(), 2);
}

#[test]
fn a_file_that_changed_is_another_file() {
    let mut bench = Bench::of(&["tide-ann.osz", "tide-bob.osz"]);
    let changed = Arrival { modified_ms: 2, ..arrival("tide-ann.osz") };
    bench.controller.add(vec![changed], 0, Vec::new());
    bench.drive();
    assert_eq!(bench.controller.counts().n_sets, 3);
}

#[test]
fn a_drop_without_an_archive_says_what_to_drop() {
    let mut bench = Bench::new();
    bench.add(&["cover.jpg", "notes.txt"]);
    assert_eq!(bench.controller.phase, Phase::Empty);
    assert!(bench.failure().unwrap().contains("Drop .osz archives"));
    assert_eq!(bench.causes(), ["other-file", "other-file"]);
    assert!(bench.commands(9).is_empty());
    bench.add(&["tide-ann.osz"]);
    assert_eq!(bench.failure(), None);
    assert_eq!(bench.controller.phase, Phase::Running);
}

#[test]
fn the_published_rules_leave_capitals_out_and_those_of_osu_take_them() {
    let mut bench = Bench::new();
    bench.add(&["tide-ann.OSZ"]);
    assert_eq!(bench.controller.phase, Phase::Empty);
    assert!(bench.failure().unwrap().contains("As osu! players know it"));
    bench.add(&["tide-bob.osz"]);
    bench.drive();
    assert_eq!(bench.controller.counts().n_sets, 1);
    assert_eq!(bench.causes(), ["upper-case-ending"]);
    bench.controller.set_mode(Mode::Osu);
    bench.drive();
    assert_eq!(bench.titles(SongStatus::Done), ["tide"]);
    assert!(bench.causes().is_empty());
}

#[test]
fn files_that_were_only_counted_are_one_issue() {
    let mut bench = Bench::new();
    let arrivals = vec![arrival("tide-ann.osz"), arrival("tide-bob.osz")];
    bench.controller.add(arrivals, 12, Vec::new());
    bench.drive();
    let issues = bench.controller.issues();
    assert_eq!(issues.len(), 1, "told by the run and by its summary, shown once");
    assert_eq!(issues[0].subject, "12 other files");
    assert_eq!(issues[0].severity, Severity::Warning);
}

/// An extracted set whose files are known by their paths in it.
fn extracted(path: &str, inner: &[Handle]) -> Arrival<Handle> {
    let inner_paths = inner.iter().map(|path| (*path).to_owned()).collect();
    let path = path.to_owned();
    Arrival {
        path,
        inner: inner_paths,
        size_bytes: 2,
        modified_ms: 1,
        files: inner.to_vec(),
        is_unpacked: false,
    }
}

#[test]
fn extracted_sets_stand_beside_archives_where_their_own_would() {
    let mut bench = Bench::new();
    let sets = vec![
        extracted("Songs/tide-bob", &["a.mp3", "b.osu"]),
        // A blank stands before the full stop, so before the archive's name too.
        extracted("Songs/tide-bob jr", &["AUDIO.OGG", "c.osu", "d.osu"]),
        arrival("Songs/tide-ann.osz"),
    ];
    bench.controller.add(sets, 0, Vec::new());
    let found = Counts { n_sets: 2, n_bare: 0, has_folders: true, n_beatmaps: 3, n_songs: 0 };
    assert_eq!(bench.controller.counts(), found, "told at once, before anything is read");
    bench.drive();
    let sent = bench.take_sent();
    let scans = ["scan Songs/tide-ann.osz", "scan Songs/tide-bob jr", "scan Songs/tide-bob"];
    assert_eq!(sent[..3], scans);
    assert_eq!(bench.titles(SongStatus::Done), ["tide"]);
    let run = bench.recorded.as_ref().unwrap();
    let names: Vec<_> = run.archives.iter().map(|archive| archive.name.as_str()).collect();
    let expected = ["Songs/tide-ann.osz", "Songs/tide-bob jr.osz", "Songs/tide-bob.osz"];
    assert_eq!(names, expected);

    // The same set once more is the same set; one of whose files one changed is another.
    bench.controller.add(vec![extracted("tide-bob", &["a.mp3", "b.osu"])], 0, Vec::new());
    assert_eq!(bench.causes(), ["duplicate-file"]);
    let changed = Arrival { size_bytes: 3, ..extracted("tide-bob", &["a.mp3", "b.osu"]) };
    bench.controller.add(vec![changed], 0, Vec::new());
    bench.drive();
    assert_eq!(bench.controller.counts().n_sets, 4);
}

#[test]
fn what_is_told_last_of_a_drop_is_no_drop_of_its_own() {
    let mut bench = Bench::of(&["tide-ann.osz", "tide-bob.osz"]);
    bench.take_sent();
    bench.controller.note(0, Vec::new());
    bench.drive();
    assert!(bench.take_sent().is_empty());
    bench.controller.note(3, Vec::new());
    bench.drive();
    assert_eq!((bench.failure(), bench.causes()), (None, vec!["other-files".to_owned()]));
    assert_eq!(bench.take_sent(), ["last summary of 1"], "the report tells it too");
}

#[test]
fn nothing_is_over_while_more_of_a_drop_is_on_its_way() {
    let mut bench = Bench::new();
    bench.add(&["tide-ann.osz", "tide-bob.osz"]);
    bench.controller.expect_more();
    bench.drive();
    assert_eq!(bench.take_sent(), ["scan tide-ann.osz", "scan tide-bob.osz"]);
    assert_eq!(bench.controller.phase, Phase::Running);

    // Who stops meanwhile does not start again with what comes.
    bench.controller.cancel();
    bench.add(&["tide-cid.osz"]);
    assert_eq!(bench.controller.phase, Phase::Cancelled);
    bench.controller.expect_no_more();
    bench.controller.resume();
    bench.drive();
    assert_eq!(bench.controller.phase, Phase::Done);
    assert_eq!(bench.titles(SongStatus::Done), ["tide"]);
    assert_eq!(bench.recorded.as_ref().unwrap().archives.len(), 3);
}

/// The one song of a plan with these creators and pairs.
fn song(creators: &[&str], pairs: &[(u32, u32)]) -> (SongKey, Song) {
    let maps = (0..).zip(creators).map(|(idx, creator)| study::planned_map(idx, creator));
    let pairs = pairs.iter().map(|&(a, b)| PlannedPair { a, b, is_by_one_mapper: false }).collect();
    let plan = SongPlan {
        song_idx: 0,
        title: "tide".into(),
        artist: "artist".into(),
        archives: (0..creators.len() as u32).collect(),
        maps: maps.collect(),
        pairs,
        evidence: None,
    };
    let plan = carto_types::StudyPlan { songs: vec![plan], ..Default::default() };
    let archive_ids: Vec<u32> = (0..creators.len() as u32).collect();
    songs_of_plan(&plan, &archive_ids, &mut Default::default()).remove(0)
}

#[test]
fn a_refused_map_takes_its_pairs_along() {
    let (_, mut song) = song(&["ann", "bob", "cid"], &[(0, 1), (0, 2), (1, 2)]);
    assert_eq!(song.n_pairs(), 3);
    let refusal = MapRefusal::new("overlapping-objects".into(), "");
    let refused = MapStatus::Refused(refusal);
    song.note_map(1, &refused);
    assert_eq!((song.n_pairs(), song.n_maps_done()), (1, 1));
    song.note_map(0, &MapStatus::Encoded);
    assert_eq!((song.n_pairs(), song.n_maps_done()), (1, 2));
}

#[test]
fn a_songs_key_changes_with_what_is_compared_and_not_with_its_place() {
    let (key, _) = song(&["ann", "bob"], &[(0, 1)]);
    assert_eq!(key, song(&["ann", "bob"], &[(0, 1)]).0);
    assert_ne!(key, song(&["ann", "cid"], &[(0, 1)]).0);
    assert_ne!(key, song(&["ann", "bob"], &[]).0);
    assert_ne!(key, song(&["ann", "bob", "cid"], &[(0, 1)]).0);
}

/// The sets of a pack, as the driver gives them.
fn unpacked(paths: &[Handle]) -> Vec<Arrival<Handle>> {
    paths.iter().map(|path| Arrival { is_unpacked: true, ..arrival(path) }).collect()
}

#[test]
fn the_archives_of_a_pack_are_read_like_others() {
    let mut bench = Bench::new();
    bench.add(&["tide-ann.osz", "pack.zip"]);
    let commands = bench.commands(9);
    assert_eq!(bench.take_sent(), ["pack pack.zip", "scan tide-ann.osz"]);
    for command in commands {
        if let AnalysisRequest::OpenPack(_) = command.request {
            assert_eq!(command.files, ["pack.zip"]);
            let issue = carto_types::Issue::skipped("pack.zip/b.osz", "other-file".into(), "no");
            let arrivals = unpacked(&["tide-bob.osz"]);
            bench.controller.on_pack_opened(command.job_id, Ok((arrivals, vec![issue])));
        } else {
            bench.answer(command);
        }
    }
    bench.drive();
    assert_eq!(bench.titles(SongStatus::Done), ["tide"]);
    assert_eq!(bench.causes(), ["other-file"]);
}

#[test]
fn nothing_is_planned_while_a_pack_is_open() {
    let mut bench = Bench::new();
    bench.add(&["tide-ann.osz", "tide-bob.osz", "pack.zip"]);
    let pack = bench.commands(1).remove(0);
    bench.drive();
    assert!(!bench.take_sent().iter().any(|sent| sent.starts_with("plan")));
    // Stopped and resumed, it is opened again.
    bench.controller.cancel();
    bench.drive();
    bench.controller.resume();
    assert_eq!(bench.commands(1).len(), 1);
    bench.controller.on_pack_opened(pack.job_id, Ok((unpacked(&["late.osz"]), Vec::new())));
    assert_eq!(bench.controller.counts().n_sets, 2, "it was given up");
    assert!(bench.take_sent().contains(&"pack pack.zip".to_owned()));
}

#[test]
fn a_pack_without_archives_says_what_to_drop_and_one_that_is_a_set_is_read() {
    let mut bench = Bench::new();
    bench.add(&["pack.zip"]);
    bench.drive();
    assert_eq!(bench.controller.phase, Phase::Empty);
    assert!(bench.failure().unwrap().contains("Drop .osz archives"));
    bench.add(&["tide-ann.zip"]);
    let command = bench.commands(1).remove(0);
    bench.controller.on_pack_opened(command.job_id, Ok((unpacked(&["tide-ann.zip"]), Vec::new())));
    assert_eq!(bench.controller.phase, Phase::Running);
    bench.drive();
    assert_eq!(bench.controller.counts().n_sets, 1);
    let mut bench = Bench::new();
    bench.add(&["pack.zip", "tide-ann.osz", "pack.7z"]);
    let command = bench.commands(1).remove(0);
    bench.fail(&command);
    bench.drive();
    assert_eq!(bench.causes(), ["other-file", "fault"]);
    assert!(bench.controller.issues()[0].message.contains("7-Zip"));
}

#[test]
fn what_a_refused_drop_left_behind_is_not_in_the_list_of_the_next_run() {
    let mut bench = Bench::new();
    bench.add(&["cover.jpg", "pack.7z"]);
    assert!(bench.failure().unwrap().contains("pack.7z"), "the refusal itself says why");
    bench.add(&["tide-ann.osz", "tide-bob.osz", "notes.txt"]);
    bench.drive();
    let subjects: Vec<_> = bench.controller.issues().into_iter().map(|it| it.subject).collect();
    assert_eq!(subjects, ["notes.txt"]);
    // Of a run that goes on, nothing is forgotten.
    bench.add(&["more.txt"]);
    bench.drive();
    assert_eq!(bench.controller.issues().len(), 2);
}

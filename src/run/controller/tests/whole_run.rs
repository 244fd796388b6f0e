use super::*;
use crate::run::view::{Counts, Phase, Stage, StageState};

pub(super) const TWO_SONGS: [&str; 5] =
    ["tide-ann.osz", "tide-bob.osz", "moon-ann.osz", "moon-bob.osz", "moon-cid.osz"];

#[test]
fn a_drop_runs_to_its_files() {
    let bench = Bench::of(&TWO_SONGS);
    assert_eq!(bench.controller.phase, Phase::Done);
    assert_eq!(bench.titles(SongStatus::Done), ["moon", "tide"]);
    assert_eq!(bench.controller.summary.files.len(), 1);
    assert_eq!(
        bench.controller.counts(),
        Counts { n_sets: 5, n_bare: 0, has_folders: false, n_beatmaps: 5, n_songs: 2 }
    );
    for (stage, n_total) in Stage::ALL.into_iter().zip([5, 5, 4]) {
        assert_eq!(bench.controller.stage_counts(stage), (n_total, n_total));
        assert_eq!(bench.controller.stages()[stage as usize].state, StageState::Done);
    }
    let means: Vec<_> = bench.controller.song_rows().iter().map(|row| row.r.unwrap()[0]).collect();
    assert_eq!(means, [300.0, 200.0]);
}

#[test]
fn archives_stand_in_path_order_however_they_came() {
    let mut reversed = TWO_SONGS;
    reversed.reverse();
    let (forth, back) = (Bench::of(&TWO_SONGS), Bench::of(&reversed));
    let names = |bench: &Bench| -> Vec<String> {
        let archives = bench.recorded.as_ref().unwrap().archives.iter();
        archives.map(|archive| archive.name.clone()).collect()
    };
    assert!(names(&forth).is_sorted());
    assert_eq!(names(&forth), names(&back));
}

#[test]
fn there_are_never_more_commands_than_room() {
    let mut bench = Bench::new();
    bench.add(&TWO_SONGS);
    assert_eq!(bench.commands(2).len(), 2);
    assert_eq!(bench.commands(0).len(), 0);
    assert_eq!(bench.commands(9).len(), 3);
    assert_eq!(bench.commands(9).len(), 0);
}

#[test]
fn songs_that_late_files_do_not_touch_keep_their_outcome() {
    let mut bench = Bench::of(&TWO_SONGS);
    bench.take_sent();
    // "aria" and "tide" now have as many mappers as "moon": places move.
    bench.add(&["aria-ann.osz", "aria-bob.osz", "aria-cid.osz", "tide-cid.osz"]);
    assert_eq!(bench.controller.phase, Phase::Running);
    assert!(bench.controller.summary.files.is_empty(), "the old files are out of date");
    bench.drive();

    let sent = bench.take_sent();
    assert_eq!(sent.iter().filter(|command| command.starts_with("scan")).count(), 4);
    let songs: Vec<_> = sent.iter().filter(|command| command.starts_with("song")).collect();
    assert_eq!(songs, ["song aria", "song tide"]);
    assert_eq!(bench.titles(SongStatus::Done), ["aria", "moon", "tide"]);

    let record = bench.recorded.as_ref().unwrap();
    let mut by_place: Vec<_> =
        record.outcomes.iter().map(|it| (it.song_idx, it.pairs.len())).collect();
    by_place.sort_unstable();
    assert_eq!(by_place, [(0, 3), (1, 3), (2, 3)]);
    assert!(bench.controller.song_rows().iter().all(|row| row.r.is_some()));
}

#[test]
fn files_that_come_while_songs_are_compared_are_read_first() {
    let mut bench = Bench::new();
    bench.add(&TWO_SONGS);
    let mut songs = bench.drive_until(is_song);
    bench.add(&["moon-dan.osz"]);
    // The song under way is of the old plan; "tide" is not touched by the new one.
    assert!(
        matches!(&songs[0].request, AnalysisRequest::CompareSong(call) if call.song.title == "moon")
    );
    bench.take_sent();
    bench.answer(songs.remove(0));
    bench.drive_until(is_plan);
    assert_eq!(bench.take_sent()[0], "scan moon-dan.osz");
}

#[test]
fn a_plan_that_files_overtook_is_asked_for_again() {
    let mut bench = Bench::new();
    bench.add(&TWO_SONGS);
    let mut plan = bench.drive_until(is_plan);
    bench.add(&["tide-cid.osz"]);
    let mut scans = bench.commands(3);
    bench.answer(scans.remove(0));
    bench.answer(plan.remove(0));
    bench.drive();
    assert_eq!(bench.sent.iter().filter(|command| command.starts_with("plan")).count(), 2);
    assert_eq!(bench.titles(SongStatus::Done), ["moon", "tide"]);
    assert_eq!(bench.controller.stage_counts(Stage::ComparePairs), (6, 6));
}

#[test]
fn summaries_in_between_leave_most_of_the_time_to_the_songs() {
    let mut bench = Bench::new();
    bench.add(&TWO_SONGS);
    let mut commands = bench.drive_until(is_song);
    bench.answer(commands.remove(0));
    let mut commands = bench.commands(0);
    assert_eq!(commands.len(), 1, "the first is due at once");
    assert!(commands[0].is_urgent);
    // It takes two seconds, so the next waits for eight.
    bench.controller.now_s += 2.0;
    bench.answer(commands.remove(0));
    bench.controller.summary_timing.is_stale = true;
    assert_eq!(bench.commands(0).len(), 0);
    bench.controller.now_s += 7.9;
    assert_eq!(bench.commands(0).len(), 0);
    bench.controller.now_s += 0.2;
    assert_eq!(bench.commands(0).len(), 1);
}

#[test]
fn a_run_without_a_song_of_two_mappers_ends_too() {
    let bench = Bench::of(&["tide-ann.osz", "moon-bob.osz"]);
    assert_eq!(bench.controller.phase, Phase::Done);
    assert_eq!(bench.controller.counts().n_songs, 0);
    assert_eq!(bench.controller.summary.files.len(), 1, "the report says why");
}

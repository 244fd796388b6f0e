//! What is kept for the next visit.

use carto_protocol::Kept;

use super::*;

fn are_kept(commands: &[AnalysisCommand<Handle>]) -> Vec<bool> {
    let is_kept = |command: &AnalysisCommand<Handle>| match &command.request {
        AnalysisRequest::ScanArchive(call) => Some(call.is_kept),
        AnalysisRequest::CompareSong(call) => Some(call.is_kept),
        _ => None,
    };
    commands.iter().filter_map(is_kept).collect()
}

#[test]
fn nothing_is_kept_that_nobody_asked_for() {
    let mut bench = Bench::new();
    bench.add(&["tide-ann.osz", "tide-bob.osz"]);
    assert_eq!(are_kept(&bench.commands(2)), [false, false]);
    let mut bench = Bench::of(&["tide-ann.osz", "tide-bob.osz"]);
    assert!(!bench.take_sent().iter().any(|word| word.contains("kept")));
    assert_eq!(bench.controller.kept(), None);
}

#[test]
fn facts_and_outcomes_are_kept_and_their_size_is_told_at_once_and_at_the_end() {
    let mut bench = Bench::new();
    bench.controller.set_keeping(true);
    bench.add(&["tide-ann.osz", "tide-bob.osz"]);
    let songs = bench.drive_until(is_song);
    assert_eq!(are_kept(&songs), [true]);
    songs.into_iter().for_each(|command| bench.answer(command));
    bench.drive();
    let sent = bench.take_sent();
    assert_eq!((&*sent[0], &**sent.last().unwrap()), ("size of kept", "size of kept"));
    let expected = Kept { n_bytes: 1000, problem: None };
    assert_eq!(bench.controller.kept(), Some(&expected));
    // The choice outlives the files.
    bench.controller.clear();
    bench.add(&["tide-ann.osz"]);
    assert_eq!(are_kept(&bench.commands(1)), [true]);
}

#[test]
fn whoever_wants_nothing_kept_any_more_has_it_deleted_even_when_the_worker_is_stopped() {
    let mut bench = Bench::new();
    bench.controller.set_keeping(true);
    bench.add(&["tide-ann.osz", "tide-bob.osz"]);
    bench.drive();
    bench.take_sent();
    bench.controller.set_keeping(false);
    assert_eq!(bench.commands(3).len(), 1);
    bench.add(&["moon-ann.osz"]);
    bench.controller.cancel();
    assert_eq!(bench.take_sent(), ["delete kept"]);
    for command in bench.commands(3) {
        if matches!(command.request, AnalysisRequest::AskKept(_)) {
            bench.answer(command);
        }
    }
    assert_eq!(bench.take_sent()[0], "delete kept");
    assert_eq!(bench.controller.kept().map(|kept| kept.n_bytes), Some(0));
}

#[test]
fn a_worker_that_breaks_down_at_it_is_a_problem_in_words() {
    let mut bench = Bench::new();
    bench.controller.set_keeping(true);
    let command = bench.commands(1).remove(0);
    bench.fail(&command);
    let problem = bench.controller.kept().and_then(|kept| kept.problem.clone());
    assert!(problem.is_some_and(|problem| problem.contains("a fault in this program")));
}

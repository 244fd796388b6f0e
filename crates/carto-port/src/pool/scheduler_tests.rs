use carto_protocol::JobError;

use super::scheduler::{Action, Scheduler};

type Pool = Scheduler<&'static str>;

fn lost(message: &str) -> JobError {
    JobError::WorkerLost { message: message.to_owned() }
}

/// A pool of `n_max` whose first worker listens and is at job 0.
fn pool_at_work(n_max: usize) -> Pool {
    let mut pool = Pool::new(n_max, 1);
    assert_eq!(pool.submit(0, "first", false), [Action::Start(0)]);
    assert_eq!(pool.on_ready(0), [Action::Send(0, 0, "first")]);
    pool
}

#[test]
fn a_worker_gets_no_job_before_it_listens() {
    let mut pool = Pool::new(2, 1);
    assert_eq!(pool.submit(0, "a", false), [Action::Start(0)]);
    assert_eq!(pool.submit(1, "b", false), [Action::Start(1)]);
    assert_eq!(pool.submit(2, "c", false), []);
    assert_eq!(pool.on_ready(1), [Action::Send(1, 0, "a")]);
    assert_eq!(pool.on_ready(0), [Action::Send(0, 1, "b")]);
    assert_eq!(pool.on_job_ended(1, 0), [Action::Send(1, 2, "c")]);
}

#[test]
fn one_worker_is_enough_for_one_job_after_another() {
    let mut pool = pool_at_work(8);
    assert_eq!(pool.on_job_ended(0, 0), []);
    assert_eq!(pool.submit(1, "second", false), [Action::Send(0, 1, "second")]);
}

#[test]
fn a_worker_that_was_started_ahead_does_the_first_job() {
    let mut pool = Pool::new(8, 1);
    assert_eq!(pool.start_ahead(), [Action::Start(0)]);
    assert_eq!(pool.start_ahead(), [], "one is on its way");
    assert_eq!(pool.submit(0, "first", false), []);
    assert_eq!(pool.on_ready(0), [Action::Send(0, 0, "first")]);
    // One that could not be started is tried again by the first job alone.
    let mut pool = Pool::new(8, 1);
    pool.start_ahead();
    assert_eq!(pool.on_start_failed(0, lost("x")), [Action::Terminate(0)]);
    assert_eq!(pool.submit(0, "first", false), [Action::Start(1)]);
}

#[test]
fn an_urgent_job_goes_before_those_that_wait() {
    let mut pool = pool_at_work(1);
    assert_eq!(pool.submit(1, "later", false), []);
    assert_eq!(pool.submit(2, "urgent", true), []);
    assert_eq!(pool.on_job_ended(0, 0), [Action::Send(0, 2, "urgent")]);
}

#[test]
fn a_panic_costs_one_job_and_one_worker() {
    let mut pool = pool_at_work(1);
    pool.submit(1, "second", false);
    let error = JobError::Panic { message: "index out of bounds".to_owned() };
    assert_eq!(
        pool.on_worker_lost(0, Some(0), error.clone()),
        [Action::Terminate(0), Action::Fail(0, error), Action::Start(1)]
    );
    assert_eq!(pool.on_ready(1), [Action::Send(1, 1, "second")]);
    // What the dead worker still says concerns nobody.
    assert_eq!(pool.on_worker_lost(0, None, lost("late")), []);
    assert!(pool.has_job(1, 1));
}

#[test]
fn three_failed_starts_in_a_row_end_every_waiting_job() {
    let mut pool = Pool::new(1, 1);
    pool.submit(7, "a", false);
    pool.submit(8, "b", false);
    assert_eq!(pool.on_start_failed(0, lost("404")), [Action::Terminate(0), Action::Start(1)]);
    assert_eq!(pool.on_worker_lost(1, None, lost("404")), [Action::Terminate(1), Action::Start(2)]);
    assert_eq!(
        pool.on_start_failed(2, lost("404")),
        [Action::Terminate(2), Action::Break(lost("404"))]
    );
    // A person may try again: a new job is a new attempt.
    assert_eq!(pool.submit(9, "c", false), [Action::Start(3)]);
    assert_eq!(pool.on_ready(3), [Action::Send(3, 9, "c")]);
}

#[test]
fn workers_that_listen_go_on_alone_when_no_more_can_be_started() {
    let mut pool = pool_at_work(2);
    assert_eq!(pool.submit(1, "b", false), [Action::Start(1)]);
    assert_eq!(pool.on_start_failed(1, lost("x")), [Action::Terminate(1), Action::Start(2)]);
    assert_eq!(pool.on_start_failed(2, lost("x")), [Action::Terminate(2), Action::Start(3)]);
    assert_eq!(pool.on_start_failed(3, lost("x")), [Action::Terminate(3)]);
    assert_eq!(pool.on_job_ended(0, 0), [Action::Send(0, 1, "b")]);
    // The last one breaks down too: one more attempt, then the end.
    assert_eq!(pool.submit(2, "c", false), []);
    assert_eq!(
        pool.on_worker_lost(0, None, lost("y")),
        [Action::Terminate(0), Action::Fail(1, lost("y")), Action::Start(4)]
    );
    assert_eq!(
        pool.on_start_failed(4, lost("x")),
        [Action::Terminate(4), Action::Break(lost("x"))]
    );
}

#[test]
fn cancelling_ends_the_busy_and_empties_the_queue() {
    let mut pool = pool_at_work(2);
    pool.submit(1, "b", false);
    pool.on_ready(1);
    pool.on_job_ended(1, 1);
    pool.submit(2, "c", false);
    pool.on_job_ended(1, 2);
    pool.submit(3, "d", false);
    pool.submit(4, "e", false);
    pool.on_job_ended(1, 3);
    // Worker 0 is at job 0, worker 1 at job 4.
    assert_eq!(pool.cancel_all(), [Action::Terminate(0), Action::Terminate(1)]);
    assert_eq!(pool.room(), 4);
    assert_eq!(pool.submit(5, "f", false), [Action::Start(2)]);
}

#[test]
fn idle_workers_end_when_they_are_not_needed_and_busy_ones_stay() {
    let mut pool = pool_at_work(2);
    pool.submit(1, "b", false);
    pool.on_ready(1);
    pool.on_job_ended(1, 1);
    pool.submit(2, "c", false);
    pool.on_job_ended(0, 0);
    // Worker 0 waits, worker 1 is busy.
    assert_eq!(pool.end_idle(), [Action::Terminate(0)]);
    assert!(pool.has_job(1, 2));
    pool.on_job_ended(1, 2);
    assert_eq!(pool.end_idle(), [Action::Terminate(1)]);
    assert_eq!(pool.submit(3, "d", false), [Action::Start(2)]);
}

#[test]
fn room_counts_what_waits_and_what_works() {
    let mut pool = pool_at_work(2);
    assert_eq!(pool.room(), 3);
    pool.submit(1, "b", false);
    pool.submit(2, "c", false);
    assert_eq!(pool.room(), 1);
    pool.submit(3, "d", true);
    assert_eq!(pool.room(), 0);
}

#[test]
fn a_lower_limit_ends_idle_workers_and_a_higher_one_starts_more() {
    let mut pool = pool_at_work(2);
    pool.submit(1, "b", false);
    pool.on_ready(1);
    pool.on_job_ended(1, 1);
    // Worker 0 is busy, worker 1 waits.
    assert_eq!(pool.set_limit(1), [Action::Terminate(1)]);
    assert_eq!(pool.submit(2, "c", false), []);
    assert_eq!(pool.set_limit(2), [Action::Start(2)]);
}

#[test]
fn a_worker_of_depth_two_gets_a_second_job_once_all_workers_are_busy() {
    let mut pool = Pool::new(2, 2);
    assert_eq!(pool.room(), 6);
    assert_eq!(pool.submit(0, "a", false), [Action::Start(0)]);
    assert_eq!(pool.on_ready(0), [Action::Send(0, 0, "a")]);
    // Another worker is better than a second job.
    assert_eq!(pool.submit(1, "b", false), [Action::Start(1)]);
    assert_eq!(pool.submit(2, "c", false), [Action::Send(0, 1, "b")]);
    assert_eq!(pool.on_ready(1), [Action::Send(1, 2, "c")]);
    assert_eq!(pool.submit(3, "d", false), [Action::Send(1, 3, "d")]);
    assert_eq!(pool.submit(4, "e", false), []);
    assert_eq!(pool.room(), 1);
    // Jobs may end in any order.
    assert_eq!(pool.on_job_ended(1, 3), [Action::Send(1, 4, "e")]);
    assert!(pool.has_job(1, 2) && !pool.has_job(1, 3));
}

#[test]
fn of_two_jobs_of_a_worker_that_broke_down_the_other_is_done_elsewhere() {
    let mut pool = Pool::new(1, 2);
    pool.submit(0, "a", false);
    pool.submit(1, "b", false);
    pool.submit(2, "c", false);
    let sent = pool.on_ready(0);
    assert_eq!(sent, [Action::Send(0, 0, "a"), Action::Send(0, 1, "b")]);
    let lost_at = |pool: &mut Pool, worker, at| {
        pool.on_worker_lost(worker, at, lost("x")).into_iter().find_map(|action| match action {
            Action::Fail(job_id, _) => Some(job_id),
            _ => None,
        })
    };
    assert_eq!(lost_at(&mut pool, 0, Some(1)), Some(1));
    assert_eq!(pool.on_ready(1), [Action::Send(1, 0, "a"), Action::Send(1, 2, "c")]);
    // Where nobody knows at which job it was, the first has to stand for it.
    assert_eq!(lost_at(&mut pool, 1, None), Some(0));
    assert_eq!(pool.on_ready(2), [Action::Send(2, 2, "c")]);
}

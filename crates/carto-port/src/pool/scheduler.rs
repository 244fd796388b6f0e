use std::collections::VecDeque;

use carto_protocol::JobError;

/// Starts that may fail in a row before the pool gives up: one may be bad luck
/// of the network, three are a missing or broken file.
const MAX_FAILED_STARTS: u32 = 3;

/// Names one worker in the pool's life; its successor gets another name, so
/// that what comes late of a terminated worker finds nobody.
pub(crate) type WorkerId = u32;

/// Names one job in the pool's life.
pub(crate) type JobId = u32;

/// What the pool has to do next.
#[derive(Debug, PartialEq)]
pub(crate) enum Action<J> {
    /// Start a worker; answered by `on_ready` or `on_start_failed`.
    Start(WorkerId),
    /// Give a job to a worker that waits.
    Send(WorkerId, J),
    /// End a worker at once.
    Terminate(WorkerId),
    /// Tell the owner that a job came to nothing.
    Fail(JobId, JobError),
    /// Tell the owner that no worker can be started, which ends all jobs that wait.
    Break(JobError),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WorkerState {
    Starting,
    Idle,
    Busy(JobId),
}

/// Which worker does what: one job per worker at a time, in order of arrival.
#[derive(Debug)]
pub(crate) struct Scheduler<J> {
    workers: Vec<(WorkerId, WorkerState)>,
    queue: VecDeque<(JobId, J)>,
    n_max: usize,
    next_id: WorkerId,
    n_failed_starts: u32,
}

impl<J> Scheduler<J> {
    /// A pool without workers; they are started when there is work for them.
    pub(crate) fn new(n_max: usize) -> Self {
        Self {
            workers: Vec::new(),
            queue: VecDeque::new(),
            n_max: n_max.max(1),
            next_id: 0,
            n_failed_starts: 0,
        }
    }

    /// Another number of workers at most; those that wait and are too many end.
    pub(crate) fn set_limit(&mut self, n_max: usize) -> Vec<Action<J>> {
        self.n_max = n_max.max(1);
        let n_surplus = self.workers.len().saturating_sub(self.n_max);
        let is_idle = |worker: &&(WorkerId, WorkerState)| worker.1 == WorkerState::Idle;
        let idle: Vec<WorkerId> =
            self.workers.iter().rev().filter(is_idle).map(|(id, _)| *id).take(n_surplus).collect();
        let mut actions: Vec<_> = idle.into_iter().flat_map(|id| self.end(id)).collect();
        actions.extend(self.dispatch());
        actions
    }

    /// How many more jobs keep all workers busy with one in reserve for each.
    pub(crate) fn room(&self) -> usize {
        (2 * self.n_max).saturating_sub(self.queue.len() + self.n_busy())
    }

    /// A new job; an urgent one goes before all that wait.
    pub(crate) fn submit(&mut self, job_id: JobId, job: J, is_urgent: bool) -> Vec<Action<J>> {
        if is_urgent {
            self.queue.push_front((job_id, job));
        } else {
            self.queue.push_back((job_id, job));
        }
        self.dispatch()
    }

    /// A worker listens.
    pub(crate) fn on_ready(&mut self, id: WorkerId) -> Vec<Action<J>> {
        if !self.is_starting(id) {
            return Vec::new();
        }
        self.n_failed_starts = 0;
        self.set_state(id, WorkerState::Idle);
        self.dispatch()
    }

    /// A worker never came to listen, or speaks another version.
    pub(crate) fn on_start_failed(&mut self, id: WorkerId, error: JobError) -> Vec<Action<J>> {
        if !self.is_known(id) {
            return Vec::new();
        }
        let mut actions = self.end(id);
        self.n_failed_starts += 1;
        if self.n_failed_starts < MAX_FAILED_STARTS || self.n_listening() > 0 {
            actions.extend(self.dispatch());
        } else {
            actions.extend(self.give_up(error));
        }
        actions
    }

    /// A job ended, well or badly, and its worker is fit for the next.
    pub(crate) fn on_job_ended(&mut self, id: WorkerId, job_id: JobId) -> Vec<Action<J>> {
        if self.job_of(id) == Some(job_id) {
            self.set_state(id, WorkerState::Idle);
        }
        self.dispatch()
    }

    /// A worker broke down; the job it was at, if any, fails with the error.
    pub(crate) fn on_worker_lost(&mut self, id: WorkerId, error: JobError) -> Vec<Action<J>> {
        if !self.is_known(id) || self.is_starting(id) {
            return self.on_start_failed(id, error);
        }
        let job_id = self.job_of(id);
        let mut actions = self.end(id);
        actions.extend(job_id.map(|job_id| Action::Fail(job_id, error)));
        actions.extend(self.dispatch());
        actions
    }

    /// Drops all that waits and ends all that works. Idle workers stay.
    pub(crate) fn cancel_all(&mut self) -> Vec<Action<J>> {
        self.queue.clear();
        let busy: Vec<WorkerId> = self
            .workers
            .iter()
            .filter(|(_, state)| matches!(state, WorkerState::Busy(_)))
            .map(|(id, _)| *id)
            .collect();
        busy.into_iter().flat_map(|id| self.end(id)).collect()
    }

    /// Whether the worker was started and has not yet said that it listens.
    pub(crate) fn is_starting(&self, id: WorkerId) -> bool {
        self.workers.contains(&(id, WorkerState::Starting))
    }

    /// The job that a worker is at.
    pub(crate) fn job_of(&self, id: WorkerId) -> Option<JobId> {
        self.workers.iter().find_map(|(worker, state)| match state {
            WorkerState::Busy(job_id) if *worker == id => Some(*job_id),
            _ => None,
        })
    }

    /// Gives jobs to idle workers and starts workers for the rest. After too
    /// many failed starts the workers that do listen are left to do it alone.
    fn dispatch(&mut self) -> Vec<Action<J>> {
        let mut actions = Vec::new();
        for (id, state) in &mut self.workers {
            if *state == WorkerState::Idle
                && let Some((job_id, job)) = self.queue.pop_front()
            {
                *state = WorkerState::Busy(job_id);
                actions.push(Action::Send(*id, job));
            }
        }
        if self.n_failed_starts < MAX_FAILED_STARTS || self.n_listening() == 0 {
            self.start_workers(&mut actions);
        }
        actions
    }

    /// Starts as many as the queue needs and the limit allows.
    fn start_workers(&mut self, actions: &mut Vec<Action<J>>) {
        let n_starting = self.workers.len() - self.n_listening();
        let n_wanted = self.queue.len().saturating_sub(n_starting);
        let n_possible = self.n_max.saturating_sub(self.workers.len());
        for _ in 0..n_wanted.min(n_possible) {
            let id = self.next_id;
            self.next_id += 1;
            self.workers.push((id, WorkerState::Starting));
            actions.push(Action::Start(id));
        }
    }

    /// Drops every job that waits. The next job gets a fresh attempt.
    fn give_up(&mut self, error: JobError) -> Vec<Action<J>> {
        self.n_failed_starts = 0;
        let starting: Vec<WorkerId> = self.workers.iter().map(|(id, _)| *id).collect();
        let mut actions: Vec<Action<J>> =
            starting.into_iter().flat_map(|id| self.end(id)).collect();
        self.queue.clear();
        actions.push(Action::Break(error));
        actions
    }

    fn end(&mut self, id: WorkerId) -> Vec<Action<J>> {
        let n_before = self.workers.len();
        self.workers.retain(|(worker, _)| *worker != id);
        if self.workers.len() < n_before { vec![Action::Terminate(id)] } else { Vec::new() }
    }

    fn is_known(&self, id: WorkerId) -> bool {
        self.workers.iter().any(|(worker, _)| *worker == id)
    }

    fn set_state(&mut self, id: WorkerId, new: WorkerState) {
        if let Some((_, state)) = self.workers.iter_mut().find(|(worker, _)| *worker == id) {
            *state = new;
        }
    }

    fn n_busy(&self) -> usize {
        self.workers.iter().filter(|(_, state)| matches!(state, WorkerState::Busy(_))).count()
    }

    /// Workers that said they listen, idle or busy.
    fn n_listening(&self) -> usize {
        self.workers.iter().filter(|(_, state)| *state != WorkerState::Starting).count()
    }
}

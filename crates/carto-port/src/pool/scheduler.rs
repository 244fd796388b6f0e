use std::collections::VecDeque;
use std::mem;

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
    /// Give a job to a worker that has room for it.
    Send(WorkerId, JobId, J),
    /// End a worker at once.
    Terminate(WorkerId),
    /// Tell the owner that a job came to nothing.
    Fail(JobId, JobError),
    /// Tell the owner that no worker can be started, which ends all jobs that wait.
    Break(JobError),
}

#[derive(Debug)]
enum WorkerState<J> {
    Starting,
    /// With the jobs that it has, in the order in which it got them.
    Listening(Vec<(JobId, J)>),
}

/// Which worker does what, in order of arrival. Jobs are kept until they end, so that those of
/// a worker that broke down at another can be given away again.
#[derive(Debug)]
pub(crate) struct Scheduler<J> {
    workers: Vec<(WorkerId, WorkerState<J>)>,
    queue: VecDeque<(JobId, J)>,
    n_max: usize,
    /// Jobs that a worker has at most.
    depth: usize,
    next_id: WorkerId,
    n_failed_starts: u32,
}

impl<J: Clone> Scheduler<J> {
    /// A pool without workers; they are started when there is work for them.
    ///
    /// - `depth`: jobs that a worker has at most: more than one lets it read for the next
    ///   while it computes
    pub(crate) fn new(n_max: usize, depth: usize) -> Self {
        Self {
            workers: Vec::new(),
            queue: VecDeque::new(),
            n_max: n_max.max(1),
            depth: depth.max(1),
            next_id: 0,
            n_failed_starts: 0,
        }
    }

    /// Another number of workers at most; those that wait and are too many end.
    pub(crate) fn set_limit(&mut self, n_max: usize) -> Vec<Action<J>> {
        self.n_max = n_max.max(1);
        let n_surplus = self.workers.len().saturating_sub(self.n_max);
        let is_idle = |worker: &&(WorkerId, WorkerState<J>)| worker.1.n_jobs() == Some(0);
        let idle: Vec<WorkerId> =
            self.workers.iter().rev().filter(is_idle).map(|(id, _)| *id).take(n_surplus).collect();
        let mut actions: Vec<_> = idle.into_iter().flat_map(|id| self.end(id)).collect();
        actions.extend(self.dispatch());
        actions
    }

    /// How many more jobs keep all workers busy with one in reserve for each.
    pub(crate) fn room(&self) -> usize {
        ((self.depth + 1) * self.n_max).saturating_sub(self.queue.len() + self.n_in_work())
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

    /// Starts a worker where there is none, for jobs that are expected.
    pub(crate) fn start_ahead(&mut self) -> Vec<Action<J>> {
        let mut actions = Vec::new();
        if self.workers.is_empty() {
            self.start_workers(1, &mut actions);
        }
        actions
    }

    /// A worker listens.
    pub(crate) fn on_ready(&mut self, id: WorkerId) -> Vec<Action<J>> {
        if !self.is_starting(id) {
            return Vec::new();
        }
        self.n_failed_starts = 0;
        self.set_state(id, WorkerState::Listening(Vec::new()));
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
        if let Some(jobs) = self.jobs_mut(id) {
            jobs.retain(|(known, _)| *known != job_id);
        }
        self.dispatch()
    }

    /// A worker broke down. The job that it was at, if any, fails with the error; its others
    /// wait again, before all that wait.
    ///
    /// - `at`: that job, where it is known; else it is taken for the one that came first
    pub(crate) fn on_worker_lost(
        &mut self,
        id: WorkerId,
        at: Option<JobId>,
        error: JobError,
    ) -> Vec<Action<J>> {
        if !self.is_known(id) || self.is_starting(id) {
            return self.on_start_failed(id, error);
        }
        let mut jobs = self.jobs_mut(id).map(mem::take).unwrap_or_default();
        let place = jobs.iter().position(|(job_id, _)| Some(*job_id) == at);
        let failed = (!jobs.is_empty()).then(|| jobs.remove(place.unwrap_or(0)).0);
        for job in jobs.into_iter().rev() {
            self.queue.push_front(job);
        }
        let mut actions = self.end(id);
        actions.extend(failed.map(|job_id| Action::Fail(job_id, error)));
        actions.extend(self.dispatch());
        actions
    }

    /// Ends the workers that have nothing to do.
    pub(crate) fn end_idle(&mut self) -> Vec<Action<J>> {
        let is_idle = |worker: &&(WorkerId, WorkerState<J>)| worker.1.n_jobs() == Some(0);
        let idle: Vec<WorkerId> = self.workers.iter().filter(is_idle).map(|(id, _)| *id).collect();
        idle.into_iter().flat_map(|id| self.end(id)).collect()
    }

    /// Drops all that waits and ends all that works. Idle workers stay.
    pub(crate) fn cancel_all(&mut self) -> Vec<Action<J>> {
        self.queue.clear();
        let busy: Vec<WorkerId> = self
            .workers
            .iter()
            .filter(|(_, state)| state.n_jobs().is_some_and(|n_jobs| n_jobs > 0))
            .map(|(id, _)| *id)
            .collect();
        busy.into_iter().flat_map(|id| self.end(id)).collect()
    }

    /// Whether the worker was started and has not yet said that it listens.
    pub(crate) fn is_starting(&self, id: WorkerId) -> bool {
        self.workers.iter().any(|(worker, state)| *worker == id && state.n_jobs().is_none())
    }

    /// Whether a worker has a job.
    pub(crate) fn has_job(&self, id: WorkerId, job_id: JobId) -> bool {
        self.workers.iter().any(|(worker, state)| match state {
            WorkerState::Listening(jobs) if *worker == id => jobs.iter().any(|it| it.0 == job_id),
            _ => false,
        })
    }

    /// Gives jobs to idle workers and starts workers for the rest; once there are as many as
    /// may be, those that are busy get more. After too many failed starts the workers that do
    /// listen are left to do it alone.
    fn dispatch(&mut self) -> Vec<Action<J>> {
        let mut actions = Vec::new();
        self.give_away(1, 0, &mut actions);
        let may_start = self.n_failed_starts < MAX_FAILED_STARTS || self.n_listening() == 0;
        if may_start {
            let n_starting = self.workers.len() - self.n_listening();
            self.start_workers(self.queue.len().saturating_sub(n_starting), &mut actions);
        }
        if !may_start || self.workers.len() >= self.n_max {
            // Each worker that starts will want one.
            let n_starting = self.workers.len() - self.n_listening();
            for n_jobs in 2..=self.depth {
                self.give_away(n_jobs, n_starting, &mut actions);
            }
        }
        actions
    }

    /// Gives a job to each worker that has fewer than so many.
    ///
    /// - `n_kept`: jobs that go on waiting
    fn give_away(&mut self, n_jobs: usize, n_kept: usize, actions: &mut Vec<Action<J>>) {
        for (id, state) in &mut self.workers {
            if let WorkerState::Listening(jobs) = state
                && jobs.len() < n_jobs
                && self.queue.len() > n_kept
                && let Some((job_id, job)) = self.queue.pop_front()
            {
                jobs.push((job_id, job.clone()));
                actions.push(Action::Send(*id, job_id, job));
            }
        }
    }

    /// Starts as many as are wanted and the limit allows.
    fn start_workers(&mut self, n_wanted: usize, actions: &mut Vec<Action<J>>) {
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

    fn jobs_mut(&mut self, id: WorkerId) -> Option<&mut Vec<(JobId, J)>> {
        self.workers.iter_mut().find_map(|(worker, state)| match state {
            WorkerState::Listening(jobs) if *worker == id => Some(jobs),
            _ => None,
        })
    }

    fn set_state(&mut self, id: WorkerId, new: WorkerState<J>) {
        if let Some((_, state)) = self.workers.iter_mut().find(|(worker, _)| *worker == id) {
            *state = new;
        }
    }

    /// Jobs that workers have.
    fn n_in_work(&self) -> usize {
        self.workers.iter().filter_map(|(_, state)| state.n_jobs()).sum()
    }

    /// Workers that said they listen, idle or busy.
    fn n_listening(&self) -> usize {
        self.workers.iter().filter(|(_, state)| state.n_jobs().is_some()).count()
    }
}

impl<J> WorkerState<J> {
    /// How many jobs it has; `None` before it listens.
    fn n_jobs(&self) -> Option<usize> {
        match self {
            Self::Starting => None,
            Self::Listening(jobs) => Some(jobs.len()),
        }
    }
}

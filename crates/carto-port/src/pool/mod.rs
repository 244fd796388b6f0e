//! A page's pool of workers: takes jobs, gives replies, survives panics.
//!
//! `scheduler` decides and touches no browser; [`WorkerPool`] carries out what it
//! decides; `worker` is one worker and what is heard of it.

mod clock;
mod encoder_program;
mod offer;
mod scheduler;
#[cfg(test)]
mod scheduler_tests;
mod worker;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::marker::PhantomData;
use std::rc::{Rc, Weak};
use std::time::Duration;

use carto_protocol::{Call, Head, JobError, Message, NoProgress, PROTOCOL_VERSION, decode};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::File;

use self::scheduler::{Action, JobId, Scheduler, WorkerId};
use self::worker::{BrowserWorker, Heard};

pub use self::clock::WorkClock;
pub use self::encoder_program::encoder_program;
pub use self::offer::offer_at;
pub use self::worker::{Script, absolute, lost};

/// How long a worker may take to say that it listens: its program must come
/// over a slow line and be compiled.
const START_TIMEOUT: Duration = Duration::from_secs(30);

/// One call on its way to a worker.
#[derive(Debug)]
pub struct Job<C> {
    /// What is asked.
    pub call: C,
    /// In the order that the call tells.
    pub files: Vec<File>,
    /// Whether it goes before the jobs that wait.
    pub is_urgent: bool,
}

impl<C> Job<C> {
    /// A job that waits for its turn.
    pub fn new(call: C, files: Vec<File>) -> Self {
        Self { call, files, is_urgent: false }
    }

    /// The same before the jobs that wait, as one that a person waits for.
    #[must_use]
    pub fn urgent(self) -> Self {
        Self { is_urgent: true, ..self }
    }
}

/// The reply to a call that may fail, or in words why there is none.
///
/// # Errors
///
/// Why the worker could not do it, or why it broke down.
pub fn flat_reply<T>(reply: Result<Result<T, String>, JobError>) -> Result<T, String> {
    reply.unwrap_or_else(|error| Err(error.to_string()))
}

/// What a person is told when a pool is broken: why, and what to do.
#[must_use]
pub fn broken_text(error: &JobError) -> String {
    format!("{error}. Reload the page to try again.")
}

/// For calls that tell of no progress.
pub fn no_progress(never: NoProgress) {
    match never {}
}

/// As many workers as the machine has processors, less one for the page.
///
/// `R` is the set of calls that the workers' program answers. Workers start when there
/// is work for them. What a job's owner is told comes when no call into the pool is under
/// way.
pub struct WorkerPool<R> {
    inner: Rc<Inner>,
    requests: PhantomData<fn(R)>,
}

impl<R> WorkerPool<R> {
    /// A pool without workers.
    ///
    /// - `script`: asked for when a worker starts
    /// - `on_broken`: hears why no worker can be started; all jobs are over then, and
    ///   their owners are told nothing else
    pub fn new(
        script: impl Fn() -> Result<Script, JobError> + 'static,
        on_broken: impl Fn(&JobError) + 'static,
    ) -> Self {
        Self::with_depth(1, script, on_broken)
    }

    /// A pool whose workers have so many jobs at a time: while they compute for one, they read
    /// for the next.
    ///
    /// The rest as for [`Self::new`].
    pub fn with_depth(
        depth: usize,
        script: impl Fn() -> Result<Script, JobError> + 'static,
        on_broken: impl Fn(&JobError) + 'static,
    ) -> Self {
        let inner = Inner {
            script: Box::new(script),
            on_broken: Box::new(on_broken),
            scheduler: RefCell::new(Scheduler::new(n_workers(), depth)),
            workers: RefCell::default(),
            owners: RefCell::default(),
            next_job_id: Cell::new(0),
        };
        Self { inner: Rc::new(inner), requests: PhantomData }
    }

    /// How many more jobs keep all workers busy with one in reserve for each.
    pub fn room(&self) -> usize {
        self.inner.scheduler.borrow().room()
    }

    /// Lets at most so many workers work from now on; `None` for as many as the
    /// machine has room for. Workers that are busy finish.
    pub fn set_limit(&self, limit: Option<usize>) {
        let n_max = limit.unwrap_or_else(n_workers);
        self.inner.step(|scheduler| scheduler.set_limit(n_max));
    }

    /// Starts a worker where there is none, so that the first job need not wait for it. Where that
    /// fails nobody is told: the first job tries again.
    pub fn start_ahead(&self) {
        self.inner.step(Scheduler::start_ahead);
    }

    /// Queues a job.
    ///
    /// - `on_progress`: hears of it while it goes on; [`no_progress`] where it never does
    /// - `on_end`: hears its reply, or why there is none, exactly once: unless the job is
    ///   cancelled, or no worker can be started
    pub fn submit<C: Call<Requests = R>>(
        &self,
        job: Job<C>,
        on_progress: impl Fn(C::Progress) + 'static,
        on_end: impl FnOnce(Result<C::Reply, JobError>) + 'static,
    ) {
        self.submit_for_files(job, on_progress, |ended, _| on_end(ended));
    }

    /// Queues a job whose reply hands out files.
    ///
    /// - `on_end`: as that of [`Self::submit`]; hears the files too, in the order that the
    ///   call tells
    pub fn submit_for_files<C: Call<Requests = R>>(
        &self,
        job: Job<C>,
        on_progress: impl Fn(C::Progress) + 'static,
        on_end: impl FnOnce(Result<C::Reply, JobError>, Vec<File>) + 'static,
    ) {
        let Job { call, files, is_urgent } = job;
        // A request that cannot be written is none to the worker, which says so.
        let request = Rc::new(Request { bytes: call.request().unwrap_or_default(), files });
        let owner = Owner {
            on_progress: Rc::new(move |body| {
                if let Ok(progress) = decode(body) {
                    on_progress(progress);
                }
            }),
            on_end: Box::new(move |ended, files| {
                let reply = ended.and_then(|body| decode(body).map_err(|_| JobError::BadMessage));
                on_end(reply, files);
            }),
        };
        self.inner.submit(request, owner, is_urgent);
    }

    /// Ends the workers that have nothing to do, and frees their memory; the next job starts one.
    pub fn end_idle(&self) {
        self.inner.step(Scheduler::end_idle);
    }

    /// Ends all work at once: nobody is told of any job submitted so far.
    pub fn cancel_all(&self) {
        self.inner.owners.borrow_mut().clear();
        self.inner.step(Scheduler::cancel_all);
    }
}

/// A call as it travels.
#[derive(Debug)]
struct Request {
    bytes: Vec<u8>,
    files: Vec<File>,
}

/// Who is told of a job, in the bytes that stand behind a message's head.
struct Owner {
    on_progress: Rc<OnProgress>,
    on_end: Box<OnEnd>,
}

/// What the pool does next.
type Actions = Vec<Action<Rc<Request>>>;

type OnProgress = dyn Fn(&[u8]);
type OnEnd = dyn FnOnce(Result<&[u8], JobError>, Vec<File>);

struct Inner {
    script: Box<dyn Fn() -> Result<Script, JobError>>,
    on_broken: Box<dyn Fn(&JobError)>,
    scheduler: RefCell<Scheduler<Rc<Request>>>,
    workers: RefCell<BTreeMap<WorkerId, BrowserWorker>>,
    /// Of jobs that have not ended.
    owners: RefCell<BTreeMap<JobId, Owner>>,
    next_job_id: Cell<JobId>,
}

impl Inner {
    fn submit(self: &Rc<Self>, request: Rc<Request>, owner: Owner, is_urgent: bool) {
        let job_id = self.next_job_id.replace(self.next_job_id.get() + 1);
        self.owners.borrow_mut().insert(job_id, owner);
        self.step(|scheduler| scheduler.submit(job_id, request, is_urgent));
    }

    /// Lets the scheduler decide, and carries it out.
    fn step(self: &Rc<Self>, decide: impl FnOnce(&mut Scheduler<Rc<Request>>) -> Actions) {
        let mut actions = VecDeque::from(decide(&mut self.scheduler.borrow_mut()));
        while let Some(action) = actions.pop_front() {
            match action {
                Action::Start(id) => actions.extend(self.start(id)),
                Action::Send(id, job_id, request) => {
                    actions.extend(self.send(id, job_id, &request));
                }
                Action::Terminate(id) => self.terminate(id),
                Action::Fail(job_id, error) => {
                    self.soon(move |inner| inner.end(job_id, Err(error), Vec::new()));
                }
                Action::Break(error) => {
                    self.owners.borrow_mut().clear();
                    self.soon(move |inner| (inner.on_broken)(&error));
                }
            }
        }
    }

    fn start(self: &Rc<Self>, id: WorkerId) -> Actions {
        let inner = Rc::downgrade(self);
        let on_heard = Rc::new(move |heard| with(&inner, |inner| inner.on_heard(id, heard)));
        let started = (self.script)().and_then(|script| BrowserWorker::start(&script, on_heard));
        match started {
            Ok(worker) => {
                self.workers.borrow_mut().insert(id, worker);
                self.watch_start(id);
                Vec::new()
            }
            Err(error) => self.scheduler.borrow_mut().on_start_failed(id, error),
        }
    }

    fn watch_start(self: &Rc<Self>, id: WorkerId) {
        let inner = Rc::downgrade(self);
        let on_timeout = move || {
            with(&inner, |inner| {
                if inner.scheduler.borrow().is_starting(id) {
                    let seconds = START_TIMEOUT.as_secs();
                    let error = lost(&format!("it did not start within {seconds} seconds"));
                    inner.step(|scheduler| scheduler.on_start_failed(id, error));
                }
            });
        };
        set_timeout(on_timeout, START_TIMEOUT);
    }

    fn send(&self, id: WorkerId, job_id: JobId, request: &Request) -> Actions {
        let Request { bytes, files } = request;
        let sent = self.workers.borrow().get(&id).map(|worker| worker.send(job_id, bytes, files));
        match sent {
            Some(Err(error)) => self.scheduler.borrow_mut().on_worker_lost(id, Some(job_id), error),
            _ => Vec::new(),
        }
    }

    fn terminate(&self, id: WorkerId) {
        let worker = self.workers.borrow_mut().remove(&id);
        // Its listeners may be what calls us: they go when they have returned.
        js_sys::futures::spawn_local(async move { drop(worker) });
    }

    /// Does something when no call into the pool is under way.
    fn soon(self: &Rc<Self>, act: impl FnOnce(&Rc<Self>) + 'static) {
        let inner = Rc::clone(self);
        js_sys::futures::spawn_local(async move { act(&inner) });
    }

    fn on_heard(self: &Rc<Self>, id: WorkerId, heard: Result<Heard, JobError>) {
        let Heard { job_id, bytes, files } = match heard {
            Ok(heard) => heard,
            Err(error) => return self.step(|scheduler| scheduler.on_worker_lost(id, None, error)),
        };
        let Ok((head, body)) = Message::read(&bytes) else {
            let error = JobError::BadMessage;
            return self.step(|scheduler| scheduler.on_worker_lost(id, job_id, error));
        };
        match head {
            Head::Ready { version: PROTOCOL_VERSION } => {
                self.step(|scheduler| scheduler.on_ready(id));
            }
            Head::Ready { .. } => {
                self.step(|scheduler| scheduler.on_start_failed(id, JobError::BadMessage));
            }
            Head::Progress => self.on_progress(id, job_id, body),
            Head::Reply => self.on_job_ended(id, job_id, Ok(body), files),
            // A panic leaves the worker in an unknown state: it is replaced.
            Head::Failed(error @ JobError::Panic { .. }) => {
                self.step(|scheduler| scheduler.on_worker_lost(id, job_id, error));
            }
            Head::Failed(error) => self.on_job_ended(id, job_id, Err(error), Vec::new()),
        }
    }

    /// The job, where it is one that the worker has.
    fn job(&self, id: WorkerId, job_id: Option<JobId>) -> Option<JobId> {
        job_id.filter(|job_id| self.scheduler.borrow().has_job(id, *job_id))
    }

    fn on_progress(&self, id: WorkerId, job_id: Option<JobId>, body: &[u8]) {
        let Some(job_id) = self.job(id, job_id) else { return };
        // The owner may call into the pool: nothing of it is borrowed meanwhile.
        let on_progress =
            self.owners.borrow().get(&job_id).map(|owner| Rc::clone(&owner.on_progress));
        if let Some(on_progress) = on_progress {
            on_progress(body);
        }
    }

    fn on_job_ended(
        self: &Rc<Self>,
        id: WorkerId,
        job_id: Option<JobId>,
        ended: Result<&[u8], JobError>,
        files: Vec<File>,
    ) {
        let Some(job_id) = self.job(id, job_id) else { return };
        self.step(|scheduler| scheduler.on_job_ended(id, job_id));
        self.end(job_id, ended, files);
    }

    /// Tells a job's owner that it is over, unless it was cancelled meanwhile.
    fn end(&self, job_id: JobId, ended: Result<&[u8], JobError>, files: Vec<File>) {
        let owner = self.owners.borrow_mut().remove(&job_id);
        if let Some(owner) = owner {
            (owner.on_end)(ended, files);
        }
    }
}

fn with(inner: &Weak<Inner>, act: impl FnOnce(&Rc<Inner>)) {
    if let Some(inner) = inner.upgrade() {
        act(&inner);
    }
}

/// How many workers the machine has room for: `hardwareConcurrency - 1`, at least 1.
pub fn n_workers() -> usize {
    let n_processors =
        web_sys::window().map_or(1.0, |window| window.navigator().hardware_concurrency());
    (n_processors as usize).saturating_sub(1).max(1)
}

fn set_timeout(act: impl FnOnce() + 'static, after: Duration) {
    let act = Closure::once_into_js(act);
    if let Some(window) = web_sys::window() {
        // Only a page that is being closed refuses, and needs no timer.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(
            act.unchecked_ref(),
            after.as_millis() as i32,
        );
    }
}

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::{Rc, Weak};
use std::time::Duration;

use carto_protocol::{Answer, JobError, JobId};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::File;

use crate::scheduler::{Action, Scheduler, WorkerId};
use crate::worker::{BrowserWorker, News, Script};

/// How long a worker may take to say that it listens: its program must come
/// over a slow line and be compiled.
const START_TIMEOUT: Duration = Duration::from_secs(30);

/// One request on its way to a worker.
#[derive(Debug)]
pub struct Job {
    /// As in the request.
    pub id: JobId,
    /// The request, encoded.
    pub bytes: Vec<u8>,
    /// In the order that the request tells.
    pub files: Vec<File>,
    /// Whether it goes before the jobs that wait.
    pub is_urgent: bool,
}

/// What the pool tells its owner.
#[allow(clippy::large_enum_variant, reason = "one at a time, and gone when it is read")]
#[derive(Debug)]
pub enum PoolEvent<A> {
    /// A worker's answer; a [failure](Answer::failure) always names its job.
    Answer(A),
    /// No worker can be started; all jobs that waited are over.
    Broken {
        /// Why.
        error: JobError,
    },
}

/// As many workers as the machine has processors, less one for the page.
///
/// Workers start when there is work for them. Events come when no call into
/// the pool is under way.
pub struct WorkerPool<A>(Rc<Inner<A>>);

struct Inner<A> {
    script: Box<dyn Fn() -> Result<Script, JobError>>,
    scheduler: RefCell<Scheduler<Job>>,
    workers: RefCell<BTreeMap<WorkerId, BrowserWorker>>,
    on_event: Box<dyn Fn(PoolEvent<A>)>,
}

impl<A: Answer + 'static> WorkerPool<A> {
    /// A pool whose answers go to `on_event`; `script` is asked for when a worker starts.
    pub fn new(
        script: impl Fn() -> Result<Script, JobError> + 'static,
        on_event: impl Fn(PoolEvent<A>) + 'static,
    ) -> Self {
        Self(Rc::new(Inner {
            script: Box::new(script),
            scheduler: RefCell::new(Scheduler::new(n_workers())),
            workers: RefCell::default(),
            on_event: Box::new(on_event),
        }))
    }

    /// How many more jobs keep all workers busy with one in reserve for each.
    pub fn room(&self) -> usize {
        self.0.scheduler.borrow().room()
    }

    /// Lets at most so many workers work from now on; `None` for as many as the
    /// machine has room for. Workers that are busy finish.
    pub fn set_limit(&self, limit: Option<usize>) {
        let n_max = limit.unwrap_or_else(n_workers);
        self.0.step(|scheduler| scheduler.set_limit(n_max));
    }

    /// Queues a job; it ends in exactly one event.
    pub fn submit(&self, job: Job) {
        let (id, is_urgent) = (job.id, job.is_urgent);
        self.0.step(|scheduler| scheduler.submit(id, job, is_urgent));
    }

    /// Ends all work at once: no event comes of any job submitted so far.
    pub fn cancel_all(&self) {
        self.0.step(Scheduler::cancel_all);
    }
}

impl<A: Answer + 'static> Inner<A> {
    /// Lets the scheduler decide, and carries it out.
    fn step(self: &Rc<Self>, decide: impl FnOnce(&mut Scheduler<Job>) -> Vec<Action<Job>>) {
        let mut actions = VecDeque::from(decide(&mut self.scheduler.borrow_mut()));
        while let Some(action) = actions.pop_front() {
            match action {
                Action::Start(id) => actions.extend(self.start(id)),
                Action::Send(id, job) => actions.extend(self.send(id, &job)),
                Action::Terminate(id) => self.terminate(id),
                Action::Fail(job_id, error) => self.tell(failed(job_id, error)),
                Action::Break(error) => self.tell(PoolEvent::Broken { error }),
            }
        }
    }

    fn start(self: &Rc<Self>, id: WorkerId) -> Vec<Action<Job>> {
        let inner = Rc::downgrade(self);
        let on_news = Rc::new(move |news| with(&inner, |inner| inner.on_news(id, news)));
        let started = (self.script)().and_then(|script| BrowserWorker::start(&script, on_news));
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
                    let message = format!("it did not start within {seconds} seconds");
                    let error = JobError::WorkerLost { message };
                    inner.step(|scheduler| scheduler.on_start_failed(id, error));
                }
            });
        };
        set_timeout(on_timeout, START_TIMEOUT);
    }

    fn send(&self, id: WorkerId, job: &Job) -> Vec<Action<Job>> {
        let sent = self.workers.borrow().get(&id).map(|worker| worker.send(&job.bytes, &job.files));
        match sent {
            Some(Err(error)) => self.scheduler.borrow_mut().on_worker_lost(id, error),
            _ => Vec::new(),
        }
    }

    fn terminate(&self, id: WorkerId) {
        let worker = self.workers.borrow_mut().remove(&id);
        // Its listeners may be what calls us: they go when they have returned.
        js_sys::futures::spawn_local(async move { drop(worker) });
    }

    /// Tells the owner when no call into the pool is under way.
    fn tell(self: &Rc<Self>, event: PoolEvent<A>) {
        let inner = Rc::clone(self);
        js_sys::futures::spawn_local(async move { (inner.on_event)(event) });
    }

    fn on_news(self: &Rc<Self>, id: WorkerId, news: News<A>) {
        match news {
            News::Lost(error) => self.step(|scheduler| scheduler.on_worker_lost(id, error)),
            News::Said(answer) => match (answer.version(), answer.failure()) {
                (Some(version), _) if version == A::VERSION => {
                    self.step(|scheduler| scheduler.on_ready(id));
                }
                (Some(_), _) => {
                    self.step(|scheduler| scheduler.on_start_failed(id, JobError::BadMessage));
                }
                // A panic leaves the worker in an unknown state: it is replaced.
                (None, Some(error @ JobError::Panic { .. })) => {
                    let error = error.clone();
                    self.step(|scheduler| scheduler.on_worker_lost(id, error));
                }
                (None, _) => self.on_answer(id, answer),
            },
        }
    }

    fn on_answer(self: &Rc<Self>, id: WorkerId, answer: A) {
        let Some(job_id) = self.scheduler.borrow().job_of(id) else { return };
        if !answer.is_in_between() {
            self.step(|scheduler| scheduler.on_job_ended(id, job_id));
        }
        let event = match answer.failure() {
            Some(error) => failed(job_id, error.clone()),
            None => PoolEvent::Answer(answer),
        };
        (self.on_event)(event);
    }
}

fn failed<A: Answer>(job_id: JobId, error: JobError) -> PoolEvent<A> {
    PoolEvent::Answer(A::failed(Some(job_id), error))
}

fn with<A>(inner: &Weak<Inner<A>>, act: impl FnOnce(&Rc<Inner<A>>)) {
    if let Some(inner) = inner.upgrade() {
        act(&inner);
    }
}

/// `hardwareConcurrency - 1`, at least 1.
fn n_workers() -> usize {
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

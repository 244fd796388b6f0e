use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::time::Duration;

use carto_pool::{Job, PoolEvent, WorkerPool};
use carto_protocol::{JobError, Response, encode};
use carto_types::{Backend, Mode, Severity};
use leptos::leptos_dom::helpers::IntervalHandle;
use leptos::prelude::set_interval_with_handle;
use web_sys::File;

use super::announce::Announcer;
use super::course::{Course, Order};
use super::demo::demo_files;
use super::run::RunSignals;
use super::weights_file::weights_file;
use crate::beatmaps::forward;
use crate::program::Program;

/// How often the views may change: often enough to look alive, rarely enough
/// that a thousand archives cost the page no more than ten.
const FLUSH_INTERVAL: Duration = Duration::from_millis(100);

/// How often times and throughput are told when nothing else changes, in seconds.
const IDLE_FLUSH_S: f64 = 0.5;

/// Ties the course of a run to the pool, the clock and the signals.
pub(super) struct Engine {
    course: RefCell<Course<File>>,
    pool: WorkerPool<Response>,
    encoders: WorkerPool<Response>,
    signals: RunSignals,
    announcer: RefCell<Announcer>,
    ticker: Cell<Option<IntervalHandle>>,
    is_changed: Cell<bool>,
    flushed_at_s: Cell<f64>,
    me: Weak<Self>,
}

impl Engine {
    pub(super) fn new(signals: RunSignals) -> Rc<Self> {
        Rc::new_cyclic(|me: &Weak<Self>| Self {
            course: RefCell::new(Course::new(Mode::default())),
            pool: WorkerPool::new(|| Program::Analysis.script(), told(me, Self::on_event)),
            encoders: WorkerPool::new(
                || Program::Encoder.script(),
                told(me, Self::on_latent_event),
            ),
            signals,
            announcer: RefCell::default(),
            ticker: Cell::new(None),
            is_changed: Cell::new(false),
            flushed_at_s: Cell::new(f64::NEG_INFINITY),
            me: me.clone(),
        })
    }

    /// Lets a person's action change the course, and shows it at once.
    pub(super) fn act(&self, action: impl FnOnce(&mut Course<File>, f64)) {
        action(&mut self.course.borrow_mut(), now_s());
        self.hand_out();
        self.flush();
        self.keep_ticking();
    }

    fn on_event(&self, event: PoolEvent<Response>) {
        let now_s = now_s();
        let mut course = self.course.borrow_mut();
        match event {
            PoolEvent::Answer(Response::DemoMade { job_id, archives }) => {
                let files = demo_files(archives);
                files.iter().for_each(|demo| forward(&demo.path, &demo.file, true));
                course.add_demo(job_id, files, now_s);
            }
            PoolEvent::Answer(response) => course.on_answer(response, now_s),
            PoolEvent::Broken { error } => course.on_broken(&error, now_s),
        }
        drop(course);
        self.after_event(now_s);
    }

    fn on_latent_event(&self, event: PoolEvent<Response>) {
        let now_s = now_s();
        let mut course = self.course.borrow_mut();
        match event {
            PoolEvent::Answer(Response::EncoderLoaded { job_id, encoder, backend, weights }) => {
                // A graphics processor is one: a second worker would only wait for it.
                let is_gpu = matches!(backend, Backend::Gpu { .. });
                self.encoders.set_limit(is_gpu.then_some(1));
                match weights_file(&encoder.name, &weights) {
                    Some(file) => course.on_encoder(job_id, encoder, backend, file, now_s),
                    None => course.on_latents_broken(&JobError::BadMessage, now_s),
                }
            }
            PoolEvent::Answer(response) => {
                if let Response::MapEncoded { backend: Backend::Cpu { .. }, .. } = &response {
                    self.encoders.set_limit(None);
                }
                course.on_latent_answer(response, now_s);
            }
            PoolEvent::Broken { error } => course.on_latents_broken(&error, now_s),
        }
        drop(course);
        self.after_event(now_s);
    }

    fn after_event(&self, now_s: f64) {
        self.hand_out();
        self.is_changed.set(true);
        if now_s - self.flushed_at_s.get() >= FLUSH_INTERVAL.as_secs_f64() {
            self.flush();
        }
        self.keep_ticking();
    }

    /// Ends what was given up, and hands out what there is to do.
    fn hand_out(&self) {
        let now_s = now_s();
        if self.course.borrow_mut().take_dropped_jobs() {
            self.pool.cancel_all();
        }
        let orders = self.course.borrow_mut().next_orders(self.pool.room(), now_s);
        for order in orders {
            if let Err(response) = submit(&self.pool, order) {
                self.course.borrow_mut().on_answer(*response, now_s);
            }
        }
        if self.course.borrow_mut().take_dropped_latent_jobs() {
            self.encoders.cancel_all();
        }
        let orders = self.course.borrow_mut().next_latent_orders(self.encoders.room());
        for order in orders {
            if let Err(response) = submit(&self.encoders, order) {
                self.course.borrow_mut().on_latent_answer(*response, now_s);
            }
        }
    }

    /// Keeps the ticker going as long as there is anything to wait for or to show.
    fn keep_ticking(&self) {
        let is_waiting = self.is_changed.get() || self.course.borrow().is_waiting();
        match (self.ticker.take(), is_waiting) {
            (None, true) => {
                let me = self.me.clone();
                let tick = move || {
                    if let Some(engine) = me.upgrade() {
                        engine.on_tick();
                    }
                };
                self.ticker.set(set_interval_with_handle(tick, FLUSH_INTERVAL).ok());
            }
            (Some(ticker), false) => ticker.clear(),
            (ticker, _) => self.ticker.set(ticker),
        }
    }

    fn on_tick(&self) {
        let now_s = now_s();
        self.course.borrow_mut().tick(now_s);
        // A summary that was not due yet may be due now.
        self.hand_out();
        if self.is_changed.get() || now_s - self.flushed_at_s.get() >= IDLE_FLUSH_S {
            self.flush();
        }
        self.keep_ticking();
    }

    /// Shows the course as it is now.
    fn flush(&self) {
        let now_s = now_s();
        self.is_changed.set(false);
        self.flushed_at_s.set(now_s);
        let course = self.course.borrow();
        let (stages, songs, issues) = (course.stages(now_s), course.song_rows(), course.issues());
        let n_skipped = issues.iter().filter(|issue| issue.severity == Severity::Skipped).count();
        let sentence =
            self.announcer.borrow_mut().observe(course.phase(), &stages, &songs, n_skipped, now_s);
        let latents = course.latents(now_s);
        self.signals.show(&course, stages, songs, issues, latents, sentence);
    }
}

/// What an event does, as long as there is an engine.
fn told(
    me: &Weak<Engine>,
    on_event: fn(&Engine, PoolEvent<Response>),
) -> impl Fn(PoolEvent<Response>) + 'static {
    let me = me.clone();
    move |event| {
        if let Some(engine) = me.upgrade() {
            on_event(&engine, event);
        }
    }
}

/// Queues an order; the answer of one that cannot even be written.
fn submit(pool: &WorkerPool<Response>, order: Order<File>) -> Result<(), Box<Response>> {
    let Order { job_id, request, files, is_urgent } = order;
    let error = JobError::BadMessage;
    let failed = |_| Box::new(Response::Failed { job_id: Some(job_id), error });
    let bytes = encode(&request).map_err(failed)?;
    pool.submit(Job { id: job_id, bytes, files, is_urgent });
    Ok(())
}

/// Seconds of the page's own clock.
fn now_s() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |performance| performance.now() / 1000.0)
}

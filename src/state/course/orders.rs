use carto_protocol::{JobId, Request};
use carto_types::{MapOutcome, MapStatus};

use super::latents::Wanted;
use super::songs::{Progress, Song, SongKey};
use super::{Course, DEMO_SEED, Demo, Work};
use crate::state::view::Phase;

/// A request and the files that travel with it.
#[derive(Debug)]
pub(crate) struct Order<F> {
    /// As in the request.
    pub(crate) job_id: JobId,
    /// What to do.
    pub(crate) request: Request,
    /// In the order that the request tells.
    pub(crate) files: Vec<F>,
    /// Whether it goes before what waits.
    pub(crate) is_urgent: bool,
}

impl<F: Clone> Course<F> {
    /// What is to be done next: at most `room` orders, a summary aside.
    ///
    /// Archives come before songs, so that files that were dropped late are in
    /// the plan before the rest of the songs is compared.
    pub(crate) fn next_orders(&mut self, room: usize, now_s: f64) -> Vec<Order<F>> {
        let mut orders = Vec::new();
        if self.phase == Phase::Running {
            orders.extend(self.order_demo());
            while orders.len() < room {
                let Some(order) = self.order_scan() else { break };
                orders.push(order);
            }
            if self.is_all_scanned() {
                orders.extend(self.order_plan(now_s));
                while orders.len() < room {
                    let Some(order) = self.order_song() else { break };
                    orders.push(order);
                }
            }
        }
        orders.extend(self.order_summary(now_s));
        self.tick(now_s);
        orders
    }

    /// What the encoder's workers are to do next: at most `room` orders.
    pub(crate) fn next_latent_orders(&mut self, room: usize) -> Vec<Order<F>> {
        self.lead_latents();
        self.latents.next_orders(room)
    }

    /// Tells the latents which songs there are, and at which places of the index.
    fn lead_latents(&mut self) {
        let wanted: Vec<_> =
            self.songs.iter().filter_map(|(key, song)| self.wanted(key, song)).collect();
        self.latents.follow(wanted.into_iter());
    }

    /// A song that can have latents.
    fn wanted(&self, key: &SongKey, song: &Song) -> Option<Wanted<F>> {
        let outcome = song.outcome()?;
        let is_encoded = |map: &&(u32, &MapOutcome)| map.1.status == MapStatus::Encoded;
        let maps = (0..).zip(&outcome.maps).filter(|map| is_encoded(&map)).map(|map| map.0);
        let files = song.source_ids.iter().filter_map(|id| self.sources.get(*id));
        Some(Wanted {
            key: key.clone(),
            plan: song.plan.clone(),
            mode: self.mode,
            target_frames: outcome.target_frames?,
            maps: maps.collect(),
            files: files.map(|source| source.file.clone()).collect(),
        })
    }

    fn order_demo(&mut self) -> Option<Order<F>> {
        if self.demo != Demo::Wanted {
            return None;
        }
        self.demo = Demo::InWork;
        let job_id = self.start(Work::Demo);
        Some(order(job_id, Request::Demo { job_id, seed: DEMO_SEED }))
    }

    fn order_scan(&mut self) -> Option<Order<F>> {
        let (id, source) = self.sources.take_waiting()?;
        let (name, kind, file) = (source.path.clone(), source.kind, source.file.clone());
        let job_id = self.start(Work::Scan(id));
        let request = Request::Scan { job_id, name, kind, mode: self.mode };
        Some(Order { files: vec![file], ..order(job_id, request) })
    }

    fn order_plan(&mut self, now_s: f64) -> Option<Order<F>> {
        let is_asked = self.jobs.values().any(|work| matches!(work, Work::Plan { .. }));
        if is_asked || self.is_plan_fresh() {
            return None;
        }
        let archives = self.sources.all_facts().cloned().collect();
        let archive_ids = self.sources.read_ids();
        let job_id = self.start(Work::Plan { archive_ids, since_s: now_s });
        Some(order(job_id, Request::Plan { job_id, mode: self.mode, archives }))
    }

    fn order_song(&mut self) -> Option<Order<F>> {
        if !self.is_plan_fresh() {
            return None;
        }
        let key = self.next_song()?;
        let song = self.songs.get_mut(&key)?;
        song.progress = Progress::InWork;
        let plan = song.plan.clone();
        let sources = song.source_ids.iter().filter_map(|id| self.sources.get(*id));
        let (sources, files) =
            sources.map(|source| ((source.path.clone(), source.kind), source.file.clone())).unzip();
        let job_id = self.start(Work::Song(key));
        let request = Request::Song { job_id, mode: self.mode, song: plan, sources };
        Some(Order { files, ..order(job_id, request) })
    }

    fn next_song(&self) -> Option<SongKey> {
        let keys = &self.planned.as_ref()?.keys;
        let is_waiting = |key: &&SongKey| {
            self.songs.get(*key).is_some_and(|song| song.progress == Progress::Waiting)
        };
        keys.iter().find(is_waiting).cloned()
    }

    /// The last summary when all is done or stopped; before that one now and
    /// then, as long as it takes a small part of the work.
    fn order_summary(&mut self, now_s: f64) -> Option<Order<F>> {
        let is_asked = self.jobs.values().any(|work| matches!(work, Work::Summarise { .. }));
        let is_over = self.phase == Phase::Cancelled || self.is_all_compared();
        let is_last = is_over && !self.summary_timing.is_closed;
        let is_begun = self.phase != Phase::Empty && self.sources.n_total() > 0;
        let has_news = self.summary_timing.is_stale && now_s >= self.summary_timing.not_before_s;
        let is_going_on = self.phase == Phase::Running || self.latents.is_working();
        let is_due = is_begun && (is_last || (has_news && is_going_on));
        if is_asked || !is_due {
            return None;
        }
        self.summary_timing.is_stale = false;
        // A new plan may have given songs other places.
        self.lead_latents();
        let (run, keys) = self.record(now_s);
        let job_id = self.start(Work::Summarise { keys, is_last, since_s: now_s });
        let request = Request::Summarise { job_id, run, has_files: is_last };
        Some(Order { is_urgent: true, ..order(job_id, request) })
    }

    /// Notes a job.
    fn start(&mut self, work: Work) -> JobId {
        let job_id = self.next_id();
        self.jobs.insert(job_id, work);
        job_id
    }
}

impl<F> Course<F> {
    /// A number that no job of this page has, for one that is not of the course.
    pub(crate) fn next_id(&mut self) -> JobId {
        self.next_job_id += 1;
        self.next_job_id - 1
    }

    /// Whether every source is read and no more are to come.
    pub(super) fn is_all_scanned(&self) -> bool {
        matches!(self.demo, Demo::No | Demo::Yes) && self.sources.is_all_read()
    }

    /// Whether the plan is made from all that was read.
    pub(super) fn is_plan_fresh(&self) -> bool {
        self.is_all_scanned()
            && self.planned.as_ref().is_some_and(|planned| {
                !planned.is_outdated && planned.archive_ids == self.sources.read_ids()
            })
    }

    /// Whether no song is left.
    pub(super) fn is_all_compared(&self) -> bool {
        self.is_plan_fresh() && self.songs.values().all(|song| song.outcome().is_some())
    }
}

fn order<F>(job_id: JobId, request: Request) -> Order<F> {
    Order { job_id, request, files: Vec::new(), is_urgent: false }
}

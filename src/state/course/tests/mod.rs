mod files;
mod latents;
mod road;
mod stops;
mod study;

use carto_protocol::{JobError, JobId, Request, Response};
use carto_types::{Mode, RunRecord};

use super::{Arrival, Course, Order};
use crate::state::view::{SongRow, SongStatus};

/// A course with a clock and a pool that answers when it is told to.
struct Bench {
    course: Course<&'static str>,
    now_s: f64,
    /// What the last summary was made from.
    recorded: Option<RunRecord>,
    /// Of every order so far, in words: `scan a.osz`, `song 0`, `plan`, ...
    ordered: Vec<String>,
}

impl Bench {
    fn new() -> Self {
        Self {
            course: Course::new(Mode::Published),
            now_s: 0.0,
            recorded: None,
            ordered: Vec::new(),
        }
    }

    /// A run of these files, driven to its end.
    fn of(paths: &[&'static str]) -> Self {
        let mut bench = Self::new();
        bench.add(paths);
        bench.drive();
        bench
    }

    fn add(&mut self, paths: &[&'static str]) {
        let arrivals = paths.iter().map(|path| arrival(path)).collect();
        self.course.add(arrivals, 0, Vec::new(), self.now_s);
    }

    /// Hands out what there is to do.
    fn orders(&mut self, room: usize) -> Vec<Order<&'static str>> {
        self.course.take_dropped_jobs();
        let orders = self.course.next_orders(room, self.now_s);
        for order in &orders {
            self.ordered.push(in_words(&order.request));
            if let Request::Summarise { run, .. } = &order.request {
                self.recorded = Some(run.clone());
            }
        }
        orders
    }

    /// Lets a worker do the order properly.
    fn answer(&mut self, order: Order<&'static str>) {
        self.now_s += 0.01;
        for response in study::answers(order) {
            self.course.on_answer(response, self.now_s);
        }
    }

    fn fail(&mut self, job_id: JobId) {
        let error = JobError::Panic { message: "index out of bounds, in a.rs:1".into() };
        self.course.on_answer(Response::Failed { job_id: Some(job_id), error }, self.now_s);
    }

    /// Does all there is to do.
    fn drive(&mut self) {
        self.drive_until(|_| false);
    }

    /// Does what there is to do until the order comes that `stop` knows, which
    /// is given back unanswered with all that came after it.
    fn drive_until(&mut self, stop: impl Fn(&Request) -> bool) -> Vec<Order<&'static str>> {
        loop {
            let mut orders = self.orders(3);
            if orders.is_empty() {
                return orders;
            }
            while !orders.is_empty() {
                if stop(&orders[0].request) {
                    return orders;
                }
                self.answer(orders.remove(0));
            }
        }
    }

    fn titles(&self, status: SongStatus) -> Vec<String> {
        let rows = self.course.song_rows().into_iter();
        rows.filter(|row: &SongRow| row.status == status).map(|row| row.title).collect()
    }

    fn causes(&self) -> Vec<carto_types::Cause> {
        self.course.issues().into_iter().map(|issue| issue.cause).collect()
    }

    /// The words of the orders since the last call.
    fn take_ordered(&mut self) -> Vec<String> {
        std::mem::take(&mut self.ordered)
    }
}

fn arrival(path: &'static str) -> Arrival<&'static str> {
    Arrival { path: path.to_owned(), size_bytes: 1, modified_ms: 1, file: path }
}

fn in_words(request: &Request) -> String {
    match request {
        Request::Scan { name, .. } => format!("scan {name}"),
        Request::Plan { archives, .. } => format!("plan of {}", archives.len()),
        Request::Song { song, .. } => format!("song {}", song.title),
        Request::Summarise { run, has_files: true, .. } => {
            format!("last summary of {}", run.outcomes.len())
        }
        Request::Summarise { .. } => "summary".to_owned(),
        Request::Demo { .. } => "demo".to_owned(),
        Request::CrossValidation { .. } => "cross-validation".to_owned(),
        Request::LoadEncoder { .. } => "encoder".to_owned(),
        Request::Encode { song, map_idx, .. } => format!("latents {} {map_idx}", song.title),
        Request::CompareLatents { song, latents, .. } => {
            format!("compare {} of {}", latents.len(), song.title)
        }
        // Results are no matter of a run.
        other => format!("job {}", other.job_id()),
    }
}

fn is_song(request: &Request) -> bool {
    matches!(request, Request::Song { .. })
}

fn is_scan_of(request: &Request, path: &str) -> bool {
    matches!(request, Request::Scan { name, .. } if name == path)
}

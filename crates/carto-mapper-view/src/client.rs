//! What the view asks of its workers, and how the replies change its state.

use std::rc::Rc;
use std::sync::Arc;

use carto_port::pool::{Job, Script, WorkerPool, broken_text, flat_reply, no_progress};
use carto_protocol::{
    Call, CompareMapper, ComparedMapper, FindMoments, JobError, ListMappers, MapperRequest,
    MeasureSong, NoProgress, WriteMapper,
};
use carto_types::{Cause, Issue, MapperReport, Mode, OfferedRun, SongMapValues, SongPlan};
use carto_ui::PendingRequest;
use leptos::prelude::*;
use web_sys::File;

use crate::guests::n_guest_maps;
use crate::host::Shown;
use crate::latents::LatentMeasuring;
use crate::measured::Measured;
use crate::state::{Comparison, Found, MapperState, Progress, RequestState};
use crate::words::{measured_text, progress_words};

/// What the view shows, and what can be done to it. A handle that can be copied anywhere.
#[derive(Clone, Copy)]
pub(crate) struct MapperClient {
    pub(crate) state: MapperState,
    pool: StoredValue<Rc<WorkerPool<MapperRequest>>, LocalStorage>,
    files: StoredValue<Vec<File>, LocalStorage>,
    measured: StoredValue<Measured<SongMapValues>>,
    latents: LatentMeasuring,
    /// Songs that were measured when the mapper was compared last, and all, and those with latents.
    compared: StoredValue<Option<(usize, usize, usize)>>,
}

impl MapperClient {
    /// A client without workers: the first run starts them.
    pub(crate) fn new() -> Self {
        let state = MapperState::new();
        let script = || Script::named("carto-mapper-worker");
        let pool = WorkerPool::new(script, move |error: &JobError| {
            state.failure.set(broken_text(error));
            state.progress.update(|progress| progress.is_stopped = true);
        });
        Self {
            state,
            pool: StoredValue::new_local(Rc::new(pool)),
            files: StoredValue::new_local(Vec::new()),
            measured: StoredValue::new(Measured::default()),
            latents: LatentMeasuring::new(state),
            compared: StoredValue::new(None),
        }
    }

    /// Shows what the page asks for; while another view is shown nothing is measured.
    pub(crate) fn show(self, shown: Option<Shown>) {
        let state = self.state;
        let Some(Shown { mapper, against, standing, run, files, encoder }) = shown else {
            state.is_shown.set(false);
            return self.pause();
        };
        let was_shown = state.is_shown.get_untracked();
        state.is_shown.set(true);
        state.standing.set(standing);
        let is_other_run = state.run.with_untracked(|before| before.as_deref() != run.as_ref());
        let is_other = state.mapper.with_untracked(|before| *before != mapper)
            || state.against.with_untracked(|before| *before != against);
        let has_dropped_latents = self.latents.offer(encoder);
        if has_dropped_latents {
            self.compared.set_value(None);
        }
        if is_other || is_other_run {
            state.mapper.set(mapper);
            state.against.set(against);
            state.opened.set(None);
            state.found.set(RequestState::Idle);
            self.compared.set_value(None);
            state.files.set(RequestState::Idle);
            state.progress.update(|progress| progress.is_stopped = false);
            state.latents.update(|progress| progress.is_stopped = false);
        }
        if is_other_run {
            self.pause();
            if let Some(run) = &run {
                self.take_run(run, files);
            }
            state.run.set(run.map(Arc::new));
            state.list.set(RequestState::Idle);
        }
        self.list();
        if is_other || is_other_run || has_dropped_latents || !was_shown {
            self.go_on();
        }
        // What looked for them may have been stopped when another view was shown.
        if !was_shown && let Some(found) = untrack(|| state.found()) {
            self.find_moments(found.report.clone());
        }
    }

    /// What is measured of songs that this run has too stays.
    fn take_run(self, run: &OfferedRun, files: Vec<File>) {
        let facts =
            |place: usize| files.get(place).map_or([0.0; 2], |it| [it.size(), it.last_modified()]);
        self.measured.update_value(|measured| measured.take_run(run, facts));
        self.latents.take_run(run, facts);
        self.files.set_value(files);
    }

    /// Stops measuring; what is measured is compared.
    pub(crate) fn stop(self) {
        self.pause();
        self.state.progress.update(|progress| progress.is_stopped = true);
        self.list();
        self.compare();
    }

    /// Goes on where it was stopped.
    pub(crate) fn resume(self) {
        self.state.progress.update(|progress| progress.is_stopped = false);
        self.go_on();
    }

    /// Measures latents too, once the rest is measured; goes on where that was stopped.
    pub(crate) fn measure_latents(self) {
        self.state.wants_latents.set(true);
        self.state.latents.update(|progress| progress.is_stopped = false);
        self.go_on();
    }

    /// Stops measuring latents; those that are measured are compared.
    pub(crate) fn stop_latents(self) {
        self.latents.pause();
        self.state.latents.update(|progress| progress.is_stopped = true);
        self.compare();
    }

    /// Has the files written, unless they are.
    pub(crate) fn write_files(self) {
        let files = self.state.files;
        let Some(found) = untrack(|| self.state.found()) else { return };
        let is_asked = |files: &RequestState<_>| {
            matches!(files, RequestState::Pending(_) | RequestState::Ready(_))
        };
        if files.with_untracked(is_asked) {
            return;
        }
        let request = PendingRequest::begin(files);
        let call = WriteMapper { report: found.report.clone() };
        self.submit(call, Vec::new(), move |reply| request.end(flat_reply(reply).map(Arc::from)));
    }

    /// Ends what workers are at; the songs wait again.
    fn pause(self) {
        let state = self.state;
        self.pool.get_value().cancel_all();
        self.measured.update_value(Measured::release);
        self.latents.pause();
        give_up(state.list);
        give_up(state.files);
        if give_up(state.found) {
            self.compared.set_value(None);
        }
    }

    /// Asks for the list of mappers, unless it is there or on its way.
    fn list(self) {
        let state = self.state;
        if state.list.with_untracked(|list| *list != RequestState::Idle) {
            return;
        }
        let Some(run) = state.run.get_untracked().filter(|run| run.mode == Mode::Osu) else {
            return state.list.set(RequestState::Idle);
        };
        let request = PendingRequest::begin(state.list);
        self.submit(ListMappers { songs: run.songs.clone() }, Vec::new(), move |reply| {
            request.end(reply.map_err(|error| error.to_string()));
        });
    }

    /// Measures the songs that are not measured yet, and compares the mapper once all are; where
    /// latents are wanted, they come then, and the mapper is compared again.
    fn go_on(self) {
        let state = self.state;
        let is_wanted = untrack(|| state.screen()) == crate::state::Screen::Mapper;
        let progress = self.tell_progress();
        if !is_wanted || progress.is_stopped {
            return;
        }
        if progress.n_done < progress.n_all {
            return self.fill();
        }
        // What is there is shown while latents are measured; each song of them changes nothing yet.
        let n_songs = (progress.n_done, progress.n_all);
        let is_compared =
            self.compared.with_value(|it| it.is_some_and(|(n, n_all, _)| (n, n_all) == n_songs));
        if !is_compared {
            self.compare();
        }
        let Some(run) = self.state.run.get_untracked() else { return };
        let files = self.files.get_value();
        if self.latents.go_on(&run, &files, move || self.go_on()) {
            self.compare();
        }
    }

    /// Gives all workers a song, with one more in reserve for each.
    fn fill(self) {
        let pool = self.pool.get_value();
        let mapper = self.state.mapper.get_untracked();
        for _ in 0..pool.room() {
            let next = self.measured.try_update_value(|measured| {
                let song_idx = measured.next(&mapper)?;
                measured.plan(song_idx).cloned()
            });
            let Some(song) = next.flatten() else { return };
            self.measure(song);
        }
    }

    fn measure(self, song: SongPlan) {
        let Some(run) = self.state.run.get_untracked() else { return };
        let song_idx = song.song_idx;
        let (title, artist) = (song.title.clone(), song.artist.clone());
        let files = self.files.with_value(|files| {
            let ranges = run.files_of(&song).into_iter();
            ranges.flat_map(|range| files.get(range).unwrap_or_default().to_vec()).collect()
        });
        let call = MeasureSong { sources: run.sources_of(&song), song };
        self.submit(call, files, move |reply| {
            // A song that breaks its worker takes no part, and the others go on.
            let values = reply.unwrap_or_else(|error| SongMapValues {
                song_idx,
                issues: vec![Issue::skipped(title.clone(), Cause::Fault, error.to_string())],
                title,
                artist,
                ..SongMapValues::default()
            });
            self.state.issues.update(|issues| issues.extend(values.issues.iter().cloned()));
            self.measured.update_value(|measured| measured.put(song_idx, values));
            self.go_on();
        });
    }

    /// Says how far measuring is; screen readers hear of each quarter.
    fn tell_progress(self) -> Progress {
        let state = self.state;
        let (n_done, n_all) = self.measured.with_value(Measured::counts);
        let before = state.progress.get_untracked();
        let now = Progress { n_done, n_all, ..before };
        if now != before {
            if let Some(words) = progress_words(before, now) {
                state.announcement.set(words);
            }
            state.progress.set(now);
        }
        now
    }

    /// Compares the mapper by what is measured.
    fn compare(self) {
        let state = self.state;
        let mut songs = self.measured.with_value(Measured::values);
        let encoder = self.latents.add_to(&mut songs);
        let n_maps = songs.iter().map(|song| song.maps.len()).sum();
        state.n_maps.set(n_maps);
        self.state.issues.set(songs.iter().flat_map(|song| song.issues.clone()).collect());
        let n_songs = self.measured.with_value(Measured::counts);
        if n_songs.1 == 0 {
            return state.found.set(RequestState::Ready(Comparison::Nobody(Vec::new())));
        }
        let compared = Some((n_songs.0, n_songs.1, self.latents.n_done()));
        if songs.is_empty() || self.compared.get_value() == compared {
            return;
        }
        self.compared.set_value(compared);
        state.files.set(RequestState::Idle);
        let request = PendingRequest::begin(state.found);
        let mapper = state.mapper.get_untracked();
        let against = Some(state.against.get_untracked()).filter(|name| !name.is_empty());
        let call = CompareMapper { songs, mapper, against, encoder };
        self.submit(call, Vec::new(), move |reply| {
            if request.is_wanted() {
                match reply {
                    Ok(compared) => self.take(compared, n_songs),
                    Err(error) => request.end(Err(error.to_string())),
                }
            }
        });
    }

    fn take(self, compared: ComparedMapper, n_songs: (usize, usize)) {
        let state = self.state;
        let ComparedMapper { report, of_against, others, nearest } = compared;
        let Some(report) = report else {
            return state.found.set(RequestState::Ready(Comparison::Nobody(nearest)));
        };
        let n_guest_maps = state.run.with_untracked(|run| {
            run.as_ref().map_or(0, |run| n_guest_maps(&run.songs, &report.fingerprint.mapper))
        });
        let found = Found { report, of_against, others, n_guest_maps, n_songs };
        state.announcement.set(measured_text(&found));
        let report = found.report.clone();
        state.found.set(RequestState::Ready(Comparison::Found(Arc::new(found))));
        self.find_moments(report);
    }

    /// Adds the moments of the examples, which are there soon after them.
    fn find_moments(self, report: MapperReport) {
        let Some(run) = self.state.run.get_untracked() else { return };
        let wanted: Vec<u32> = [Some(&report.fingerprint), report.head_to_head.as_ref()]
            .into_iter()
            .flatten()
            .flat_map(|found| &found.typical)
            .flat_map(|typical| typical.examples.iter().map(|example| example.song_idx))
            .collect();
        let songs: Vec<_> =
            run.songs.iter().filter(|song| wanted.contains(&song.song_idx)).cloned().collect();
        if songs.is_empty() {
            return;
        }
        let files = self.files.get_value();
        let before = report.clone();
        let call = FindMoments { report, songs, sources: run.sources.clone() };
        let found = self.state.found;
        self.submit(call, files, move |reply| {
            let Ok(report) = reply else { return };
            found.update(|found| {
                if let RequestState::Ready(Comparison::Found(found)) = found
                    && found.report == before
                {
                    *found = Arc::new(Found { report, ..(**found).clone() });
                    self.state.files.set(RequestState::Idle);
                }
            });
        });
    }

    fn submit<C>(
        self,
        call: C,
        files: Vec<File>,
        on_end: impl FnOnce(Result<C::Reply, JobError>) + 'static,
    ) where
        C: Call<Requests = MapperRequest, Progress = NoProgress>,
    {
        self.pool.get_value().submit(Job::new(call, files), no_progress, on_end);
    }
}

/// Nobody waits for a reply any more; whether somebody did.
fn give_up<T: Send + Sync + 'static>(state: RwSignal<RequestState<T>>) -> bool {
    let was_pending = state.with_untracked(RequestState::is_pending);
    if was_pending {
        state.set(RequestState::Idle);
    }
    was_pending
}

/// The client of the view.
pub(crate) fn use_client() -> MapperClient {
    expect_context::<MapperClient>()
}

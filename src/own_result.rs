//! What one's own run has come to: its name, whether it is saved, and the copy of its result
//! that the browser keeps for the next visit.

use carto_charts::result_name;
use carto_protocol::{ResultSource, ResultText};
use carto_types::{ResultLabel, SongStatus};
use carto_ui::ask_before_leaving;
use js_sys::Date;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::files::kept_run;
use crate::results::Results;
use crate::run::{Phase, Run};
use crate::settings::{self, LastRun};

/// The result of one's own run. A handle that can be copied anywhere.
#[derive(Clone, Copy)]
pub(crate) struct OwnResult {
    run: Run,
    /// What a person calls it; `None` for the usual name.
    name: RwSignal<Option<String>>,
    /// Whether it was saved as it is now.
    is_saved: RwSignal<bool>,
    /// Whether the browser keeps it as it is now.
    is_kept: RwSignal<bool>,
    /// Counts what is to be kept, of which the newest counts.
    n_kept: StoredValue<u32>,
    /// Whether the last run is kept for the next visit.
    pub(crate) is_keeping: RwSignal<bool>,
    /// The run that is kept.
    pub(crate) last_run: RwSignal<Option<LastRun>>,
    /// Why nothing is kept, or what is kept cannot be had.
    pub(crate) problem: RwSignal<String>,
}

impl OwnResult {
    /// The result of a run; from now on it is kept, and the browser asks before it is lost.
    pub(crate) fn new(run: Run) -> Self {
        let own = Self {
            run,
            name: RwSignal::default(),
            is_saved: RwSignal::default(),
            is_kept: RwSignal::default(),
            n_kept: StoredValue::default(),
            is_keeping: RwSignal::new(settings::is_keeping_last_run()),
            last_run: RwSignal::new(settings::last_run()),
            problem: RwSignal::default(),
        };
        Effect::new(move || {
            run.state.outputs.track();
            own.is_saved.set(false);
            own.is_kept.set(false);
            own.keep();
        });
        Effect::new(move || {
            if run.state.phase.get() == Phase::Empty {
                own.name.set(None);
            }
        });
        own.ask_before_it_is_lost();
        own
    }

    /// What it is called: as a person says, or else by its songs and the day.
    pub(crate) fn name(self) -> String {
        let given = self.name.get().filter(|name| !name.trim().is_empty());
        given.unwrap_or_else(|| self.usual_name())
    }

    /// What stands in the field of its name, which a person may have emptied.
    pub(crate) fn name_in_field(self) -> String {
        self.name.get().unwrap_or_else(|| self.usual_name())
    }

    /// Calls it otherwise.
    pub(crate) fn set_name(self, name: String) {
        self.name.set(Some(name));
        if self.is_kept.get_untracked() {
            self.note_kept();
        }
    }

    /// Name and day, for its file and its link.
    pub(crate) fn label(self) -> ResultLabel {
        ResultLabel { name: self.name(), day: Some(today()) }
    }

    /// A person has it as a file.
    pub(crate) fn note_saved(self) {
        self.is_saved.set(true);
    }

    /// Its file; `None` while work goes on.
    pub(crate) fn text(self) -> Option<ResultText> {
        self.run.state.outputs.with(|files| {
            let result = files.iter().find(|file| file.name == "result.json")?;
            Some(ResultText::Json(result.text.clone()))
        })
    }

    /// Keeps the last run from now on, or no run, and none that is kept.
    pub(crate) fn set_keeping(self, is_on: bool) {
        settings::store_keeping_last_run(is_on);
        self.is_keeping.set(is_on);
        if is_on {
            self.keep();
        } else {
            self.forget_last_run();
        }
    }

    /// Deletes the run that is kept.
    pub(crate) fn forget_last_run(self) {
        self.n_kept.update_value(|n| *n += 1);
        self.is_kept.set(false);
        self.set_last_run(None);
        spawn_local(kept_run::forget());
    }

    /// Shows the run that is kept as an opened result.
    pub(crate) fn open_last_run(self, results: Results) {
        let Some(LastRun { day, name }) = self.last_run.get_untracked() else { return };
        spawn_local(async move {
            match kept_run::get().await {
                Some(text) => {
                    let label = ResultLabel { name, day: Some(day) };
                    results.open(ResultSource::Kept { text, label }, Vec::new());
                }
                None => {
                    self.problem.set("The browser does not have the last run any more.".to_owned());
                    self.set_last_run(None);
                }
            }
        });
    }

    /// Keeps it as it is now, where there is anything to keep: figures, and not those of the
    /// demo set, which is made anew at any time.
    fn keep(self) {
        let state = self.run.state;
        let is_worth_it = self.is_keeping.get_untracked()
            && !state.is_demo.get_untracked()
            && state.track_a.with_untracked(Option::is_some);
        if !is_worth_it {
            return;
        }
        let Some(ResultText::Json(text)) = untrack(|| self.text()) else { return };
        self.n_kept.update_value(|n| *n += 1);
        let number = self.n_kept.get_value();
        spawn_local(async move {
            let kept = kept_run::put(&text).await;
            if self.n_kept.get_value() != number {
                return;
            }
            match kept {
                Ok(()) => {
                    self.is_kept.set(true);
                    self.problem.set(String::new());
                    self.note_kept();
                }
                Err(why) => {
                    self.problem.set(format!("The result of this run is not kept: {why}."));
                    self.set_last_run(None);
                }
            }
        });
    }

    fn note_kept(self) {
        let name = untrack(|| self.name());
        self.set_last_run(Some(LastRun { day: today(), name }));
    }

    fn set_last_run(self, last_run: Option<LastRun>) {
        settings::store_last_run(last_run.as_ref());
        self.last_run.set(last_run);
    }

    fn usual_name(self) -> String {
        self.run.state.songs.with(|songs| {
            let mut compared = songs.iter().filter(|song| song.status == SongStatus::Done);
            let only_title = compared.next().map(|song| &*song.title);
            let n_songs = only_title.map_or(0, |_| 1 + compared.count());
            result_name(n_songs, only_title, Some(&today()))
        })
    }

    /// Has the browser ask before the page is left while it would take work with it: a run
    /// that is not over, or figures that are neither saved nor kept.
    fn ask_before_it_is_lost(self) {
        let state = self.run.state;
        let would_lose = Memo::new(move |_| {
            let is_safe = self.is_saved.get() || self.is_kept.get();
            !state.is_demo.get()
                && match state.phase.get() {
                    Phase::Empty => false,
                    Phase::Running => true,
                    Phase::Cancelled | Phase::Done => {
                        !is_safe && state.track_a.with(Option::is_some)
                    }
                }
        });
        ask_before_leaving(would_lose);
    }
}

/// The day where the person is, `2026-11-30`.
fn today() -> String {
    let now = Date::new_0();
    format!("{:04}-{:02}-{:02}", now.get_full_year(), now.get_month() + 1, now.get_date())
}

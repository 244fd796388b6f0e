//! Results that were not made here: the published run, files, links.

mod bundled;
mod state;

use std::sync::Arc;

use carto_port::pool::{Job, WorkerPool, flat_reply, no_progress};
use carto_protocol::{
    Call, CompareResults, ExportResult, JobError, LabelResult, MakeLink, NoProgress, OpenResult,
    OpenedResult, PackFiles, ReadCrossValidation, RefreshPublished, ResultSource, ResultText,
    ResultsRequest,
};
use carto_types::{OutputFile, ResultLabel, file_stem};
use carto_ui::{PendingRequest, save_file};
use leptos::prelude::*;
use web_sys::File;

use self::bundled::fetch_bundled;
use self::state::ResultsState;
use crate::program::Program;

pub(crate) use carto_ui::RequestState;

/// Results and what can be done with them. A handle that can be copied anywhere.
#[derive(Clone, Copy)]
pub(crate) struct Results {
    pool: StoredValue<WorkerPool<ResultsRequest>, LocalStorage>,
    /// What is known of results.
    pub(crate) state: ResultsState,
}

impl Results {
    /// Nothing opened; the bundled figures are on their way.
    pub(crate) fn new() -> Self {
        let state = ResultsState::default();
        let on_broken = move |error: &JobError| state.fail_pending(&error.to_string());
        let pool = WorkerPool::new(|| Program::Results.script(), on_broken);
        // One thing at a time is quick enough, and replies come in order.
        pool.set_limit(Some(1));
        fetch_bundled(state.bundled, state.is_settled);
        Self { pool: StoredValue::new_local(pool), state }
    }

    /// Shows a result in the place of the published one.
    pub(crate) fn open(self, source: ResultSource, files: Vec<File>) {
        let state = self.state;
        self.request(state.opening, OpenResult { source }, files, move |opened| {
            state.opened.set(Some(Arc::new(opened)));
            state.exported.set(RequestState::Idle);
            state.link.set(RequestState::Idle);
        });
    }

    /// Says why a result is not even asked for.
    pub(crate) fn refuse(self, why: String) {
        self.state.opening.set(RequestState::Failed(why));
    }

    /// Lays a result over what is shown.
    pub(crate) fn open_overlay(self, source: ResultSource) {
        let overlay = self.state.overlay;
        let call = OpenResult { source };
        self.request(self.state.opening_overlay, call, Vec::new(), move |opened: OpenedResult| {
            overlay.set(Some(Arc::new(opened)));
        });
    }

    /// Shows the published run again.
    pub(crate) fn close(self) {
        self.state.opened.set(None);
        self.state.opening.set(RequestState::Idle);
        self.forget_replies();
    }

    /// Reads the published figures where they are kept, and says what differs from
    /// those that came with the page.
    ///
    /// Both addresses are absolute.
    pub(crate) fn refresh(self, url: String, bundled_url: String) {
        let live = self.state.live;
        let call = RefreshPublished { url, bundled_url };
        self.request(self.state.refreshed, call, Vec::new(), move |found| {
            live.set(Some(Arc::new(found.live)));
            found.changes
        });
    }

    /// Shows what a refresh found.
    pub(crate) fn show_refreshed(self) {
        self.state.opened.set(self.state.live.get_untracked());
        self.forget_replies();
    }

    /// Makes the files of a result.
    pub(crate) fn export(self, result: ResultText) {
        let call = ExportResult { result };
        self.request(self.state.exported, call, Vec::new(), Arc::from);
    }

    /// Saves a result file under a label.
    ///
    /// - `on_saved`: runs once the browser has it
    pub(crate) fn save_result(self, text: String, label: ResultLabel, on_saved: Callback<()>) {
        let call = LabelResult { result: ResultText::Json(text), label };
        self.request(self.state.saving, call, Vec::new(), move |text: String| {
            save_file("result.json", text.as_bytes());
            on_saved.run(());
        });
    }

    /// Saves all files as one zip, named as the result is.
    ///
    /// - `name`: what the result is called, whether or not the label says so
    /// - `on_saved`: runs once the browser has it
    pub(crate) fn save_all(
        self,
        files: &[OutputFile],
        name: &str,
        label: ResultLabel,
        on_saved: Callback<()>,
    ) {
        let name = format!("{}.zip", file_stem(name));
        let call = PackFiles { files: files.to_vec(), label };
        self.request(self.state.saving, call, Vec::new(), move |bytes: Vec<u8>| {
            save_file(&name, &bytes);
            on_saved.run(());
        });
    }

    /// Makes a link of a result.
    pub(crate) fn make_link(self, result: ResultText, has_names: bool, label: ResultLabel) {
        let call = MakeLink { result, has_names, label };
        self.request(self.state.link, call, Vec::new(), |link| link);
    }

    /// Says how one result differs from another.
    pub(crate) fn compare(self, result: ResultText, against: ResultText) {
        let call = CompareResults { result, against };
        self.request(self.state.differences, call, Vec::new(), |html| html);
    }

    /// Reads a result file of `carto crossval`.
    pub(crate) fn read_cross_validation(self, file: File) {
        let call = ReadCrossValidation { name: file.name() };
        self.request(self.state.cross_validation, call, vec![file], |html| html);
    }

    /// What was refused before is over when something else is done with files.
    pub(crate) fn forget_refusals(self) {
        fn forget<T: Send + Sync + 'static>(request: RwSignal<RequestState<T>>) {
            let is_refused = |state: &RequestState<T>| matches!(state, RequestState::Failed(_));
            if request.with_untracked(is_refused) {
                request.set(RequestState::Idle);
            }
        }
        forget(self.state.opening);
        forget(self.state.opening_overlay);
        forget(self.state.cross_validation);
    }

    /// What was made of a result that is not shown any more is no use.
    fn forget_replies(self) {
        self.forget_files();
        self.forget_link();
        self.state.differences.set(RequestState::Idle);
    }

    /// The files of another result are none of these.
    pub(crate) fn forget_files(self) {
        self.state.exported.set(RequestState::Idle);
        self.state.saving.set(RequestState::Idle);
    }

    /// A link to other figures is no link to these.
    pub(crate) fn forget_link(self) {
        self.state.link.set(RequestState::Idle);
    }

    /// Asks for something of which the newest is wanted alone.
    ///
    /// - `take`: makes of a reply what the signal shows
    fn request<C, R, T>(
        self,
        state: RwSignal<RequestState<T>>,
        call: C,
        files: Vec<File>,
        take: impl FnOnce(R) -> T + 'static,
    ) where
        C: Call<Requests = ResultsRequest, Reply = Result<R, String>, Progress = NoProgress>,
        R: 'static,
        T: Send + Sync + 'static,
    {
        let request = PendingRequest::begin(state);
        let on_end = move |ended: Result<C::Reply, JobError>| {
            if request.is_wanted() {
                request.end(flat_reply(ended).map(take));
            }
        };
        self.pool.try_with_value(|pool| pool.submit(Job::new(call, files), no_progress, on_end));
    }
}

//! Results that were not made here: the published run, files, links.

use std::rc::Rc;
use std::sync::Arc;

use carto_protocol::{JobId, Request, ResultSource, ResultText};
use carto_types::{OutputFile, ShownResult};
use leptos::prelude::*;
use web_sys::File;

use super::bundled::fetch_bundled;
use super::desk::{Desk, Purpose};

/// A result that was read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Opened {
    /// What to draw.
    pub(crate) shown: ShownResult,
    /// The result file's text.
    pub(crate) json: String,
}

/// How far something is that a worker was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Asked<T> {
    /// Nobody asked.
    #[default]
    Not,
    /// The worker is at it.
    Waiting,
    /// There it is.
    Done(T),
    /// Why there is none.
    Failed(String),
}

/// Results and what can be done with them. A handle that can be copied anywhere.
#[derive(Clone, Copy)]
pub(crate) struct Results {
    desk: StoredValue<Rc<Desk>, LocalStorage>,
    signals: Signals,
}

/// The signals behind [`Results`].
#[derive(Clone, Copy, Default)]
pub(super) struct Signals {
    pub(super) bundled: RwSignal<Option<Arc<ShownResult>>>,
    pub(super) is_settled: RwSignal<bool>,
    pub(super) opened: RwSignal<Option<Arc<Opened>>>,
    pub(super) beside: RwSignal<Option<Arc<Opened>>>,
    pub(super) opening: RwSignal<Asked<()>>,
    pub(super) laying: RwSignal<Asked<()>>,
    pub(super) refresh: RwSignal<Asked<Option<String>>>,
    pub(super) live: RwSignal<Option<Arc<Opened>>>,
    pub(super) export: RwSignal<Asked<Vec<OutputFile>>>,
    pub(super) link: RwSignal<Asked<String>>,
    pub(super) differences: RwSignal<Asked<String>>,
    pub(super) cross_validation: RwSignal<Option<Result<String, String>>>,
}

impl Results {
    /// Nothing opened; the bundled figures are on their way.
    pub(crate) fn new() -> Self {
        let signals = Signals::default();
        let results = Self { desk: StoredValue::new_local(Desk::new(signals)), signals };
        fetch_bundled(signals.bundled, signals.is_settled);
        results
    }

    /// Whether it is known what the page opens on: the bundled figures are there, or
    /// nobody waits for them any more.
    pub(crate) fn is_settled(self) -> Signal<bool> {
        self.signals.is_settled.into()
    }

    /// Shows a result in the place of the published one.
    pub(crate) fn open(self, source: ResultSource, files: Vec<File>) {
        self.signals.opening.set(Asked::Waiting);
        self.ask(Purpose::Open, files, |job_id| Request::OpenResult { job_id, source });
    }

    /// Says why a result is not even asked for.
    pub(crate) fn refuse(self, why: String) {
        self.signals.opening.set(Asked::Failed(why));
    }

    /// Lays a result over what is shown.
    pub(crate) fn lay_beside(self, source: ResultSource) {
        self.signals.laying.set(Asked::Waiting);
        self.ask(Purpose::Beside, Vec::new(), |job_id| Request::OpenResult { job_id, source });
    }

    /// Shows the published run again.
    pub(crate) fn close(self) {
        self.forget(Purpose::Open);
        self.signals.opened.set(None);
        self.signals.opening.set(Asked::Not);
        self.forget_answers();
    }

    /// Reads the published figures where they are kept, and says what differs from
    /// those that came with the page.
    ///
    /// Both addresses are absolute.
    pub(crate) fn refresh(self, url: String, bundled_url: String) {
        self.signals.refresh.set(Asked::Waiting);
        self.ask(Purpose::Refresh, Vec::new(), |job_id| Request::RefreshPublished {
            job_id,
            url,
            bundled_url,
        });
    }

    /// Shows what a refresh found.
    pub(crate) fn show_refreshed(self) {
        self.signals.opened.set(self.signals.live.get_untracked());
        self.forget_answers();
    }

    /// Makes the files of a result.
    pub(crate) fn export(self, result: ResultText) {
        self.signals.export.set(Asked::Waiting);
        self.ask(Purpose::Export, Vec::new(), |job_id| Request::ExportResult { job_id, result });
    }

    /// Writes a result as the fragment of a link.
    pub(crate) fn make_link(self, result: ResultText, has_names: bool) {
        self.signals.link.set(Asked::Waiting);
        self.ask(Purpose::Link, Vec::new(), |job_id| Request::MakeLink {
            job_id,
            result,
            has_names,
        });
    }

    /// Says how one result differs from another.
    pub(crate) fn compare(self, result: ResultText, against: ResultText) {
        self.signals.differences.set(Asked::Waiting);
        self.ask(Purpose::Differences, Vec::new(), |job_id| Request::CompareResults {
            job_id,
            result,
            against,
        });
    }

    /// Reads a result file of `carto crossval`.
    pub(crate) fn read_cross_validation(self, file: File) {
        let name = file.name();
        self.ask(Purpose::CrossValidation, vec![file], |job_id| Request::CrossValidation {
            job_id,
            name,
        });
    }

    /// Part D of a result file that was dropped, or why there is none.
    pub(crate) fn cross_validation(self) -> Signal<Option<Result<String, String>>> {
        self.signals.cross_validation.into()
    }

    /// What was made of a result that is not shown any more is no use.
    fn forget_answers(self) {
        self.forget_files();
        self.forget_link();
        self.forget(Purpose::Differences);
        self.signals.differences.set(Asked::Not);
    }

    /// The files of another result are none of these.
    pub(crate) fn forget_files(self) {
        self.forget(Purpose::Export);
        self.signals.export.set(Asked::Not);
    }

    /// A link to other figures is no link to these.
    pub(crate) fn forget_link(self) {
        self.forget(Purpose::Link);
        self.signals.link.set(Asked::Not);
    }

    /// What was asked last is answered to nobody.
    fn forget(self, purpose: Purpose) {
        if let Some(desk) = self.desk.try_get_value() {
            desk.forget(purpose);
        }
    }

    fn ask(self, purpose: Purpose, files: Vec<File>, request: impl FnOnce(JobId) -> Request) {
        if let Some(desk) = self.desk.try_get_value() {
            desk.ask(purpose, files, request);
        }
    }

    /// The bundled figures, once they have come.
    pub(crate) fn bundled(self) -> Signal<Option<Arc<ShownResult>>> {
        self.signals.bundled.into()
    }

    /// What is shown in the place of the published run.
    pub(crate) fn opened(self) -> Signal<Option<Arc<Opened>>> {
        self.signals.opened.into()
    }

    /// What is laid over it.
    pub(crate) fn beside(self) -> Signal<Option<Arc<Opened>>> {
        self.signals.beside.into()
    }

    /// How the opening of a result goes.
    pub(crate) fn opening(self) -> Signal<Asked<()>> {
        self.signals.opening.into()
    }

    /// How the opening of a second result goes.
    pub(crate) fn laying(self) -> Signal<Asked<()>> {
        self.signals.laying.into()
    }

    /// What differs between the bundled figures and those on the published site.
    pub(crate) fn refreshed(self) -> Signal<Asked<Option<String>>> {
        self.signals.refresh.into()
    }

    /// The files of a result.
    pub(crate) fn exported(self) -> Signal<Asked<Vec<OutputFile>>> {
        self.signals.export.into()
    }

    /// A result as a fragment.
    pub(crate) fn link(self) -> Signal<Asked<String>> {
        self.signals.link.into()
    }

    /// How two results differ.
    pub(crate) fn differences(self) -> Signal<Asked<String>> {
        self.signals.differences.into()
    }
}

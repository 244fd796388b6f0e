use std::sync::Arc;

use carto_protocol::OpenedResult;
use carto_types::{OutputFile, ResultLink, ShownResult};
use carto_ui::RequestState;
use leptos::prelude::*;

/// One signal for each thing that is known of results. Views read them; only
/// [`Results`](super::Results) writes.
#[derive(Clone, Copy, Default)]
pub(crate) struct ResultsState {
    /// The bundled figures, once they have come.
    pub(crate) bundled: RwSignal<Option<Arc<ShownResult>>>,
    /// Whether it is known what the page opens on: the bundled figures are there, or
    /// nobody waits for them any more.
    pub(crate) is_settled: RwSignal<bool>,
    /// What is shown in the place of the published run.
    pub(crate) opened: RwSignal<Option<Arc<OpenedResult>>>,
    /// How the opening of a result goes.
    pub(crate) opening: RwSignal<RequestState<()>>,
    /// The overlay: a second result, drawn with the one that is shown.
    pub(crate) overlay: RwSignal<Option<Arc<OpenedResult>>>,
    /// How the opening of the overlay goes.
    pub(crate) opening_overlay: RwSignal<RequestState<()>>,
    /// What differs between the bundled figures and those on the published site.
    pub(crate) refreshed: RwSignal<RequestState<Option<String>>>,
    /// The figures on the published site, once they were read.
    pub(super) live: RwSignal<Option<Arc<OpenedResult>>>,
    /// The files of a result.
    pub(crate) exported: RwSignal<RequestState<Arc<[OutputFile]>>>,
    /// How the saving goes of what is made for it: a named result, an archive of all files.
    pub(crate) saving: RwSignal<RequestState<()>>,
    /// A result as a link.
    pub(crate) link: RwSignal<RequestState<ResultLink>>,
    /// How two results differ, as HTML.
    pub(crate) differences: RwSignal<RequestState<String>>,
    /// Part D of a result file that was dropped, as HTML.
    pub(crate) cross_validation: RwSignal<RequestState<String>>,
}

impl ResultsState {
    /// Nothing that is waited for will come any more.
    pub(super) fn fail_pending(self, why: &str) {
        fail_if_pending(self.opening, why);
        fail_if_pending(self.opening_overlay, why);
        fail_if_pending(self.refreshed, why);
        fail_if_pending(self.exported, why);
        fail_if_pending(self.saving, why);
        fail_if_pending(self.link, why);
        fail_if_pending(self.differences, why);
        fail_if_pending(self.cross_validation, why);
    }
}

fn fail_if_pending<T: Send + Sync + 'static>(request: RwSignal<RequestState<T>>, why: &str) {
    if request.with_untracked(RequestState::is_pending) {
        request.set(RequestState::Failed(why.to_owned()));
    }
}

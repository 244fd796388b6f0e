//! What a person can do in the dialog that saves maps as collections.

use std::rc::Rc;

use carto_port::pool::{Job, flat_reply, no_progress};
use carto_protocol::{BeatmapsRequest, Call, NoProgress, OpenCollectionDb, WriteCollections};
use carto_types::{CollectionFormat, LabelRule};
use carto_ui::{PendingRequest, save_file};
use leptos::prelude::*;
use web_sys::File;

use crate::collected::{
    CollectionCounts, CollectionsChoice, collected_maps, count, saved_in_words,
};
use crate::rows::Row;
use crate::state::{BeatmapsState, RequestState};
use crate::workers::Pools;

/// The `collection.db` of a person that new collections can be added to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ExistingFile {
    pub(crate) name: String,
    pub(crate) n_collections: u32,
}

/// What the dialog shows, and what can be done in it. A handle that can be copied anywhere.
#[derive(Clone, Copy)]
pub(crate) struct CollectionsClient {
    maps: BeatmapsState,
    pools: StoredValue<Rc<Pools>, LocalStorage>,
    /// What [`Self::existing`] is of.
    file: StoredValue<Option<File>, LocalStorage>,
    pub(crate) is_open: RwSignal<bool>,
    pub(crate) choice: RwSignal<CollectionsChoice>,
    pub(crate) existing: RwSignal<RequestState<ExistingFile>>,
    /// What was saved, in sentences.
    pub(crate) saved: RwSignal<RequestState<Vec<String>>>,
}

impl CollectionsClient {
    pub(crate) fn new(maps: BeatmapsState, pools: StoredValue<Rc<Pools>, LocalStorage>) -> Self {
        Self {
            maps,
            pools,
            file: StoredValue::new_local(None),
            is_open: RwSignal::new(false),
            choice: RwSignal::default(),
            existing: RwSignal::default(),
            saved: RwSignal::default(),
        }
    }

    /// Chooses something else; what was said of the last file is no more.
    pub(crate) fn choose(self, change: impl FnOnce(&mut CollectionsChoice)) {
        self.saved.set(RequestState::Idle);
        self.choice.update(change);
    }

    /// Looks whether collections can be added to a file, and chooses it where they can.
    pub(crate) fn add_to(self, name: String, file: File) {
        self.choose(|choice| choice.is_added = false);
        self.file.set_value(Some(file.clone()));
        let request = PendingRequest::begin(self.existing);
        self.submit(OpenCollectionDb { name: name.clone() }, vec![file], move |reply| {
            if !request.is_wanted() {
                return;
            }
            if reply.is_ok() {
                self.choose(|choice| choice.is_added = true);
            }
            let found = reply.map(|n_collections| ExistingFile { name, n_collections });
            request.end(found);
        });
    }

    /// Forgets the file that is added to.
    pub(crate) fn forget(self) {
        self.file.set_value(None);
        self.existing.set(RequestState::Idle);
        self.choose(|choice| choice.is_added = false);
    }

    /// How many maps each collection gets, in the order of the labels; `None` without a
    /// classifier or a share.
    pub(crate) fn counts(self) -> Option<(Vec<String>, CollectionCounts)> {
        let (labels, rule) = self.labels_and_rule()?;
        let played = self.maps.choice.with(|choice| choice.played);
        let counts = self.rows().with(|rows| count(rows, played, rule, labels.len()));
        Some((labels, counts))
    }

    /// The maps that are collected: all, or those that the table shows.
    fn rows(self) -> RwSignal<Vec<Row>> {
        match self.choice.with(|choice| choice.is_shown_only) {
            true => self.maps.shown,
            false => self.maps.rows,
        }
    }

    fn labels_and_rule(self) -> Option<(Vec<String>, LabelRule)> {
        let labels = self.maps.model.with(|model| Some(model.as_ref()?.facts.labels.clone()))?;
        Some((labels, self.choice.with(|choice| choice.rule())?))
    }

    /// Saves all maps as what is chosen.
    pub(crate) fn save(self) {
        let Some((labels, rule)) = untrack(|| self.labels_and_rule()) else { return };
        let Some((_, counts)) = untrack(|| self.counts()) else { return };
        let CollectionsChoice { format, is_added, .. } = self.choice.get_untracked();
        let is_added = is_added && format == CollectionFormat::CollectionDb;
        let add_to = self.existing_name().filter(|_| is_added);
        let files = self.file.get_value().filter(|_| add_to.is_some());
        let played = self.maps.choice.with_untracked(|choice| choice.played);
        let rows = untrack(|| self.rows());
        let maps = rows.with_untracked(|rows| collected_maps(rows, played, rule));
        let request = PendingRequest::begin(self.saved);
        let call = WriteCollections { format, labels, maps, add_to: add_to.clone() };
        self.submit(call, files.into_iter().collect(), move |reply| {
            if !request.is_wanted() {
                return;
            }
            let said = reply.map(|written| {
                save_file(format.file_name(), &written.bytes);
                self.maps.is_saved.set(true);
                saved_in_words(format, &written, counts.n_maps, add_to.as_deref())
            });
            request.end(said);
        });
    }

    fn existing_name(self) -> Option<String> {
        self.existing.with_untracked(|existing| match existing {
            RequestState::Ready(file) => Some(file.name.clone()),
            _ => None,
        })
    }

    /// Asks the worker that classifies, before the maps that wait there: a person does.
    fn submit<C, T>(self, call: C, files: Vec<File>, done: impl FnOnce(Result<T, String>) + 'static)
    where
        C: Call<Requests = BeatmapsRequest, Reply = Result<T, String>, Progress = NoProgress>,
        T: 'static,
    {
        let job = Job::new(call, files).urgent();
        self.pools.get_value().classifier.submit(job, no_progress, move |reply| {
            done(flat_reply(reply));
        });
    }
}

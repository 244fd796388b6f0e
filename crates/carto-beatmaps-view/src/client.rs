//! What a person can do in the view: the jobs that follow, and how their replies change
//! its state.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use carto_port::pool::{Job, absolute, flat_reply, no_progress};
use carto_protocol::{
    ExplainMap, LoadClassifier, ModelSource, ReadLabels, TrainClassifier, TrainingProgress,
};
use carto_types::{Cause, FileKind, Issue, LabelSource, ModelFacts, Mods, known_without_maps};
use carto_ui::{PendingRequest, unique_number};
use leptos::prelude::*;
use web_sys::File;

use crate::address::{follow_address, restore};
use crate::collections::CollectionsClient;
use crate::format::{counted, grouped};
use crate::intake::{Content, Incoming, last_set, listen};
use crate::own_labels::{OwnLabel, training_maps};
use crate::reading::{Reading, now_ms};
use crate::rows::Row;
use crate::state::{BeatmapsState, Model, RequestState};
use crate::window::tell_window;
use crate::workers::{Pools, model_file};

/// The classifier that is served with the page.
const BUNDLED: &str = "./models/classifier.bin";

/// Files left out within this time came together.
const SAME_DROP_MS: f64 = 1000.0;

/// Of everything that a training draws.
const TRAINING_SEED: u64 = 42;

/// What the view shows, and what can be done to it. A handle that can be copied anywhere.
#[derive(Clone, Copy)]
pub(crate) struct BeatmapsClient {
    pub(crate) state: BeatmapsState,
    pub(crate) collections: CollectionsClient,
    reading: Reading,
    pools: StoredValue<Rc<Pools>, LocalStorage>,
    /// Changes when classifiers on their way are wanted no more.
    model_epoch: StoredValue<u32>,
    /// Changes when collections on their way are wanted no more.
    labels_epoch: StoredValue<u32>,
    /// Whether the rows are those of the demo set; `None` before the first.
    is_demo: StoredValue<Option<bool>>,
    /// Files left out that came together, and when the last of them came, in milliseconds of
    /// the page's clock: those of one drop arrive one after another.
    refused: StoredValue<(Vec<Issue>, f64)>,
}

impl BeatmapsClient {
    /// Takes the files that wait, and asks for the bundled classifier.
    pub(crate) fn new() -> Self {
        let state = BeatmapsState::new();
        let pools = StoredValue::new_local(Rc::new(Pools::new(state)));
        let client = Self {
            state,
            collections: CollectionsClient::new(state, pools),
            reading: Reading::new(state, pools),
            pools,
            model_epoch: StoredValue::new(0),
            labels_epoch: StoredValue::new(0),
            is_demo: StoredValue::new(None),
            refused: StoredValue::default(),
        };
        follow_address(state);
        tell_window(state);
        client.use_bundled();
        listen(move |arrived| client.add_files(arrived));
        Effect::new(move || {
            let shown = state.choice.with(|choice| state.rows.with(|rows| choice.of(rows)));
            state.shown.set(shown);
        });
        // What speaks for a map is asked for when it is opened, and again when what is
        // asked about changes.
        let played = Memo::new(move |_| state.choice.with(|choice| choice.played));
        Effect::new(move || {
            let (opened, played) = (state.opened.get(), played.get());
            let model = state.model.with(|model| model.as_ref().map(|model| model.id));
            if let (Some(key), Some(model_id)) = (opened, model) {
                client.explain(model_id, key, played);
            }
        });
        client
    }

    /// Reads maps, collections and classifiers, whatever came.
    ///
    /// The demo set and a person's own maps make room for each other, as in a run.
    pub(crate) fn add_files(self, arrived: Vec<Incoming>) {
        if !self.is_same_drop() {
            self.refused.set_value(Default::default());
            self.state.failure.set(String::new());
        }
        let kinds: Vec<_> = arrived.iter().map(|one| (one.kind(), one.is_demo)).collect();
        let set = last_set(&kinds);
        if let Some((is_demo, _)) = set {
            if self.is_demo.get_value().is_some_and(|before| before != is_demo) {
                self.clear_maps();
            }
            self.is_demo.set_value(Some(is_demo));
            self.state.cleared.set(None);
            self.state.is_saved.set(is_demo);
        }
        let start = set.map_or(0, |(_, start)| start);
        let mut refused = Vec::new();
        for ((place, one), (kind, _)) in arrived.into_iter().enumerate().zip(kinds) {
            // A pack is one set here: those of several are opened by the run.
            if matches!(kind, FileKind::Archive | FileKind::Map | FileKind::Pack) {
                // What came before is of the set that made room.
                if place >= start
                    && let Some((source, files)) = one.into_source()
                {
                    self.reading.add(source, files);
                }
                continue;
            }
            let path = one.path;
            match (one.content, kind) {
                (Content::Set(..), _) => {}
                (Content::Refused(why), _) => {
                    refused.push(Issue::skipped(path, Cause::UnreadableFile, why));
                }
                (Content::File(file), FileKind::Collections) => self.take_collections(path, file),
                (Content::File(file), FileKind::Classifier) => {
                    let source = ModelSource::File { name: path.clone() };
                    self.load_classifier(path, source, vec![file]);
                }
                (Content::File(_), _) => {
                    let why = known_without_maps(&path).unwrap_or(OTHER_FILE);
                    refused.push(Issue::skipped(path, Cause::OtherFile, why));
                }
            }
        }
        self.refuse(refused);
    }

    fn take_collections(self, path: String, file: File) {
        if self.collections.is_open.get_untracked() {
            self.collections.add_to(path, file);
        } else {
            self.read_labels(path, file);
        }
    }

    /// Says of files that came together why they were left out: of one in a message, of several
    /// in the list of issues, with a message that says so.
    fn refuse(self, refused: Vec<Issue>) {
        if refused.is_empty() {
            return;
        }
        let before = match self.is_same_drop() {
            true => self.refused.get_value().0,
            false => Vec::new(),
        };
        // The first was in a message alone.
        let unlisted = if before.len() == 1 { before.clone() } else { Vec::new() };
        let unlisted = [unlisted, refused.clone()].concat();
        let all = [before, refused].concat();
        match all.as_slice() {
            [one] => self.state.failure.set(format!("{}: {}.", one.subject, one.message)),
            several => {
                let n = grouped(several.len());
                self.state.failure.set(format!("{n} files were left out; the issues say why."));
                self.state.issues.update(|issues| issues.extend(unlisted));
            }
        }
        self.refused.set_value((all, now_ms()));
    }

    /// Whether files that come now are of the drop of which the last was left out, as is still
    /// said.
    fn is_same_drop(self) -> bool {
        let is_said = !self.state.failure.with_untracked(String::is_empty);
        is_said && self.refused.with_value(|&(_, at_ms)| now_ms() - at_ms < SAME_DROP_MS)
    }

    /// Leaves the rest unread; what is read stays.
    pub(crate) fn stop(self) {
        self.reading.stop();
    }

    /// Forgets all maps and collections; [`Self::undo_clear`] brings them back.
    pub(crate) fn clear(self) {
        self.state.cleared.set(self.state.cleared_maps(self.is_demo.get_value()));
        self.labels_epoch.update_value(|epoch| *epoch += 1);
        self.state.collections.set(BTreeMap::new());
        self.state.failure.set(String::new());
        self.state.notice.set(String::new());
        self.collections.forget();
        self.clear_maps();
    }

    /// Shows again what was cleared last.
    pub(crate) fn undo_clear(self) {
        let Some(maps) = self.state.cleared.get_untracked() else { return };
        self.state.cleared.set(None);
        self.is_demo.set_value(maps.is_demo);
        self.state.put_back(&maps);
        let is_unclassified = |row: &&Row| row.prediction.is_none();
        let rows = self.state.rows.get_untracked();
        self.reading.classify(&rows.iter().filter(is_unclassified).cloned().collect::<Vec<_>>());
    }

    /// Forgets all maps; collections may be of the next.
    fn clear_maps(self) {
        self.reading.forget();
        self.state.clear_maps();
        self.is_demo.set_value(None);
    }

    /// Classifies by the classifier that came with the page again.
    pub(crate) fn use_bundled(self) {
        let source = ModelSource::Bundled { url: absolute(BUNDLED).unwrap_or_default() };
        self.load_classifier("built-in".to_owned(), source, Vec::new());
    }

    /// Classifies by the classifier that was trained here.
    pub(crate) fn use_trained(self) {
        if let RequestState::Ready(trained) = self.state.trained.get_untracked() {
            self.state.failure.set(String::new());
            // One that is on its way was asked for before.
            self.model_epoch.update_value(|epoch| *epoch += 1);
            let name = "trained here".to_owned();
            self.adopt(name, &trained.bytes, trained.facts);
        }
    }

    /// Trains on the maps of the labels named.
    pub(crate) fn train(self, chosen: &[OwnLabel]) {
        let state = self.state;
        let maps = state.rows.with_untracked(|rows| training_maps(chosen, rows));
        state.failure.set(String::new());
        state.progress.set(TrainingProgress::default());
        let request = PendingRequest::begin(state.trained);
        let call = TrainClassifier { maps, seed: TRAINING_SEED };
        self.pools.get_value().trainer.submit(
            Job::new(call, Vec::new()),
            move |progress| state.progress.set(progress),
            move |reply| match flat_reply(reply) {
                Ok(trained) => {
                    request.end(Ok(trained));
                    state.is_saved.set(false);
                    state.notice.set(TRAINED.to_owned());
                }
                Err(_) if !request.is_wanted() => {}
                Err(why) => {
                    state.trained.set(RequestState::Idle);
                    state.failure.set(format!("No classifier was trained: {why}."));
                }
            },
        );
    }

    /// Gives a training up.
    pub(crate) fn stop_training(self) {
        self.pools.get_value().trainer.cancel_all();
        self.state.trained.set(RequestState::Idle);
    }

    fn read_labels(self, name: String, file: File) {
        let epoch = self.labels_epoch.get_value();
        let call = ReadLabels { name: name.clone() };
        let own = is_collection_db(&name).then(|| file.clone());
        // Not by those that read maps: these are stopped when maps make room.
        self.pools.get_value().classifier.submit(
            Job::new(call, vec![file]),
            no_progress,
            move |reply| {
                if self.labels_epoch.get_value() != epoch {
                    return;
                }
                match reply {
                    Ok(Ok(sources)) => {
                        // What is saved should not take the place of what a person has.
                        if let Some(own) = own {
                            self.collections.add_to(name.clone(), own);
                        }
                        self.state.notice.set(labels_in_words(&name, &sources));
                        self.state.collections.update(|all| {
                            all.insert(name, sources);
                        });
                    }
                    // These words name the file.
                    Ok(Err(why)) => self.state.failure.set(format!("{why}.")),
                    Err(error) => self.state.failure.set(format!("{name}: {error}.")),
                }
            },
        );
    }

    fn load_classifier(self, name: String, source: ModelSource, files: Vec<File>) {
        let epoch = self.model_epoch.get_value();
        let is_own = matches!(source, ModelSource::File { .. });
        let call = LoadClassifier { source };
        self.pools.get_value().classifier.submit(
            Job::new(call, files),
            no_progress,
            move |reply| {
                if self.model_epoch.get_value() != epoch {
                    return;
                }
                match flat_reply(reply) {
                    Ok((bytes, facts)) => {
                        if is_own {
                            self.state.notice.set(model_in_words(&name, &facts));
                        }
                        self.adopt(name, &bytes, facts);
                    }
                    Err(why) => self.state.failure.set(format!("{why}.")),
                }
            },
        );
    }

    /// Classifies all rows by another classifier from now on.
    ///
    /// Filter and order by a label stay where the new one has a label of that name: the address
    /// has the names.
    fn adopt(self, name: String, bytes: &[u8], facts: ModelFacts) {
        let Some(file) = model_file(bytes) else {
            return self.state.failure.set(format!("This browser has no room for {name}."));
        };
        let state = self.state;
        self.reading.show();
        state.rows.update(|rows| rows.iter_mut().for_each(|row| row.prediction = None));
        self.reading.model_file.set_value(Some(file));
        let labels = facts.labels.clone();
        state.model.set(Some(Model { id: unique_number(), name, facts: Arc::new(facts) }));
        restore(state, &labels);
        self.reading.classify(&state.rows.get_untracked());
    }

    /// Asks for what speaks for a map's first label.
    fn explain(self, model_id: u32, key: u32, played: Mods) {
        let influences = self.state.influences;
        let row = self.state.rows.with_untracked(|rows| {
            let row = rows.iter().find(|row| row.key == key);
            row.and_then(|row| row.numbers(played)).map(<[_]>::to_vec)
        });
        let Some(row) = row else {
            let why = "Nothing is known of a map that cannot be read.".to_owned();
            return influences.set(RequestState::Failed(why));
        };
        let request = PendingRequest::begin(influences);
        // A person waits for it; maps that are classified meanwhile can.
        let job = Job::new(ExplainMap { model_id, row }, self.reading.model_files()).urgent();
        self.pools.get_value().classifier.submit(job, no_progress, move |reply| {
            request.end(flat_reply(reply));
        });
    }
}

/// The client of the view.
pub(crate) fn use_client() -> BeatmapsClient {
    expect_context::<BeatmapsClient>()
}

/// What is said of a file that the view cannot use.
const OTHER_FILE: &str = "it is no archive, map, collection or classifier: drop .osz, .osu, \
    collection.db, .osdb or .classifier files";

/// What is said when a training ends, wherever a person is in the view by then.
const TRAINED: &str = "Your classifier is trained: how well it predicts your labels stands at \
    the end of this view.";

/// Whether a file of collections is the game's own by its name.
fn is_collection_db(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".db")
}

/// What was read of a file of collections, and what it is for.
fn labels_in_words(name: &str, sources: &[LabelSource]) -> String {
    let n_collections = counted(sources.len(), "collection", "collections");
    format!("Read {name}: {n_collections}. Train a classifier on them at the end of this view.")
}

/// Which classifier gives the labels from now on.
fn model_in_words(name: &str, facts: &ModelFacts) -> String {
    let n_labels = counted(facts.labels.len(), "label", "labels");
    let n_maps = grouped(facts.n_maps as usize);
    format!("Labels are by {name} now: {n_labels}, trained on {n_maps} maps.")
}

//! What a person can do in the view: the jobs that follow, and how their replies change
//! its state.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use carto_port::pool::{absolute, no_progress, unique_number};
use carto_protocol::{
    ClassifyMaps, ExplainMap, JobError, LoadClassifier, ModelSource, ReadLabels, ReadMaps,
    TrainClassifier, TrainingProgress,
};
use carto_types::{Cause, FileKind, MapsRead, ModelFacts, ReadMap, SourceFiles, why_no_source};
use leptos::prelude::*;
use web_sys::File;

use crate::collections::CollectionsClient;
use crate::intake::{Content, Incoming, last_set, listen};
use crate::own_labels::{OwnLabel, training_maps};
use crate::rows::{Played, Prediction, Row, SortKey};
use crate::state::{BeatmapsState, Model, RequestState};
use crate::workers::{Pools, in_words, job, model_file, settle};

/// The classifier that is served with the page.
const BUNDLED: &str = "./models/classifier.bin";

/// Of everything that a training draws.
const TRAINING_SEED: u64 = 42;

/// Maps that are classified in one job: a few hundred, so that replies come soon.
const MAPS_AT_ONCE: usize = 200;

/// What the view shows, and what can be done to it. A handle that can be copied anywhere.
#[derive(Clone, Copy)]
pub(crate) struct BeatmapsClient {
    pub(crate) state: BeatmapsState,
    pub(crate) collections: CollectionsClient,
    pools: StoredValue<Rc<Pools>, LocalStorage>,
    /// The file of the classifier in use, which travels with every job.
    model_file: StoredValue<Option<File>, LocalStorage>,
    /// Changes when classifiers on their way are wanted no more.
    model_epoch: StoredValue<u32>,
    /// Changes when collections on their way are wanted no more.
    labels_epoch: StoredValue<u32>,
    /// Whether the rows are those of the demo set; `None` before the first.
    is_demo: StoredValue<Option<bool>>,
}

impl BeatmapsClient {
    /// Takes the files that wait, and asks for the bundled classifier.
    pub(crate) fn new() -> Self {
        let state = BeatmapsState::new();
        let pools = StoredValue::new_local(Rc::new(Pools::new(state)));
        let client = Self {
            state,
            collections: CollectionsClient::new(state, pools),
            pools,
            model_file: StoredValue::new_local(None),
            model_epoch: StoredValue::new(0),
            labels_epoch: StoredValue::new(0),
            is_demo: StoredValue::new(None),
        };
        client.use_bundled();
        listen(move |arrived| client.add_files(arrived));
        // What speaks for a map is asked for when it is opened, and again when what is
        // asked about changes.
        Effect::new(move || {
            let (opened, played) = (state.opened.get(), state.choice.with(|choice| choice.played));
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
        let kinds: Vec<_> = arrived.iter().map(|one| (one.kind(), one.is_demo)).collect();
        let set = last_set(&kinds);
        if let Some((is_demo, _)) = set {
            if self.is_demo.get_value().is_some_and(|before| before != is_demo) {
                self.clear_maps();
            }
            self.is_demo.set_value(Some(is_demo));
        }
        let start = set.map_or(0, |(_, start)| start);
        for ((place, one), (kind, _)) in arrived.into_iter().enumerate().zip(kinds) {
            // A pack is one set here: those of several are opened by the run.
            if matches!(kind, FileKind::Archive | FileKind::Map | FileKind::Pack) {
                // What came before is of the set that made room.
                if place >= start
                    && let Some((source, files)) = one.into_source()
                {
                    self.read_maps(source, files);
                }
                continue;
            }
            let path = one.path;
            let file = match one.content {
                Content::File(file) => file,
                Content::Refused(why) => {
                    self.state.tell(&path, Cause::UnreadableFile, &why);
                    continue;
                }
                Content::Set(..) => continue,
            };
            match kind {
                FileKind::Collections if self.collections.is_open.get_untracked() => {
                    self.collections.add_to(path, file);
                }
                FileKind::Collections => self.read_labels(path, file),
                FileKind::Classifier => {
                    let source = ModelSource::File { name: path.clone() };
                    self.load_classifier(path, source, vec![file]);
                }
                FileKind::OtherPack => {
                    self.state.tell(&path, Cause::OtherFile, why_no_source(&path));
                }
                _ => self.state.tell(&path, Cause::OtherFile, OTHER_FILE),
            }
        }
    }

    /// Leaves the rest unread; what is read stays.
    pub(crate) fn stop(self) {
        self.pools.get_value().readers.cancel_all();
        self.state.read.update(|(n_done, n_all)| *n_all = *n_done);
    }

    /// Forgets all maps and collections.
    pub(crate) fn clear(self) {
        self.labels_epoch.update_value(|epoch| *epoch += 1);
        self.state.collections.set(BTreeMap::new());
        self.collections.forget();
        self.clear_maps();
    }

    /// Forgets all maps; collections may be of the next.
    fn clear_maps(self) {
        self.stop();
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
        let number = unique_number();
        state.progress.set(TrainingProgress::default());
        state.trained.set(RequestState::Pending(number));
        let call = TrainClassifier { maps, seed: TRAINING_SEED };
        self.pools.get_value().trainer.submit(
            job(call, Vec::new()),
            move |progress| state.progress.set(progress),
            move |reply| settle(state.trained, number, in_words(reply)),
        );
    }

    /// Gives a training up.
    pub(crate) fn stop_training(self) {
        self.pools.get_value().trainer.cancel_all();
        self.state.trained.set(RequestState::Idle);
    }

    fn read_maps(self, source: SourceFiles, files: Vec<File>) {
        self.state.read.update(|(_, n_all)| *n_all += 1);
        let name = source.path.clone();
        let call = ReadMaps { source };
        self.pools.get_value().readers.submit(job(call, files), no_progress, move |reply| {
            self.on_maps_read(&name, reply);
        });
    }

    fn on_maps_read(self, name: &str, reply: Result<MapsRead, JobError>) {
        let state = self.state;
        state.read.update(|(n_done, _)| *n_done += 1);
        let MapsRead { maps, issues, n_other_games } = match reply {
            Ok(read) => read,
            Err(error) => return state.tell(name, Cause::WorkerFailed, &error.to_string()),
        };
        state.n_other_games.update(|all| {
            all.insert(name.to_owned(), n_other_games as usize);
        });
        state.issues.update(|all| {
            // The same file again, and what is said of it.
            all.retain(|issue| !is_of(&issue.subject, name));
            all.extend(issues);
        });
        self.add_rows(name, maps);
    }

    /// Adds maps of a file; the same file again replaces them.
    fn add_rows(self, name: &str, maps: Vec<ReadMap>) {
        let file: Arc<str> = name.into();
        let row = |(place, map): (usize, ReadMap)| Row {
            key: unique_number(),
            file: Arc::clone(&file),
            place,
            map: Arc::new(map),
            prediction: None,
        };
        let fresh: Vec<Row> = maps.into_iter().enumerate().map(row).collect();
        self.state.rows.update(|rows| {
            rows.retain(|row| row.file != file);
            rows.extend_from_slice(&fresh);
        });
        self.classify(&fresh);
    }

    fn read_labels(self, name: String, file: File) {
        let epoch = self.labels_epoch.get_value();
        let call = ReadLabels { name: name.clone() };
        let own = is_collection_db(&name).then(|| file.clone());
        // Not by those that read maps: these are stopped when maps make room.
        self.pools.get_value().classifier.submit(
            job(call, vec![file]),
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
                        self.state.collections.update(|all| {
                            all.insert(name, sources);
                        });
                    }
                    Ok(Err(why)) => self.state.tell(&name, Cause::UnreadableLabels, &why),
                    Err(error) => self.state.tell(&name, Cause::WorkerFailed, &error.to_string()),
                }
            },
        );
    }

    fn load_classifier(self, name: String, source: ModelSource, files: Vec<File>) {
        let epoch = self.model_epoch.get_value();
        let call = LoadClassifier { source };
        self.pools.get_value().classifier.submit(job(call, files), no_progress, move |reply| {
            if self.model_epoch.get_value() != epoch {
                return;
            }
            match in_words(reply) {
                Ok((bytes, facts)) => self.adopt(name, &bytes, facts),
                Err(why) => self.state.failure.set(why),
            }
        });
    }

    /// Classifies all rows by another classifier from now on.
    fn adopt(self, name: String, bytes: &[u8], facts: ModelFacts) {
        let Some(file) = model_file(bytes) else {
            return self.state.failure.set(format!("This browser has no room for {name}."));
        };
        let state = self.state;
        state.failure.set(String::new());
        state.choice.update(|choice| {
            choice.label = None;
            if let SortKey::Label(_) = choice.sort {
                choice.sort = SortKey::Title;
            }
        });
        state.rows.update(|rows| rows.iter_mut().for_each(|row| row.prediction = None));
        self.model_file.set_value(Some(file));
        state.model.set(Some(Model { id: unique_number(), name, facts: Arc::new(facts) }));
        self.classify(&state.rows.get_untracked());
    }

    /// Asks for the label probabilities of these rows.
    fn classify(self, rows: &[Row]) {
        let model_id = self.state.model.with_untracked(|model| model.as_ref().map(|it| it.id));
        let Some(model_id) = model_id else { return };
        let readable: Vec<&Row> = rows.iter().filter(|row| !row.map.numbers.is_empty()).collect();
        for rows in readable.chunks(MAPS_AT_ONCE) {
            let keys: Vec<u32> = rows.iter().map(|row| row.key).collect();
            let rows = rows.iter().flat_map(|row| row.map.numbers.clone()).collect();
            self.pools.get_value().classifier.submit(
                job(ClassifyMaps { model_id, rows }, self.model_files()),
                no_progress,
                move |reply| match in_words(reply) {
                    Ok(found) if self.state.is_in_use(model_id) => {
                        self.note(model_id, &keys, &found);
                    }
                    Ok(_) => {}
                    Err(why) => self.state.failure.set(why),
                },
            );
        }
    }

    /// Notes label probabilities by a classifier, three lists for each row.
    fn note(self, model_id: u32, keys: &[u32], found: &[Vec<f64>]) {
        let found: BTreeMap<u32, &[Vec<f64>]> =
            keys.iter().copied().zip(found.chunks(Played::ALL.len())).collect();
        self.state.rows.update(|rows| {
            for row in rows {
                if let Some(&shares) = found.get(&row.key) {
                    let probabilities = shares.to_vec();
                    row.prediction = Some(Arc::new(Prediction { model_id, probabilities }));
                }
            }
        });
    }

    /// Asks for what speaks for a map's first label.
    fn explain(self, model_id: u32, key: u32, played: Played) {
        let influences = self.state.influences;
        let row = self.state.rows.with_untracked(|rows| {
            let row = rows.iter().find(|row| row.key == key);
            row.and_then(|row| row.numbers(played)).map(<[_]>::to_vec)
        });
        let Some(row) = row else {
            let why = "Nothing is known of a map that cannot be read.".to_owned();
            return influences.set(RequestState::Failed(why));
        };
        let number = unique_number();
        influences.set(RequestState::Pending(number));
        self.pools.get_value().classifier.submit(
            job(ExplainMap { model_id, row }, self.model_files()),
            no_progress,
            move |reply| settle(influences, number, in_words(reply)),
        );
    }

    fn model_files(self) -> Vec<File> {
        self.model_file.with_value(|file| file.iter().cloned().collect())
    }
}

/// The client of the view.
pub(crate) fn use_client() -> BeatmapsClient {
    expect_context::<BeatmapsClient>()
}

/// What is said of a file that the view cannot use.
const OTHER_FILE: &str = "it is no archive, map, collection or classifier: drop .osz, .osu, \
    collection.db, .osdb or .classifier files";

/// Whether an issue is about a file, or about something in it.
fn is_of(subject: &str, file: &str) -> bool {
    subject.strip_prefix(file).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether a file of collections is the game's own by its name.
fn is_collection_db(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".db")
}

//! Jobs out, answers in.

mod answers;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};
use std::sync::Arc;

use carto_beatmaps::{BeatmapsRequest, BeatmapsResponse, ModelFile, ModelSource, TrainedModel};
use carto_pool::{Job, Script, WorkerPool, absolute, lost};
use carto_protocol::{JobError, JobId, encode};
use carto_types::{FileKind, Issue, Severity, SourceKind};
use leptos::prelude::*;
use web_sys::File;

use crate::desk::{Asked, Model, Progress, Signals};
use crate::intake::IncomingFile;
use crate::own_labels::{OwnLabel, training_maps};
use crate::rows::Played;

/// The classifier that is served with the page.
const BUNDLED: &str = "./models/classifier.bin";

/// Of everything that a training draws.
const TRAINING_SEED: u64 = 42;

/// What an answer is about.
enum Purpose {
    Read { name: String },
    Model { name: String },
    Classify { model: u32, rows: Vec<u32> },
    Explain { row: u32, played: Played, model: u32 },
    Labels { name: String },
    Train,
}

/// Ties jobs and answers to the signals.
pub(crate) struct Engine {
    see: Signals,
    /// Read files, as many at once as the machine can.
    readers: WorkerPool<BeatmapsResponse>,
    /// Judges and explains: one is enough, and keeps the classifier in memory.
    judge: WorkerPool<BeatmapsResponse>,
    /// Trains, beside the others.
    trainer: WorkerPool<BeatmapsResponse>,
    purposes: RefCell<BTreeMap<JobId, Purpose>>,
    next_id: Cell<u32>,
}

fn script() -> Result<Script, JobError> {
    let name = "carto-beatmaps-worker";
    let meta = document().query_selector(&format!("meta[name='{name}']")).ok().flatten();
    let url = meta.and_then(|meta| meta.get_attribute("content"));
    let url = url.ok_or_else(|| lost("the page does not name its worker's script"))?;
    Ok(Script { name: name.to_owned(), url })
}

impl Engine {
    pub(crate) fn new(see: Signals) -> Rc<Self> {
        Rc::new_cyclic(|me: &Weak<Self>| {
            let pool = || {
                let me = me.clone();
                WorkerPool::new(script, move |event| {
                    if let Some(engine) = me.upgrade() {
                        engine.on_event(event);
                    }
                })
            };
            let engine = Self {
                see,
                readers: pool(),
                judge: pool(),
                trainer: pool(),
                purposes: RefCell::default(),
                next_id: Cell::new(0),
            };
            engine.judge.set_limit(Some(1));
            engine.trainer.set_limit(Some(1));
            engine
        })
    }

    /// A number that nothing else has.
    fn fresh(&self) -> u32 {
        self.next_id.replace(self.next_id.get() + 1)
    }

    fn ask(
        &self,
        pool: &WorkerPool<BeatmapsResponse>,
        purpose: Purpose,
        files: Vec<File>,
        request: impl FnOnce(JobId) -> BeatmapsRequest,
    ) {
        let id = self.fresh();
        let Ok(bytes) = encode(&request(id)) else { return };
        self.purposes.borrow_mut().insert(id, purpose);
        pool.submit(Job { id, bytes, files, is_urgent: false });
    }

    pub(crate) fn take_in(&self, arrived: Vec<IncomingFile>) {
        for IncomingFile { path: name, file, .. } in arrived {
            match FileKind::of_name(&name) {
                FileKind::Archive => self.read(name, SourceKind::Archive, file),
                FileKind::Map => self.read(name, SourceKind::BareMap, file),
                FileKind::Collections => {
                    let purpose = Purpose::Labels { name: name.clone() };
                    // Not by those that read maps: these are stopped when maps make room.
                    self.ask(&self.judge, purpose, vec![file], |job_id| {
                        BeatmapsRequest::ReadLabels { job_id, name }
                    });
                }
                FileKind::Classifier => self.load(name.clone(), vec![file], ModelSource::File { name }),
                _ => self.tell(
                    &name,
                    "other-file",
                    "it is no archive, map, collection or classifier: drop .osz, .osu, collection.db, .osdb or .classifier files",
                ),
            }
        }
    }

    fn read(&self, name: String, kind: SourceKind, file: File) {
        self.see.read.update(|(_, n_all)| *n_all += 1);
        let purpose = Purpose::Read { name: name.clone() };
        self.ask(&self.readers, purpose, vec![file], |job_id| BeatmapsRequest::Read {
            job_id,
            name,
            kind,
        });
    }

    pub(crate) fn stop_reading(&self) {
        self.readers.cancel_all();
        self.forget(|purpose| matches!(purpose, Purpose::Read { .. }));
        self.see.read.update(|(n_done, n_all)| *n_all = *n_done);
    }

    /// Leaves collections unread that are on their way.
    pub(crate) fn stop_labels(&self) {
        self.forget(|purpose| matches!(purpose, Purpose::Labels { .. }));
    }

    pub(crate) fn load_bundled(&self) {
        let url = absolute(BUNDLED).unwrap_or_default();
        self.load("built-in".to_owned(), Vec::new(), ModelSource::Bundled { url });
    }

    fn load(&self, name: String, files: Vec<File>, source: ModelSource) {
        self.ask(&self.judge, Purpose::Model { name }, files, |job_id| {
            BeatmapsRequest::LoadModel { job_id, source }
        });
    }

    pub(crate) fn use_trained(&self, trained: TrainedModel) {
        // One that is on its way was asked for before.
        self.forget(|purpose| matches!(purpose, Purpose::Model { .. }));
        self.adopt("trained here".to_owned(), trained.bytes, trained.facts);
    }

    /// Nobody waits any more for answers to what this knows.
    fn forget(&self, is_over: impl Fn(&Purpose) -> bool) {
        self.purposes.borrow_mut().retain(|_, purpose| !is_over(purpose));
    }

    /// Judges all rows by another classifier from now on.
    fn adopt(&self, name: String, bytes: Vec<u8>, facts: carto_beatmaps::ModelFacts) {
        self.see.trouble.set(String::new());
        self.see.choice.update(|choice| {
            choice.label = None;
            if let crate::rows::SortKey::Label(_) = choice.sort {
                choice.sort = crate::rows::SortKey::Title;
            }
        });
        self.see.rows.update(|rows| rows.iter_mut().for_each(|row| row.prediction = None));
        let model =
            Model { id: self.fresh(), name, bytes: Arc::new(bytes), facts: Arc::new(facts) };
        self.see.model.set(Some(model));
        let keys = self.see.rows.with_untracked(|rows| rows.iter().map(|row| row.key).collect());
        self.classify(keys);
    }

    fn model_file(&self) -> Option<ModelFile> {
        let model = self.see.model.get_untracked()?;
        Some(ModelFile { id: model.id, bytes: model.bytes.to_vec() })
    }

    /// Asks for what kind of map these rows are.
    fn classify(&self, mut keys: Vec<u32>) {
        keys.sort_unstable();
        let Some(model) = self.model_file() else { return };
        let rows = self.see.rows.with_untracked(|rows| {
            let asked = rows.iter().filter(|row| keys.binary_search(&row.key).is_ok());
            asked.filter(|row| !row.map.numbers.is_empty()).cloned().collect::<Vec<_>>()
        });
        // A few hundred at once: answers come soon, and the classifier is sent rarely.
        for rows in rows.chunks(200) {
            let keys = rows.iter().map(|row| row.key).collect();
            let numbers = rows.iter().flat_map(|row| row.map.numbers.clone()).collect();
            let (purpose, model) =
                (Purpose::Classify { model: model.id, rows: keys }, model.clone());
            self.ask(&self.judge, purpose, Vec::new(), |job_id| BeatmapsRequest::Classify {
                job_id,
                model,
                rows: numbers,
            });
        }
    }

    /// Asks for what speaks for a map's first label.
    pub(crate) fn explain(&self, key: u32, played: Played) {
        let numbers = self.see.rows.with_untracked(|rows| {
            let row = rows.iter().find(|row| row.key == key);
            row.and_then(|row| row.numbers(played)).map(<[_]>::to_vec)
        });
        let Some(model) = self.model_file() else { return };
        self.forget(|purpose| matches!(purpose, Purpose::Explain { .. }));
        let Some(row) = numbers else {
            let why = "Nothing is known of a map that cannot be read.".to_owned();
            return self.see.influences.set(Asked::Failed(why));
        };
        self.see.influences.set(Asked::Waiting);
        let purpose = Purpose::Explain { row: key, played, model: model.id };
        self.ask(&self.judge, purpose, Vec::new(), |job_id| BeatmapsRequest::Explain {
            job_id,
            model,
            row,
        });
    }

    pub(crate) fn train(&self, chosen: &[OwnLabel]) {
        let maps = self.see.rows.with_untracked(|rows| training_maps(chosen, rows));
        self.see.progress.set(Progress::default());
        self.see.trained.set(Asked::Waiting);
        self.ask(&self.trainer, Purpose::Train, Vec::new(), |job_id| BeatmapsRequest::Train {
            job_id,
            maps,
            seed: TRAINING_SEED,
        });
    }

    pub(crate) fn stop_training(&self) {
        self.trainer.cancel_all();
        self.see.trained.set(Asked::Not);
    }

    fn tell(&self, subject: &str, cause: &str, message: &str) {
        let issue = Issue {
            severity: Severity::Skipped,
            subject: subject.to_owned(),
            cause: cause.to_owned(),
            message: message.to_owned(),
        };
        self.see.issues.update(|issues| issues.push(issue));
    }
}

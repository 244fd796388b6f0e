//! Jobs out, answers in.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};
use std::sync::Arc;

use carto_beatmaps::{BeatmapsRequest, BeatmapsResponse, ModelFile, ModelSource, TrainedModel};
use carto_pool::{Job, PoolEvent, Script, WorkerPool, absolute, lost};
use carto_protocol::{Issue, JobError, JobId, Severity, SourceKind, encode};
use leptos::prelude::*;
use web_sys::File;

use crate::desk::{Asked, Model, Progress, Signals};
use crate::intake::{Arrived, Kind, kind_of};
use crate::labels::{OwnLabel, to_learn_from};
use crate::rows::{Judged, Played, Row};

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

/// Whether an issue is about a file, or about something in it.
fn is_of(subject: &str, file: &str) -> bool {
    subject.strip_prefix(file).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
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

    pub(crate) fn take_in(&self, arrived: Vec<Arrived>) {
        for Arrived { path: name, file } in arrived {
            match kind_of(&name) {
                Kind::Archive => self.read(name, SourceKind::Archive, file),
                Kind::Map => self.read(name, SourceKind::BareMap, file),
                Kind::Labels => {
                    let purpose = Purpose::Labels { name: name.clone() };
                    self.ask(&self.readers, purpose, vec![file], |job_id| {
                        BeatmapsRequest::ReadLabels { job_id, name }
                    });
                }
                Kind::Classifier => self.load(name.clone(), vec![file], ModelSource::File { name }),
                Kind::Other => self.tell(
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
        self.forget(|purpose| matches!(purpose, Purpose::Read { .. } | Purpose::Labels { .. }));
        self.see.read.update(|(n_done, n_all)| *n_all = *n_done);
    }

    pub(crate) fn load_bundled(&self) {
        let url = absolute(BUNDLED).unwrap_or_default();
        self.load(
            "the classifier of this page".to_owned(),
            Vec::new(),
            ModelSource::Bundled { url },
        );
    }

    fn load(&self, name: String, files: Vec<File>, source: ModelSource) {
        self.forget(|purpose| matches!(purpose, Purpose::Model { .. }));
        self.ask(&self.judge, Purpose::Model { name }, files, |job_id| {
            BeatmapsRequest::LoadModel { job_id, source }
        });
    }

    pub(crate) fn use_trained(&self, trained: TrainedModel) {
        // One that is on its way was asked for before.
        self.forget(|purpose| matches!(purpose, Purpose::Model { .. }));
        self.adopt("the classifier that you trained".to_owned(), trained.bytes, trained.facts);
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
        self.see.rows.update(|rows| rows.iter_mut().for_each(|row| row.judged = None));
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
        let maps = self.see.rows.with_untracked(|rows| to_learn_from(chosen, rows));
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

    fn on_event(&self, event: PoolEvent<BeatmapsResponse>) {
        let response = match event {
            PoolEvent::Answer(response) => response,
            PoolEvent::Broken { error } => return self.on_broken(&error),
        };
        match response {
            BeatmapsResponse::TrainProgress { n_done, n_total, stage, .. } => {
                self.see.progress.set(Progress { n_done, n_total, stage });
            }
            BeatmapsResponse::Failed { job_id: Some(job_id), error } => {
                if let Some(purpose) = self.take(job_id) {
                    self.on_failed(purpose, &error.to_string());
                }
            }
            BeatmapsResponse::MapsRead { job_id, maps, issues, n_other_games } => {
                let Some(Purpose::Read { name }) = self.take(job_id) else { return };
                self.see.read.update(|(n_done, _)| *n_done += 1);
                let n_other_games = n_other_games as usize;
                self.see.n_other_games.update(|all| {
                    all.insert(name.clone(), n_other_games);
                });
                self.see.issues.update(|all| {
                    // The same file again, and what is said of it.
                    all.retain(|issue| !is_of(&issue.subject, &name));
                    all.extend(issues);
                });
                self.add(&name, maps);
            }
            BeatmapsResponse::ModelLoaded { job_id, model } => {
                let Some(Purpose::Model { name }) = self.take(job_id) else { return };
                match model {
                    Ok((bytes, facts)) => self.adopt(name, bytes, facts),
                    Err(why) => self.see.trouble.set(why),
                }
            }
            BeatmapsResponse::Classified { job_id, memberships } => {
                let Some(Purpose::Classify { model, rows }) = self.take(job_id) else { return };
                match memberships {
                    Ok(memberships) if self.is_judge(model) => {
                        self.note(model, &rows, &memberships)
                    }
                    Ok(_) => {}
                    Err(why) => self.see.trouble.set(why),
                }
            }
            BeatmapsResponse::Explained { job_id, influences } => {
                let Some(Purpose::Explain { row, played, model }) = self.take(job_id) else {
                    return;
                };
                if self.is_asked(row, played, model) {
                    self.see.influences.set(match influences {
                        Ok(influences) => Asked::Here(influences),
                        Err(why) => Asked::Failed(why),
                    });
                }
            }
            BeatmapsResponse::LabelsRead { job_id, sources } => {
                let Some(Purpose::Labels { name }) = self.take(job_id) else { return };
                match sources {
                    Ok(sources) => self.see.collections.update(|all| {
                        all.insert(name, sources);
                    }),
                    Err(why) => self.tell(&name, "unreadable-labels", &why),
                }
            }
            BeatmapsResponse::ModelTrained { job_id, model } => {
                if self.take(job_id).is_some() {
                    self.see.trained.set(match model {
                        Ok(model) => Asked::Here(model),
                        Err(why) => Asked::Failed(why),
                    });
                }
            }
            BeatmapsResponse::Ready { .. } | BeatmapsResponse::Failed { job_id: None, .. } => {}
        }
    }

    /// Whether the rows are judged by this classifier now.
    fn is_judge(&self, model: u32) -> bool {
        self.see.model.with_untracked(|now| now.as_ref().is_some_and(|now| now.id == model))
    }

    /// Whether this is what the opened row is to be explained by.
    fn is_asked(&self, row: u32, played: Played, model: u32) -> bool {
        self.see.opened.get_untracked() == Some(row)
            && self.see.choice.with_untracked(|choice| choice.played) == played
            && self.is_judge(model)
    }

    fn take(&self, job_id: JobId) -> Option<Purpose> {
        self.purposes.borrow_mut().remove(&job_id)
    }

    /// Adds maps of a file; the same file again replaces them.
    fn add(&self, name: &str, maps: Vec<carto_beatmaps::ReadMap>) {
        let file: Arc<str> = name.into();
        let row = |(place, map): (usize, carto_beatmaps::ReadMap)| Row {
            key: self.fresh(),
            file: Arc::clone(&file),
            place,
            map: Arc::new(map),
            judged: None,
        };
        let fresh: Vec<Row> = maps.into_iter().enumerate().map(row).collect();
        let keys = fresh.iter().map(|row| row.key).collect();
        self.see.rows.update(|rows| {
            rows.retain(|row| row.file != file);
            rows.extend(fresh);
        });
        self.classify(keys);
    }

    /// Notes memberships by a classifier, three of each row.
    fn note(&self, model: u32, keys: &[u32], memberships: &[Vec<f64>]) {
        let found: BTreeMap<u32, &[Vec<f64>]> =
            keys.iter().copied().zip(memberships.chunks(Played::ALL.len())).collect();
        self.see.rows.update(|rows| {
            for row in rows {
                if let Some(&shares) = found.get(&row.key) {
                    row.judged = Some(Arc::new(Judged { by: model, shares: shares.to_vec() }));
                }
            }
        });
    }

    fn on_failed(&self, purpose: Purpose, why: &str) {
        match purpose {
            Purpose::Read { name } => {
                self.see.read.update(|(n_done, _)| *n_done += 1);
                self.tell(&name, "worker-failed", why);
            }
            Purpose::Labels { name } => self.tell(&name, "worker-failed", why),
            Purpose::Model { .. } | Purpose::Classify { .. } => {
                self.see.trouble.set(why.to_owned());
            }
            Purpose::Explain { row, played, model } => {
                if self.is_asked(row, played, model) {
                    self.see.influences.set(Asked::Failed(why.to_owned()));
                }
            }
            Purpose::Train => self.see.trained.set(Asked::Failed(why.to_owned())),
        }
    }

    /// No worker can be started: all that waited is over.
    fn on_broken(&self, error: &JobError) {
        let purposes = std::mem::take(&mut *self.purposes.borrow_mut());
        self.see.trouble.set(format!("{error}. Reload the page to try again."));
        for purpose in purposes.into_values() {
            if let Purpose::Read { .. } = purpose {
                self.see.read.update(|(n_done, _)| *n_done += 1);
            } else if matches!(purpose, Purpose::Train) {
                self.see.trained.set(Asked::Not);
            }
        }
    }
}

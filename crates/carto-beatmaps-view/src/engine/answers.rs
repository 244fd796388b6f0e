//! What workers say, and the signals that show it.

use std::collections::BTreeMap;
use std::sync::Arc;

use carto_beatmaps::BeatmapsResponse;
use carto_pool::PoolEvent;
use carto_protocol::{JobError, JobId};
use leptos::prelude::*;

use super::{Engine, Purpose};
use crate::desk::{Asked, Progress};
use crate::rows::{Played, Prediction, Row};

impl Engine {
    pub(super) fn on_event(&self, event: PoolEvent<BeatmapsResponse>) {
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
                        self.note(model, &rows, &memberships);
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
            prediction: None,
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
                    let probabilities = shares.to_vec();
                    row.prediction = Some(Arc::new(Prediction { model_id: model, probabilities }));
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

/// Whether an issue is about a file, or about something in it.
fn is_of(subject: &str, file: &str) -> bool {
    subject.strip_prefix(file).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

//! All that the view shows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use carto_protocol::TrainingProgress;
use carto_types::{Influence, Issue, LabelSource, ModelFacts, TrainedModel};
use leptos::prelude::*;

use crate::choice::Choice;
use crate::rows::{Row, column};

pub(crate) use carto_ui::RequestState;

/// The classifier that gives the rows their labels.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    /// Another one for another classifier.
    pub(crate) id: u32,
    /// The bundled one, a file's name, or one trained here.
    pub(crate) name: String,
    pub(crate) facts: Arc<ModelFacts>,
}

/// How far reading is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct ReadProgress {
    /// Files read.
    pub(crate) n_done: usize,
    /// Files in all.
    pub(crate) n_all: usize,
    /// Files a second over the last seconds; `None` until it can be told.
    pub(crate) per_s: Option<f64>,
}

impl ReadProgress {
    /// Whether there are files that are not read yet.
    pub(crate) fn is_reading(&self) -> bool {
        self.n_done < self.n_all
    }
}

/// One signal for each thing that is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BeatmapsState {
    pub(crate) rows: RwSignal<Vec<Row>>,
    /// Of these, the ones that the table shows, in its order.
    pub(crate) shown: RwSignal<Vec<Row>>,
    pub(crate) issues: RwSignal<Vec<Issue>>,
    pub(crate) read: RwSignal<ReadProgress>,
    /// Maps of other games that were left out, by the file that they came in.
    pub(crate) n_other_games: RwSignal<BTreeMap<String, usize>>,
    pub(crate) model: RwSignal<Option<Model>>,
    /// What failed last, in words; empty for nothing.
    pub(crate) failure: RwSignal<String>,
    /// What came of the last thing that a person did and that shows elsewhere in the view;
    /// empty for nothing.
    pub(crate) notice: RwSignal<String>,
    pub(crate) choice: RwSignal<Choice>,
    /// Features that are shown as columns, by their places.
    pub(crate) columns: RwSignal<BTreeSet<usize>>,
    /// The row that is opened.
    pub(crate) opened: RwSignal<Option<u32>>,
    pub(crate) influences: RwSignal<RequestState<Vec<Influence>>>,
    /// By the file that they came in.
    pub(crate) collections: RwSignal<BTreeMap<String, Vec<LabelSource>>>,
    pub(crate) progress: RwSignal<TrainingProgress>,
    pub(crate) trained: RwSignal<RequestState<TrainedModel>>,
    /// Whether nothing of a person's own waits to be saved.
    pub(crate) is_saved: RwSignal<bool>,
    /// What was cleared last, until other files come.
    pub(crate) cleared: RwSignal<Option<Arc<ClearedMaps>>>,
}

/// Maps that were cleared, and all that came with them.
#[derive(Debug)]
pub(crate) struct ClearedMaps {
    pub(crate) rows: Vec<Row>,
    issues: Vec<Issue>,
    n_other_games: BTreeMap<String, usize>,
    collections: BTreeMap<String, Vec<LabelSource>>,
    is_saved: bool,
    /// Whether they are of the demo set.
    pub(crate) is_demo: Option<bool>,
}

/// Features that are columns at first, in the order of the table's head.
pub(crate) const USUAL_COLUMNS: [&str; 6] =
    ["star_rating", "bpm", "total_length", "notes_per_second", "stream_density", "mean_distance"];

/// The places of [`USUAL_COLUMNS`].
pub(crate) fn usual_columns() -> BTreeSet<usize> {
    USUAL_COLUMNS.map(column).into()
}

impl BeatmapsState {
    pub(crate) fn new() -> Self {
        Self {
            rows: RwSignal::default(),
            shown: RwSignal::default(),
            issues: RwSignal::default(),
            read: RwSignal::default(),
            n_other_games: RwSignal::default(),
            model: RwSignal::new(None),
            failure: RwSignal::default(),
            notice: RwSignal::default(),
            choice: RwSignal::default(),
            columns: RwSignal::new(usual_columns()),
            opened: RwSignal::new(None),
            influences: RwSignal::default(),
            collections: RwSignal::default(),
            progress: RwSignal::default(),
            trained: RwSignal::default(),
            is_saved: RwSignal::new(true),
            cleared: RwSignal::new(None),
        }
    }

    /// What [`Self::put_back`] shows again; `None` without maps.
    pub(crate) fn cleared_maps(self, is_demo: Option<bool>) -> Option<Arc<ClearedMaps>> {
        let maps = ClearedMaps {
            rows: self.rows.get_untracked(),
            issues: self.issues.get_untracked(),
            n_other_games: self.n_other_games.get_untracked(),
            collections: self.collections.get_untracked(),
            is_saved: self.is_saved.get_untracked(),
            is_demo,
        };
        (!maps.rows.is_empty()).then(|| Arc::new(maps))
    }

    /// Shows maps that were cleared again, with the label probabilities of the classifier in use.
    pub(crate) fn put_back(self, maps: &ClearedMaps) {
        let model = self.model.with_untracked(|model| model.as_ref().map(|model| model.id));
        self.issues.set(maps.issues.clone());
        self.n_other_games.set(maps.n_other_games.clone());
        self.collections.set(maps.collections.clone());
        self.is_saved.set(maps.is_saved);
        let rows = maps.rows.iter().map(|row| row.clone().predicted_by(model));
        self.rows.set(rows.collect());
    }

    /// Forgets all maps and what was said of them.
    pub(crate) fn clear_maps(self) {
        self.rows.set(Vec::new());
        self.issues.set(Vec::new());
        self.read.set(ReadProgress::default());
        self.n_other_games.set(BTreeMap::new());
        self.opened.set(None);
        self.is_saved.set(true);
        // The form is empty when it comes again.
        self.choice.update(Choice::show_all);
    }

    /// Whether a map that could be read has no label probabilities yet.
    pub(crate) fn has_unclassified(self) -> bool {
        let waits = |row: &Row| row.prediction.is_none() && !row.map.numbers.is_empty();
        self.rows.with(|rows| rows.iter().any(waits))
    }

    /// Whether rows get their labels by this classifier now.
    pub(crate) fn is_in_use(self, model_id: u32) -> bool {
        self.model.with_untracked(|now| now.as_ref().is_some_and(|now| now.id == model_id))
    }

    /// Labels of the classifier in use; none before there is one.
    pub(crate) fn labels(self) -> Vec<String> {
        self.model.with_untracked(|model| {
            model.as_ref().map(|model| model.facts.labels.clone()).unwrap_or_default()
        })
    }
}

//! All that the view shows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use carto_protocol::TrainingProgress;
use carto_types::{Cause, Influence, Issue, LabelSource, ModelFacts, TrainedModel};
use leptos::prelude::*;

use crate::rows::{Choice, Played, Row, SortKey, column};

pub(crate) use carto_port::pool::RequestState;

/// The classifier that gives the rows their labels.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    /// Another one for another classifier.
    pub(crate) id: u32,
    /// The bundled one, a file's name, or one trained here.
    pub(crate) name: String,
    pub(crate) facts: Arc<ModelFacts>,
}

/// One signal for each thing that is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BeatmapsState {
    pub(crate) rows: RwSignal<Vec<Row>>,
    pub(crate) issues: RwSignal<Vec<Issue>>,
    /// Files read, and files in all.
    pub(crate) read: RwSignal<(usize, usize)>,
    /// Maps of other games that were left out, by the file that they came in.
    pub(crate) n_other_games: RwSignal<BTreeMap<String, usize>>,
    pub(crate) model: RwSignal<Option<Model>>,
    /// Why the last classifier that was asked for is not here.
    pub(crate) failure: RwSignal<String>,
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
}

/// Features that are columns at first, in the order of the table's head.
pub(crate) const USUAL_COLUMNS: [&str; 6] =
    ["star_rating", "bpm", "total_length", "notes_per_second", "stream_density", "mean_distance"];

impl BeatmapsState {
    pub(crate) fn new() -> Self {
        Self {
            rows: RwSignal::default(),
            issues: RwSignal::default(),
            read: RwSignal::default(),
            n_other_games: RwSignal::default(),
            model: RwSignal::new(None),
            failure: RwSignal::default(),
            choice: RwSignal::new(Choice {
                played: Played::default(),
                sort: SortKey::Column(column("star_rating")),
                is_rising: false,
                find: String::new(),
                label: None,
                stars: (None, None),
            }),
            columns: RwSignal::new(USUAL_COLUMNS.map(column).into()),
            opened: RwSignal::new(None),
            influences: RwSignal::default(),
            collections: RwSignal::default(),
            progress: RwSignal::default(),
            trained: RwSignal::default(),
        }
    }

    /// Forgets all maps and what was said of them.
    pub(crate) fn clear_maps(self) {
        self.rows.set(Vec::new());
        self.issues.set(Vec::new());
        self.read.set((0, 0));
        self.n_other_games.set(BTreeMap::new());
        self.opened.set(None);
        // The form is empty when it comes again.
        self.choice.update(Choice::show_all);
    }

    /// Tells of a file that was left out.
    pub(crate) fn tell(self, subject: &str, cause: Cause, message: &str) {
        self.issues.update(|issues| issues.push(Issue::skipped(subject, cause, message)));
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
}

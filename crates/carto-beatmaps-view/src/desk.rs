//! All that the view shows, and what a person does to it.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use carto_beatmaps::{Influence, LabelSource, ModelFacts, TrainedModel};
use carto_types::{FileKind, Issue};
use leptos::prelude::*;

use crate::engine::Engine;
use crate::intake::{IncomingFile, last_set, listen};
use crate::rows::{Choice, Played, Row, SortKey, column};

/// A classifier that the rows are judged by.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    /// Another one for another classifier.
    pub(crate) id: u32,
    /// The bundled one, a file's name, or one trained here.
    pub(crate) name: String,
    pub(crate) bytes: Arc<Vec<u8>>,
    pub(crate) facts: Arc<ModelFacts>,
}

/// Something that takes a while.
#[derive(Debug, Clone, Default)]
pub(crate) enum Asked<T> {
    #[default]
    Not,
    Waiting,
    Here(T),
    Failed(String),
}

/// How far a training is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    pub(crate) n_done: u32,
    pub(crate) n_total: u32,
    pub(crate) stage: String,
}

/// One signal for each thing that changes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Signals {
    pub(crate) rows: RwSignal<Vec<Row>>,
    pub(crate) issues: RwSignal<Vec<Issue>>,
    /// Files read, and files in all.
    pub(crate) read: RwSignal<(usize, usize)>,
    /// Maps of other games that were left out, by the file that they came in.
    pub(crate) n_other_games: RwSignal<BTreeMap<String, usize>>,
    pub(crate) model: RwSignal<Option<Model>>,
    /// Why the last classifier that was asked for is not here.
    pub(crate) trouble: RwSignal<String>,
    pub(crate) choice: RwSignal<Choice>,
    /// Features that are shown as columns, by their places.
    pub(crate) columns: RwSignal<BTreeSet<usize>>,
    /// The row that is opened.
    pub(crate) opened: RwSignal<Option<u32>>,
    pub(crate) influences: RwSignal<Asked<Vec<Influence>>>,
    /// By the file that they came in.
    pub(crate) collections: RwSignal<BTreeMap<String, Vec<LabelSource>>>,
    pub(crate) progress: RwSignal<Progress>,
    pub(crate) trained: RwSignal<Asked<TrainedModel>>,
}

/// Features that are columns at first, in the order of the table's head.
pub(crate) const USUAL_COLUMNS: [&str; 6] =
    ["star_rating", "bpm", "total_length", "notes_per_second", "stream_density", "mean_distance"];

impl Signals {
    fn new() -> Self {
        Self {
            rows: RwSignal::default(),
            issues: RwSignal::default(),
            read: RwSignal::default(),
            n_other_games: RwSignal::default(),
            model: RwSignal::new(None),
            trouble: RwSignal::default(),
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
}

/// The signals, and the engine that fills them.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    pub(crate) see: Signals,
    engine: StoredValue<Rc<Engine>, LocalStorage>,
    /// Whether the rows are those of the demo set; `None` before the first.
    is_demo: StoredValue<Option<bool>>,
}

impl Desk {
    /// Takes what waits, and asks for the bundled classifier.
    pub(crate) fn new() -> Self {
        let see = Signals::new();
        let engine = StoredValue::new_local(Engine::new(see));
        let desk = Self { see, engine, is_demo: StoredValue::new(None) };
        desk.engine().load_bundled();
        listen(move |arrived| desk.take_in(arrived));
        // What speaks for a map is asked for when it is opened, and again when what is
        // asked about changes.
        Effect::new(move || {
            let (opened, played) = (see.opened.get(), see.choice.with(|choice| choice.played));
            let model = see.model.with(|model| model.as_ref().map(|model| model.id));
            if let (Some(key), Some(_)) = (opened, model) {
                desk.engine().explain(key, played);
            }
        });
        desk
    }

    fn engine(self) -> Rc<Engine> {
        self.engine.get_value()
    }

    /// Reads maps, collections and classifiers, whatever came.
    ///
    /// The demo set and a person's own maps make room for each other, as in a run.
    pub(crate) fn take_in(self, arrived: Vec<IncomingFile>) {
        let kinds: Vec<_> =
            arrived.iter().map(|one| (FileKind::of_name(&one.path), one.is_demo)).collect();
        let Some((is_demo, start)) = last_set(&kinds) else {
            return self.engine().take_in(arrived);
        };
        if self.is_demo.get_value().is_some_and(|before| before != is_demo) {
            self.clear_maps();
        }
        self.is_demo.set_value(Some(is_demo));
        let stays = |(place, one): &(usize, IncomingFile)| {
            *place >= start || FileKind::of_name(&one.path).source_kind().is_none()
        };
        let arrived = arrived.into_iter().enumerate().filter(stays).map(|(_, one)| one);
        self.engine().take_in(arrived.collect());
    }

    /// Leaves the rest unread; what is read stays.
    pub(crate) fn stop(self) {
        self.engine().stop_reading();
    }

    /// Forgets all maps and collections.
    pub(crate) fn clear(self) {
        self.engine().stop_labels();
        self.see.collections.set(BTreeMap::new());
        self.clear_maps();
    }

    /// Forgets all maps and what was said of them; collections may be of the next.
    fn clear_maps(self) {
        self.engine().stop_reading();
        self.see.rows.set(Vec::new());
        self.see.issues.set(Vec::new());
        self.see.read.set((0, 0));
        self.see.n_other_games.set(BTreeMap::new());
        self.see.opened.set(None);
        self.is_demo.set_value(None);
        // The form is empty when it comes again.
        self.see.choice.update(Choice::show_all);
    }

    /// Judges by the classifier that came with the page again.
    pub(crate) fn use_bundled(self) {
        self.engine().load_bundled();
    }

    /// Judges by the classifier that was trained here.
    pub(crate) fn use_trained(self) {
        if let Asked::Here(trained) = self.see.trained.get_untracked() {
            self.engine().use_trained(trained);
        }
    }

    /// Trains on the maps of the labels named.
    pub(crate) fn train(self, chosen: &[crate::own_labels::OwnLabel]) {
        self.engine().train(chosen);
    }

    /// Gives a training up.
    pub(crate) fn stop_training(self) {
        self.engine().stop_training();
    }
}

pub(crate) fn use_desk() -> Desk {
    expect_context::<Desk>()
}

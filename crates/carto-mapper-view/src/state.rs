//! All that the view shows.

use std::sync::Arc;

use carto_types::{
    Issue, MapperCount, MapperFingerprint, MapperReport, Mode, OfferedEncoder, OfferedRun,
    OutputFile,
};
use leptos::prelude::*;

pub(crate) use carto_ui::RequestState;

use crate::host::Standing;

/// What was found of a mapper.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    /// The mapper against all others, and against one.
    pub(crate) report: MapperReport,
    /// The other of the head-to-head against all others.
    pub(crate) of_against: Option<MapperFingerprint>,
    /// With whom the mapper can be compared, with the songs that both mapped.
    pub(crate) others: Vec<MapperCount>,
    /// How many maps of the mapper are guest difficulties.
    pub(crate) n_guest_maps: usize,
    /// Songs that were measured, and all of the run.
    pub(crate) n_songs: (usize, usize),
}

impl Found {
    /// What the chart shows: the head-to-head where there is one.
    pub(crate) fn shown(&self) -> &MapperFingerprint {
        self.report.head_to_head.as_ref().unwrap_or(&self.report.fingerprint)
    }
}

/// What came of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Comparison {
    /// The mapper can be compared.
    Found(Arc<Found>),
    /// The mapper cannot; these have names like it.
    Nobody(Vec<MapperCount>),
}

/// How far measuring is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Progress {
    /// Songs that are measured.
    pub(crate) n_done: usize,
    /// All songs.
    pub(crate) n_all: usize,
    /// Whether a person stopped it.
    pub(crate) is_stopped: bool,
}

/// What the view shows, as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Screen {
    /// There are no songs of the run to be measured, for want of files.
    NoFiles,
    /// The run is at work, or was stopped before its songs were known.
    Running,
    /// The rules of the run know hosts alone.
    Published,
    /// All mappers.
    List,
    /// One mapper.
    Mapper,
}

/// One signal for each thing that is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MapperState {
    /// Whether this view is the one that the page shows.
    pub(crate) is_shown: RwSignal<bool>,
    /// The mapper that is asked for; empty for the list of all.
    pub(crate) mapper: RwSignal<String>,
    /// The other of a head-to-head; empty for nobody.
    pub(crate) against: RwSignal<String>,
    /// How the run of the page stands.
    pub(crate) standing: RwSignal<Standing>,
    /// The songs of the run, once no more of them are coming.
    pub(crate) run: RwSignal<Option<Arc<OfferedRun>>>,
    /// All mappers of the run.
    pub(crate) list: RwSignal<RequestState<Vec<MapperCount>>>,
    /// How far measuring is.
    pub(crate) progress: RwSignal<Progress>,
    /// The encoder of the run; `None` where it has none.
    pub(crate) encoder: RwSignal<Option<OfferedEncoder>>,
    /// Whether a person wants latents measured too.
    pub(crate) wants_latents: RwSignal<bool>,
    /// How far the measuring of latents is.
    pub(crate) latents: RwSignal<Progress>,
    /// Maps that are measured, once they are compared.
    pub(crate) n_maps: RwSignal<usize>,
    /// What came of the comparison.
    pub(crate) found: RwSignal<RequestState<Comparison>>,
    /// Maps that could not be measured.
    pub(crate) issues: RwSignal<Vec<Issue>>,
    /// The files to save, once somebody asked for them.
    pub(crate) files: RwSignal<RequestState<Arc<[OutputFile]>>>,
    /// Whether the chart is a table.
    pub(crate) is_table: RwSignal<bool>,
    /// Whether all features have a row.
    pub(crate) shows_all: RwSignal<bool>,
    /// The dimension whose numbers are open.
    pub(crate) opened: RwSignal<Option<String>>,
    /// What failed last, in words; empty for nothing.
    pub(crate) failure: RwSignal<String>,
    /// What a screen reader is to say, politely.
    pub(crate) announcement: RwSignal<String>,
}

impl MapperState {
    /// Nothing is shown yet.
    pub(crate) fn new() -> Self {
        Self {
            is_shown: RwSignal::new(false),
            mapper: RwSignal::default(),
            against: RwSignal::default(),
            standing: RwSignal::default(),
            run: RwSignal::new(None),
            list: RwSignal::default(),
            progress: RwSignal::default(),
            encoder: RwSignal::new(None),
            wants_latents: RwSignal::new(false),
            latents: RwSignal::default(),
            n_maps: RwSignal::new(0),
            found: RwSignal::default(),
            issues: RwSignal::default(),
            files: RwSignal::default(),
            is_table: RwSignal::new(false),
            shows_all: RwSignal::new(false),
            opened: RwSignal::new(None),
            failure: RwSignal::default(),
            announcement: RwSignal::default(),
        }
    }

    /// What is shown as a whole.
    pub(crate) fn screen(self) -> Screen {
        let mode = self.run.with(|run| run.as_ref().map(|run| run.mode));
        match (self.standing.get(), mode) {
            (Standing::Running, _) | (Standing::Stopped, None) => Screen::Running,
            (Standing::Empty, _) | (_, None) => Screen::NoFiles,
            (_, Some(Mode::Published)) => Screen::Published,
            (_, Some(Mode::Osu)) if self.mapper.with(String::is_empty) => Screen::List,
            (_, Some(Mode::Osu)) => Screen::Mapper,
        }
    }

    /// What was found of the mapper, once it is.
    pub(crate) fn found(self) -> Option<Arc<Found>> {
        self.found.with(|found| match found {
            RequestState::Ready(Comparison::Found(found)) => Some(Arc::clone(found)),
            _ => None,
        })
    }
}

//! What the sheet of the evidence shows: one's own run, or a result that was made elsewhere.

use std::sync::Arc;

use carto_charts::number::capital;
use carto_types::{Mode, RunEvidence, SongRow};
use carto_ui::{derived_bool, derived_string};
use leptos::prelude::*;

use crate::context::{use_results, use_run};
use crate::run::Phase;
use crate::views::chart_data::reference_result;

/// The evidence of one view, unpacked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EvidenceData {
    /// `None` where there is none; of a run that will have some it is empty at first, so that the
    /// chart has its place from the start.
    pub(super) evidence: Memo<Option<Arc<RunEvidence>>>,
    /// Why there is none, as a sentence.
    pub(super) why_none: Signal<String>,
    /// The rows of the songs that the evidence names by number.
    pub(super) songs: Signal<Vec<SongRow>>,
    /// Whether no more songs are coming.
    pub(super) is_over: Signal<bool>,
    /// Whether the marks are drawn in ink: not one's own.
    pub(super) is_printed: bool,
}

impl EvidenceData {
    /// Of a person's own run.
    pub(crate) fn yours() -> Self {
        let state = use_run().state;
        let evidence = Memo::new(move |_| {
            let unpacked = state.evidence.with(|packed| packed.as_ref()?.value());
            let is_coming = state.mode.get() == Mode::Osu;
            unpacked.or_else(|| is_coming.then(RunEvidence::default)).map(Arc::new)
        });
        Self {
            evidence,
            why_none: derived_string(|| {
                "No evidence: as published, means alone are compared. Choose “As osu! players know it” under Rules to see how much of an agreement is more than a shared grid.".to_owned()
            }),
            songs: state.songs.into(),
            is_over: derived_bool(move || state.phase.get() == Phase::Done),
            is_printed: false,
        }
    }

    /// Of the result that was opened, or else of the published run.
    pub(crate) fn reference() -> Self {
        let packed = reference_result(|shown| shown.evidence.clone());
        let why = reference_result(|shown| shown.why_no_evidence.clone());
        let opened = use_results().state.opened;
        Self {
            evidence: Memo::new(move |_| packed.with(|it| it.as_ref()?.value()).map(Arc::new)),
            why_none: derived_string(move || {
                why.with(|why| match why {
                    Some(why) => format!("{}.", capital(why)),
                    None => "The evidence of this result cannot be read: save it again with this version.".to_owned(),
                })
            }),
            songs: Signal::derive(move || {
                opened.with(|it| it.as_ref().map_or_else(Vec::new, |it| it.shown.songs.clone()))
            }),
            is_over: derived_bool(|| true),
            is_printed: true,
        }
    }
}

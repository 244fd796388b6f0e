//! The data of a view's charts: one's own run, or a result that was made elsewhere.

use carto_types::{Backend, EncoderFacts, Mode, ShownResult, Synthesis, TrackA, TrackB};
use carto_ui::{derived_bool, derived_string};
use leptos::prelude::*;

use crate::context::{use_results, use_run};
use crate::run::Phase;

/// The data of one view's charts, each part `None` until there is something.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ChartData {
    /// Agreement per channel.
    pub(crate) track_a: Signal<Option<TrackA>>,
    /// Agreement per latent.
    pub(crate) track_b: Signal<Option<TrackB>>,
    /// How latents go with channels.
    pub(crate) synthesis: Signal<Option<Synthesis>>,
    /// Which encoder, where that is known.
    pub(crate) encoder: Signal<Option<EncoderFacts>>,
    /// What computed the latents.
    pub(crate) backend: Signal<Option<Backend>>,
    /// The rules; `None` where another program made the figures.
    pub(crate) mode: Signal<Option<Mode>>,
    /// Whether more is to come.
    pub(crate) phase: Signal<Phase>,
    /// Whether the marks are drawn in ink, as rings: not one's own.
    pub(crate) is_printed: bool,
    /// Pairs that are left out of the figures as doubtful, where that is known.
    pub(crate) n_left_out: Signal<u32>,
    /// Whether the figures are the study's own: the published run, and no result that was opened.
    pub(crate) is_study: Signal<bool>,
    /// The overlay of the charts.
    pub(crate) overlay: Overlay,
}

/// Another result, as marks beside those of the view.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Overlay {
    /// What it is called: "published".
    pub(crate) name: Signal<String>,
    /// Agreement per channel.
    pub(crate) track_a: Signal<Option<TrackA>>,
    /// Agreement per latent.
    pub(crate) track_b: Signal<Option<TrackB>>,
    /// The rules; `None` where another program made the figures.
    pub(crate) mode: Signal<Option<Mode>>,
    /// Whether latents of both have the same numbers: only those of one encoder do.
    pub(crate) is_same_encoder: Signal<bool>,
}

impl ChartData {
    /// A person's own run, with the reference result as overlay.
    pub(crate) fn yours() -> Self {
        let run = use_run();
        let mode = run.state.mode;
        Self {
            track_a: run.state.track_a.into(),
            track_b: run.state.track_b.into(),
            synthesis: run.state.synthesis.into(),
            encoder: run.state.encoder.into(),
            backend: run.state.backend.into(),
            mode: Signal::derive(move || Some(mode.get())),
            phase: run.state.phase.into(),
            is_printed: false,
            n_left_out: Signal::derive(move || {
                let is_on = run.state.leaves_out_doubtful.get();
                if is_on { run.state.doubtful.get().n_pairs() } else { 0 }
            }),
            is_study: derived_bool(|| false),
            overlay: Overlay::reference(),
        }
    }

    /// The reference result, with an opened overlay or else a person's own run.
    pub(crate) fn reference() -> Self {
        let opened = use_results().state.opened;
        Self {
            track_a: reference_result(|shown| shown.track_a.clone()),
            track_b: reference_result(|shown| shown.track_b.clone()),
            synthesis: reference_result(|shown| shown.synthesis.clone()),
            encoder: reference_result(|shown| shown.encoder.clone()),
            backend: reference_result(|shown| shown.backend.clone()),
            mode: reference_result(|shown| shown.mode),
            phase: Signal::derive(|| Phase::Done),
            is_printed: true,
            n_left_out: Signal::derive(|| 0),
            is_study: derived_bool(move || opened.with(Option::is_none)),
            overlay: Overlay::laid_over_reference(),
        }
    }
}

impl Overlay {
    fn reference() -> Self {
        let run = use_run();
        let encoder = run.state.encoder;
        let other = reference_result(|shown| shown.encoder.clone());
        let opened = use_results().state.opened;
        Self {
            name: derived_string(move || match opened.with(Option::is_some) {
                true => "opened result".to_owned(),
                false => "published".to_owned(),
            }),
            track_a: reference_result(|shown| shown.track_a.clone()),
            track_b: reference_result(|shown| shown.track_b.clone()),
            mode: reference_result(|shown| shown.mode),
            is_same_encoder: is_same(encoder.into(), other),
        }
    }

    fn laid_over_reference() -> Self {
        let run = use_run();
        let laid = use_results().state.overlay;
        let (track_a, track_b, encoder) = (run.state.track_a, run.state.track_b, run.state.encoder);
        let mode = run.state.mode;
        let other = Signal::derive(move || {
            laid.with(|laid| laid.as_ref().map(|laid| laid.shown.encoder.clone()))
                .unwrap_or_else(|| encoder.get())
        });
        Self {
            name: derived_string(move || match laid.with(Option::is_some) {
                true => "compared".to_owned(),
                false => "yours".to_owned(),
            }),
            track_a: Signal::derive(move || match laid.get() {
                Some(laid) => laid.shown.track_a.clone(),
                None => track_a.get(),
            }),
            track_b: Signal::derive(move || match laid.get() {
                Some(laid) => laid.shown.track_b.clone(),
                None => track_b.get(),
            }),
            mode: Signal::derive(move || match laid.get() {
                Some(laid) => laid.shown.mode,
                None => Some(mode.get()),
            }),
            is_same_encoder: is_same(reference_result(|shown| shown.encoder.clone()), other),
        }
    }
}

fn is_same(a: Signal<Option<EncoderFacts>>, b: Signal<Option<EncoderFacts>>) -> Signal<bool> {
    derived_bool(move || {
        let hash = |facts: &Option<EncoderFacts>| {
            facts.as_ref().map(|facts| facts.weights_sha256.clone()).filter(|hash| !hash.is_empty())
        };
        let hash_a = a.with(hash);
        hash_a.is_some() && hash_a == b.with(hash)
    })
}

/// A part of the reference result: of the result that was opened, else of the published run.
pub(crate) fn reference_result<T: Send + Sync + 'static>(
    part: fn(&ShownResult) -> Option<T>,
) -> Signal<Option<T>> {
    let results = use_results();
    let (opened, bundled) = (results.state.opened, results.state.bundled);
    Signal::derive(move || {
        opened
            .with(|opened| opened.as_ref().map(|opened| part(&opened.shown)))
            .unwrap_or_else(|| bundled.with(|bundled| bundled.as_deref().and_then(part)))
    })
}

//! What is shown of the latents of a pair.

use std::sync::Arc;

use carto_protocol::{EncodedStrips, TileDone};
use carto_types::{EncoderFacts, LatentSpan, OfferedEncoder};
use carto_ui::RequestState;
use leptos::prelude::*;

use crate::latent_strips::{LatentChoice, LatentStrips};

/// The latents of a pair, and what made them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Computed {
    /// Which encoder.
    pub(crate) facts: EncoderFacts,
    /// The latents, and how much they agree over the song.
    pub(crate) encoded: Arc<EncodedStrips>,
}

/// One signal for each thing that is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LatentState {
    /// The encoder of the run; `None` where it has none.
    pub(crate) encoder: RwSignal<Option<OfferedEncoder>>,
    /// Which latents are shown; `None` while they are closed.
    pub(crate) choice: RwSignal<Option<LatentChoice>>,
    /// Whether a person stopped their computation.
    pub(crate) is_stopped: RwSignal<bool>,
    /// Columns so far, and in all.
    pub(crate) progress: RwSignal<Option<TileDone>>,
    /// The latents of the pair that is shown.
    pub(crate) computed: RwSignal<RequestState<Arc<Computed>>>,
    /// Agreement on what is visible; `None` until it is known.
    pub(crate) here: RwSignal<Option<LatentSpan>>,
    /// Whether they are a table.
    pub(crate) is_table: RwSignal<bool>,
}

impl LatentState {
    /// Nothing is shown yet.
    pub(crate) fn new() -> Self {
        Self {
            encoder: RwSignal::new(None),
            choice: RwSignal::new(None),
            is_stopped: RwSignal::new(false),
            progress: RwSignal::new(None),
            computed: RwSignal::default(),
            here: RwSignal::new(None),
            is_table: RwSignal::new(false),
        }
    }

    /// The latents of the pair, once they are computed.
    pub(crate) fn computed(self) -> Option<Arc<Computed>> {
        self.computed.with(|computed| match computed {
            RequestState::Ready(computed) => Some(Arc::clone(computed)),
            _ => None,
        })
    }

    /// r of a latent on what is visible.
    pub(crate) fn r_here(self, latent: usize) -> Option<f64> {
        self.here.with(|here| here.as_ref()?.r.get(latent).copied().flatten())
    }

    /// r of a latent over the song.
    pub(crate) fn r_song(self, latent: usize) -> Option<f64> {
        self.computed()?.encoded.latents.song.r.get(latent).copied().flatten()
    }

    /// What is drawn of them: `None` while they are closed or not computed.
    pub(crate) fn strips(self) -> Option<LatentStrips> {
        Some(LatentStrips::new(Arc::clone(&self.computed()?.encoded), self.choice.get()?))
    }
}

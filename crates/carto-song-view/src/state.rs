//! All that the view shows.

use std::sync::Arc;

use carto_protocol::OpenedPair;
use carto_types::{OfferedMap, OfferedSong, StretchAgreement};
use leptos::prelude::*;

use crate::choice::{Chosen, Side};
use crate::latent_state::LatentState;
use crate::visible::Stretch;

pub(crate) use carto_ui::RequestState;

/// One signal for each thing that is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SongState {
    /// Whether this view is the one that the page shows.
    pub(crate) is_shown: RwSignal<bool>,
    /// The song that is asked for, `artist - title`.
    pub(crate) name: RwSignal<String>,
    /// The song, once its files are there.
    pub(crate) offered: RwSignal<Option<Arc<OfferedSong>>>,
    /// Which of its maps are shown.
    pub(crate) chosen: RwSignal<Option<Chosen>>,
    /// What is known of the two.
    pub(crate) pair: RwSignal<RequestState<Arc<OpenedPair>>>,
    /// How many pairs were read so far: the same as long as [`Self::pair`] is one pair, of which more
    /// may become known.
    pub(crate) n_opened: RwSignal<u32>,
    /// What the strips show; changes with every move of a pointer.
    pub(crate) visible: RwSignal<Stretch>,
    /// The same once it has come to rest, for texts.
    pub(crate) settled: RwSignal<Stretch>,
    /// Agreement on [`Self::settled`]; `None` until it is known.
    pub(crate) here: RwSignal<Option<StretchAgreement>>,
    /// The moment that is shown, ms; while playing as often as its text changes.
    pub(crate) cursor_ms: RwSignal<f64>,
    /// Where the player is to go, ms; followed by it.
    pub(crate) wanted_ms: RwSignal<Option<f64>>,
    /// Whether both playfields lie over each other.
    pub(crate) is_over: RwSignal<bool>,
    /// Whether strips and profile are tables.
    pub(crate) is_table: [RwSignal<bool>; 2],
    /// The latents of the pair.
    pub(crate) latents: LatentState,
    /// What failed last, in words; empty for nothing.
    pub(crate) failure: RwSignal<String>,
    /// What a screen reader is to say, politely.
    pub(crate) announcement: RwSignal<String>,
}

impl SongState {
    /// Nothing is shown yet.
    pub(crate) fn new() -> Self {
        Self {
            is_shown: RwSignal::new(false),
            name: RwSignal::default(),
            offered: RwSignal::new(None),
            chosen: RwSignal::new(None),
            pair: RwSignal::default(),
            n_opened: RwSignal::new(0),
            visible: RwSignal::default(),
            settled: RwSignal::default(),
            here: RwSignal::new(None),
            cursor_ms: RwSignal::new(0.0),
            wanted_ms: RwSignal::new(None),
            is_over: RwSignal::new(false),
            is_table: [RwSignal::new(false), RwSignal::new(false)],
            latents: LatentState::new(),
            failure: RwSignal::default(),
            announcement: RwSignal::default(),
        }
    }

    /// The pair, once it is read.
    pub(crate) fn opened(self) -> Option<Arc<OpenedPair>> {
        self.pair.with(ready)
    }

    /// The same, without following it.
    pub(crate) fn opened_now(self) -> Option<Arc<OpenedPair>> {
        self.pair.with_untracked(ready)
    }

    /// The map of a side, without following it.
    pub(crate) fn map_now(self, side: Side) -> Option<OfferedMap> {
        let chosen = self.chosen.get_untracked()?;
        self.offered
            .with_untracked(|offered| offered.as_ref()?.maps.get(chosen.of(side) as usize).cloned())
    }

    /// The map of a side.
    pub(crate) fn map(self, side: Side) -> Option<OfferedMap> {
        let chosen = self.chosen.get()?;
        self.offered.with(|offered| offered.as_ref()?.maps.get(chosen.of(side) as usize).cloned())
    }

    /// Name of the mapper of a side; of maps by one mapper their difficulties.
    pub(crate) fn names(self) -> [String; 2] {
        let maps = Side::BOTH.map(|side| self.map(side));
        let is_one = matches!(&maps, [Some(a), Some(b)] if a.mapper == b.mapper);
        maps.map(|map| {
            map.map_or_else(String::new, |map| if is_one { map.version } else { map.mapper })
        })
    }

    /// From the first object to the last.
    pub(crate) fn whole(self) -> Option<Stretch> {
        let [from_ms, to_ms] = self.opened_now()?.song.whole_ms;
        Some(Stretch::new(from_ms, to_ms))
    }
}

fn ready(state: &RequestState<Arc<OpenedPair>>) -> Option<Arc<OpenedPair>> {
    match state {
        RequestState::Ready(pair) => Some(Arc::clone(pair)),
        _ => None,
    }
}

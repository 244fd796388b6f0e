//! The view state and its values at one moment.

use carto_charts::{Cell, LatentOrder, Metric, Sampling};
use carto_types::Mode;
use leptos::prelude::*;

use super::heatmap::{Line, Values};
use super::song_order::SongOrder;

/// Smaller `|r|`, in hundredths, are faded at first.
const USUAL_FADE: u32 = 5;

/// The views of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Tab {
    /// The published run, or a result that was opened.
    #[default]
    Published,
    /// A person's own maps.
    Yours,
    /// What kind of map each one is.
    Beatmaps,
    /// Two maps of one song of a person's own, over time.
    Song,
    /// One mapper of a person's own maps, against the others of the same songs.
    Mapper,
}

/// The view state at one moment, as plain values.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ViewStateSnapshot {
    pub(super) tab: Tab,
    pub(super) song: String,
    pub(super) mapper: String,
    pub(super) against: String,
    pub(super) mode: Mode,
    pub(super) metric: Metric,
    pub(super) is_table: [bool; 3],
    pub(super) order: LatentOrder,
    pub(super) sampling: Sampling,
    pub(super) fade: u32,
    pub(super) values: Values,
    pub(super) chosen: Option<Cell>,
    pub(super) selected: Option<Line>,
    pub(super) sort: SongOrder,
    pub(super) find: String,
}

impl Default for ViewStateSnapshot {
    fn default() -> Self {
        Self {
            tab: Tab::default(),
            song: String::new(),
            mapper: String::new(),
            against: String::new(),
            mode: Mode::default(),
            metric: Metric::Correlation,
            is_table: [false; 3],
            order: LatentOrder::Agreement,
            sampling: Sampling::Down,
            fade: USUAL_FADE,
            values: Values::Strong,
            chosen: None,
            selected: None,
            sort: SongOrder::default(),
            find: String::new(),
        }
    }
}

/// One signal for each choice; the same for both views, so that what is compared is shown in
/// the same way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ViewState {
    /// Which view.
    pub(crate) tab: RwSignal<Tab>,
    /// The song of [`Tab::Song`], as `artist - title`; it stays when another view is shown.
    pub(crate) song: RwSignal<String>,
    /// The mapper of [`Tab::Mapper`]; empty for the list of all. It stays when another view is shown.
    pub(crate) mapper: RwSignal<String>,
    /// With whom the mapper is compared head-to-head; empty for nobody.
    pub(crate) against: RwSignal<String>,
    /// The rules of one's own run.
    pub(crate) mode: RwSignal<Mode>,
    /// Which figure the marks of part A show.
    pub(crate) metric: RwSignal<Metric>,
    /// Whether parts A, B and C are tables.
    pub(crate) is_table: [RwSignal<bool>; 3],
    /// What the latents are ordered by.
    pub(crate) order: RwSignal<LatentOrder>,
    /// Which matrix of part C.
    pub(crate) sampling: RwSignal<Sampling>,
    /// Smaller `|r|`, in hundredths, are faded.
    pub(crate) fade: RwSignal<u32>,
    /// Which values are written in.
    pub(crate) values: RwSignal<Values>,
    /// The cell of part C that keys move, once one was chosen.
    pub(crate) chosen: RwSignal<Option<Cell>>,
    /// The latent or the channel that is selected in part C.
    pub(crate) selected: RwSignal<Option<Line>>,
    /// The order of the songs.
    pub(crate) sort: RwSignal<SongOrder>,
    /// Songs are shown whose title or artist holds this.
    pub(crate) find: RwSignal<String>,
}

impl ViewState {
    /// A view state with these values.
    pub(crate) fn new(snapshot: ViewStateSnapshot) -> Self {
        Self {
            tab: RwSignal::new(snapshot.tab),
            song: RwSignal::new(snapshot.song),
            mapper: RwSignal::new(snapshot.mapper),
            against: RwSignal::new(snapshot.against),
            mode: RwSignal::new(snapshot.mode),
            metric: RwSignal::new(snapshot.metric),
            is_table: snapshot.is_table.map(RwSignal::new),
            order: RwSignal::new(snapshot.order),
            sampling: RwSignal::new(snapshot.sampling),
            fade: RwSignal::new(snapshot.fade),
            values: RwSignal::new(snapshot.values),
            chosen: RwSignal::new(snapshot.chosen),
            selected: RwSignal::new(snapshot.selected),
            sort: RwSignal::new(snapshot.sort),
            find: RwSignal::new(snapshot.find),
        }
    }

    /// The values now.
    pub(super) fn snapshot(self) -> ViewStateSnapshot {
        ViewStateSnapshot {
            tab: self.tab.get(),
            song: self.song.get(),
            mapper: self.mapper.get(),
            against: self.against.get(),
            mode: self.mode.get(),
            metric: self.metric.get(),
            is_table: self.is_table.map(|is_table| is_table.get()),
            order: self.order.get(),
            sampling: self.sampling.get(),
            fade: self.fade.get(),
            values: self.values.get(),
            chosen: self.chosen.get(),
            selected: self.selected.get(),
            sort: self.sort.get(),
            find: self.find.get(),
        }
    }

    /// Takes other values.
    pub(super) fn apply(self, snapshot: ViewStateSnapshot) {
        if snapshot.tab == Tab::Song {
            set(self.song, snapshot.song);
        }
        if snapshot.tab == Tab::Mapper {
            set(self.mapper, snapshot.mapper);
            set(self.against, snapshot.against);
        }
        set(self.tab, snapshot.tab);
        set(self.mode, snapshot.mode);
        set(self.metric, snapshot.metric);
        for (signal, is_table) in self.is_table.into_iter().zip(snapshot.is_table) {
            set(signal, is_table);
        }
        set(self.order, snapshot.order);
        set(self.sampling, snapshot.sampling);
        set(self.fade, snapshot.fade);
        set(self.values, snapshot.values);
        set(self.chosen, snapshot.chosen);
        set(self.selected, snapshot.selected);
        set(self.sort, snapshot.sort);
        set(self.find, snapshot.find);
    }
}

/// What changes is drawn again, so nothing is set to what it is.
pub(crate) fn set<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|old| *old != value) {
        signal.set(value);
    }
}

/// The view state of the page.
pub(crate) fn use_view_state() -> ViewState {
    expect_context::<ViewState>()
}

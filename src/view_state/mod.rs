//! What a person looks at: which view, in what order, how faded, what is chosen.
//!
//! All of it stands in the address, so that it can be sent, kept, and gone back to.

mod address;
mod query;

use carto_types::Mode;
use leptos::prelude::*;

use super::agreement::Metric;
use super::latents::LatentOrder;
use super::songs::Order;
use super::synthesis::{Cell, Line, Sampling, Values};
pub(crate) use address::{follow_address, fragment, go_to_part, parameter, without_fragment};

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
}

/// The same at one moment, as plain values.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Glance {
    tab: Tab,
    mode: Mode,
    metric: Metric,
    is_table: [bool; 3],
    order: LatentOrder,
    sampling: Sampling,
    fade: u32,
    values: Values,
    chosen: Option<Cell>,
    selected: Option<Line>,
    sort: Order,
    find: String,
}

impl Default for Glance {
    fn default() -> Self {
        Self {
            tab: Tab::default(),
            mode: Mode::default(),
            metric: Metric::Correlation,
            is_table: [false; 3],
            order: LatentOrder::Agreement,
            sampling: Sampling::Down,
            fade: USUAL_FADE,
            values: Values::Strong,
            chosen: None,
            selected: None,
            sort: Order::default(),
            find: String::new(),
        }
    }
}

/// One signal for each choice; the same for both views, so that what is compared
/// is looked at in the same way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    /// Which view.
    pub(crate) tab: RwSignal<Tab>,
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
    /// The cell that keys move, once one was chosen.
    pub(crate) chosen: RwSignal<Option<Cell>>,
    /// A latent or a channel, all of it.
    pub(crate) selected: RwSignal<Option<Line>>,
    /// The order of the songs.
    pub(crate) sort: RwSignal<Order>,
    /// Songs are shown whose title or artist holds this.
    pub(crate) find: RwSignal<String>,
}

impl Look {
    /// As `glance` has it.
    pub(crate) fn new(glance: Glance) -> Self {
        Self {
            tab: RwSignal::new(glance.tab),
            mode: RwSignal::new(glance.mode),
            metric: RwSignal::new(glance.metric),
            is_table: glance.is_table.map(RwSignal::new),
            order: RwSignal::new(glance.order),
            sampling: RwSignal::new(glance.sampling),
            fade: RwSignal::new(glance.fade),
            values: RwSignal::new(glance.values),
            chosen: RwSignal::new(glance.chosen),
            selected: RwSignal::new(glance.selected),
            sort: RwSignal::new(glance.sort),
            find: RwSignal::new(glance.find),
        }
    }

    /// As it is now.
    fn glance(self) -> Glance {
        Glance {
            tab: self.tab.get(),
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

    /// Looks as `glance` has it.
    fn turn_to(self, glance: Glance) {
        set(self.tab, glance.tab);
        set(self.mode, glance.mode);
        set(self.metric, glance.metric);
        for (signal, is_table) in self.is_table.into_iter().zip(glance.is_table) {
            set(signal, is_table);
        }
        set(self.order, glance.order);
        set(self.sampling, glance.sampling);
        set(self.fade, glance.fade);
        set(self.values, glance.values);
        set(self.chosen, glance.chosen);
        set(self.selected, glance.selected);
        set(self.sort, glance.sort);
        set(self.find, glance.find);
    }
}

/// What changes is drawn again, so nothing is set to what it is.
pub(crate) fn set<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|old| *old != value) {
        signal.set(value);
    }
}

/// How the page looks at everything.
pub(crate) fn use_look() -> Look {
    expect_context::<Look>()
}

//! What is on screen of the matrix.

use carto_charts::{Cell, Sampling, strongest_latent};
use leptos::prelude::*;

use crate::view_state::{Line, Values};
use crate::views::latent_data::LatentData;

/// What is on screen of the matrix.
#[derive(Debug, Clone, Copy)]
pub(super) struct HeatView {
    /// What the charts of latents read.
    pub(super) latents: LatentData,
    /// Which matrix.
    pub(super) sampling: RwSignal<Sampling>,
    /// Smaller `|r|`, in hundredths, are faded.
    pub(super) fade: RwSignal<u32>,
    /// Which values are written in.
    pub(super) values: RwSignal<Values>,
    /// The cell that keys move, once one was chosen.
    pub(super) chosen: RwSignal<Option<Cell>>,
    /// The cell under the pointer.
    pub(super) hovered: RwSignal<Option<Cell>>,
    /// A latent or a channel, all of it.
    pub(super) selected: RwSignal<Option<Line>>,
}

impl HeatView {
    /// Reads the matrix that is shown; empty before there is one.
    pub(super) fn with_matrix<T>(self, read: impl FnOnce(&[f64]) -> T) -> T {
        let sampling = self.sampling.get();
        self.latents.synthesis.with(|s| read(s.as_ref().map_or(&[], |s| sampling.of(s))))
    }

    /// The cell that keys move: the strongest until one was chosen.
    pub(super) fn cursor(self) -> Cell {
        let strongest = || self.with_matrix(|m| strongest_latent(m).map(|(cell, _)| cell));
        let first =
            || Cell { dim: self.latents.places.with(|places| places.dim_at(0)), channel: 0 };
        let n_dims = self.latents.n_dims();
        let chosen = self.chosen.get().filter(|cell| cell.dim < n_dims);
        chosen.or_else(strongest).unwrap_or_else(first)
    }

    /// The cell that the inspector shows.
    pub(super) fn shown(self) -> Cell {
        self.hovered.get().unwrap_or_else(|| self.cursor())
    }
}

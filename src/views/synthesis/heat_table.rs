//! The heatmap's values as a plain table.

use carto_charts::number::{NO_VALUE, fixed};
use carto_charts::{CHANNELS, Cell, value};
use carto_ui::{FigureTable, dynamic, figure_row};
use leptos::prelude::*;

use super::heat_view::HeatView;

/// Every value of the matrix that is shown, in the order of the charts.
#[component]
pub(super) fn HeatTable(
    /// What is on screen.
    view: HeatView,
) -> impl IntoView {
    let rows = dynamic(move || {
        view.latents.places.with(|places| {
            view.with_matrix(|m| {
                let row = |dim: usize| {
                    let cells = (0..CHANNELS.len()).map(|channel| {
                        let r = value(m, Cell { dim, channel });
                        r.map_or_else(|| NO_VALUE.to_owned(), |r| fixed(r, 3))
                    });
                    figure_row(dim.to_string().into_any(), cells.collect(), ().into_any())
                };
                places.dims().map(row).collect_view().into_any()
            })
        })
    });
    let heads: Vec<String> = ["latent"]
        .into_iter()
        .chain(CHANNELS.map(|channel| channel.name))
        .map(str::to_owned)
        .collect();
    view! {
        <FigureTable
            named_by="heat-caption"
            caption="Mean correlation of each latent with each channel over all maps"
            class="table table--figures"
            heads
            rows
        />
    }
}

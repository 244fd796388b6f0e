//! r of the latents that are shown as a table: of what the strips show, and of the song.

use carto_charts::number::{NO_VALUE, fixed};
use carto_types::latent_name;
use carto_ui::{FigureTable, dynamic, figure_row};
use leptos::prelude::*;

use crate::client::use_client;

/// A row for each latent.
#[component]
pub(super) fn LatentsTable(
    /// The latents, from the top.
    shown: Memo<Vec<usize>>,
) -> impl IntoView {
    let state = use_client().state.latents;
    let heads = ["latent", "r here", "r of the song"].map(str::to_owned).to_vec();
    let rows = move || {
        let row = |latent: usize| {
            let text = |r: Option<f64>| r.map_or_else(|| NO_VALUE.to_owned(), |r| fixed(r, 2));
            let figures = vec![text(state.r_here(latent)), text(state.r_song(latent))];
            figure_row(latent_name(latent).into_any(), figures, ().into_any())
        };
        shown.get().into_iter().map(row).collect_view().into_any()
    };
    view! {
        <FigureTable
            named_by="song-latents-caption"
            caption="r of each latent"
            class="table song-table"
            heads
            rows=dynamic(rows)
        />
    }
}
